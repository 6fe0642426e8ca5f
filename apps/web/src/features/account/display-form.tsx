"use client";
import { useState } from "react";
import { toast } from "sonner";
import { ComboBox } from "@/components/combo-box";
import type { DisplayChoice } from "@/components/display";
import { NativeSelect } from "@/components/native-select";
import { chooseDisplay, useDisplay } from "@/components/use-display";
import { zoneOptions } from "@/components/zones";
import { localeOptions } from "./display-options";

const followsDevice = "device";
const asOnDevice = { id: followsDevice, label: "As on this device" };
const locales = [asOnDevice, ...localeOptions];

/** Chooses how times and numbers look on this device. Takes effect at once: there is nothing to get wrong. */
export function DisplayForm({ choice: initial }: { choice: DisplayChoice }) {
  const [choice, setChoice] = useState(initial);
  const display = useDisplay();
  // The same list in every rendering: a new one makes the combo box forget what is being typed.
  const [zones] = useState(() => [asOnDevice, ...zoneOptions()]);
  const choose = (part: keyof DisplayChoice, id: string) => {
    const value = id === followsDevice ? null : id;
    if (value === choice[part]) return;
    setChoice({ ...choice, [part]: value });
    chooseDisplay({ [part]: value });
    toast.success("Saved on this device.");
  };
  return (
    <div className="space-y-6">
      <NativeSelect
        label="Language of dates and numbers"
        name="locale"
        value={choice.locale ?? followsDevice}
        onChange={(id) => choose("locale", id)}
        options={locales}
      />
      <ComboBox
        label="Time zone"
        name="timeZone"
        value={choice.timeZone ?? followsDevice}
        onChange={(id) => choose("timeZone", id)}
        options={zones}
        hint="Times are shown to you in this zone. Your weekly hours keep their own."
      />
      <p className="min-h-6 text-sm text-muted">{display && `It looks like this: ${exampleOf(display)}`}</p>
    </div>
  );
}

function exampleOf({ locale, timeZone }: { locale: string; timeZone: string }): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "long", timeZone }).format(new Date());
}
