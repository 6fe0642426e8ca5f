import { openProduct, type Product } from "@parley/testing/product";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Dependencies, openDependencies } from "../dependencies";
import { createTasks } from "../worker";
import { maxOwned } from "./rules";
import type { OrganizationRole } from "./schema";
import {
  createOrganization,
  getOrganization,
  listOrganizations,
  removeOrganization,
  renameOrganization,
} from "./service";

let product: Product<Dependencies>;

beforeAll(async () => {
  product = await openProduct({ openDependencies, createTasks });
});
afterAll(() => product.close());

const person = async () => (await product.person({ role: "verified_user" })).actor;
type Person = Awaited<ReturnType<typeof person>>;
const create = (actor: Person, name = "Bakers") => createOrganization(product.deps, actor, { name });
const list = (actor: Person) => listOrganizations(product.deps, actor);
const join = (id: string, { userId }: Person, role: OrganizationRole) =>
  product.sql("INSERT INTO memberships (organization_id, user_id, role) VALUES ($1, $2, $3)", [id, userId, role]);
const missing = { code: "not_found", message: "Organization not found" };

describe("creating", () => {
  test("makes the founder its owner", async () => {
    const ann = await person();
    const created = await create(ann, "Bakers of Kassel");
    expect(created).toMatchObject({ name: "Bakers of Kassel", role: "owner", memberCount: 1 });
    expect(created.updatedAt).toBe(created.createdAt);
    expect(await list(ann)).toEqual([created]);
  });

  test("is bounded, also for many calls at once", async () => {
    const ann = await person();
    const settled = await Promise.allSettled(Array.from({ length: maxOwned + 5 }, () => create(ann)));
    const refused = settled.filter((one) => one.status === "rejected");
    expect(refused.map(({ reason }) => reason.code)).toEqual(Array(5).fill("conflict"));
    expect(await list(ann)).toHaveLength(maxOwned);
  });

  test("is not for an account that has gone", async () => {
    const ann = await person();
    await product.sql("UPDATE users SET deleted_at = now() WHERE id = $1", [ann.userId]);
    await expect(create(ann)).rejects.toMatchObject({ code: "unauthorized" });
  });
});

describe("a list", () => {
  test("is of one's own organizations by name, with one's role in each", async () => {
    const [ann, bob] = [await person(), await person()];
    const [zoo, ark] = [await create(ann, "Zoo"), await create(bob, "Ark")];
    await create(bob, "Closed");
    await join(ark.id, ann, "member");
    expect((await list(ann)).map(({ id, role, memberCount }) => [id, role, memberCount])).toEqual([
      [ark.id, "member", 2],
      [zoo.id, "owner", 1],
    ]);
  });

  test("counts no member whose account is closed", async () => {
    const [ann, bob] = [await person(), await person()];
    const { id } = await create(ann);
    await join(id, bob, "member");
    await product.sql("UPDATE users SET deleted_at = now() WHERE id = $1", [bob.userId]);
    expect(await getOrganization(product.deps, ann, { id })).toMatchObject({ memberCount: 1 });
  });
});

describe("renaming and deleting", () => {
  test.each([
    ["owner", true, true],
    ["admin", true, false],
    ["member", false, false],
  ] as const)("as %s: %s, %s", async (role, mayRename, mayRemove) => {
    const [ann, bob] = [await person(), await person()];
    const { id } = await create(ann);
    await join(id, bob, role);
    const renamed = renameOrganization(product.deps, bob, { id, name: "Millers" });
    if (mayRename) expect(await renamed).toMatchObject({ id, name: "Millers", role });
    else await expect(renamed).rejects.toMatchObject({ code: "forbidden" });
    const removed = removeOrganization(product.deps, bob, { id });
    if (mayRemove) await removed;
    else await expect(removed).rejects.toMatchObject({ code: "forbidden" });
    expect(await list(ann)).toHaveLength(mayRemove ? 0 : 1);
  });

  test("answers alike for another's organization and for none", async () => {
    const [ann, bob] = [await person(), await person()];
    const theirs = await create(bob);
    for (const id of [theirs.id, uuidv7()]) {
      await expect(getOrganization(product.deps, ann, { id })).rejects.toMatchObject(missing);
      await expect(renameOrganization(product.deps, ann, { id, name: "Mine" })).rejects.toMatchObject(missing);
      await expect(removeOrganization(product.deps, ann, { id })).rejects.toMatchObject(missing);
    }
    expect((await list(bob)).map(({ name }) => name)).toEqual(["Bakers"]);
  });
});
