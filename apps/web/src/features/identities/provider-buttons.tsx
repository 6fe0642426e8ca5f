import type { OfferedProvider } from "@parley/api/schema/identities";
import { ProviderButton } from "./provider-button";
import { ProviderMark } from "./provider-mark";

export interface ProviderButtonsProps {
  providers: readonly OfferedProvider[];
  /** A path of our own to go on to. */
  destination: string;
}

/** The other ways through the door, under the form; nothing where none is configured. */
export function ProviderButtons({ providers, destination }: ProviderButtonsProps) {
  if (providers.length === 0) return null;
  return (
    <div className="space-y-5">
      <p className="flex items-center gap-4 text-sm text-muted before:h-px before:flex-1 before:bg-hairline after:h-px after:flex-1 after:bg-hairline">
        or
      </p>
      <ul className="space-y-3">
        {providers.map(({ key, provider, name }) => (
          <li key={key}>
            <ProviderButton providerKey={key} destination={destination}>
              <ProviderMark provider={provider} />
              Continue with {name}
            </ProviderButton>
          </li>
        ))}
      </ul>
    </div>
  );
}
