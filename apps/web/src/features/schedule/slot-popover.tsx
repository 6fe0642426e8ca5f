"use client";
import { Dialog, Popover } from "react-aria-components";
import { Button } from "@/components/button";
import type { Clock } from "./clock";
import { SlotFields } from "./slot-fields";
import type { WeekEditor } from "./use-week-editor";
import type { DraftSlot } from "./week-draft";

export interface SlotPopoverProps {
  slot: DraftSlot;
  clock: Clock;
  editor: WeekEditor;
  /** The bar it stands beside. */
  trigger: Element | null;
  onClose(): void;
  onRemove(): void;
}

/** The times of one bar, to type. */
export function SlotPopover({ slot, clock, editor, trigger, onClose, onRemove }: SlotPopoverProps) {
  const day = clock.day(slot.dayOfWeek);
  // A press beside it takes the fields away while one is typed in: no blur tells of that.
  const close = () => {
    editor.commit();
    onClose();
  };
  return (
    <Popover
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) close();
      }}
      triggerRef={{ current: trigger }}
      placement="right top"
      className="rounded-lg border border-hairline bg-raised data-[entering]:animate-[rise_150ms_ease-out]"
    >
      <Dialog aria-label={`Hours on ${day}`} className="w-72 space-y-3 p-4 outline-none">
        <p className="text-sm font-medium">{day}</p>
        <SlotFields slot={slot} clock={clock} editor={editor} isFocused />
        <div className="flex justify-between gap-3 pt-1">
          <Button size="small" tone="quiet" onPress={onRemove}>
            Remove
          </Button>
          <Button size="small" onPress={close}>
            Done
          </Button>
        </div>
      </Dialog>
    </Popover>
  );
}
