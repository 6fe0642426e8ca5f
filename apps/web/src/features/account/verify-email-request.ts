import { client } from "@/trpc/client";

/** @returns the address that is proven now */
export async function verifyEmail(token: string): Promise<string> {
  const { user } = await client.account.verifyEmail.mutate({ token });
  return user.email;
}
