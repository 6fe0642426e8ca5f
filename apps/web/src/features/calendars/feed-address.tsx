"use client";
import { useState } from "react";
import { Button } from "@/components/button";
import { buttonClass } from "@/components/button-class";
import { CopyButton } from "@/components/copy-button";
import { Dialog, DialogActions } from "@/components/dialog";
import { Field } from "@/components/field";

export interface FeedAddressProps {
  label: string;
  address: string;
  isResetting: boolean;
  onReset(): Promise<unknown>;
}

/** A secret address: to copy, to open in a calendar, and to replace once the wrong people know it. */
export function FeedAddress({ label, address, isResetting, onReset }: FeedAddressProps) {
  const [isAsking, setIsAsking] = useState(false);
  const reset = async () => {
    // A failure is told by a notice; the question stays.
    await onReset().then(
      () => setIsAsking(false),
      () => {},
    );
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: no set of fields, but one address and what can be done with it
    <div role="group" aria-label={label} className="space-y-3">
      <Field label={label} name={label} value={address} onChange={() => {}} isReadOnly spellCheck={false} />
      <div className="flex flex-wrap gap-3">
        <CopyButton text={address} label="Copy address" />
        <a href={address.replace(/^https?:/, "webcal:")} className={buttonClass({ tone: "secondary" })}>
          Open in a calendar
        </a>
        <Button tone="quiet" onPress={() => setIsAsking(true)} aria-label={`Reset the address: ${label}`}>
          Reset
        </Button>
      </div>
      <Dialog title="Make a new address?" role="alertdialog" isOpen={isAsking} onOpenChange={setIsAsking}>
        <p className="text-muted">
          The former address leads nowhere any more: calendars that follow it stop at what they have, until you give
          them the new one.
        </p>
        <DialogActions>
          <Button tone="quiet" onPress={() => setIsAsking(false)}>
            Keep it
          </Button>
          <Button tone="danger" onPress={() => void reset()} isPending={isResetting}>
            {isResetting ? "Making one…" : "Make a new address"}
          </Button>
        </DialogActions>
      </Dialog>
    </div>
  );
}
