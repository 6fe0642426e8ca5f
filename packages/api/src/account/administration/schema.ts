import { z } from "zod";
import { instant, pageOf, pageRequest, text } from "../../primitives";
import { account } from "../schema";

export const findUsersInput = pageRequest.extend({
  /** Part of an e-mail address, display name or username, in any case. */
  q: text({ max: 100 }).optional(),
});
export type FindUsers = z.infer<typeof findUsersInput>;

/** What an administrator sees of a person. */
const managedUser = account
  .extend({
    username: z.string().nullable(),
    isAgeVerified: z.boolean(),
    bannedAt: instant.nullable(),
    /** Null also where a ban has none. */
    banReason: z.string().nullable(),
  })
  .meta({ id: "ManagedUser" });
export type ManagedUser = z.infer<typeof managedUser>;

export const managedUserPage = pageOf(managedUser);
export type ManagedUserPage = z.infer<typeof managedUserPage>;
