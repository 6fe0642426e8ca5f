"use client";
import type { ApiToken } from "@parley/api/schema/account/api-tokens";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/button";
import { Dialog, DialogActions } from "@/components/dialog";
import { LocalTime } from "@/components/local-time";
import { scopesInWords } from "./scope-words";

export interface TokenRowProps {
  token: ApiToken;
  isEnding: boolean;
  onEnd(): Promise<unknown>;
}

/** One token: what it may do, when it was used last, and the way to end it. */
export function TokenRow({ token, isEnding, onEnd }: TokenRowProps) {
  const [isAsking, setIsAsking] = useState(false);
  const { name, hint, scopes, createdAt, lastUsedAt } = token;
  const end = () =>
    onEnd().then(
      () => setIsAsking(false),
      // Told by a notice.
      () => setIsAsking(false),
    );
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-3 p-4">
      <KeyRound aria-hidden="true" strokeWidth={1.5} className="mt-0.5 size-5 shrink-0 text-muted" />
      <div className="min-w-44 flex-1 space-y-1 wrap-anywhere">
        <p className="font-medium">{name}</p>
        <p className="text-sm text-muted">
          Ends in <code>{hint}</code> · made <LocalTime instant={createdAt} look="date" />
        </p>
        <p className="text-sm">{scopesInWords(scopes)}</p>
        <p className="text-sm text-muted">
          {lastUsedAt === null ? (
            "Never used"
          ) : (
            <>
              Last used <LocalTime instant={lastUsedAt} look="ago" />
            </>
          )}{" "}
          · <Expiry token={token} />
        </p>
      </div>
      <Button size="small" onPress={() => setIsAsking(true)} aria-label={`End the token ${name}`}>
        End
      </Button>
      <Dialog title={`End the token ${name}?`} role="alertdialog" isOpen={isAsking} onOpenChange={setIsAsking}>
        <p className="text-muted">Programs that use it are refused at once. It cannot be brought back.</p>
        <DialogActions>
          <Button tone="quiet" onPress={() => setIsAsking(false)}>
            Keep it
          </Button>
          <Button tone="danger" isPending={isEnding} onPress={() => void end()}>
            {isEnding ? "Ending it…" : "End token"}
          </Button>
        </DialogActions>
      </Dialog>
    </li>
  );
}

function Expiry({ token: { expiresAt } }: { token: ApiToken }) {
  if (expiresAt === null) return "never expires";
  const hasExpired = Date.parse(expiresAt) <= Date.now();
  return (
    <span className={hasExpired ? "text-warn" : undefined}>
      {hasExpired ? "expired" : "expires"} <LocalTime instant={expiresAt} look="date" />
    </span>
  );
}
