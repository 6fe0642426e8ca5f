import { openProduct, type Product, type SignedIn } from "@parley/testing/product";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { deleteNow, purgePerson, requestDeletion, restoreAccount } from "../../account/deletion/service";
import { type Dependencies, openDependencies } from "../../dependencies";
import { createTasks } from "../../worker";
import { invite } from "../invitations/service";
import { leaveOrganization } from "../members/service";
import type { OrganizationRole } from "../schema";
import { createOrganization } from "../service";

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
const person = () => product.person({ role: "verified_user" });
const close = ({ actor }: SignedIn) => requestDeletion(deps(), actor, {});
const deleteAtOnce = ({ actor, email }: SignedIn) => deleteNow(deps(), actor, { email, username: null });

/** An organization of an owner, and of those who joined it one after the other. */
async function found(...roles: OrganizationRole[]): Promise<{ id: string; ann: SignedIn; others: SignedIn[] }> {
  const ann = await person();
  const { id } = await createOrganization(deps(), ann.actor, { name: "Bakers" });
  const others: SignedIn[] = [];
  for (const role of roles) {
    const one = await person();
    await product.sql(
      `INSERT INTO memberships (organization_id, user_id, role, created_at)
       VALUES ($1, $2, $3, now() + make_interval(secs => $4))`,
      [id, one.id, role, others.push(one)],
    );
  }
  return { id, ann, others };
}

/** What each is; undefined for those who are no members. Null where there is no such organization. */
async function rolesIn(id: string, people: SignedIn[]): Promise<(string | undefined)[] | null> {
  const { rows } = await product.sql(
    "SELECT user_id, m.role FROM organizations o LEFT JOIN memberships m ON m.organization_id = o.id WHERE o.id = $1",
    [id],
  );
  return rows.length === 0 ? null : people.map((one) => rows.find(({ user_id }) => user_id === one.id)?.role);
}

describe.each([
  ["closing", close, "owner"],
  ["deleting", deleteAtOnce, undefined],
] as const)("%s the last owner's account", (_, go, roleAfter) => {
  test("makes the oldest admin the owner", async () => {
    const { id, ann, others } = await found("member", "admin", "admin");
    await go(ann);
    expect(await rolesIn(id, [ann, ...others])).toEqual([roleAfter, "member", "owner", "admin"]);
  });

  test("makes the oldest member the owner where there is no admin", async () => {
    const { id, ann, others } = await found("member", "member");
    await go(ann);
    expect(await rolesIn(id, [ann, ...others])).toEqual([roleAfter, "owner", "member"]);
  });

  test("changes nobody's role where there is another owner", async () => {
    const { id, ann, others } = await found("admin", "owner");
    await go(ann);
    expect(await rolesIn(id, [ann, ...others])).toEqual([roleAfter, "admin", "owner"]);
  });
});

describe("an organization of one", () => {
  test("goes with an account that is deleted at once", async () => {
    const { id, ann } = await found();
    await deleteAtOnce(ann);
    expect(await rolesIn(id, [])).toBeNull();
  });

  test("waits for an owner who may come back, and goes when they do not", async () => {
    const { id, ann } = await found();
    await close(ann);
    await runJobs();
    expect(await rolesIn(id, [ann])).toEqual(["owner"]);
    now = new Date(now.getTime() + 14 * 24 * 60 * 60 * 1000);
    await purgePerson(deps(), { userId: ann.id });
    expect(await rolesIn(id, [ann])).toBeNull();
  });
});

test("who comes back first, of all who have closed their accounts, owns what nobody does", async () => {
  const { id, ann, others } = await found("member");
  const [bob] = others;
  if (bob === undefined) throw new Error("nobody joined");
  await close(bob);
  await close(ann);
  await runJobs();
  expect(await rolesIn(id, [ann, bob])).toEqual(["owner", "member"]);
  await restoreAccount(deps(), { token: await product.newestToken(bob.email) });
  expect(await rolesIn(id, [ann, bob])).toEqual(["owner", "owner"]);
});

test("an owner who leaves while the other closes their account leaves an owner behind", async () => {
  for (let round = 0; round < 5; round += 1) {
    const { id, ann, others } = await found("owner", "member");
    const [bob, eve] = others;
    if (bob === undefined || eve === undefined) throw new Error("nobody joined");
    await Promise.allSettled([close(ann), leaveOrganization(deps(), bob.actor, { id })]);
    const [, roleOfBob, roleOfEve] = (await rolesIn(id, [ann, bob, eve])) ?? [];
    expect([roleOfBob, roleOfEve]).toContain("owner");
  }
});

test("two owners who go at once leave one of those who stay as owner", async () => {
  const { id, ann, others } = await found("owner", "member");
  const [bob, eve] = others;
  if (bob === undefined || eve === undefined) throw new Error("nobody joined");
  await Promise.all([deleteAtOnce(ann), deleteAtOnce(bob)]);
  expect(await rolesIn(id, [ann, bob, eve])).toEqual([undefined, undefined, "owner"]);
});

test("an admin who invites while their account is deleted does so before it, or not at all", async () => {
  for (let round = 0; round < 3; round += 1) {
    const { id, ann, others } = await found("admin");
    const [bob] = others;
    if (bob === undefined) throw new Error("nobody joined");
    const invitations = [1, 2, 3].map((n) => invite(deps(), bob.actor, { id, email: `n${n}@b.test`, role: "member" }));
    const [deletion, ...invited] = await Promise.allSettled([deleteAtOnce(bob), ...invitations]);
    expect(deletion.status).toBe("fulfilled");
    for (const one of invited) if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "not_found" });
    expect(await rolesIn(id, [ann, bob])).toEqual(["owner", undefined]);
  }
});
