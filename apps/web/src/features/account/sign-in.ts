"use client";
import type { ErrorCode } from "@parley/api/errors";
import { signIn as askNextAuth, getCsrfToken } from "next-auth/react";
import { failureOf } from "@/trpc/failure";
import type { Refusal } from "./use-account-form";

/** All that next-auth carries of a refusal is its code. Neither of address and password is named: that would tell which exists. */
const messages: Partial<Record<ErrorCode, string>> = {
  invalid_credentials: "The e-mail address or the password is wrong.",
  forbidden: "This account was banned by an administrator. Our mail about it says more.",
  rate_limited: "Too many attempts. Wait a quarter of an hour, then try again.",
  unavailable: "Parley is not available right now. Try again in a moment.",
};
const unexpected = "Something went wrong on our side. Try again in a moment.";

/** Signs a browser in. @returns null once it is, else what to tell the person; never throws */
export async function signIn(credentials: Record<"email" | "password", string>): Promise<Refusal | null> {
  try {
    // Where it cannot reach the server, next-auth would leave this page, and what was typed, for one of its own.
    if ((await getCsrfToken()) === undefined) return failureOf(null);
    const { email, password } = credentials;
    const answer = await askNextAuth("credentials", { email, password, redirect: false });
    if (answer?.ok && answer.error === null) return null;
    const message = Object.entries(messages).find(([code]) => code === answer?.error)?.[1];
    return { message: message ?? unexpected, fields: {} };
  } catch (error) {
    return failureOf(error);
  }
}
