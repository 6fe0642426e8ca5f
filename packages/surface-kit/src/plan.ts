import type { AnyRouter } from "@trpc/server";
import type { z } from "zod";
import { type ProcedureFacts, procedureFacts, type Schema } from "./procedure";
import { type Field, innerOf, kindOf, type Naming, type Shape, shapeOf } from "./schema/shape";
import type { MultipartBody, Route, Surface } from "./surface";
import { type Ways, waysOf } from "./ways";

/** A route and its procedure joined: where each input field comes from, and what is answered. Made once, at boot. */
export interface RoutePlan {
  surface: Surface;
  route: Route;
  facts: ProcedureFacts;
  /** What the wire carries: the route's own schema where it has one, else the procedure's. */
  inputSchema: Schema | null;
  outputSchema: Schema;
  input: Shape;
  pathFields: readonly Field[];
  queryFields: readonly Field[];
  bodyFields: readonly Field[];
  body: "none" | "json" | "optional" | MultipartBody;
  /** Names of the outermost input object on the wire. */
  inputNaming: Naming;
  outputNaming: Naming;
  answer:
    | { type: "empty" }
    | { type: "bytes" }
    | { type: "page"; item: Shape; itemSchema: Schema }
    | { type: "single"; output: Shape };
  statuses: readonly number[];
  ways: Ways;
  /** Codes with which the route may refuse, by the status that the dialect gives them. */
  refusals: ReadonlyMap<number, readonly string[]>;
}

/** @throws at boot where route and procedure do not fit; the message names the route. */
export function planRoute(surface: Surface, route: Route, router: AnyRouter): RoutePlan {
  try {
    return plan(surface, route, procedureFacts(router, route.procedure));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${surface.name}: ${route.method} ${route.path}: ${reason}`, { cause });
  }
}

/** The `{param}` names in a path. */
function paramsOf(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
}

function plan(surface: Surface, route: Route, facts: ProcedureFacts): RoutePlan {
  const { dialect } = surface;
  const inputNaming = { rename: { ...route.rename, ...fileNames(route) } };
  const inputSchema = route.input?.schema ?? facts.input;
  const outputSchema = route.output?.schema ?? facts.output;
  const input: Shape =
    inputSchema === null ? { type: "scalar", scalar: "other" } : shapeOf(inputSchema, "input", dialect, inputNaming);
  const fields = input.type === "object" ? input.fields : [];
  const params = paramsOf(route.path);
  for (const alias of route.aliases ?? []) {
    if (paramsOf(alias).sort().join() !== [...params].sort().join())
      throw new Error(`the alias ${alias} has other parameters`);
  }
  const pathFields = params.map((param) => fieldNamed(fields, param));
  const ifMatch = typeof route.etag === "object" ? route.etag.ifMatch : undefined;
  if (ifMatch !== undefined && route.input === undefined) fieldNamed(fields, ifMatch);
  const rest = fields.filter(({ native }) => !params.includes(native) && native !== ifMatch);
  const hasBodyByDefault =
    (route.method === "POST" || route.method === "PUT" || route.method === "PATCH") && rest.length > 0;
  const body = route.body ?? (hasBodyByDefault ? "json" : "none");
  const outputNaming = { rename: route.rename, omit: new Set(route.omit) };
  const answer = planAnswer(surface, route, outputSchema, outputNaming);
  const ways = waysOf(route.auth ?? surface.auth, surface.securitySchemes);
  if (
    route.cache !== undefined &&
    (route.method !== "GET" || facts.meta.access !== "public" || answer.type === "bytes" || ways.cookie !== null)
  ) {
    throw new Error("only a public GET that answers JSON, and heeds no cookie, can be kept as bytes");
  }
  if (answer.type === "bytes" && route.method === "POST") throw new Error("a POST cannot answer a file");
  return {
    surface,
    route,
    facts,
    inputSchema,
    outputSchema,
    input,
    pathFields,
    queryFields: body === "none" ? rest : [],
    bodyFields: body === "none" ? [] : rest,
    body,
    inputNaming,
    outputNaming,
    answer,
    statuses: typeof route.status === "object" ? route.status.among : [route.status ?? 200],
    ways,
    refusals: byStatus(
      surface,
      refusalCodes(route, facts, ways, { pathFields, hasInput: rest.length > 0, hasBody: body !== "none" }),
    ),
  };
}

function planAnswer(surface: Surface, route: Route, output: Schema, naming: Naming): RoutePlan["answer"] {
  if (route.status === 204 || (output as z.core.$ZodTypes)._zod.def.type === "void") return { type: "empty" };
  if (route.bytes !== undefined) return { type: "bytes" };
  const { dialect } = surface;
  const page = pageOf(output);
  if (page === null) return { type: "single", output: shapeOf(output, "output", dialect, naming) };
  if (!page.isNumbered && dialect.page.counts === "pages") {
    throw new Error("a listing that may begin anywhere has no place in a dialect that counts pages");
  }
  const { itemSchema } = page;
  return { type: "page", itemSchema, item: shapeOf(itemSchema, "output", dialect, naming) };
}

/** What a page holds, and whether it is told by number or by offset; null where the schema is no page. */
function pageOf(schema: Schema): { itemSchema: Schema; isNumbered: boolean } | null {
  for (let current: Schema | null = schema; current !== null; current = innerOf(current, "output")) {
    if (kindOf(current) !== "page") continue;
    const { def } = (current as z.core.$ZodTypes)._zod;
    const shape: Readonly<Record<string, Schema>> = def.type === "object" ? def.shape : {};
    const items = (shape.items as z.core.$ZodTypes | undefined)?._zod.def;
    const isNumbered = "page" in shape && "perPage" in shape;
    if (items?.type === "array" && (isNumbered || ("limit" in shape && "offset" in shape))) {
      return { itemSchema: items.element, isNumbered };
    }
    throw new Error("a page must be an object with an array of items, and with page and perPage or limit and offset");
  }
  return null;
}

/**
 * Whether a path's field says which thing is meant, so that one that cannot be it is not found. A date is none: it is a
 * value like those of a query, and a wrong one is a fault that its caller is told of.
 */
export function namesThing({ schema }: Field): boolean {
  return kindOf(schema) !== "date";
}

function refusalCodes(
  route: Route,
  { meta }: ProcedureFacts,
  ways: Ways,
  has: { pathFields: readonly Field[]; hasInput: boolean; hasBody: boolean },
): string[] {
  const codes = [...(meta.errors ?? []), "rate_limited", "internal", "unavailable"];
  // A caller who sends two credentials is told so where credentials count.
  if (meta.access !== "public") codes.push("unauthorized", "malformed_request");
  if (typeof meta.access === "object") codes.push("forbidden");
  // A token may be good for less than this, and a cookie be sent along by a page of another site.
  if (meta.access !== "public" && (ways.takesBearer || route.method !== "GET")) codes.push("forbidden");
  if (has.hasInput || !has.pathFields.every(namesThing)) codes.push("validation_error");
  if (has.hasBody) codes.push("malformed_request", "unsupported_media_type");
  if (has.pathFields.some(namesThing)) codes.push("not_found");
  if (route.method === "POST") codes.push("malformed_request", "idempotency_running");
  // Requests to one address that ask for nothing are all alike.
  if (route.method === "POST" && has.hasInput) codes.push("idempotency_mismatch");
  if (typeof route.etag === "object" && route.etag.ifMatch !== undefined) codes.push("precondition_failed");
  return codes;
}

function byStatus({ dialect }: Surface, codes: readonly string[]): Map<number, string[]> {
  const statuses = new Map<number, string[]>();
  for (const code of new Set(codes)) {
    const status = dialect.statuses[code];
    if (status === undefined) throw new Error(`the dialect has no status for "${code}"`);
    statuses.set(status, [...(statuses.get(status) ?? []), code]);
  }
  return statuses;
}

function fieldNamed(fields: readonly Field[], native: string): Field {
  const field = fields.find((candidate) => candidate.native === native);
  if (field === undefined) throw new Error(`"${native}" is no field of the procedure's input`);
  return field;
}

/** Form parts are named by the declaration; their input fields take those names. */
function fileNames({ body }: Route): Record<string, string> {
  if (typeof body !== "object") return {};
  return Object.fromEntries(Object.entries(body.files).map(([wire, { as }]) => [as, wire]));
}
