"use client";
import dynamic from "next/dynamic";
import { Section } from "@/features/settings/section";
import type { OverrideEditorProps } from "./override-editor";
import { OverrideSkeleton } from "./override-skeleton";

// The week above is what people come for; this comes after it.
const OverrideEditor = dynamic(() => import("./override-editor").then((module) => module.OverrideEditor), {
  ssr: false,
  loading: OverrideSkeleton,
});

/** The dates that differ from their week. */
export function OverrideSection(props: OverrideEditorProps) {
  return (
    <Section
      title="Single dates"
      about="A day off, a holiday, a longer evening: what a date has of its own stands in place of its weekly hours."
    >
      <OverrideEditor {...props} />
    </Section>
  );
}
