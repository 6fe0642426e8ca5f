import { notFound } from "next/navigation";
import { dependencies } from "@/server/dependencies";

export const dynamic = "force-dynamic";

/** Who we are, to servers that know their clients by an address alone. */
export async function GET(): Promise<Response> {
  const { identityProviders } = await dependencies();
  for (const provider of identityProviders) {
    if (provider.kind === "pushed" && provider.clientMetadata !== null) return Response.json(provider.clientMetadata);
  }
  notFound();
}
