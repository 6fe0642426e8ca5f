import { expect, test } from "vitest";
import { type InvitationFacts, organizationInvitation } from "./organization-templates";

const link = "https://parley.example/invitations?token=oi_a-b_c";
const facts: InvitationFacts = { link, organization: "Bakers of Kassel", role: "admin", inviter: "Jane Smith" };

test("says who invites, where to, as what, and for how long, to somebody whose name nobody knows", () => {
  const { subject, text, html } = organizationInvitation(facts);
  expect(subject).toBe("You are invited to an organization on Parley");
  expect(text).toMatch(/^Hello,\n\nJane Smith would like to have you in the organization “Bakers of Kassel”/);
  expect(text).toContain("as an admin");
  expect(text).toContain("7 days, once");
  expect(text.split("\n")).toContain(link);
  for (const form of [text, html]) {
    expect(form).toContain("somebody entered this address");
    expect(form).not.toContain("belongs to a Parley account");
  }
});

test.each(["<b>Bakers</b>", '"><a href="https://evil.example">', "See https://evil.example"])(
  "shows the names %j as text, or not at all",
  (name) => {
    const plain = organizationInvitation(facts).html;
    const { subject, text, html } = organizationInvitation({ ...facts, organization: name, inviter: name });
    expect(html.match(/<[^>]*>/g)).toEqual(plain.match(/<[^>]*>/g));
    expect(text).not.toContain("evil.example");
    expect(subject).not.toContain(name);
  },
);

test("needs no name", () => {
  const { text } = organizationInvitation({ ...facts, inviter: null, organization: "www.evil.example" });
  expect(text).toContain("Somebody would like to have you in an organization on Parley, as an admin.");
});
