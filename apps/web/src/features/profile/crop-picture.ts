import { avatarMaxBytes } from "@parley/api/rules/profile/avatar";

export interface CropArea {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What the file picker offers; the server decides by the bytes. */
export const pictureTypes = ["image/jpeg", "image/png", "image/webp", "image/gif"] as const;

/** Twice the edge of what is served, so that the server scales down from something sharp. */
const maxEdge = 1024;

/** Why a file cannot be a picture of a person, in words for them; null where it may be one. */
export function pictureProblem(file: File): string | null {
  if (!pictureTypes.some((type) => type === file.type)) return "Choose a JPEG, PNG, WebP or GIF image.";
  if (file.size > avatarMaxBytes) return `This picture is larger than ${avatarMaxBytes / 1024 / 1024} MB.`;
  return file.size === 0 ? "This file is empty." : null;
}

/** The chosen square of a picture, as a file to upload. Browsers turn pictures by their EXIF before they draw. */
export async function cropPicture(url: string, area: CropArea): Promise<File> {
  const picture = new Image();
  picture.src = url;
  await picture.decode();
  const edge = Math.max(1, Math.min(maxEdge, Math.round(area.width)));
  const canvas = document.createElement("canvas");
  canvas.width = edge;
  canvas.height = edge;
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("this browser gave no canvas");
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, area.x, area.y, area.width, area.height, 0, 0, edge, edge);
  // WebP is small and keeps what is transparent, which the server lays on paper; a browser without it writes PNG.
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/webp", 0.92));
  if (blob === null) throw new Error("this browser could not write the picture");
  return new File([blob], "avatar", { type: blob.type });
}
