import type { Actor } from "@parley/auth";
import type * as BanTemplates from "@parley/mail/ban-templates";
import { conflict, notFound } from "../../errors";
import type { MailDependencies } from "../email-tokens/service";
import type { Ban } from "./schema";
import type { BanStore } from "./store";

export interface BanDependencies {
  bans: BanStore;
  clock(): Date;
}

export interface BanMailDependencies extends MailDependencies {
  bans: BanStore;
  banMails: typeof BanTemplates;
}

/**
 * Ends every session and API token of a person, hides them, cancels what they have booked, and tells them by mail.
 * @throws not_found; conflict where they are banned, are who asks, or are the last administrator.
 */
export async function ban(deps: BanDependencies, actor: Actor, { userId, reason }: Ban): Promise<void> {
  if (userId === actor.userId) throw conflict("You cannot ban yourself");
  switch (await deps.bans.ban({ userId, reason: reason ?? null }, deps.clock())) {
    case "banned":
      return;
    case "banned_already":
      throw conflict("This person is banned");
    case "last_administrator":
      throw conflict("The last administrator cannot be banned");
    case "not_found":
      throw notFound("Person");
  }
}

/**
 * Opens a banned account again; its bookings stay cancelled, and its owner signs in anew.
 * @throws not_found; conflict where the person is not banned.
 */
export async function unban(deps: BanDependencies, { userId }: { userId: string }): Promise<void> {
  switch (await deps.bans.unban(userId)) {
    case "unbanned":
      return;
    case "not_banned":
      throw conflict("This person is not banned");
    case "not_found":
      throw notFound("Person");
  }
}

/** Job. Tells how the account stands when the mail is made: a ban that was taken back at once is told as that. */
export async function sendBanMail(deps: BanMailDependencies, { userId }: { userId: string }): Promise<void> {
  const notice = await deps.bans.findNotice(userId);
  if (notice === null) return;
  const { email: to, displayName: name, isBanned, reason } = notice;
  const content = isBanned
    ? deps.banMails.accountBanned({ name, reason, link: deps.webLink("/") })
    : deps.banMails.accountUnbanned({ name, link: deps.webLink("/sign-in") });
  await deps.mailer.send({ to, ...content });
}
