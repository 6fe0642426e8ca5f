import { z } from "zod";
import { text, uploadedFile } from "../../primitives";
import { avatarMaxBytes } from "./rules";

export const replaceAvatarInput = z.object({ avatar: uploadedFile(avatarMaxBytes) });
export type ReplaceAvatar = z.infer<typeof replaceAvatarInput>;

export const replaceAvatarFromUrlInput = z.object({ url: text({ min: 1, max: 2048 }) });
export type ReplaceAvatarFromUrl = z.infer<typeof replaceAvatarFromUrlInput>;

export const avatarAnswer = z.object({ avatarUrl: z.string() }).meta({ id: "Avatar" });
