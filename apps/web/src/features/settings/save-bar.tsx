"use client";
import { Button } from "@/components/button";
import { UnsavedGuard } from "@/components/unsaved-guard";

export interface SaveBarProps {
  isDirty: boolean;
  isPending: boolean;
  onDiscard(): void;
  label?: string;
  /**
   * True where leaving a field may push the buttons from under the pointer that is pressing them: a press then leaves the
   * focus in the field.
   */
  isFocusLeft?: boolean;
}

/** The foot of a form: save, or take back what is not saved. Guards the page while something is not. */
export function SaveBar({ isDirty, isPending, onDiscard, label = "Save changes", isFocusLeft }: SaveBarProps) {
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-3">
      <Button
        type="submit"
        tone="primary"
        isDisabled={!isDirty}
        isPending={isPending}
        preventFocusOnPress={isFocusLeft}
      >
        {isPending ? "Saving…" : label}
      </Button>
      {isDirty && !isPending && (
        <Button tone="quiet" onPress={onDiscard} preventFocusOnPress={isFocusLeft}>
          Discard
        </Button>
      )}
      <p role="status" className="text-sm text-muted">
        {isDirty && !isPending && "Not saved yet"}
      </p>
      <UnsavedGuard isDirty={isDirty} />
    </div>
  );
}
