"use client";
import dynamic from "next/dynamic";
import { useId, useRef, useState } from "react";

// Most never open it, and it is larger than all else on the page.
const ZoneField = dynamic(() => import("./zone-field").then((module) => module.ZoneField), {
  ssr: false,
  loading: () => <div className="skeleton h-17 w-full" />,
});

export interface ZoneSwitchProps {
  /** IANA name. */
  timeZone: string;
  /** As it is told, with its offset: "Europe / Berlin, GMT+1". */
  label: string;
}

/** Names the zone in which times are shown, and lets it be another. */
export function ZoneSwitch({ timeZone, label }: ZoneSwitchProps) {
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = () => {
    setIsOpen(false);
    button.current?.focus();
  };
  return (
    <div className="text-sm">
      <div className="flex flex-wrap items-center gap-x-3">
        <p role="status" className="text-muted">
          Times in {label}
        </p>
        <button
          ref={button}
          type="button"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setIsOpen(!isOpen)}
          className="min-h-8 font-medium text-accent underline decoration-accent/40 underline-offset-4 hover:decoration-accent"
        >
          Change zone
        </button>
      </div>
      <div id={id} className="max-w-[24rem]">
        {isOpen && <ZoneField timeZone={timeZone} onDone={close} />}
      </div>
    </div>
  );
}
