import { z } from "zod";
import { email, opaqueToken } from "../../primitives";

const minCharacters = 8;
const maxCharacters = 200;

/**
 * A password to be set: 8 to 200 characters (code points), exactly as typed, spaces at its ends included. The upper
 * bound is far above any passphrase and keeps hashing cheap.
 */
export const newPassword = z
  .string()
  .check(({ value, issues }) => {
    const length = [...value].length;
    const message =
      !value.isWellFormed() || value.includes("\0")
        ? "must not contain control characters"
        : length < minCharacters
          ? `must be at least ${minCharacters} characters`
          : length > maxCharacters
            ? `must be at most ${maxCharacters} characters`
            : null;
    if (message !== null) issues.push({ code: "custom", message, input: value, path: [] });
  })
  .meta({ minLength: minCharacters, maxLength: maxCharacters, format: "password" });

export const requestPasswordResetInput = z.object({ email });

export const confirmPasswordResetInput = z.object({ token: opaqueToken, password: newPassword });
export type ConfirmPasswordReset = z.infer<typeof confirmPasswordResetInput>;

/** The present password may be any text: it is compared, never stored. */
export const changePasswordInput = z.object({ currentPassword: z.string(), newPassword });
export type ChangePassword = z.infer<typeof changePasswordInput>;
