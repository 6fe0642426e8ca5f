import { openProduct, type Product } from "@parley/testing/product";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Dependencies, openDependencies } from "../../dependencies";
import { createTasks } from "../../worker";
import { getPerson, updatePerson } from "../person/service";
import { getOwnProfile } from "../service";
import { defaultPreferences } from "./rules";
import { updatePreferencesInput } from "./schema";
import { getDisplay, getPreferences, updatePreferences } from "./service";

let product: Product<Dependencies>;
beforeAll(async () => {
  product = await openProduct({ openDependencies, createTasks });
});
afterAll(() => product.close());

describe("preferences", () => {
  test("are what the database itself begins with, before anything is changed", async () => {
    const { actor, id } = await product.person();
    const before = await getPreferences(product.deps, actor);
    expect(before).toEqual(defaultPreferences);
    await product.sql("INSERT INTO preferences (user_id) VALUES ($1)", [id]);
    expect(await getPreferences(product.deps, actor)).toEqual(before);
  });

  test("change one by one, and are the same in the person they belong to", async () => {
    const { actor } = await product.person();
    const { version } = await getOwnProfile(product.deps, actor);
    await updatePreferences(product.deps, actor, { theme: "dark", latitude: 51.3, longitude: 9.5 });
    const changed = await updatePreferences(product.deps, actor, { isPrivateAccount: true, latitude: null });
    expect(changed).toEqual({ ...defaultPreferences, theme: "dark", isPrivateAccount: true, longitude: 9.5 });
    expect((await getPerson(product.deps, actor)).preferences).toEqual(changed);
    expect((await getOwnProfile(product.deps, actor)).version).toBeGreaterThan(version);
  });

  test("of several at once, each of another kind, lose none", async () => {
    const { actor } = await product.person();
    await Promise.all([
      updatePreferences(product.deps, actor, { theme: "light" }),
      updatePreferences(product.deps, actor, { messagesPerPage: 30 }),
      updatePreferences(product.deps, actor, { notificationTrayLimit: 40 }),
      updatePreferences(product.deps, actor, { maxMessageLength: 1 }),
    ]);
    expect(await getPreferences(product.deps, actor)).toMatchObject({
      ...{ theme: "light", messagesPerPage: 30, notificationTrayLimit: 40, maxMessageLength: 1 },
    });
  });

  test("tell with the account's language and zone how pages look", async () => {
    const { actor, id } = await product.person();
    expect(await getDisplay(product.deps, actor)).toEqual({ theme: "system", locale: null, timezone: null });
    await updatePerson(product.deps, actor, { locale: "de-DE", timezone: "Europe/Berlin", theme: "light" });
    expect(await getDisplay(product.deps, actor)).toEqual({
      ...{ theme: "light", locale: "de-DE", timezone: "Europe/Berlin" },
    });
    await product.sql("UPDATE users SET deleted_at = now() WHERE id = $1", [id]);
    await expect(getDisplay(product.deps, actor)).rejects.toMatchObject({ code: "unauthorized" });
  });

  test("are no longer changed once the account has gone", async () => {
    const { actor, id } = await product.person();
    await product.sql("UPDATE users SET deleted_at = now() WHERE id = $1", [id]);
    await expect(updatePreferences(product.deps, actor, { theme: "dark" })).rejects.toMatchObject({
      code: "unauthorized",
    });
  });
});

test.each([
  [{ theme: "pink" }, "theme", "must be one of system, light, dark"],
  [{ maxMessageLength: 0 }, "maxMessageLength", "must be at least 1"],
  [{ maxMessageLength: 10_001 }, "maxMessageLength", "must be at most 10000"],
  [{ maxMessageLength: 1.5 }, "maxMessageLength", "must be a whole number"],
  [{ messagesPerPage: 9 }, "messagesPerPage", "must be at least 10"],
  [{ messagesPerPage: 31 }, "messagesPerPage", "must be at most 30"],
  [{ notificationTrayLimit: 9 }, "notificationTrayLimit", "must be at least 10"],
  [{ notificationTrayLimit: 41 }, "notificationTrayLimit", "must be at most 40"],
  [{ defaultVisibility: "friends" }, "defaultVisibility", "must be one of public, private"],
  [
    { viewingPreference: "none" },
    "viewingPreference",
    "must be one of my_messages, all_messages, followers_only, following_only",
  ],
  [{ isPrivateAccount: "yes" }, "isPrivateAccount", "must be a boolean"],
  [{ isPrivateAccount: null }, "isPrivateAccount", "must be a boolean"],
  [{ latitude: -90.1 }, "latitude", "must be at least -90"],
  [{ longitude: 180.1 }, "longitude", "must be at most 180"],
])("%j is refused, naming %s", (input, field, message) => {
  const { error } = updatePreferencesInput.safeParse(input);
  expect(error?.issues.map(({ path, message }) => [path.join("."), message])).toEqual([[field, message]]);
});
