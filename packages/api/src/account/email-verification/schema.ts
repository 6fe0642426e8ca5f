import { z } from "zod";
import { opaqueToken } from "../../primitives";
import { account } from "../schema";

export const verifyEmailInput = z.object({ token: opaqueToken });

/** Whether it proves somebody else's address: whoever opens such a link has hardly just signed up. */
export const verificationLink = z.object({ isAnothers: z.boolean() });

export const verifiedAnswer = z.object({ user: account }).meta({ id: "VerifiedEmail" });
