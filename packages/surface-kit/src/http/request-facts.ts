import type { FastifyRequest } from "fastify";
import type { RequestFacts } from "./context";

export function requestFacts(request: FastifyRequest, requestId: string, auth: readonly string[]): RequestFacts {
  const { headers } = request;
  return {
    method: request.method,
    authorization: headers.authorization,
    header: (name) => {
      const value = headers[name];
      return Array.isArray(value) ? value.join(", ") : value;
    },
    address: request.ip,
    userAgent: headers["user-agent"] ?? null,
    requestId,
    auth,
  };
}
