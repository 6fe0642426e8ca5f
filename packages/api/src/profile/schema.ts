import { z } from "zod";
import { cents, id, instant, text } from "../primitives";
import { usernameProblem } from "./rules";

export const role = z.enum(["user", "verified_user", "host", "admin"]);

export const displayName = text({ min: 1, max: 80 });
export const bio = text({ max: 500, isProse: true });

/** A username that may be claimed, lower-cased. Source: architecture, "Values". */
export const username = z
  .string()
  .trim()
  .toLowerCase()
  .check((payload) => {
    const message = usernameProblem(payload.value);
    if (message !== null) payload.issues.push({ code: "custom", message, input: payload.value, path: [] });
  })
  .meta({ minLength: 3, maxLength: 30, pattern: "^[A-Za-z0-9][A-Za-z0-9_-]{1,28}[A-Za-z0-9]$" });

/** A username to look up: anything may be asked for, in any case. */
export const usernameLookup = z.string().toLowerCase().max(200);

/** The profile as its owner sees it. Facts are null until known. Source: 000, GET /v1/users/me. */
export const ownProfile = z
  .object({
    id,
    email: z.string(),
    displayName: z.string(),
    username: z.string().nullable(),
    bio: z.string().nullable(),
    avatarUrl: z.string().nullable(),
    role,
    emailVerified: z.boolean(),
    isAgeVerified: z.boolean(),
    isAvailable: z.boolean(),
    ratePerMinuteCents: cents.nullable(),
    windowSizeMinutes: z.int().nullable(),
    payoutEnabled: z.boolean(),
    createdAt: instant,
    /** Raised by every change; what a conditional write compares. */
    version: z.int(),
  })
  .meta({ id: "Profile" });
export type OwnProfile = z.infer<typeof ownProfile>;

/** What anyone may read of a host: never an e-mail address, a role or a flag of verification. */
export const publicProfile = z
  .object({
    id,
    displayName: z.string(),
    username: z.string(),
    bio: z.string().nullable(),
    avatarUrl: z.string().nullable(),
    isAvailable: z.boolean(),
    ratePerMinuteCents: cents,
    windowSizeMinutes: z.int(),
    followerCount: z.int().min(0),
  })
  .meta({ id: "PublicProfile" });
export type PublicProfile = z.infer<typeof publicProfile>;

export const updateProfileInput = z.object({
  displayName: displayName.optional(),
  /** Null clears it. */
  bio: bio.nullable().optional(),
  /** Null is what was read before a username was chosen; it may be sent back, and takes none away. */
  username: username.nullable().optional(),
  expectedVersion: z.int().optional(),
});
export type UpdateProfile = z.infer<typeof updateProfileInput>;

/** Any text: what cannot be a username is answered as such, not refused, since it is asked while somebody types. */
export const usernameAvailabilityInput = z.object({ username: z.string().max(200) });

/** `reason` says why a username cannot be had; null where it can. */
export const usernameAvailability = z
  .object({ isAvailable: z.boolean(), reason: z.enum(["taken", "reserved", "invalid"]).nullable() })
  .meta({ id: "UsernameAvailability" });
export type UsernameAvailability = z.infer<typeof usernameAvailability>;

export const publicProfileInput = z.object({ username: usernameLookup });
