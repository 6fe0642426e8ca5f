import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { appRouter } from "@parley/api";
import { scopeOf } from "@parley/api/rules/account/api-tokens";
import { documentAddress, type Surface } from "@parley/surface-kit";
import { openApiDocument } from "@parley/surface-kit/openapi";
import { describe, expect, it } from "vitest";
import { operationsOf } from "../testing/operations";
import { discoverSurfaces } from "./discover";

const surfaces = await discoverSurfaces();
const folderOf = ({ name }: Surface) => path.join(import.meta.dirname, name);
const goldenOf = (surface: Surface) => path.join(folderOf(surface), "openapi.json");

it("no two surfaces claim one method and path, under aliases either", () => {
  const claims = surfaces.flatMap((surface) => [
    ...operationsOf(surface).map(({ method, path }) => `${method} ${path}`),
    `GET ${documentAddress(surface)}`,
  ]);
  // Whatever a parameter is called, it stands for the same addresses.
  const addresses = claims.map((claim) => claim.replace(/\{\w+\}/g, "{}"));
  const repeated = claims.filter((_, i) => addresses.indexOf(addresses[i] ?? "") !== i);
  expect(claims.length).toBeGreaterThan(surfaces.length);
  expect(repeated).toEqual([]);
});

describe.each(surfaces.map((surface) => ({ name: surface.name, surface })))(
  "the surface $name",
  ({ name, surface }) => {
    it("is named like its folder", async () => {
      const module: { default: Surface } = await import(`./${name}/surface.ts`);
      expect(module.default).toBe(surface);
    });

    it("has an address of its own, and claims none that belongs to a surface below it", () => {
      const others = surfaces.filter((other) => other !== surface).map(({ basePath }) => basePath);
      expect(others).not.toContain(surface.basePath);
      const below = others.filter((basePath) => basePath.startsWith(`${surface.basePath}/`));
      const addresses = [...operationsOf(surface).map(({ path }) => path), documentAddress(surface)];
      expect(addresses.filter((address) => below.some((basePath) => reaches(address, basePath)))).toEqual([]);
    });

    it("has contract tests", async () => {
      const files = await readdir(folderOf(surface));
      expect(files.filter((file) => file.endsWith(".contract.test.ts"))).not.toEqual([]);
    });

    it("is documented by openapi.json as it is; `npm run openapi` writes the file anew", async () => {
      const generated = `${JSON.stringify(openApiDocument(surface, appRouter, { scopeOf }), null, 2)}\n`;
      if (process.env.UPDATE_OPENAPI === "1") await writeFile(goldenOf(surface), generated);
      expect(await readFile(goldenOf(surface), "utf8")).toBe(generated);
    });

    it("has a summary and an id of its own for every operation", () => {
      const document = openApiDocument(surface, appRouter) as {
        paths: Record<string, Record<string, { summary?: string; operationId?: string }>>;
      };
      const operations = Object.entries(document.paths).flatMap(([address, item]) =>
        Object.entries(item).map(([method, operation]) => ({
          key: `${method.toUpperCase()} ${address}`,
          ...operation,
        })),
      );
      expect(operations.map(({ key }) => key).sort()).toEqual(
        operationsOf(surface)
          .map(({ key }) => key)
          .sort(),
      );
      expect(operations.filter(({ summary = "" }) => !/^[A-Z].{5,}[^.]$/.test(summary))).toEqual([]);
      expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    });

    it("leaves no doubt which operation an address asks for", () => {
      const found = operationsOf(surface);
      const doubtful = found.filter((one) => found.some((other) => areAmbiguous(one, other)));
      expect(doubtful.map(({ key }) => key)).toEqual([]);
    });

    it("passes the linter of OpenAPI documents", async () => {
      expect(await lint(goldenOf(surface))).toEqual([]);
    });
  },
);

/** Whether an address, or one that its parameters may make of it, lies below a base path. */
function reaches(address: string, basePath: string): boolean {
  const segments = address.split("/");
  return basePath.split("/").every((segment, i) => segments[i] === segment || segments[i]?.includes("{") === true);
}

interface Address {
  method: string;
  path: string;
}

/** Whether both may be meant by one request, and each says something that the other leaves open. */
function areAmbiguous(one: Address, other: Address): boolean {
  const [ours, theirs] = [one.path.split("/"), other.path.split("/")];
  if (one.method !== other.method || ours.length !== theirs.length) return false;
  const isOpen = (segment: string | undefined) => segment?.includes("{") === true;
  const isMet = ours.every((segment, i) => segment === theirs[i] || isOpen(segment) || isOpen(theirs[i]));
  const isOpenWhereFixed = (here: string[], there: string[]) => here.some((at, i) => isOpen(at) && !isOpen(there[i]));
  return isMet && isOpenWhereFixed(ours, theirs) && isOpenWhereFixed(theirs, ours);
}

/**
 * What the recommended rules find; the linter asks nobody on the network. It is not asked about ambiguous paths, which it
 * compares whatever their methods: the inventory has `DELETE …/devices/{id}` beside `PUT …/{id}/read` (N13).
 */
async function lint(file: string): Promise<string[]> {
  const linter = path.resolve(import.meta.dirname, "../../node_modules/.bin/redocly");
  const options = ["--extends=recommended", "--skip-rule=no-ambiguous-paths", "--format=json"];
  const { stdout } = await promisify(execFile)(linter, ["lint", file, ...options], {
    cwd: path.dirname(file),
    env: { PATH: process.env.PATH, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true", NO_COLOR: "1" },
  }).catch((error: { stdout?: string; message: string }) => ({ stdout: error.stdout || JSON.stringify({ error }) }));
  const report = JSON.parse(stdout) as { problems: { ruleId: string; message: string }[] };
  return report.problems.map(({ ruleId, message }) => `${ruleId}: ${message}`);
}
