import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createMailer } from "./mailer";

const from = "Parley <hello@parley.example>";

let directory: string;
let outbox: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "parley-mail-"));
  outbox = join(directory, "outbox");
});
afterEach(() => rm(directory, { recursive: true }));

test("names files so that they sort by time, and leaves nothing unfinished", async () => {
  const mailer = createMailer({ outboxDirectory: outbox, from });
  for (const n of [1, 2, 3]) {
    await mailer.send({ to: "jane@example.com", subject: `Mail ${n}`, text: "T", html: "H" });
    await new Promise((resolve) => setTimeout(resolve, 2));
  }

  const names = (await readdir(outbox)).sort((a, b) => (a < b ? -1 : 1));
  expect(names).toEqual(names.map(() => expect.stringMatching(/^\d{8}T\d{9}Z-[0-9a-f-]{36}\.eml$/)));
  expect(
    await Promise.all(names.map(async (name) => (await PostalMime.parse(await readFile(join(outbox, name)))).subject)),
  ).toEqual(["Mail 1", "Mail 2", "Mail 3"]);
});

test("keeps one file of a mail that is sent again under its id", async () => {
  const mailer = createMailer({ outboxDirectory: outbox, from });
  const message = { to: "jane@example.com", subject: "S", text: "T", html: "H" };
  for (const id of ["one", "one", "two", "one", "two", undefined, undefined]) await mailer.send({ ...message, id });
  const names = await readdir(outbox);
  expect(names).toHaveLength(4);
  expect(names).toEqual(names.map(() => expect.stringMatching(/^\d{8}T\d{9}Z-[0-9a-f-]{36}\.eml$/)));
});

test("rejects when the folder cannot be made", async () => {
  await writeFile(outbox, "");
  const mailer = createMailer({ outboxDirectory: outbox, from });
  await expect(mailer.send({ to: "jane@example.com", subject: "S", text: "T", html: "H" })).rejects.toThrow("EEXIST");
});
