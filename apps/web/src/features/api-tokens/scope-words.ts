import { type ApiScope, apiScopes } from "@parley/api/rules/account/api-tokens";

type Domain<Scope extends string = ApiScope> = Scope extends `${infer Name}:${string}` ? Name : never;

/** What a person calls what a token may be good for. */
const names: Record<Domain, string> = {
  account: "Account",
  bookings: "Bookings",
  calendars: "Calendars",
  devices: "Devices",
  directory: "Hosts and follows",
  hostOnboarding: "Hosting and rate",
  messages: "Messages",
  notifications: "Notifications",
  profile: "Profile and details",
  schedule: "Hours",
  subscription: "Subscription",
};

/** One line of the choice: what may be read, and what may be changed, where either can be. */
export interface ScopeGroup {
  name: string;
  read: ApiScope | null;
  write: ApiScope | null;
}

export const scopeGroups: readonly ScopeGroup[] = [...new Set(apiScopes.map(domainOf))].map((domain) => ({
  name: names[domain],
  read: apiScopes.find((scope) => scope === `${domain}:read`) ?? null,
  write: apiScopes.find((scope) => scope === `${domain}:write`) ?? null,
}));

/** `Bookings (read, change) · Notifications (read)` */
export function scopesInWords(scopes: readonly ApiScope[]): string {
  if (scopes.length === apiScopes.length) return "Everything that a token may";
  const parts = scopeGroups.flatMap(({ name, read, write }) => {
    const verbs = [
      read !== null && scopes.includes(read) && "read",
      write !== null && scopes.includes(write) && "change",
    ];
    const given = verbs.filter((verb) => verb !== false);
    return given.length === 0 ? [] : [`${name} (${given.join(", ")})`];
  });
  return parts.join(" · ");
}

function domainOf(scope: ApiScope): Domain {
  return scope.slice(0, scope.indexOf(":")) as Domain;
}
