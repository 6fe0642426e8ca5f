import "server-only";
import type { Actor, Role } from "@parley/auth";
import type { Route } from "next";
import { notFound, redirect } from "next/navigation";
import { currentActor } from "./actor";

/** For pages that need someone: sends everyone else to sign in, and back again. */
export async function requireActor(returnTo: string): Promise<Actor> {
  const actor = await currentActor();
  if (actor === null) redirect(`/sign-in?next=${encodeURIComponent(returnTo)}` as Route);
  return actor;
}

/** For pages of one role: to everyone else they do not exist. */
export async function requireRole(role: Role, returnTo: string): Promise<Actor> {
  const actor = await requireActor(returnTo);
  if (actor.role !== role) notFound();
  return actor;
}
