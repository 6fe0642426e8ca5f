import { STATUS_CODES } from "node:http";
import type { JsonSchema } from "../dialect";
import type { RoutePlan } from "../plan";
import { type HeaderName, headerRefs } from "./headers";
import { type Components, wireSchema } from "./schemas";

/** Every documented answer of a route, by status. */
export function responsesOf(plan: RoutePlan, components: Components): Record<string, JsonSchema> {
  const responses: Record<string, JsonSchema> = {};
  for (const status of plan.statuses) responses[status] = success(plan, status, components);
  if (plan.route.etag !== undefined && plan.route.method === "GET") {
    responses[304] = { description: "Not Modified", headers: headerRefs("ETag") };
  }
  for (const [status, codes] of [...plan.refusals].sort(([a], [b]) => a - b)) {
    responses[status] = refusal(plan, status, codes, components);
  }
  return responses;
}

function success(plan: RoutePlan, status: number, components: Components): JsonSchema {
  const extra: HeaderName[] = plan.route.etag === undefined ? [] : ["ETag"];
  if (plan.answer.type === "page") extra.push("Link");
  const response = { description: STATUS_CODES[status] ?? "Success", headers: headerRefs(...extra) };
  const content = contentOf(plan, components);
  return content === null ? response : { ...response, content };
}

function contentOf(plan: RoutePlan, components: Components): JsonSchema | null {
  const { surface, answer, outputSchema, outputNaming, route } = plan;
  const { dialect } = surface;
  switch (answer.type) {
    case "empty":
      return null;
    case "bytes": {
      const schema = { type: "string", format: "binary" };
      return Object.fromEntries((route.bytes?.contentTypes ?? []).map((type) => [type, { schema }]));
    }
    case "page":
      return json(dialect.page.schema(wireSchema(answer.itemSchema, "output", dialect, components, outputNaming)));
    case "single":
      return json(dialect.success.schema(wireSchema(outputSchema, "output", dialect, components, outputNaming)));
  }
}

function refusal(plan: RoutePlan, status: number, codes: readonly string[], components: Components): JsonSchema {
  const { dialect } = plan.surface;
  const spelt = [...new Set(codes.map((code) => dialect.codes(code)))].sort();
  const name = components.add(`Error_${spelt.join("_or_")}`, dialect.failure.schema(spelt));
  const extra: HeaderName[] = [];
  if (status === 401 || (status === 403 && plan.ways.takesBearer)) extra.push("WWWAuthenticate");
  if (status === 429) extra.push("RetryAfter");
  if (codes.includes("moved")) extra.push("Location");
  return {
    description: `${STATUS_CODES[status] ?? "Error"}: ${spelt.join(", ")}`,
    headers: headerRefs(...extra),
    content: {
      ...json({ $ref: `#/components/schemas/${name}` }),
      "application/problem+json": { schema: { $ref: `#/components/schemas/${components.add("Problem", problem)}` } },
    },
  };
}

function json(schema: JsonSchema): JsonSchema {
  return { "application/json": { schema } };
}

/** RFC 9457, sent where the Accept header lists its type. */
const problem: JsonSchema = {
  type: "object",
  properties: {
    type: { type: "string", format: "uri-reference" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
    instance: { type: "string", format: "uri-reference" },
    code: { type: "string" },
    errors: { type: "object", additionalProperties: { type: "string" } },
  },
  required: ["type", "title", "status", "detail", "instance", "code"],
  additionalProperties: false,
};
