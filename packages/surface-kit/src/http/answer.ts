import type { Dialect, Page } from "../dialect";
import type { RoutePlan } from "../plan";
import { compileEncode } from "../schema/encode";
import { entityTag } from "./etag";

/** What is sent, apart from the headers that every answer carries. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer | null;
  etag: string | null;
}

/** Turns the procedure's output into an answer. `url` is the request's, for links to neighbouring pages. */
export type Present = (output: unknown, url: string) => Answer;

export const jsonType = "application/json; charset=utf-8";

export function compileAnswer(plan: RoutePlan): Present {
  const { surface, route, answer } = plan;
  const spell = compileBody(plan);
  const map = route.output?.map as ((output: unknown) => unknown) | undefined;
  const cacheControl = route.cacheControl ?? defaultCacheControl(plan);
  const { etag } = route;
  const versionField = typeof etag === "object" ? etag.version : null;
  const statusOf = compileStatus(plan);

  return (output, url) => {
    const headers: Record<string, string> = { "cache-control": cacheControl };
    const shown = map === undefined ? output : map(output);
    const body = spell(shown);
    if (body !== null) headers["content-type"] = answer.type === "bytes" ? fileType(output) : jsonType;
    if (answer.type === "bytes") headers["x-content-type-options"] = "nosniff";
    if (answer.type === "page") headers.link = pageLinks(pageOf(shown), url, surface.dialect.page.counts);
    let tag: string | null = null;
    if (etag !== undefined && body !== null) {
      tag = entityTag(body, versionField === null ? null : (output as Record<string, unknown>)[versionField]);
      headers.etag = tag;
    }
    return { status: statusOf(output), headers, body, etag: tag };
  };
}

function compileBody({ surface: { dialect }, answer }: RoutePlan): (output: unknown) => string | Buffer | null {
  switch (answer.type) {
    case "empty":
      return () => null;
    case "bytes":
      return (output) => {
        const { bytes } = output as { bytes: Uint8Array };
        return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      };
    case "page": {
      const encode = compileEncode(answer.item, dialect);
      return (output) => {
        const page = pageOf(output);
        const items = encode === null ? page.items : page.items.map((item) => encode(item));
        return JSON.stringify(dialect.page.value({ ...page, items }));
      };
    }
    case "single": {
      const encode = compileEncode(answer.output, dialect);
      return (output) => JSON.stringify(dialect.success.value(encode === null ? output : encode(output))) ?? "null";
    }
  }
}

function compileStatus({ route: { status } }: RoutePlan): (output: unknown) => number {
  if (typeof status !== "object") return () => status ?? 200;
  // The declaration checked the function against the procedure's output; here its type is gone.
  const choose = status.choose as (output: unknown) => number;
  return (output) => {
    const chosen = choose(output);
    if (!status.among.includes(chosen)) throw new Error(`the status ${chosen} is not declared`);
    return chosen;
  };
}

function defaultCacheControl({ route, facts }: RoutePlan): string {
  if (route.method !== "GET" || route.etag === undefined) return "no-store";
  return facts.meta.access === "public" ? "no-cache" : "private, no-cache";
}

function fileType(output: unknown): string {
  return (output as { contentType: string }).contentType;
}

/** A page, by whichever of its two shapes the procedure answers it. */
function pageOf(output: unknown): Page {
  const { items, total, ...place } = output as Numbered | Page;
  if ("offset" in place) return { items, total, limit: place.limit, offset: place.offset };
  return { items, total, limit: place.perPage, offset: (place.page - 1) * place.perPage };
}

interface Numbered {
  items: unknown[];
  page: number;
  perPage: number;
  total: number;
}

/** RFC 8288 links to the first, last and neighbouring pages: the request's own address with another page. */
function pageLinks({ limit, offset, total }: Page, url: string, counts: Dialect["page"]["counts"]): string {
  const last = Math.floor(Math.max(0, total - 1) / limit) * limit;
  const [path = "", query = ""] = url.split("?");
  const link = (start: number, rel: string) => {
    const params = new URLSearchParams(query);
    if (counts === "items") params.set("offset", String(start));
    else params.set("page", String(start / limit + 1));
    return `<${path}?${params}>; rel="${rel}"`;
  };
  const links = [link(0, "first"), link(last, "last")];
  if (offset > 0) links.unshift(link(Math.min(Math.max(0, offset - limit), last), "prev"));
  if (offset + limit < total) links.unshift(link(offset + limit, "next"));
  return links.join(", ");
}
