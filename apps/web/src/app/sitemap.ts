import type { MetadataRoute } from "next";
import { env } from "@/env";
import { api } from "@/trpc/server";

export const dynamic = "force-dynamic";

/** The directory and every host. */
export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  const usernames = await (await api()).directory.usernames();
  const { webUrl } = env();
  return [{ url: `${webUrl}/` }, ...usernames.map((username) => ({ url: `${webUrl}/${username}` }))];
}
