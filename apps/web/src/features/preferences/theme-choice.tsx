"use client";
import type { Preferences } from "@parley/api/schema/profile/preferences";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { RadioGroup } from "@/components/radio-group";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";

type Theme = Preferences["theme"];

const options: readonly { id: Theme; label: string; about?: string }[] = [
  { id: "system", label: "As on this device", about: "Light by day and dark by night, where your device does so." },
  { id: "light", label: "Light" },
  { id: "dark", label: "Dark" },
];

/** One after another: what was chosen last is what is kept. */
const inTurn = { id: "theme" };

/** Chooses the colours, wherever one is signed in. What is chosen is seen at once, and taken back where it is not kept. */
export function ThemeChoice({ theme: initial }: { theme: Theme }) {
  const router = useRouter();
  const update = trpc.profile.updatePreferences.useMutation({ scope: inTurn });
  const [theme, setTheme] = useState(initial);
  const choose = async (chosen: Theme) => {
    const show = (shown: Theme) => {
      setTheme(shown);
      document.documentElement.dataset.theme = shown;
    };
    show(chosen);
    try {
      await update.mutateAsync({ theme: chosen });
      toast.success("Saved.");
      router.refresh();
    } catch (error) {
      show(theme);
      toast.error(failureOf(error).message);
    }
  };
  return <RadioGroup label="Colours" value={theme} onChange={(id) => void choose(id)} options={options} />;
}
