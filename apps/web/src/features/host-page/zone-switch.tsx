"use client";
import dynamic from "next/dynamic";
import { useId, useRef, useState } from "react";
import { useHostRoom } from "./host-room";

// Most never open it, and it is larger than all else on the page.
const ZoneField = dynamic(() => import("./zone-field").then((module) => module.ZoneField), {
  ssr: false,
  loading: () => <div className="skeleton h-17 w-full" />,
});

/** Names the zone in which times are shown, and lets it be another. */
export function ZoneSwitch() {
  const { week } = useHostRoom();
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
          Times in {week.zone}
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
        {isOpen && <ZoneField timeZone={week.timeZone} onDone={close} />}
      </div>
    </div>
  );
}
