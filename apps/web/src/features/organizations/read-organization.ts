import "server-only";
import { type Organization, organizationInput } from "@parley/api/schema/organizations";
import { notFound } from "next/navigation";
import { cache } from "react";
import { procedures } from "@/server/procedures";
import { api } from "@/trpc/server";

/** An organization of whoever is signed in; one of others, like none, is not found. */
export const readOrganization = cache(async (id: string): Promise<Organization> => {
  const asked = organizationInput.safeParse({ id });
  if (!asked.success) notFound();
  try {
    return await (await api()).organizations.get(asked.data);
  } catch (error) {
    if ((await procedures()).toFailure(error).code === "not_found") notFound();
    throw error;
  }
});
