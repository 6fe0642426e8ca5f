import { execFileSync } from "node:child_process";
import { chmod, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { canReach, serverAccount } from "./account";
import { type Binaries, findBinaries, withinReach } from "./binaries";

let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "parley-binaries-"));
  await chmod(root, 0o755);
});
afterEach(() => rm(root, { recursive: true, force: true }));

it("puts the programs where PostgreSQL's user can run them", async () => {
  const account = (await serverAccount(root, () => {})) ?? {
    uid: process.getuid?.() ?? 0,
    gid: process.getgid?.() ?? 0,
  };
  const packaged = await findBinaries(null, root, () => {});
  const closed = await mkdtemp(path.join(root, "closed-"));
  await symlink(path.resolve(path.dirname(packaged.postgres), "../.."), path.join(closed, "package"));
  const unreachable: Binaries = {
    initdb: path.join(closed, "package/native/bin/initdb"),
    postgres: path.join(closed, "package/native/bin/postgres"),
  };
  const shelter = path.join(root, "shelter");
  // What a careful root leaves behind is closed to others, and the copies must not be.
  const umask = process.umask(0o077);
  const found = await withinReach(unreachable, account, shelter, () => {}).finally(() => process.umask(umask));
  expect(found.postgres.startsWith(shelter)).toBe(process.getuid?.() === 0);
  expect(canReach(account, found.postgres)).toBe(true);
  expect(execFileSync(found.postgres, ["--version"], { ...account, cwd: "/", encoding: "utf8" })).toMatch(/ 18\./);
  expect(await withinReach(unreachable, account, shelter, () => {})).toEqual(found);
});
