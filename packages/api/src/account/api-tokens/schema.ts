import { z } from "zod";
import { id, instant, text } from "../../primitives";
import { apiScopes, maxApiTokenDays } from "./rules";

export const apiScope = z.enum(apiScopes);

/** A key that a person made for a program. The token itself is shown once, when it is made. */
const apiToken = z
  .object({
    id,
    name: z.string(),
    /** The token's last four characters. */
    hint: z.string(),
    scopes: z.array(apiScope),
    createdAt: instant,
    /** Null: never. */
    expiresAt: instant.nullable(),
    lastUsedAt: instant.nullable(),
  })
  .meta({ id: "ApiToken" });
export type ApiToken = z.infer<typeof apiToken>;

export const apiTokenList = z.array(apiToken);

export const createApiTokenInput = z.object({
  name: text({ min: 1, max: 80 }),
  scopes: z
    .array(apiScope)
    .min(1)
    .max(apiScopes.length)
    .transform((scopes) => apiScopes.filter((scope) => scopes.includes(scope))),
  /** Null or left out: it never expires. */
  expiresInDays: z.int().min(1).max(maxApiTokenDays).nullish(),
  /** May be left out by someone who has just signed in. */
  password: z.string().max(1024).optional(),
});
export type CreateApiToken = z.infer<typeof createApiTokenInput>;

export const newApiToken = apiToken.extend({ token: z.string() }).meta({ id: "NewApiToken" });
export type NewApiToken = z.infer<typeof newApiToken>;

export const endApiTokenInput = z.object({ id });
