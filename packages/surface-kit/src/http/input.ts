import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { namesThing, type RoutePlan } from "../plan";
import { compileFields, Issues } from "../schema/decode";
import { compileWirePath, type WirePath } from "../schema/wire-path";
import { readJsonObject } from "./body-json";
import { readForm } from "./body-multipart";
import { Refusal } from "./refusal";

export interface InputRequest {
  raw: IncomingMessage;
  params: Readonly<Record<string, unknown>>;
  query: Readonly<Record<string, unknown>>;
  ifMatchVersion: number | null;
}

export interface InputReader {
  /** Reads a request into the native input. Called only once rate limit and access have let it pass. */
  read(request: InputRequest): Promise<unknown>;
  /** Asks the native schema now, where something must not begin for an input that is refused later. */
  check(input: unknown): Promise<void>;
  /** Respells native paths in what the procedure has to say about its input. */
  wirePath: WirePath;
}

/** All of it refuses by throwing `Refusal`. */
export function compileInput(plan: RoutePlan): InputReader {
  const { route, inputSchema, body } = plan;
  const wirePath = compileWirePath(plan.input);
  const readParams = compileFields(
    plan.pathFields.map((field) => ({ ...field, wire: field.native })),
    "text",
  );
  const readQuery = compileFields(plan.queryFields, "text");
  const readBody = compileFields(plan.bodyFields, typeof body === "object" ? "text" : "json");
  const ifMatchField = typeof route.etag === "object" ? route.etag.ifMatch : undefined;

  const requiredFiles = requiredFileNames(plan);
  const pathNames = new Set(plan.pathFields.filter(namesThing).map(({ wire }) => wire));
  // The declaration checked the function against the procedure's input; here its type is gone.
  const map = route.input?.map as ((wire: unknown) => unknown) | undefined;

  async function read(request: InputRequest): Promise<unknown> {
    const pathIssues = new Issues();
    const input = readParams(request.params, "", pathIssues);
    // What cannot be an id names nothing: the caller learns no more than for an id that is not there.
    if (!pathIssues.isEmpty) throw new Refusal("not_found", "Not found");
    const issues = new Issues();
    if (plan.queryFields.length > 0) Object.assign(input, readQuery(request.query, "", issues));
    if (typeof body === "object") {
      const { parts } = await readForm(request.raw, body);
      const { files, texts } = separate(parts, Object.keys(body.files), issues);
      for (const name of requiredFiles) if (!Object.hasOwn(files, name)) issues.add(name, "is required");
      Object.assign(input, readBody(texts, "", issues), nativeFiles(files, body.files));
    } else if (body !== "none") {
      const members = await readJsonObject(request.raw, body === "optional");
      if (members !== null) Object.assign(input, readBody(members, "", issues));
    }
    const version =
      ifMatchField === undefined || request.ifMatchVersion === null ? {} : { [ifMatchField]: request.ifMatchVersion };
    if (map !== undefined) return Object.assign({}, map(await accepted(issues, input)), version);
    if (!issues.isEmpty) await accepted(issues, input);
    return Object.assign(input, version);
  }

  /** Asks the native schema as well: a caller is told every fault at once. */
  async function accepted(issues: Issues, input: unknown): Promise<unknown> {
    const result = inputSchema === null ? null : await z.safeParseAsync(inputSchema, input);
    for (const issue of result?.error?.issues ?? []) {
      issues.add(wirePath(issue.path.map(String).join(".")) || "body", issue.message);
    }
    if (issues.isEmpty) return result?.data;
    // What a path cannot name does not exist, whatever the rule that says so.
    if (Object.keys(issues.details).every((path) => pathNames.has(path))) throw new Refusal("not_found", "Not found");
    throw new Refusal("validation_error", "Some fields are not valid", { ...issues.details });
  }

  /** A mapped input has been asked about already, in the wire's own shape. */
  async function check(input: unknown): Promise<void> {
    if (map === undefined) await accepted(new Issues(), input);
  }

  return { read, check, wirePath };
}

type Parts = Record<string, unknown>;

/** A text part where a file belongs is no file, and no file at all is a fault of its own. */
function separate(parts: Parts, names: readonly string[], issues: Issues): { files: Parts; texts: Parts } {
  const files: Parts = {};
  const texts: Parts = Object.create(null);
  for (const [name, part] of Object.entries(parts)) {
    if (part instanceof File) files[name] = part;
    else if (names.includes(name)) issues.add(name, "must be a file");
    else texts[name] = part;
  }
  return { files, texts };
}

function requiredFileNames({ body, bodyFields }: RoutePlan): string[] {
  if (typeof body !== "object") return [];
  const required = bodyFields.filter(({ schema }) => schema._zod.optin !== "optional").map(({ wire }) => wire);
  return Object.keys(body.files).filter((name) => required.includes(name));
}

function nativeFiles(files: Parts, declared: Readonly<Record<string, { as: string }>>): Parts {
  return Object.fromEntries(Object.entries(files).map(([name, file]) => [declared[name]?.as ?? name, file]));
}
