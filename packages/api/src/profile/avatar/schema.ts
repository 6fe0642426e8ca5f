import { z } from "zod";
import { uploadedFile } from "../../primitives";

/** Source: 000, PUT /v1/users/me/avatar; 5 MB means 5 * 1024 * 1024 bytes. */
export const avatarMaxBytes = 5 * 1024 * 1024;

export const replaceAvatarInput = z.object({ avatar: uploadedFile(avatarMaxBytes) });
export type ReplaceAvatar = z.infer<typeof replaceAvatarInput>;

export const avatarAnswer = z.object({ avatarUrl: z.string() }).meta({ id: "Avatar" });
