"use client";
import type { NewApiToken } from "@parley/api/schema/account/api-tokens";
import { Button } from "@/components/button";
import { Callout } from "@/components/callout";
import { CopyButton } from "@/components/copy-button";
import { Dialog, DialogActions } from "@/components/dialog";
import { Field } from "@/components/field";

/** Shows a token for the only time. Nothing closes it by accident. */
export function NewTokenDialog({ made, onDone }: { made: NewApiToken | null; onDone(): void }) {
  if (made === null) return null;
  return (
    <Dialog title={`Your token ${made.name}`} isDismissable={false} width="wide" isOpen onOpenChange={onDone}>
      <Callout tone="warn" title="Copy it now">
        <p>We keep no copy: once this is closed, nobody can show it again. Whoever has it can do what it may.</p>
      </Callout>
      <Field label="Token" name="token" value={made.token} onChange={() => {}} isReadOnly spellCheck={false} />
      <DialogActions>
        <CopyButton text={made.token} label="Copy token" />
        <Button tone="primary" onPress={onDone}>
          I have it
        </Button>
      </DialogActions>
    </Dialog>
  );
}
