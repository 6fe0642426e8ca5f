"use client";
import { Button } from "@/components/button";

/** Signs out, and comes back to the invitation, to be answered by another account. */
export function OtherAccount({ page }: { page: string }) {
  async function leave() {
    const { signOut } = await import("next-auth/react");
    await signOut({ callbackUrl: page });
  }
  return <Button onPress={() => void leave()}>Use another account</Button>;
}
