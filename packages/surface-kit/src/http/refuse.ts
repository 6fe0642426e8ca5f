import { TRPCError } from "@trpc/server";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { namesThing, type RoutePlan } from "../plan";
import { compileEncode } from "../schema/encode";
import type { WirePath } from "../schema/wire-path";
import type { Answer } from "./answer";
import type { Failure, MountOptions } from "./context";
import { answerFailure, type Refused } from "./failure-answer";
import { Refusal } from "./refusal";

type Details = Readonly<Record<string, string>>;

/** Builds what turns any error of a route into its answer. Unknown errors are logged, and tell the caller nothing. */
export function compileRefuse(
  { surface: { dialect }, pathFields }: RoutePlan,
  pattern: string,
  wirePath: WirePath,
  toFailure: MountOptions["toFailure"],
) {
  const params = pathFields.map(({ native, shape }) => ({ native, encode: compileEncode(shape, dialect) }));
  const pathNames = new Set(pathFields.filter(namesThing).map(({ native }) => native));

  return (request: FastifyRequest, requestId: string, error: unknown): Answer => {
    const refused = error instanceof Refusal ? error : fromFailure(request, requestId, error);
    return answerFailure(dialect, refused, { requestId, accept: request.headers.accept, url: request.url });
  };

  function fromFailure(request: FastifyRequest, requestId: string, error: unknown): Refused {
    const { code, message, details, retryAfterSeconds, missingScope }: Failure = toFailure(error);
    if (code === "internal") request.log.error({ err: error, requestId }, "a request failed");
    // What a path cannot name does not exist, whatever rule of the input says so; the domain's own word on it stands.
    if (code === "validation_error" && isFromInput(error) && isAboutPathAlone(details)) {
      return { code: "not_found", message: "Not found", details: null };
    }
    const headers: Record<string, string> = {};
    if (retryAfterSeconds !== null) headers["retry-after"] = String(retryAfterSeconds);
    // RFC 6750, 3.1.
    if (missingScope !== undefined) {
      headers["www-authenticate"] = `Bearer error="insufficient_scope", scope="${missingScope}"`;
    }
    if (code === "moved") headers.location = locationOf(request, details ?? {});
    return { code, message, details: details === null ? null : respell(details), headers };
  }

  function respell(details: Details): Record<string, string> {
    return Object.fromEntries(Object.entries(details).map(([path, text]) => [wirePath(path) || "body", text]));
  }

  function isAboutPathAlone(details: Details | null): boolean {
    const paths = Object.keys(details ?? {});
    return paths.length > 0 && paths.every((path) => pathNames.has(path));
  }

  /** The request's address with the parameters replaced that the domain names anew. */
  function locationOf({ params: present, url }: FastifyRequest, renewed: Details): string {
    const path = params.reduce((text, { native, encode }) => {
      const isNew = Object.hasOwn(renewed, native);
      const value = isNew ? (encode?.(renewed[native]) ?? renewed[native]) : (present as Details)[native];
      return text.replace(`{${native}}`, () => encodeURIComponent(String(value)));
    }, pattern);
    const query = url.indexOf("?");
    return query === -1 ? path : path + url.slice(query);
  }
}

/** Whether the input schema refused, and not the domain. */
function isFromInput(error: unknown): boolean {
  return error instanceof TRPCError && error.cause instanceof z.core.$ZodError;
}
