import { openProduct, type Product } from "@parley/testing/product";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Dependencies, openDependencies } from "../../dependencies";
import { createCaller } from "../../router";
import { createTasks } from "../../worker";
import { acceptInvitation } from "../received-invitations/service";
import { maxMembers } from "../rules";
import type { OrganizationRole } from "../schema";
import { createOrganization } from "../service";
import {
  forgetInvitations,
  invite,
  listInvitations,
  resendInvitation,
  revokeInvitation,
  sendInvitation,
} from "./service";

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
const runJobs = () => product.runJobs(() => now);
const later = (days: number) => new Date(now.getTime() + days * 24 * 60 * 60 * 1000);
const person = () => product.person({ role: "verified_user" });
type Person = Awaited<ReturnType<typeof person>>;

async function found(): Promise<{ id: string; ann: Person }> {
  const ann = await person();
  return { id: (await createOrganization(deps(), ann.actor, { name: "Bakers" })).id, ann };
}
async function joined(id: string, role: OrganizationRole): Promise<Person> {
  const one = await person();
  await product.sql("INSERT INTO memberships VALUES ($1, $2, $3)", [id, one.id, role]);
  return one;
}
const call = ({ actor }: Person, id: string, email: string, role: OrganizationRole = "member") =>
  invite(deps(), actor, { id, email, role });
const list = ({ actor }: Person, id: string) => listInvitations(deps(), actor, { id });
const countJobs = async () => {
  const { rows } = await product.sql(
    "SELECT count(*)::int AS count FROM graphile_worker.jobs WHERE task_identifier LIKE 'organizations.%'",
  );
  return rows[0].count;
};

describe("inviting", () => {
  test("orders a mail whose link leads in, and keeps no secret", async () => {
    const [{ id, ann }, bob] = [await found(), await person()];
    const invitation = await call(ann, id, bob.email, "admin");
    expect(invitation).toMatchObject({ email: bob.email, role: "admin", invitedBy: "Jane Smith", isExpired: false });
    expect(invitation.expiresAt).toBe(later(7).toISOString());
    expect(await list(ann, id)).toEqual([invitation]);
    await runJobs();
    const token = await product.newestToken(bob.email);
    expect(token).toMatch(/^oi_[\w-]{43}$/);
    const { rows } = await product.sql("SELECT * FROM organization_invitations WHERE id = $1", [invitation.id]);
    expect(rows[0].token_hash.toString()).not.toContain(token);
    expect(await acceptInvitation(deps(), bob.actor, { token })).toMatchObject({ id, role: "admin", memberCount: 2 });
    expect(await list(ann, id)).toEqual([]);
  });

  test("an address again replaces what was sent to it", async () => {
    const [{ id, ann }, bob] = [await found(), await person()];
    const first = await call(ann, id, bob.email, "admin");
    await runJobs();
    const former = await product.newestToken(bob.email);
    const second = await call(ann, id, bob.email.toUpperCase().toLowerCase(), "member");
    expect(second).toMatchObject({ id: first.id, role: "member" });
    await expect(acceptInvitation(deps(), bob.actor, { token: former })).rejects.toMatchObject({ code: "not_found" });
    await runJobs();
    const token = await product.newestToken(bob.email);
    expect(await acceptInvitation(deps(), bob.actor, { token })).toMatchObject({ role: "member" });
  });

  test("by ten at once makes one invitation, and one mail waits", async () => {
    const { id, ann } = await found();
    await runJobs();
    await Promise.all(Array.from({ length: 10 }, () => call(ann, id, "often@example.test")));
    expect(await list(ann, id)).toHaveLength(1);
    expect(await countJobs()).toBe(1);
  });

  test("is refused for members", async () => {
    const { id, ann } = await found();
    const bob = await joined(id, "member");
    await expect(call(ann, id, bob.email)).rejects.toMatchObject({
      code: "conflict",
      details: { email: "is a member already" },
    });
  });

  test.each([
    ["owner", "owner", true],
    ["admin", "admin", true],
    ["admin", "owner", false],
    ["member", "member", false],
  ] as const)("as %s for %s: %s", async (own, role, isAllowed) => {
    const { id } = await found();
    const one = await joined(id, own);
    const attempt = call(one, id, "new@example.test", role);
    if (isAllowed) expect(await attempt).toMatchObject({ role });
    else await expect(attempt).rejects.toMatchObject({ code: "forbidden" });
  });

  test("an admin does not replace, resend or revoke an owner's invitation of an owner", async () => {
    const { id, ann } = await found();
    const admin = await joined(id, "admin");
    const { id: invitationId } = await call(ann, id, "heir@example.test", "owner");
    for (const attempt of [
      () => call(admin, id, "heir@example.test", "member"),
      () => resendInvitation(deps(), admin.actor, { id, invitationId }),
      () => revokeInvitation(deps(), admin.actor, { id, invitationId }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
    }
    expect(await list(admin, id)).toMatchObject([{ role: "owner" }]);
  });

  test("ends where the places do, open invitations included", async () => {
    const { id, ann } = await found();
    await product.sql(
      `INSERT INTO organization_invitations (id, organization_id, email, role, expires_at)
       SELECT uuidv7(), $1, 'guest' || n || '@example.test', 'member', now() + interval '1 day' FROM generate_series(1, $2) n`,
      [id, maxMembers - 2],
    );
    await call(ann, id, "last@example.test");
    await expect(call(ann, id, "late@example.test")).rejects.toMatchObject({ code: "conflict" });
    await call(ann, id, "last@example.test");
  });

  test("is for people who have proven an address of their own", async () => {
    const unproven = await product.person({ role: "user" });
    const { id } = await createOrganization(deps(), unproven.actor, { name: "Bakers" });
    const caller = createCaller({ actor: unproven.actor, client: null, requestId: "test", deps: product.deps });
    await expect(caller.organizations.invite({ id, email: "x@example.test" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });
});

describe("an open invitation", () => {
  test("is revoked with its link, also before its mail has gone out", async () => {
    const [{ id, ann }, bob] = [await found(), await person()];
    const { id: invitationId } = await call(ann, id, bob.email);
    await runJobs();
    const token = await product.newestToken(bob.email);
    await revokeInvitation(deps(), ann.actor, { id, invitationId });
    await expect(acceptInvitation(deps(), bob.actor, { token })).rejects.toMatchObject({ code: "not_found" });
    await expect(revokeInvitation(deps(), ann.actor, { id, invitationId })).rejects.toMatchObject({
      message: "Invitation not found",
    });
    await sendInvitation(deps(), { invitationId });
    expect(await product.newestToken(bob.email)).toBe(token);
  });

  test("is sent again with another link, for another week", async () => {
    const [{ id, ann }, bob] = [await found(), await person()];
    const { id: invitationId } = await call(ann, id, bob.email, "admin");
    await runJobs();
    const former = await product.newestToken(bob.email);
    now = later(8);
    expect(await list(ann, id)).toMatchObject([{ isExpired: true }]);
    const again = await resendInvitation(deps(), ann.actor, { id, invitationId });
    expect(again).toMatchObject({ role: "admin", isExpired: false, expiresAt: later(7).toISOString() });
    await runJobs();
    await expect(acceptInvitation(deps(), bob.actor, { token: former })).rejects.toMatchObject({ code: "not_found" });
    const token = await product.newestToken(bob.email);
    expect(await acceptInvitation(deps(), bob.actor, { token })).toMatchObject({ id, role: "admin" });
  });

  test("is nobody's but the organization's", async () => {
    const [mine, theirs] = [await found(), await found()];
    const { id: invitationId } = await call(theirs.ann, theirs.id, "x@example.test");
    const { actor } = mine.ann;
    await expect(list(mine.ann, theirs.id)).rejects.toMatchObject({ message: "Organization not found" });
    for (const [id, message] of [
      [theirs.id, "Organization not found"],
      [mine.id, "Invitation not found"],
    ] as const) {
      await expect(revokeInvitation(deps(), actor, { id, invitationId })).rejects.toMatchObject({ message });
      await expect(resendInvitation(deps(), actor, { id, invitationId })).rejects.toMatchObject({ message });
    }
    const member = await joined(mine.id, "member");
    await expect(list(member, mine.id)).rejects.toMatchObject({ code: "forbidden" });
  });

  test("is forgotten 30 days after it ran out", async () => {
    const { id, ann } = await found();
    await call(ann, id, "never@example.test");
    now = later(36);
    await forgetInvitations(deps());
    expect(await list(ann, id)).toHaveLength(1);
    now = later(2);
    await forgetInvitations(deps());
    expect(await list(ann, id)).toEqual([]);
  });
});
