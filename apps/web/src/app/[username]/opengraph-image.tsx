import { readHost } from "@/features/host-page/read-host";
import { HostPicture } from "@/features/sharing/host-picture";
import { drawPicture, pictureSize, pictureType } from "@/features/sharing/picture-frame";
import { portraitData } from "@/features/sharing/portrait-data";

export const alt = "The host's portrait, name and rate, on Parley";
export const size = pictureSize;
export const contentType = pictureType;

export default async function HostOpenGraphImage({ params }: { params: Promise<{ username: string }> }) {
  const host = await readHost((await params).username);
  return drawPicture(<HostPicture host={host} portrait={await portraitData(host.avatarUrl)} />);
}
