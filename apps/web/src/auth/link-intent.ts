import "server-only";
import { z } from "zod";
import { sealedCookie } from "./sealed-cookie";

/**
 * That a sign-in at a provider is to link an account, and not to open one: said where it begins, by whoever is signed in
 * then. Null where a sign-in is just that.
 */
export const linkIntent = sealedCookie("parley.link-intent", { key: z.string(), sessionId: z.string() });
