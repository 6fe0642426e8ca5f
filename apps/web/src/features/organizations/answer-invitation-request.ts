import { client } from "@/trpc/client";

/** @returns the address of the page that follows */
export async function acceptInvitation(token: string): Promise<string> {
  const { id } = await client.organizations.acceptInvitation.mutate({ token });
  return `/settings/organizations/${id}`;
}

export async function declineInvitation(token: string): Promise<void> {
  await client.organizations.declineInvitation.mutate({ token });
}
