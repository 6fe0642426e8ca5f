import { z } from "zod";
import { id, instant, opaqueToken } from "../../primitives";
import { organizationRole } from "../schema";

export const invitationTokenInput = z.object({ token: opaqueToken });

/** What whoever holds the link is told of it. */
export const receivedInvitation = z
  .object({
    organizationName: z.string(),
    role: organizationRole,
    invitedBy: z.string().nullable(),
    expiresAt: instant,
    state: z.enum(["open", "expired", "accepted"]),
    /** Whether it is the caller's: `unverified` where the address is theirs but not proven, `unknown` to nobody signed in. */
    addressee: z.enum(["you", "unverified", "another", "unknown"]),
    /** To its members alone. */
    organizationId: id.nullable(),
  })
  .meta({ id: "ReceivedInvitation" });
export type ReceivedInvitation = z.infer<typeof receivedInvitation>;
