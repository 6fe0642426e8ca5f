import type { AnyRouter, inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { z } from "zod";
import type { Dialect } from "./dialect";
import type { SecurityScheme } from "./ways";

/**
 * A surface: documented REST routes over the procedures of a router, spelt by a dialect. A route adds wire facts
 * only; shapes, summary, access and refusals come from the procedure.
 */
export interface Surface {
  name: string;
  /** May lie below another surface's: an address belongs to the surface with the longest base path above it. */
  basePath: `/${string}`;
  /** Where the document is served, below the base path. */
  documentPath: `/${string}`;
  title: string;
  version: string;
  description: string;
  license: { name: string; identifier?: string; url?: string };
  dialect: Dialect;
  /** Ways to prove who calls, accepted by every route that names none itself. */
  auth: readonly string[];
  /** OpenAPI security schemes of the ways in `auth`. */
  securitySchemes: Readonly<Record<string, SecurityScheme>>;
  /** What each tag is about, for the document. */
  tags: Readonly<Record<string, string>>;
  routes: readonly Route[];
}

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof methods)[number];

/** A file part of a form: which input field it fills, and the most bytes that are read of it. */
export interface FilePart<Field extends string = string> {
  as: Field;
  maxBytes: number;
}

export interface MultipartBody<Field extends string = string> {
  kind: "multipart";
  files: Readonly<Record<string, FilePart<Field>>>;
}

/** A form with files, by wire name. The other input fields may come as text parts. */
export function multipart<Field extends string>(files: Record<string, FilePart<Field>>): MultipartBody<Field> {
  return { kind: "multipart", files };
}

/** The wire facts of a route. `In` and `Out` are the native field names of the procedure's input and output. */
export interface RouteOptions<
  In extends string = string,
  Out extends string = string,
  Input = unknown,
  Output = never,
> {
  /** Default 200. 204 sends no body. A pair such as 200 and 201 is chosen by the output. */
  status?: number | { choose: (output: Output) => number; among: readonly number[] };
  /** Default: `json` for POST, PUT and PATCH whose input has fields beyond the path's, else `none`. */
  body?: "json" | "none" | "optional" | MultipartBody<In>;
  /** Wire names that the dialect's own rule would not give. */
  rename?: { readonly [Field in In | Out]?: string };
  /** Output fields that stay inside, e.g. a version. */
  omit?: readonly Out[];
  /**
   * `content`: a digest of the bytes. `version`: the named output field and a digest; with `ifMatch` the version that
   * the caller saw is handed to the named input field, and the procedure refuses with `precondition_failed`.
   */
  etag?: "content" | { version: Out; ifMatch?: In };
  /** Default: `no-cache` with an ETag, else `no-store`; `private` where a caller is signed in. */
  cacheControl?: string;
  /** Keeps the answer as bytes until one of its tags (`topic:key`) changes. For public GETs alone. */
  cache?: { tags: (output: Output) => readonly string[] };
  /** The procedure answers a file, `{ bytes: Uint8Array, contentType: string }`, of these types. */
  bytes?: { contentTypes: readonly string[] };
  /** Further paths below the base path, with the same parameters. */
  aliases?: readonly `/${string}`[];
  /** Overrides the surface's. */
  auth?: readonly string[];
  /**
   * Where the wire's shape truly differs from the procedure's: the shape, in native spelling, and the way from it to
   * the procedure's input. Path parameters are its fields too.
   */
  input?: { schema: z.ZodType; map: (wire: never) => Input };
  /** The same for what is answered; `etag`, `status` and `cache` still look at the procedure's own output. */
  output?: { schema: z.ZodType; map: (output: Output) => unknown };
  /** Groups the operation in the document. Default: the procedure's domain. */
  tag?: string;
}

export interface Route extends RouteOptions {
  method: Method;
  /** Below the base path, with `{param}` in native spelling. */
  path: string;
  /** `domain.procedure` */
  procedure: string;
}

type Inputs<Router extends AnyRouter> = inferRouterInputs<Router>;
type Outputs<Router extends AnyRouter> = inferRouterOutputs<Router>;

/** `domain.procedure` of every procedure in a router of two levels. */
export type ProcedureName<Router extends AnyRouter> = {
  [Domain in keyof Inputs<Router> & string]: `${Domain}.${keyof Inputs<Router>[Domain] & string}`;
}[keyof Inputs<Router> & string];

type At<Tree, Name> = Name extends `${infer Domain}.${infer Procedure}`
  ? Domain extends keyof Tree
    ? Procedure extends keyof Tree[Domain]
      ? Tree[Domain][Procedure]
      : never
    : never
  : never;

// Distributes over unions, and sees through pages to the fields of their items.
type FieldOf<Value> = Value extends { items: readonly (infer Item)[]; total: number }
  ? keyof Item & string
  : Value extends object
    ? keyof Value & string
    : never;

type ParamOf<Path> = Path extends `${string}{${infer Param}}${infer Rest}` ? Param | ParamOf<Rest> : never;

/** The procedures whose input has every field in `Param`. */
type ProcedureWith<Router extends AnyRouter, Param extends string> = {
  [Name in ProcedureName<Router>]: [Param] extends [FieldOf<At<Inputs<Router>, Name>>] ? Name : never;
}[ProcedureName<Router>];

/**
 * Declares one route. An unknown procedure, or a `{param}` that is no field of the procedure's input, does not compile.
 */
export type RouteBuilder<Router extends AnyRouter> = <
  Path extends `${Method} /${string}`,
  Name extends ProcedureWith<Router, ParamOf<Path>>,
>(
  path: Path,
  procedure: Name,
  options?: RouteOptions<
    FieldOf<At<Inputs<Router>, Name>>,
    FieldOf<At<Outputs<Router>, Name>>,
    At<Inputs<Router>, Name>,
    At<Outputs<Router>, Name>
  >,
) => Route;

type Defaulted = "documentPath" | "auth" | "securitySchemes" | "tags" | "license";

export type Declaration<Router extends AnyRouter> = Omit<Surface, "routes" | Defaulted> &
  Partial<Pick<Surface, Defaulted>> & { routes: (route: RouteBuilder<Router>) => readonly Route[] };

/** `defineSurface<AppRouter>()({ name, basePath, …, routes: (route) => [route("GET /users/me", "profile.me")] })` */
export function defineSurface<Router extends AnyRouter>(): (declaration: Declaration<Router>) => Surface {
  return (declaration) => ({
    documentPath: "/openapi.json",
    auth: ["bearer"],
    securitySchemes: { bearer: { type: "http", scheme: "bearer" } },
    tags: {},
    license: { name: "Proprietary", identifier: "LicenseRef-Proprietary" },
    ...declaration,
    routes: declaration.routes(declareRoute),
  });
}

/** The address of a surface's document. */
export function documentAddress({ basePath, documentPath }: Surface): string {
  return basePath + documentPath;
}

/** The surface that an address belongs to, whether or not there is a route. */
export function surfaceAt(surfaces: readonly Surface[], url: string): Surface | undefined {
  return surfaces
    .filter(({ basePath }) => url.startsWith(`${basePath}/`))
    .reduce<Surface | undefined>(
      (nearest, next) => (nearest !== undefined && nearest.basePath.length > next.basePath.length ? nearest : next),
      undefined,
    );
}

function declareRoute(declared: string, procedure: string, options: object = {}): Route {
  const [method = "", path = ""] = declared.split(" ");
  return { ...options, method: method as Method, path, procedure };
}
