import type { FastifyInstance, FastifyReply } from "fastify";

/** Outside of every surface no dialect has a say: refusals have the shape of /v1, and tell as little. */
const refusals = {
  400: { code: "validation_error", message: "The request could not be read" },
  404: { code: "not_found", message: "There is nothing at this address" },
  415: { code: "unsupported_media_type", message: "The request body's content type is not valid" },
  500: { code: "internal", message: "Something went wrong on our side" },
} as const;

type Status = keyof typeof refusals;

/** Answers what no route, or none of a surface, has answered. */
export function registerRefusals(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => refuse(reply, 404));
  app.setErrorHandler((error: { statusCode?: number }, request, reply) => {
    const status = statusOf(error);
    if (status === 500) request.log.error({ err: error }, "a request failed outside the surfaces");
    return refuse(reply, status);
  });
}

/** For addresses that Fastify cannot even route. */
export function refuseUnroutable(error: { statusCode?: number }, reply: FastifyReply): void {
  void refuse(reply, statusOf(error));
}

function refuse(reply: FastifyReply, status: Status): FastifyReply {
  return reply.code(status).send({ error: { ...refusals[status], details: null } });
}

function statusOf({ statusCode = 500 }: { statusCode?: number }): Status {
  if (statusCode === 404 || statusCode === 415) return statusCode;
  return statusCode < 500 ? 400 : 500;
}
