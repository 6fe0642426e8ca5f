"use client";
import { getCsrfToken, signIn } from "next-auth/react";
import { failureOf, type ShownFailure } from "@/trpc/failure";

export interface ProviderSignIn {
  /** Of the provider. */
  providerKey: string;
  /** A path of our own to go on to. */
  destination: string;
  /** True to link the account to whoever is signed in, rather than to sign in. */
  isLinking?: boolean;
}

/** Leaves for the provider. @returns what to tell the person where that was not possible; never throws */
export async function beginProviderSignIn(begin: ProviderSignIn): Promise<ShownFailure | null> {
  const { providerKey, destination, isLinking = false } = begin;
  try {
    // Where it cannot reach the server, next-auth would leave this page for one of its own.
    if ((await getCsrfToken()) === undefined) return failureOf(null);
    await signIn(providerKey, { callbackUrl: destination, ...(isLinking && { intent: "link" }) });
    return null;
  } catch (error) {
    return failureOf(error);
  }
}
