import type { JsonSchema } from "../dialect";
import type { RoutePlan } from "../plan";
import type { Field } from "../schema/shape";
import { type Components, wireSchema } from "./schemas";

/** Parameters of a route: of its path and query, and the headers that it heeds. */
export function parametersOf(plan: RoutePlan, components: Components): JsonSchema[] {
  const { route } = plan;
  const parameters = [
    ...plan.pathFields.map((field) => ({ ...parameter(plan, field, components), in: "path", required: true })),
    ...plan.queryFields.map((field) => ({
      ...parameter(plan, field, components),
      in: "query",
      required: field.schema._zod.optin !== "optional",
    })),
  ];
  if (route.etag !== undefined && route.method === "GET")
    parameters.push(header("If-None-Match", "An ETag that the caller holds."));
  if (typeof route.etag === "object" && route.etag.ifMatch !== undefined) {
    parameters.push(
      header("If-Match", "The ETag of the state that the change is meant for; any other state is refused."),
    );
  }
  if (route.method === "POST") {
    parameters.push(
      header("Idempotency-Key", "Names this request: a repetition is given the first answer, for 24 hours.", 255),
    );
  }
  return parameters;
}

/** Null where the route reads no body. */
export function requestBodyOf(plan: RoutePlan, components: Components): JsonSchema | null {
  const { body, inputSchema, surface, bodyFields, inputNaming } = plan;
  if (body === "none" || inputSchema === null) return null;
  const kept = new Set(bodyFields.map(({ native }) => native));
  const all = plan.input.type === "object" ? plan.input.fields.map(({ native }) => native) : [];
  const omit = new Set(all.filter((native) => !kept.has(native)));
  const schema = wireSchema(inputSchema, "input", surface.dialect, components, { ...inputNaming, omit });
  const type = typeof body === "object" ? "multipart/form-data" : "application/json";
  return { required: body !== "optional", content: { [type]: { schema } } };
}

function parameter({ surface }: RoutePlan, field: Field, components: Components) {
  const { description, ...schema } = wireSchema(field.schema, "input", surface.dialect, components);
  return { name: field.wire, schema, ...(typeof description === "string" && { description }) };
}

function header(name: string, description: string, maxLength?: number) {
  return {
    name,
    in: "header",
    required: false,
    description,
    schema: { type: "string", ...(maxLength !== undefined && { minLength: 1, maxLength }) },
  };
}
