import "server-only";
import { z } from "zod";
import { sealedCookie } from "./sealed-cookie";

/** What a sign-in that a provider was told of beforehand left us, to know its answer by. */
export const pendingSignIn = sealedCookie("parley.pending-sign-in", { key: z.string(), pending: z.string() });
