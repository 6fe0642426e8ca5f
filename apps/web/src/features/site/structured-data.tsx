import { headers } from "next/headers";

/** Facts of a page as JSON-LD, for those who read pages by machine. */
export async function StructuredData({ data }: { data: Record<string, unknown> }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  // A name with "</script>" in it ends nothing.
  const json = JSON.stringify(data).replaceAll("<", "\\u003c");
  return <script type="application/ld+json" nonce={nonce} dangerouslySetInnerHTML={{ __html: json }} />;
}
