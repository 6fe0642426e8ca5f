"use client";
import type { ApiToken } from "@parley/api/schema/account/api-tokens";
import { Section } from "@/features/settings/section";
import { NewTokenDialog } from "./new-token-dialog";
import { TokenForm } from "./token-form";
import { TokenRow } from "./token-row";
import { useApiTokens } from "./use-api-tokens";

/** The tokens one has, and a form for another. */
export function ApiTokens({ initial }: { initial: ApiToken[] }) {
  const { tokens, made, forgetMade, make, end, isEnding } = useApiTokens(initial);
  return (
    <>
      <Section title="Your tokens">
        {tokens.length === 0 ? (
          <div className="rounded-lg border border-dashed border-control/60 p-8 text-center">
            <p className="display text-lg">No tokens yet</p>
            <p className="mt-1 text-sm text-muted">A program of yours needs one to speak to Parley in your name.</p>
          </div>
        ) : (
          <ul aria-label="API tokens" className="divide-y divide-hairline rounded-lg border border-hairline bg-raised">
            {tokens.map((token) => (
              <TokenRow key={token.id} token={token} isEnding={isEnding} onEnd={() => end(token.id)} />
            ))}
          </ul>
        )}
      </Section>
      <Section
        title="Make a token"
        about="Give it no more than the program needs. We tell you by mail when one is made."
      >
        <TokenForm onMake={make} />
      </Section>
      <NewTokenDialog made={made} onDone={forgetMade} />
    </>
  );
}
