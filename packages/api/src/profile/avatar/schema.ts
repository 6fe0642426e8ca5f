import { z } from "zod";
import { text, uploadedFile } from "../../primitives";

/** Source: 000, PUT /v1/users/me/avatar; 5 MB means 5 * 1024 * 1024 bytes. */
export const avatarMaxBytes = 5 * 1024 * 1024;

export const replaceAvatarInput = z.object({ avatar: uploadedFile(avatarMaxBytes) });
export type ReplaceAvatar = z.infer<typeof replaceAvatarInput>;

export const replaceAvatarFromUrlInput = z.object({ url: text({ min: 1, max: 2048 }) });
export type ReplaceAvatarFromUrl = z.infer<typeof replaceAvatarFromUrlInput>;

export const avatarAnswer = z.object({ avatarUrl: z.string() }).meta({ id: "Avatar" });
