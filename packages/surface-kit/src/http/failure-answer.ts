import { STATUS_CODES } from "node:http";
import type { Dialect } from "../dialect";
import { type Answer, jsonType } from "./answer";

/** A refusal whose details are in wire spelling. */
export interface Refused {
  code: string;
  message: string;
  details: Readonly<Record<string, string>> | null;
  headers?: Record<string, string>;
}

/** What of the request shapes a refusal's body. */
export interface RefusedRequest {
  requestId: string;
  accept: string | undefined;
  url: string;
}

const problemType = "application/problem+json";

/** Spells a refusal the dialect's way, or as RFC 9457 where the caller lists that type; the status is the same. */
export function answerFailure(dialect: Dialect, refused: Refused, request: RefusedRequest): Answer {
  const status = dialect.statuses[refused.code] ?? 500;
  const code = dialect.codes(refused.code);
  const { message, details } = refused;
  const isProblem = request.accept?.includes(problemType) === true;
  const body = isProblem
    ? {
        type: "about:blank",
        title: STATUS_CODES[status],
        status,
        detail: message,
        instance: request.url.split("?")[0],
        code,
        ...(details !== null && { errors: details }),
      }
    : dialect.failure.value({ code, message, details, status, requestId: request.requestId });
  return {
    status,
    headers: {
      "cache-control": "no-store",
      "content-type": isProblem ? `${problemType}; charset=utf-8` : jsonType,
      ...refused.headers,
    },
    body: JSON.stringify(body),
    etag: null,
  };
}
