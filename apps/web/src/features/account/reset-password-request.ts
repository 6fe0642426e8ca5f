import { type ConfirmPasswordReset, confirmPasswordResetInput } from "@parley/api/schema/account/password";
import { client } from "@/trpc/client";

export const schema = confirmPasswordResetInput.pick({ password: true });

export async function resetPassword(input: ConfirmPasswordReset): Promise<void> {
  await client.account.confirmPasswordReset.mutate(input);
}
