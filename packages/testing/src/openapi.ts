import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

/** An answer as a test received it. */
export interface ObservedAnswer {
  method: string;
  /** As requested: with values in the place of parameters, with or without a query. */
  path: string;
  status: number;
  contentType?: string | undefined;
  body: string;
}

interface Operation {
  key: string;
  pattern: RegExp;
  responses: Record<string, { content?: Record<string, { schema?: object }> }>;
}

interface Document {
  servers?: { url: string }[];
  paths: Record<string, Record<string, { responses?: Operation["responses"] }>>;
}

const methods = ["get", "post", "put", "patch", "delete"];

/**
 * Holds answers against an OpenAPI 3.1 document, and remembers which documented statuses it has seen.
 * Objects that list their members are taken as closed: a member that the document does not name is a fault.
 */
export function openApiValidator(document: object) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  // ajv-formats is CommonJS whose default export TypeScript sees one level too deep.
  (addFormats as unknown as (target: Ajv2020) => void)(ajv);
  const closed = close(structuredClone(document)) as Document;
  ajv.addSchema(closed, "document");
  const operations = operationsOf(closed);
  const compiled = new Map<string, ValidateFunction>();
  const seen = new Set<string>();

  function validatorOf(operation: Operation, status: string, type: string): ValidateFunction | null {
    const schema = operation.responses[status]?.content?.[type]?.schema;
    if (schema === undefined) return null;
    const key = `${operation.key} ${status} ${type}`;
    const known = compiled.get(key);
    if (known !== undefined) return known;
    const [method = "", path = ""] = operation.key.split(" ");
    const pointer = ["paths", path, method.toLowerCase(), "responses", status, "content", type, "schema"];
    const validate = ajv.compile({ $ref: `document#/${pointer.map(escapePointer).join("/")}` });
    compiled.set(key, validate);
    return validate;
  }

  return {
    /** @throws where the document does not describe this answer. */
    expectMatches(answer: ObservedAnswer): void {
      const path = answer.path.split("?")[0] ?? "";
      const method = answer.method === "HEAD" ? "GET" : answer.method;
      const operation = operations.find(({ key, pattern }) => key.startsWith(`${method} `) && pattern.test(path));
      if (operation === undefined) throw new Error(`${answer.method} ${path} is not documented`);
      const status = String(answer.status);
      const documented = operation.responses[status];
      if (documented === undefined)
        throw new Error(`${operation.key} answered ${status}, which is not documented: ${answer.body}`);
      seen.add(`${operation.key} ${status}`);
      if (answer.method === "HEAD") return;
      const type = answer.contentType?.split(";")[0]?.trim() ?? "";
      if (documented.content === undefined) {
        if (answer.body !== "") throw new Error(`${operation.key} ${status} is documented without a body, but had one`);
        return;
      }
      if (!(type in documented.content))
        throw new Error(`${operation.key} ${status} answered ${type || "no content type"}`);
      if (!type.endsWith("json")) return;
      const validate = validatorOf(operation, status, type);
      if (validate !== null && !validate(JSON.parse(answer.body))) {
        throw new Error(`${operation.key} ${status}: ${ajv.errorsText(validate.errors)}\n${answer.body}`);
      }
    },

    /** "METHOD /path status" of everything that is documented and was never seen. */
    unseen(ignoredStatuses: readonly number[] = []): string[] {
      const ignored = new Set(ignoredStatuses.map(String));
      return operations.flatMap(({ key, responses }) =>
        Object.keys(responses)
          .filter((status) => !ignored.has(status) && !seen.has(`${key} ${status}`))
          .map((status) => `${key} ${status}`),
      );
    },
  };
}

function operationsOf(document: Document): Operation[] {
  const found = Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const responses = item[method]?.responses;
      if (responses === undefined) return [];
      const pattern = new RegExp(`^${path.replace(/[.]/g, "\\.").replace(/\{[^}]+\}/g, "[^/]+")}$`);
      return [{ key: `${method.toUpperCase()} ${path}`, pattern, responses }];
    }),
  );
  // A path with fewer parameters is the more exact one: /users/me before /users/{username}. Of as many, the one that says
  // more besides: /bookings/{id}.ics before /bookings/{id}.
  const parameters = ({ key }: Operation) => key.split("{").length;
  const literal = ({ key }: Operation) => key.replace(/\{[^}]+\}/g, "").length;
  return found.sort((a, b) => parameters(a) - parameters(b) || literal(b) - literal(a));
}

/** Every object schema that lists its members and says nothing of others refuses others. */
function close(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(close);
  if (typeof node !== "object" || node === null) return node;
  const copy: Record<string, unknown> = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, close(value)]),
  );
  if (copy.type === "object" && typeof copy.properties === "object" && !("additionalProperties" in copy)) {
    copy.additionalProperties = false;
  }
  return copy;
}

function escapePointer(part: string): string {
  return encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));
}
