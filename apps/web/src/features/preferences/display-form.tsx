"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { ComboBox } from "@/components/combo-box";
import type { DisplayChoice } from "@/components/display";
import { NativeSelect } from "@/components/native-select";
import { followAccount, useDisplay } from "@/components/use-display";
import { zoneOptions } from "@/components/zones";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";
import { localeOptions, nameOf } from "./display-options";

const followsDevice = "device";
const asOnDevice = { id: followsDevice, label: "As on this device" };

/** Chooses how times and numbers look, wherever one is signed in. Takes effect at once: there is nothing to get wrong. */
export function DisplayForm({ choice: initial }: { choice: DisplayChoice }) {
  const router = useRouter();
  const update = trpc.profile.updatePerson.useMutation();
  const [choice, setChoice] = useState(initial);
  const display = useDisplay();
  // The same lists in every rendering: a new one makes the combo box forget what is being typed.
  const [zones] = useState(() => withKept(zoneOptions(), initial.timeZone));
  const [locales] = useState(() => withKept(localeOptions, initial.locale));
  const choose = async (part: keyof DisplayChoice, id: string) => {
    const value = id === followsDevice ? null : id;
    const before = choice[part];
    if (value === before) return;
    const show = (shown: string | null) => {
      setChoice((known) => ({ ...known, [part]: shown }));
      followAccount({ [part]: shown });
    };
    show(value);
    try {
      await update.mutateAsync(part === "timeZone" ? { timezone: value } : { locale: value });
      toast.success("Saved.");
      router.refresh();
    } catch (error) {
      show(before);
      toast.error(failureOf(error).message);
    }
  };
  return (
    <div className="space-y-6">
      <NativeSelect
        label="Language of dates and numbers"
        name="locale"
        value={choice.locale ?? followsDevice}
        onChange={(id) => void choose("locale", id)}
        options={locales}
      />
      <ComboBox
        label="Time zone"
        name="timeZone"
        value={choice.timeZone ?? followsDevice}
        onChange={(id) => void choose("timeZone", id)}
        options={zones}
        hint="Times are shown to you in this zone. Your weekly hours keep their own."
      />
      <p className="min-h-6 text-sm text-muted">{display && `It looks like this: ${exampleOf(display)}`}</p>
    </div>
  );
}

type Options = readonly { id: string; label: string }[];

/** What was chosen elsewhere, through an API for instance, may be none of those that we offer. */
function withKept(options: Options, kept: string | null): Options {
  const isOffered = kept === null || options.some(({ id }) => id === kept);
  return [asOnDevice, ...(isOffered ? [] : [{ id: kept, label: nameOf(kept) }]), ...options];
}

function exampleOf({ locale, timeZone }: { locale: string; timeZone: string }): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "long", timeZone }).format(new Date());
}
