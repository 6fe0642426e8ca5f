import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { freshDatabase } from "@parley/testing";
import type { AnyRouter } from "@trpc/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { apiScopes, scopeOf } from "./account/api-tokens/rules";
import { type Dependencies, openDependencies } from "./dependencies";
import { errorCodes } from "./errors";
import { limitPolicies } from "./limits/rules";
import { appRouter } from "./router";
import type { Access, ProcedureMeta } from "./trpc";
import { createTasks } from "./worker";

/** What a procedure declares, as tRPC keeps it: typed by hand, because tRPC types it as the nested record that it is not. */
interface Declared {
  type: string;
  inputs: unknown[];
  output?: unknown;
  meta?: Partial<ProcedureMeta>;
}
const procedures = new Map<string, { _def: Declared }>(Object.entries(untyped(appRouter)._def.procedures));

test("there are procedures to look at", () => {
  expect(procedures.size).toBeGreaterThan(30);
});

describe.each([...procedures])("%s", (name, { _def: { type, inputs, output, meta } }) => {
  test("lies two levels deep", () => {
    expect(name).toMatch(/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/);
  });

  test("declares what it takes and what it answers", () => {
    expect(inputs).toEqual([expect.any(z.core.$ZodType)]);
    expect(output).toBeInstanceOf(z.core.$ZodType);
  });

  test("says what it does, for whom", () => {
    expect(meta?.summary).toMatch(/^[A-Z].*[^.\s]$/);
    expect(meta?.access).toSatisfy(
      (access: Access | undefined) => access === "public" || access === "session" || (access?.roles.length ?? 0) > 0,
    );
  });

  test("names refusals and limits that exist", () => {
    expect(errorCodes).toEqual(expect.arrayContaining([...(meta?.errors ?? [])]));
    expect([undefined, ...Object.keys(limitPolicies)]).toContain(meta?.limit);
  });

  test("reads or writes, and never streams", () => {
    expect(["query", "mutation"]).toContain(type);
  });
});

describe("scopes of API tokens", () => {
  const declared = [...procedures].map(([name, { _def }]) => {
    const { type, meta } = _def;
    if (type !== "query" && type !== "mutation") throw new Error(`${name} is neither`);
    return { name, scope: scopeOf(name, type), meta };
  });
  const openToTokens = declared.filter(({ meta }) => meta?.access !== "public" && meta?.credentials !== "session");

  test("are those that procedures ask for, and there is none too many", () => {
    const wanted = [...new Set(openToTokens.map(({ scope }) => scope))].sort();
    expect([...apiScopes].sort()).toEqual(wanted);
    expect(wanted.length).toBeGreaterThan(15);
  });

  test("open nothing that makes, shows or ends credentials, nor anything of administrators", () => {
    const names = openToTokens.map(({ name }) => name);
    const guarded = /^account\.(?!resend|.*emailChange)|^identities\.|^organizations\./i;
    expect(names.filter((name) => guarded.test(name))).toEqual([]);
    const ofAdministrators = openToTokens.filter(
      ({ meta }) => typeof meta?.access === "object" && meta.access.roles.join() === "admin",
    );
    expect(ofAdministrators).toEqual([]);
  });
});

describe("background jobs", () => {
  let deps: Dependencies;
  let cleanUp: () => Promise<void>;

  beforeAll(async () => {
    const database = await freshDatabase();
    const dataDir = await mkdtemp(path.join(tmpdir(), "parley-router-test-"));
    const log = { info() {}, warn() {}, error() {} };
    deps = await openDependencies({
      dataDir,
      databaseUrl: database.url,
      apiUrl: "http://api.example.test",
      webUrl: "http://example.test",
      assetsUrl: "http://assets.example.test",
      mailFrom: "Parley <mail@example.test>",
      areLimitsOn: false,
      log,
    });
    cleanUp = async () => {
      await deps.close();
      await database.close();
      await rm(dataDir, { recursive: true });
    };
  });
  afterAll(() => cleanUp());

  test("each that is ordered anywhere has a handler, and each handler is named after its domain", () => {
    const handlers = Object.keys(createTasks(deps));
    const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
      .map((file) => readFileSync(path.join(import.meta.dirname, file), "utf8"));
    const ordered = sources.flatMap((source) =>
      [...source.matchAll(/(?:\benqueue\([^"]*?|\btask: )"([^"]+)"/g)].map(([, name]) => name),
    );
    const scheduled = sources.flatMap((source) =>
      [...source.matchAll(/"(?:[\d*/,]+ ){5}([\w.]+)"/g)].map(([, name]) => name),
    );
    expect(ordered.length).toBeGreaterThan(0);
    expect(scheduled.length).toBeGreaterThan(0);
    expect(handlers).toEqual(expect.arrayContaining([...ordered, ...scheduled]));
    for (const handler of handlers) expect(handler).toMatch(/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/);
  });
});

function untyped(router: AnyRouter): AnyRouter {
  return router;
}
