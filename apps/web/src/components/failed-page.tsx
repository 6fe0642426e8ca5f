"use client";
import { Button } from "./button";
import { Callout } from "./callout";

/** What a route shows in place of itself when it could not be read: `error.tsx` renders it. */
export function FailedPage({ what, retry }: { what: string; retry(): void }) {
  return (
    <div className="space-y-5">
      <Callout tone="danger" title={`${what} could not be loaded.`}>
        <p className="text-muted">Nothing was lost. Try again; if it goes on, come back in a few minutes.</p>
      </Callout>
      <Button onPress={retry}>Try again</Button>
    </div>
  );
}
