import { openProduct, type Product, type SignedIn } from "@parley/testing/product";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Dependencies, openDependencies } from "../../dependencies";
import { createTasks } from "../../worker";
import { invite, revokeInvitation } from "../invitations/service";
import { maxMembers } from "../rules";
import { createOrganization, listOrganizations } from "../service";
import { acceptInvitation, declineInvitation, getReceivedInvitation } from "./service";

let product: Product<Dependencies>;
let now: Date;

beforeAll(async () => {
  product = await openProduct({ openDependencies, createTasks });
});
afterAll(() => product.close());
beforeEach(() => {
  now = new Date();
});

const deps = () => ({ ...product.deps, clock: () => now });
const person = () => product.person({ role: "verified_user" });
const accept = ({ actor }: SignedIn, token: string) => acceptInvitation(deps(), actor, { token });
const decline = ({ actor }: SignedIn, token: string) => declineInvitation(deps(), actor, { token });
const read = (one: SignedIn | null, token: string) => getReceivedInvitation(deps(), one?.actor ?? null, { token });
const missing = { code: "not_found", message: "Invitation not found" };
const tokenError = (token: string) => ({ code: "conflict", details: { token } });

/** An organization of `ann`'s, and what `email` was mailed. */
async function invited(email: string) {
  const ann = await product.person({ role: "verified_user", displayName: "Ann" });
  const { id } = await createOrganization(deps(), ann.actor, { name: "Bakers" });
  const invitation = await invite(deps(), ann.actor, { id, email, role: "admin" });
  await product.runJobs(() => now);
  return { id, ann, invitation, token: await product.newestToken(email) };
}

describe("the link", () => {
  test("tells whoever holds it what it is, and whether it is theirs", async () => {
    const [bob, eve] = [await person(), await person()];
    const { id, ann, token, invitation } = await invited(bob.email);
    const facts = { organizationName: "Bakers", role: "admin", invitedBy: "Ann", expiresAt: invitation.expiresAt };
    const open = { ...facts, state: "open", organizationId: null };
    expect(await read(null, token)).toEqual({ ...open, addressee: "unknown" });
    expect(await read(bob, token)).toEqual({ ...open, addressee: "you" });
    expect(await read(eve, token)).toEqual({ ...open, addressee: "another" });
    expect(await read(ann, token)).toEqual({ ...open, addressee: "another", organizationId: id });
    await accept(bob, token);
    expect(await read(bob, token)).toMatchObject({ state: "accepted", organizationId: id });
    await expect(read(bob, "oi_nobodys")).rejects.toMatchObject(missing);
  });

  test("names no inviter whose account is closed", async () => {
    const { ann, token } = await invited("guest@example.test");
    await product.sql("UPDATE users SET deleted_at = now() WHERE id = $1", [ann.id]);
    expect(await read(null, token)).toMatchObject({ invitedBy: null });
  });
});

describe("accepting", () => {
  test("serves once", async () => {
    const bob = await person();
    const { id, token } = await invited(bob.email);
    expect(await accept(bob, token)).toMatchObject({ id, name: "Bakers", role: "admin", memberCount: 2 });
    await expect(accept(bob, token)).rejects.toMatchObject(tokenError("was used already"));
    await expect(decline(bob, token)).rejects.toMatchObject(tokenError("was used already"));
    expect(await listOrganizations(deps(), bob.actor)).toHaveLength(1);
  });

  test("ten times at once serves once", async () => {
    const bob = await person();
    const { id, token } = await invited(bob.email);
    const settled = await Promise.allSettled(Array.from({ length: 10 }, () => accept(bob, token)));
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of settled) {
      if (one.status === "rejected") expect(one.reason).toMatchObject(tokenError("was used already"));
    }
    expect(await listOrganizations(deps(), bob.actor)).toMatchObject([{ id, memberCount: 2 }]);
  });

  test("is for the person alone whose proven address was invited", async () => {
    const [bob, eve] = [await product.person({ role: "user" }), await person()];
    const { token } = await invited(bob.email);
    await expect(accept(eve, token)).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("another e-mail address"),
    });
    await expect(decline(eve, token)).rejects.toMatchObject({ code: "forbidden" });
    expect(await read(bob, token)).toMatchObject({ addressee: "unverified" });
    await expect(accept(bob, token)).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("Confirm your e-mail address"),
    });
    await product.sql("UPDATE users SET email_verified_at = now() WHERE id = $1", [bob.id]);
    expect(await accept(bob, token)).toMatchObject({ role: "admin" });
  });

  test("ends after a week", async () => {
    const bob = await person();
    const { token } = await invited(bob.email);
    now = new Date(now.getTime() + 7 * 24 * 60 * 60 * 1000);
    expect(await read(bob, token)).toMatchObject({ state: "expired" });
    await expect(accept(bob, token)).rejects.toMatchObject(tokenError("has expired"));
    expect(await listOrganizations(deps(), bob.actor)).toEqual([]);
  });

  test("and its revocation at once leave one of both", async () => {
    const bob = await person();
    const { id, ann, token, invitation } = await invited(bob.email);
    const [accepted, revoked] = await Promise.allSettled([
      accept(bob, token),
      revokeInvitation(deps(), ann.actor, { id, invitationId: invitation.id }),
    ]);
    expect([accepted.status, revoked.status].sort()).toEqual(["fulfilled", "rejected"]);
    expect(await listOrganizations(deps(), bob.actor)).toHaveLength(accepted.status === "fulfilled" ? 1 : 0);
  });

  test("leaves the role of somebody who is a member by then", async () => {
    const bob = await person();
    const { id, token } = await invited(bob.email);
    await product.sql("INSERT INTO memberships VALUES ($1, $2, 'member')", [id, bob.id]);
    expect(await accept(bob, token)).toMatchObject({ role: "member", memberCount: 2 });
  });

  test("finds a full organization full", async () => {
    const bob = await person();
    const { id, token } = await invited(bob.email);
    await product.sql(
      `WITH people AS (
         INSERT INTO users (id, email, display_name)
         SELECT uuidv7(), 'crowd' || n || '@example.test', 'Crowd' FROM generate_series(2, $2) n RETURNING id)
       INSERT INTO memberships SELECT $1, id, 'member' FROM people`,
      [id, maxMembers],
    );
    await expect(accept(bob, token)).rejects.toMatchObject({ code: "conflict", details: null });
    expect(await read(bob, token)).toMatchObject({ state: "open" });
  });
});

test("declining ends the invitation", async () => {
  const bob = await person();
  const { token } = await invited(bob.email);
  await decline(bob, token);
  await expect(read(bob, token)).rejects.toMatchObject(missing);
  await expect(accept(bob, token)).rejects.toMatchObject(missing);
});
