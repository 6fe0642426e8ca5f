"use client";
import { clsx } from "clsx";
import { Plus, X } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "@/components/button";
import type { Clock } from "./clock";
import { CopyDay } from "./copy-day";
import { SlotFields } from "./slot-fields";
import type { WeekEditor } from "./use-week-editor";
import { placeForMore, withDayCopied } from "./week-draft";

/** The week as rows of times to type: all that the grid can do, without dragging. */
export function DayList({ editor, clock }: { editor: WeekEditor; clock: Clock }) {
  // The row that was just added: the person goes on in its first field.
  const [added, setAdded] = useState<string | null>(null);
  return (
    <ul className="divide-y divide-hairline border-y border-hairline">
      {clock.days.map((dayOfWeek) => (
        <DayRow key={dayOfWeek} {...{ dayOfWeek, editor, clock, added, setAdded }} />
      ))}
    </ul>
  );
}

interface DayRowProps {
  dayOfWeek: number;
  editor: WeekEditor;
  clock: Clock;
  added: string | null;
  setAdded(id: string): void;
}

// Its buttons leave the focus where it is while they are pressed: the reason that a typed time is given would push them
// from under the pointer.
function DayRow({ dayOfWeek, editor, clock, added, setAdded }: DayRowProps) {
  const { slots } = editor;
  const day = clock.day(dayOfWeek);
  const own = slots.filter((slot) => slot.dayOfWeek === dayOfWeek);
  const row = useRef<HTMLLIElement>(null);
  // Where the focus goes when the button that had it has gone with its row.
  const addButton = () => row.current?.querySelector<HTMLElement>("[data-add]");
  return (
    <li
      ref={row}
      className="grid grid-cols-[1fr_auto] items-start gap-x-4 gap-y-2 py-3 sm:grid-cols-[7rem_minmax(0,1fr)_auto]"
    >
      <div className="flex h-10 items-center gap-3 text-sm">
        <h3 className="font-medium">{day}</h3>
        {own.length === 0 && <p className="text-muted sm:hidden">Closed</p>}
      </div>
      <div
        className={clsx(
          "order-last col-span-2 space-y-2 sm:order-none sm:col-span-1",
          own.length === 0 && "hidden sm:block",
        )}
      >
        {own.length === 0 && <p className="flex h-10 items-center text-sm text-muted">Closed</p>}
        {own.map((slot) => (
          <SlotFields key={slot.id} slot={slot} clock={clock} editor={editor} isFocused={slot.id === added}>
            <Button
              size="small"
              tone="quiet"
              className="w-8 !px-0 text-muted"
              aria-label={`Remove ${clock.slot(slot)}`}
              preventFocusOnPress
              onPress={() => {
                editor.remove(slot.id);
                addButton()?.focus();
              }}
            >
              <X aria-hidden="true" strokeWidth={1.5} className="size-4" />
            </Button>
          </SlotFields>
        ))}
      </div>
      <div className="flex h-10 items-center gap-1">
        <Button
          size="small"
          tone="quiet"
          data-add
          aria-label={`Add hours on ${day}`}
          isDisabled={placeForMore(slots, dayOfWeek) === null}
          preventFocusOnPress
          onPress={() => {
            const place = placeForMore(editor.commit(), dayOfWeek);
            if (place !== null) setAdded(editor.addRow(place));
          }}
        >
          <Plus aria-hidden="true" strokeWidth={1.5} className="size-4" />
          Add
        </Button>
        <CopyDay
          dayOfWeek={dayOfWeek}
          clock={clock}
          onCopy={(days) => {
            const names = days.map((target) => clock.day(target)).join(", ");
            editor.replace(withDayCopied(slots, dayOfWeek, days), `Copied ${day} to ${names}.`);
          }}
        />
      </div>
    </li>
  );
}
