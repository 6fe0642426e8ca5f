"use client";
import { clsx } from "clsx";
import { Plus, X } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "@/components/button";
import type { Clock } from "@/features/schedule/clock";
import { SlotFields } from "@/features/schedule/slot-fields";
import type { WeekEditor } from "@/features/schedule/use-week-editor";
import { placeForMore } from "@/features/schedule/week-draft";

export interface DateHoursProps {
  dayOfWeek: number;
  editor: WeekEditor;
  clock: Clock;
}

/** The hours of a date, to type. */
export function DateHours({ dayOfWeek, editor, clock }: DateHoursProps) {
  const { slots, note } = editor;
  const [added, setAdded] = useState<string | null>(null);
  const rows = useRef<HTMLDivElement>(null);
  return (
    <div ref={rows} className="space-y-2">
      {slots.map((slot) => (
        <SlotFields key={slot.id} slot={slot} clock={clock} editor={editor} isFocused={slot.id === added}>
          <Button
            size="small"
            tone="quiet"
            className="w-8 !px-0 text-muted"
            aria-label={`Remove ${clock.range(slot)}`}
            preventFocusOnPress
            onPress={() => {
              editor.remove(slot.id);
              rows.current?.querySelector<HTMLElement>("[data-add]")?.focus();
            }}
          >
            <X aria-hidden="true" strokeWidth={1.5} className="size-4" />
          </Button>
        </SlotFields>
      ))}
      <Button
        size="small"
        tone="quiet"
        data-add
        isDisabled={placeForMore(slots, dayOfWeek) === null}
        preventFocusOnPress
        onPress={() => {
          const place = placeForMore(editor.commit(), dayOfWeek);
          if (place !== null) setAdded(editor.addRow(place));
        }}
      >
        <Plus aria-hidden="true" strokeWidth={1.5} className="size-4" />
        Add hours
      </Button>
      <p role="status" className={clsx("text-sm", note?.isRefusal ? "text-danger" : "sr-only")}>
        {note?.text}
      </p>
    </div>
  );
}
