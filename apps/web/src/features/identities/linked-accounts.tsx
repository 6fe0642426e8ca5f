"use client";
import type { Identity, OfferedProvider } from "@parley/api/schema/identities";
import { Button } from "@/components/button";
import { LocalTime } from "@/components/local-time";
import { ProviderButton } from "./provider-button";
import { ProviderMark } from "./provider-mark";
import { useLinkedAccounts } from "./use-linked-accounts";

export interface LinkedAccountsProps {
  initial: Identity[];
  providers: OfferedProvider[];
}

const providerNames: Record<Identity["provider"], string> = {
  github: "GitHub",
  mastodon: "Mastodon",
  bluesky: "Bluesky",
  linkedin: "LinkedIn",
  x: "X",
  oidc: "OpenID Connect",
};

/** The accounts elsewhere that open this one, and those that could. */
export function LinkedAccounts({ initial, providers }: LinkedAccountsProps) {
  const { identities, busy, verify, remove } = useLinkedAccounts(initial);
  const offerOf = ({ provider, instanceName }: Identity) =>
    providers.find((offer) => offer.provider === provider && offer.instanceName === instanceName);
  const linked = identities.map((identity) => {
    const offer = offerOf(identity);
    return { identity, isOffered: offer !== undefined, name: offer?.name ?? providerNames[identity.provider] };
  });
  const others = providers.filter((offer) => !identities.some((identity) => offerOf(identity) === offer));

  if (linked.length === 0 && others.length === 0) {
    return (
      <div className="rounded-lg border border-dashed border-control/60 p-8 text-center">
        <p className="display text-lg">Nothing to link here</p>
        <p className="mt-1 text-sm text-muted">
          Whoever runs this Parley has not set up sign-in with accounts elsewhere. You sign in with your e-mail address
          and your password.
        </p>
      </div>
    );
  }
  return (
    <div className="space-y-8">
      {linked.length > 0 && (
        <ul aria-label="Linked" className="divide-y divide-hairline rounded-lg border border-hairline bg-raised">
          {linked.map(({ identity, isOffered, name }) => (
            <li key={identity.id} className="flex flex-wrap items-center gap-4 p-4">
              <ProviderMark provider={identity.provider} />
              <div className="min-w-48 flex-1">
                <h2 className="font-medium wrap-anywhere">{name}</h2>
                <p className="text-sm text-muted wrap-anywhere">
                  <Username {...identity} />
                  {identity.email !== null && identity.email !== identity.providerUsername && ` · ${identity.email}`}
                </p>
                <p className="text-sm text-muted">
                  {identity.lastVerifiedAt === null ? (
                    "Never confirmed"
                  ) : (
                    <>
                      Confirmed <LocalTime instant={identity.lastVerifiedAt} look="date" />
                    </>
                  )}
                  {!isOffered && " · no longer serves to sign in"}
                </p>
              </div>
              <div className="flex flex-wrap gap-2">
                <Button
                  size="small"
                  isPending={busy?.id === identity.id && busy.verb === "verify"}
                  isDisabled={busy !== null && busy.id !== identity.id}
                  onPress={() => void verify(identity, name)}
                  aria-label={`Verify again: ${name}`}
                >
                  Verify again
                </Button>
                <Button
                  size="small"
                  isPending={busy?.id === identity.id && busy.verb === "remove"}
                  isDisabled={busy !== null && busy.id !== identity.id}
                  onPress={() => void remove(identity, name)}
                  aria-label={`Remove ${name}`}
                >
                  Remove
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <ul aria-label="Not linked" className="grid gap-3 sm:grid-cols-2">
          {others.map(({ key, provider, name }) => (
            <li key={key}>
              <ProviderButton providerKey={key} destination="/settings/linked-accounts" isLinking>
                <ProviderMark provider={provider} />
                Link {name}
              </ProviderButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Username({ providerUsername, profileUrl }: Identity) {
  if (profileUrl === null) return providerUsername;
  return (
    <a href={profileUrl} rel="noreferrer" className="underline underline-offset-4 hover:text-ink">
      {providerUsername}
    </a>
  );
}
