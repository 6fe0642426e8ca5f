import { openProduct, type Product } from "@parley/testing/product";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Dependencies, openDependencies } from "../../dependencies";
import { createTasks } from "../../worker";
import type { OrganizationRole } from "../schema";
import { createOrganization, listOrganizations } from "../service";
import { changeRole, leaveOrganization, listMembers, removeMember } from "./service";

let product: Product<Dependencies>;

beforeAll(async () => {
  product = await openProduct({ openDependencies, createTasks });
});
afterAll(() => product.close());

const person = async (displayName = "Jane Smith") =>
  (await product.person({ role: "verified_user", displayName })).actor;
type Person = Awaited<ReturnType<typeof person>>;

const missing = { code: "not_found", message: "Organization not found" };
const lastOwner = { code: "conflict", message: expect.stringContaining("needs an owner") };

/** An organization with one person of each of these roles, who joined one after the other. */
async function found<Roles extends OrganizationRole[]>(...roles: Roles): Promise<{ id: string; people: Person[] }> {
  const people = await Promise.all(roles.map(() => person()));
  const { id } = await createOrganization(product.deps, await person(), { name: "Bakers" });
  await product.sql("DELETE FROM memberships WHERE organization_id = $1", [id]);
  for (const [i, role] of roles.entries()) {
    await product.sql(
      `INSERT INTO memberships (organization_id, user_id, role, created_at)
       VALUES ($1, $2, $3, timestamptz '2026-01-01' + make_interval(days => $4))`,
      [id, people[i]?.userId, role, i],
    );
  }
  return { id, people };
}

function pick(people: Person[], index: number): Person {
  const one = people[index];
  if (one === undefined) throw new Error(`nobody is at ${index}`);
  return one;
}

async function rolesIn(id: string): Promise<Record<string, string>> {
  const { rows } = await product.sql("SELECT user_id, role FROM memberships WHERE organization_id = $1", [id]);
  return Object.fromEntries(rows.map(({ user_id, role }) => [user_id, role]));
}

async function rolesByMember(id: string, people: Person[]): Promise<(string | undefined)[]> {
  const roles = await rolesIn(id);
  return people.map(({ userId }) => roles[userId]);
}

describe("the list", () => {
  test("names owners first, tells no address, and is for members alone", async () => {
    const { id, people } = await found("member", "owner", "admin");
    const listed = await listMembers(product.deps, pick(people, 0), { id });
    expect(listed.map(({ role }) => role)).toEqual(["owner", "admin", "member"]);
    expect(listed[2]).toEqual({
      userId: pick(people, 0).userId,
      displayName: "Jane Smith",
      username: null,
      avatarUrl: null,
      role: "member",
      joinedAt: "2026-01-01T00:00:00.000Z",
    });
    const stranger = await person();
    for (const other of [id, uuidv7()]) {
      await expect(listMembers(product.deps, stranger, { id: other })).rejects.toMatchObject(missing);
    }
  });
});

describe("changing a role", () => {
  test.each([
    ["owner", "member", "owner", true],
    ["owner", "admin", "member", true],
    ["admin", "member", "admin", true],
    ["admin", "member", "owner", false],
    ["admin", "admin", "member", false],
    ["admin", "owner", "member", false],
    ["member", "member", "admin", false],
  ] as const)("as %s, of %s to %s: %s", async (own, before, role, isAllowed) => {
    const { id, people } = await found(own, before, "owner");
    const { userId } = pick(people, 1);
    const change = changeRole(product.deps, pick(people, 0), { id, userId, role });
    if (isAllowed) await change;
    else await expect(change).rejects.toMatchObject({ code: "forbidden" });
    expect((await rolesIn(id))[userId]).toBe(isAllowed ? role : before);
  });

  test("answers alike for another's organization and for none; and names a person who is no member", async () => {
    const { id, people } = await found("owner");
    const stranger = await person();
    const act = (actor: Person, of: string) =>
      changeRole(product.deps, actor, { id: of, userId: pick(people, 0).userId, role: "member" });
    await expect(act(stranger, id)).rejects.toMatchObject(missing);
    await expect(act(stranger, uuidv7())).rejects.toMatchObject(missing);
    const ofStranger = { id, userId: stranger.userId, role: "admin" } as const;
    await expect(changeRole(product.deps, pick(people, 0), ofStranger)).rejects.toMatchObject({
      message: "Member not found",
    });
  });
});

describe("removing", () => {
  test.each([
    ["owner", "owner", true],
    ["owner", "admin", true],
    ["admin", "member", true],
    ["admin", "admin", false],
    ["admin", "owner", false],
    ["member", "member", false],
  ] as const)("as %s of %s: %s", async (own, other, isAllowed) => {
    const { id, people } = await found(own, other, "owner");
    const { userId } = pick(people, 1);
    const removal = removeMember(product.deps, pick(people, 0), { id, userId });
    if (isAllowed) await removal;
    else await expect(removal).rejects.toMatchObject({ code: "forbidden" });
    expect(userId in (await rolesIn(id))).toBe(!isAllowed);
  });

  test("whoever was removed finds the organization no more", async () => {
    const { id, people } = await found("owner", "admin");
    const [ann, bob] = [pick(people, 0), pick(people, 1)];
    await removeMember(product.deps, ann, { id, userId: bob.userId });
    expect(await listOrganizations(product.deps, bob)).toEqual([]);
    await expect(leaveOrganization(product.deps, bob, { id })).rejects.toMatchObject(missing);
  });
});

describe("the last owner", () => {
  test("cannot leave, be removed or be made less, until there is another", async () => {
    const { id, people } = await found("owner", "admin");
    const [ann, bob] = [pick(people, 0), pick(people, 1)];
    const lessen = () => changeRole(product.deps, ann, { id, userId: ann.userId, role: "member" });
    await expect(leaveOrganization(product.deps, ann, { id })).rejects.toMatchObject(lastOwner);
    await expect(removeMember(product.deps, ann, { id, userId: ann.userId })).rejects.toMatchObject(lastOwner);
    await expect(lessen()).rejects.toMatchObject(lastOwner);
    await changeRole(product.deps, ann, { id, userId: ann.userId, role: "owner" });
    await changeRole(product.deps, ann, { id, userId: bob.userId, role: "owner" });
    await lessen();
    expect(await rolesByMember(id, people)).toEqual(["member", "owner"]);
  });

  test("is whom no other who can act stands beside", async () => {
    const { id, people } = await found("owner", "owner");
    await product.sql("UPDATE users SET deleted_at = now() WHERE id = $1", [pick(people, 1).userId]);
    await expect(leaveOrganization(product.deps, pick(people, 0), { id })).rejects.toMatchObject(lastOwner);
  });

  test("stays, of many who go at once in many ways", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id, people } = await found("owner", "owner", "owner", "owner");
      const [ann, bob, eve, joe] = [pick(people, 0), pick(people, 1), pick(people, 2), pick(people, 3)];
      await Promise.allSettled([
        leaveOrganization(product.deps, ann, { id }),
        leaveOrganization(product.deps, bob, { id }),
        changeRole(product.deps, eve, { id, userId: eve.userId, role: "member" }),
        changeRole(product.deps, joe, { id, userId: joe.userId, role: "admin" }),
        removeMember(product.deps, joe, { id, userId: eve.userId }),
        removeMember(product.deps, eve, { id, userId: joe.userId }),
      ]);
      expect(Object.values(await rolesIn(id)).filter((role) => role === "owner")).toHaveLength(1);
    }
  });

  test("is one of two who leave in parallel", async () => {
    const { id, people } = await found("owner", "owner");
    const settled = await Promise.allSettled(people.map((one) => leaveOrganization(product.deps, one, { id })));
    expect(settled.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(Object.values(await rolesIn(id))).toEqual(["owner"]);
  });
});
