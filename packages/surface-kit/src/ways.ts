/** A way to prove who calls, as OpenAPI describes it: a token in the Authorization header, or a cookie. */
export type SecurityScheme =
  | { type: "http"; scheme: "bearer"; bearerFormat?: string; description?: string }
  | { type: "apiKey"; in: "cookie"; name: string; description?: string };

/** How callers of a route may prove who they are. */
export interface Ways {
  /** As the surface names them. */
  names: readonly string[];
  takesBearer: boolean;
  /** The name of the cookie that is taken; null where none is. */
  cookie: string | null;
}

/** @throws at boot where a way has no security scheme. */
export function waysOf(names: readonly string[], declared: Readonly<Record<string, SecurityScheme>>): Ways {
  const schemes = names.map((name) => {
    const scheme = declared[name];
    if (scheme === undefined) throw new Error(`"${name}" has no security scheme`);
    return scheme;
  });
  const cookie = schemes.find((scheme) => scheme.type === "apiKey");
  return { names, takesBearer: schemes.some(({ type }) => type === "http"), cookie: cookie?.name ?? null };
}

/** The `WWW-Authenticate` of a 401 (RFC 9110, 11.6.1). */
export function challengeOf({ takesBearer, cookie }: Ways): string {
  return takesBearer || cookie === null ? "Bearer" : `Cookie cookie-name="${cookie}"`;
}

/** The request headers that tell who calls. */
export function headersOf({ takesBearer, cookie }: Ways): string[] {
  return [...(takesBearer ? ["Authorization"] : []), ...(cookie === null ? [] : ["Cookie"])];
}
