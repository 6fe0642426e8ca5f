import { client } from "@/trpc/client";

export async function restoreAccount(token: string): Promise<void> {
  await client.account.restore.mutate({ token });
}
