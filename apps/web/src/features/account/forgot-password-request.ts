import { client } from "@/trpc/client";

export { requestPasswordResetInput as schema } from "@parley/api/schema/account/password";

export async function requestPasswordReset(email: string): Promise<void> {
  await client.account.requestPasswordReset.mutate({ email });
}
