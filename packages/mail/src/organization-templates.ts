import { type Mail, setLetter } from "./letter";
import { shownName } from "./shown-name";

export interface InvitationFacts {
  /** Where it is accepted or declined, token and all. */
  link: string;
  organization: string;
  role: "owner" | "admin" | "member";
  /** Who invites; null where they have gone meanwhile. */
  inviter: string | null;
}

const asWhat = { owner: "as one of its owners", admin: "as an admin", member: "as a member" } as const;

/** Invites somebody, who need not have an account, into an organization. The link works for 7 days, once. */
export function organizationInvitation({ link, organization, role, inviter }: InvitationFacts): Mail {
  const who = (inviter && shownName(inviter)) ?? "Somebody";
  const name = shownName(organization);
  const where = name === null ? "an organization" : `the organization “${name}”`;
  return setLetter({
    subject: "You are invited to an organization on Parley",
    name: "",
    paragraphs: [
      `${who} would like to have you in ${where} on Parley, ${asWhat[role]}.`,
      "Have a look, and accept or decline as you like. If you have no account yet, you can make one with this address.",
    ],
    action: { label: "See the invitation", link },
    note: "The link works for 7 days, once. If you know nothing of this, ignore this mail and nothing will happen.",
    footer: "You receive this mail because somebody entered this address to invite you.",
  });
}
