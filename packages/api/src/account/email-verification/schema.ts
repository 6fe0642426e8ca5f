import { z } from "zod";
import { opaqueToken } from "../../primitives";
import { account } from "../schema";

export const verifyEmailInput = z.object({ token: opaqueToken });

export const verifiedAnswer = z.object({ user: account }).meta({ id: "VerifiedEmail" });
