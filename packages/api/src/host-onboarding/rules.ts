import type { OwnProfile } from "../profile/schema";

/** Bounds of a host's rate, in cents. Source: N14. */
export const rateCentsBounds = { min: 50, max: 99_999 } as const;

/** Bounds of the billing window, in minutes. Source: 000, POST /v1/users/me/become-host. */
export const windowMinutesBounds = { min: 1, max: 60 } as const;

export type HostingObstacle = "already_host" | "administrator" | "email_not_verified" | "age_not_verified";

/** What keeps a person from becoming a host, the first thing first; null when nothing does. Source: V6, V7, N16. */
export function hostingObstacle(
  person: Pick<OwnProfile, "role" | "emailVerified" | "isAgeVerified">,
): HostingObstacle | null {
  if (person.role === "host") return "already_host";
  if (person.role === "admin") return "administrator";
  if (!person.emailVerified) return "email_not_verified";
  return person.isAgeVerified ? null : "age_not_verified";
}
