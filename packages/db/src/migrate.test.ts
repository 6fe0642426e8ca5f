import { freshDatabase } from "@parley/testing";
import { expect, it } from "vitest";
import { migrate, migrationSql } from "./migrate";

it("finds nothing to do in a migrated database", async () => {
  const database = await freshDatabase();
  expect(await migrate({ url: database.url })).toEqual([]);
  await database.close();
});
