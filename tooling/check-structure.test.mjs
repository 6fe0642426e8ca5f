import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { checkStructure } from "./check-structure.mjs";

const trees = [];

afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true });
});

/** The faults of a tree with these files, given as path -> text. */
function faultsOf(files) {
  const tree = mkdtempSync(path.join(tmpdir(), "parley-structure-"));
  trees.push(tree);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
    writeFileSync(path.join(tree, file), text);
  }
  return checkStructure(tree);
}

const api = (file, text = "export const a = 1;") => ({ [`packages/api/src/${file}`]: text });
const lines = (count) => "export const a = 1;\n".repeat(count);

/** What is refused: a name, the tree, and a part of every fault that must be reported for it. */
const refused = [
  ["a stray file in the top folder", { "notes.txt": "" }, ["notes.txt: does not belong"]],
  ["a stray file at the top of the API", api("money.ts"), ["packages/api/src/money.ts: is not part of the grammar"]],
  ["a stray file in a domain", api("profile/names.ts"), ["packages/api/src/profile/names.ts: is not part"]],
  ["a stray file in a part of a domain", api("profile/avatar/crop.ts"), ["profile/avatar/crop.ts: is not part"]],
  ["a file named helpers", { "packages/db/src/helpers.ts": "" }, ['"helpers" does not say what is inside']],
  ["a folder named utils", { "packages/db/src/utils/rows.ts": "" }, ['"utils" does not say what is inside']],
  ["an index file", { "packages/mail/src/index.ts": "" }, ['"index" does not say what is inside']],
  ["a stray file at the top of the REST app", { "apps/rest/src/app.ts": "" }, ["app.ts: is not part of the grammar"]],
  ["a stray file in a surface", { "apps/rest/src/surfaces/v1/money.ts": "" }, ["surfaces/v1/money.ts: is not part"]],
  [
    "a stray folder in a surface",
    { "apps/rest/src/surfaces/v1/lib/a.ts": "" },
    ["surfaces/v1/lib/a.ts: is not part of the grammar. No file may"],
  ],
  ["a long file", { "packages/db/src/long.ts": lines(301) }, ["has 301 lines; 300 are the most"]],
  ["a long test", { "packages/db/src/long.test.ts": lines(301) }, ["has 301 lines; 300 are the most"]],
  ["a barrel", { "packages/db/src/all.ts": 'export * from "./a";\nexport { b } from "./b";' }, ["is a barrel"]],
  ["a barrel in two steps", { "packages/db/src/all.ts": 'import { a } from "./a"; export { a };' }, ["is a barrel"]],
  [
    "a statement that converts time zones",
    api("schedule/store.ts", "export const now = `SELECT now() AT  TIME ZONE 'UTC'`;"),
    ["packages/api/src/schedule/store.ts: converts time zones in SQL"],
  ],
  [
    "a session with a time zone of its own",
    { "packages/db/src/a.ts": 'export const a = "SET TIME ZONE UTC";' },
    ["packages/db/src/a.ts: converts time zones in SQL"],
  ],
  ["a file that cannot be parsed", { "packages/db/src/broken.ts": "export const = ;" }, ["cannot be parsed"]],
  [
    "a room without arrows",
    { "packages/new/package.json": '{"name":"@parley/new"}' },
    ["packages/new: is a room that"],
  ],
  [
    "a dependency against the arrows",
    { "packages/mail/package.json": '{"name":"@parley/mail","dependencies":{"@parley/db":"workspace:*"}}' },
    ["packages/mail/package.json: @parley/mail must not depend on @parley/db"],
  ],
  [
    "an import against the arrows",
    { "apps/rest/src/server.ts": 'import type { Database } from "@parley/db";' },
    ["apps/rest must not import @parley/db"],
  ],
  [
    "a dynamic import against the arrows",
    { "packages/surface-kit/src/a.ts": 'export const a = () => import("@parley/api");' },
    ["packages/surface-kit must not import @parley/api"],
  ],
  [
    "an import type expression against the arrows",
    { "packages/mail/src/a.ts": 'export type A = import("@parley/db/jobs").Job;' },
    ["packages/mail must not import @parley/db"],
  ],
  [
    "a re-export against the arrows",
    { "packages/mail/src/a.ts": 'export { a } from "@parley/auth"; export const b = 1;' },
    ["packages/mail must not import @parley/auth"],
  ],
  ["sharp elsewhere", api("profile/service.ts", 'import sharp from "sharp";'), ["which packages/avatar-image keeps"]],
  [
    "the AWS SDK elsewhere",
    { "packages/mail/src/a.ts": 'import { S3Client } from "@aws-sdk/client-s3"; export const a = S3Client;' },
    ["imports @aws-sdk/client-s3, which packages/object-storage keeps"],
  ],
  ["fastify in the API", api("trpc.ts", 'import "fastify";'), ["packages/api must not know fastify"]],
  ["node:http in the API", api("profile/service.ts", 'import "node:http";'), ["packages/api must not know node:http"]],
  ["next in the API", api("context.ts", 'import "next/headers";'), ["packages/api must not know next/headers"]],
  [
    "the database in a service",
    api("profile/service.ts", 'import type { Database } from "@parley/db";'),
    ["imports @parley/db; only store.ts"],
  ],
  [
    "mail as a value in a service",
    api("account/service.ts", 'import { createMailer } from "@parley/mail";'),
    ["imports @parley/mail as a value"],
  ],
  [
    "the environment in a package",
    { "packages/db/src/a.ts": "export const a = process.env.A;" },
    ["reads process.env"],
  ],
  [
    "the environment under another name",
    { "packages/db/src/a.ts": 'import { env } from "node:process"; export const a = env.A;' },
    ["reads process.env"],
  ],
  [
    "the environment taken apart",
    { "apps/rest/src/main.ts": "const { env } = process; export const a = env;" },
    ["reads process.env"],
  ],
  [
    "a schema with more than zod",
    api("profile/schema.ts", 'import { uuidv7 } from "uuidv7"; export const a = uuidv7;'),
    ["imports uuidv7; a schema is zod"],
  ],
  [
    "a schema with another domain's rules",
    {
      ...api("profile/schema.ts", 'import { a } from "../account/rules"; export const b = a;'),
      ...api("account/rules.ts"),
    },
    ["imports ../account/rules; a schema is zod"],
  ],
  [
    "rules with Node",
    api("profile/rules.ts", 'import "node:crypto";'),
    ["imports node:crypto; rules run in the browser"],
  ],
  [
    "rules with a store",
    { ...api("profile/rules.ts", 'import { a } from "./store"; export const b = a;'), ...api("profile/store.ts") },
    ["imports ./store; rules are pure"],
  ],
  ["rules with a clock", api("profile/rules.ts", "export const now = () => new Date();"), ["is pure; the time is"]],
  [
    "rules with the other clock",
    api("profile/rules.ts", "export const now = () => Date.now();"),
    ["is pure; the time"],
  ],
  [
    "another domain's store",
    {
      ...api("schedule/service.ts", 'import type { A } from "../profile/store"; export const a: A = 1;'),
      ...api("profile/store.ts", "export type A = number;"),
    },
    ["imports ../profile/store; another domain's store is out of bounds"],
  ],
  [
    "a way around a package's door",
    { "apps/rest/src/server.ts": 'import { a } from "../../../packages/api/src/router"; export const b = a;' },
    ["reaches out of apps/rest"],
  ],
  [
    "a ring of files",
    {
      "packages/db/src/a.ts": 'import { b } from "./b"; export const a = b;',
      "packages/db/src/b.ts": 'import type { C } from "./c"; export const b: C = 1;',
      "packages/db/src/c.ts": 'import { a } from "./a"; export type C = typeof a;',
    },
    ["packages/db/src/a.ts -> packages/db/src/b.ts -> packages/db/src/c.ts -> packages/db/src/a.ts"],
  ],
  [
    "a ring of packages",
    {
      "packages/db/package.json": '{"name":"@parley/db"}',
      "packages/db/src/a.ts": 'import type { A } from "@parley/auth"; export const a: A = 1;',
      "packages/auth/package.json": '{"name":"@parley/auth","dependencies":{"@parley/db":"workspace:*"}}',
    },
    ["is in a ring of packages: @parley/", "packages/db must not import @parley/auth"],
  ],
];

/** What is fine, though it comes close to something that is not. */
const accepted = [
  ["every role of a domain, and of its parts", { ...api("profile/rules.ts"), ...api("profile/avatar/store.ts") }],
  ["tests beside any file", { ...api("profile/service.test.ts"), ...api("router.test.ts") }],
  [
    "ignored folders",
    { ".gitignore": "dist/\n*.log\n", "dist/index.js": "", "apps/rest/dist/utils.js": "", "a.log": "" },
  ],
  ["routes of a surface in a folder", { "apps/rest/src/surfaces/v1/routes/users.ts": "" }],
  ["named folders in the REST app", { "apps/rest/src/metrics/plugin.ts": "" }],
  [
    "the database in a store, in the root, and in tests",
    {
      ...api("profile/store.ts", 'import { openDatabase } from "@parley/db"; export const a = openDatabase;'),
      ...api("dependencies.ts", 'import { migrate } from "@parley/db/migrate"; export const a = migrate;'),
      ...api("profile/rules.test.ts", 'import { openDatabase } from "@parley/db"; export const a = openDatabase;'),
    },
  ],
  [
    "types of injected packages",
    api("context.ts", 'import type { Actor } from "@parley/auth"; export type A = Actor;'),
  ],
  [
    "inline types of injected packages",
    api("context.ts", 'import { type Actor } from "@parley/auth"; export type A = Actor;'),
  ],
  ["the environment in env.ts", { "apps/rest/src/env.ts": "export const env = process.env;" }],
  [
    "words that look like imports",
    { "packages/db/src/a.ts": '// import "sharp"\nexport const a = \'import "sharp"\';' },
  ],
  ["a door of one's own making", { "packages/db/src/a.ts": 'export { b } from "./b";\nexport const a = 1;' }],
  [
    "a schema with its own rules and another's schema",
    {
      ...api(
        "profile/avatar/schema.ts",
        'import { z } from "zod"; import { id } from "../../primitives"; import { a } from "../rules"; import { b } from "../../account/schema"; export const c = [z, id, a, b];',
      ),
      ...api("profile/rules.ts", "export const a = (now: Date) => new Date(now);"),
    },
  ],
  [
    "a store in the same domain's part",
    { ...api("account/sessions/service.ts", 'import type { A } from "../store"; export const a: A = 1;') },
  ],
];

describe("refuses", () => {
  test.each(refused)("%s", (_, files, expected) => {
    const faults = faultsOf(files);
    expect(faults).toHaveLength(expected.length);
    for (const part of expected) expect(faults).toContainEqual(expect.stringContaining(part));
  });
});

describe("accepts", () => {
  test.each(accepted)("%s", (_, files) => {
    expect(faultsOf(files)).toEqual([]);
  });
});
