import { z } from "zod";
import type { Dialect, JsonSchema } from "../dialect";
import type { Schema } from "../procedure";
import { compileEncode } from "../schema/encode";
import { innerOf, kindOf, mayBeNull, type Naming, type Side, shapeOf, typeOf, wireKey } from "../schema/shape";

/** Schemas with a name of their own (`.meta({ id })`), gathered for `#/components/schemas`. */
export class Components {
  readonly schemas: Record<string, JsonSchema> = {};
  readonly #originals = new Map<string, string>();

  /** @returns the name under which it stands: another schema may bear the wanted one already. */
  add(wanted: string, schema: JsonSchema): string {
    const text = JSON.stringify(schema);
    for (let suffix = 1; ; suffix += 1) {
      const name = suffix === 1 ? wanted : `${wanted}${suffix}`;
      const original = this.#originals.get(name);
      if (original !== undefined && original !== text) continue;
      this.#originals.set(name, text);
      this.schemas[name] ??= schema;
      return name;
    }
  }
}

const infinite = { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };

/** The wire's schema of a native one: the same names, values and omissions as at run time. */
export function wireSchema(
  schema: Schema,
  side: Side,
  dialect: Dialect,
  components: Components,
  naming: Naming = {},
): JsonSchema {
  const outermost = outermostObjects(schema, side);
  const raw: JsonSchema = z.toJSONSchema(schema, {
    target: "draft-2020-12",
    io: side,
    unrepresentable: "any",
    override({ zodSchema, jsonSchema }) {
      respell(zodSchema, jsonSchema as JsonSchema, outermost.has(zodSchema) ? naming : {});
    },
  });
  const { $schema: _, $defs = {}, ...root } = tidy(raw) as JsonSchema & { $defs?: Record<string, JsonSchema> };
  const names = new Map<string, string>();
  for (const [name, definition] of Object.entries($defs)) {
    names.set(name, components.add(side === "input" ? `${name}Input` : name, definition));
  }
  for (const definition of Object.values($defs)) redirect(definition, names);
  return redirect(root, names);

  function respell(zodSchema: Schema, json: JsonSchema, names: Naming): void {
    const kind = kindOf(zodSchema);
    delete json.kind;
    delete json.id;
    const codec = dialect.values[kind ?? ""];
    if (codec !== undefined) {
      const { description } = json;
      for (const keyword of Object.keys(json)) delete json[keyword];
      Object.assign(json, codec.jsonSchema, description !== undefined && { description });
      return;
    }
    if (kind === "file") Object.assign(json, { type: "string", format: "binary" });
    if (json.minimum === infinite.minimum) delete json.minimum;
    if (json.maximum === infinite.maximum) delete json.maximum;
    const { def } = (zodSchema as z.core.$ZodTypes)._zod;
    if (def.type === "object") respellObject(zodSchema, def.shape, json, names);
    if ("default" in json) json.default = spellValue(zodSchema, json.default);
  }

  function respellObject(
    zodSchema: Schema,
    shape: Readonly<Record<string, Schema>>,
    json: JsonSchema,
    names: Naming,
  ): void {
    const properties: Record<string, JsonSchema> = {};
    const required: string[] = [];
    const old = (json.properties ?? {}) as Record<string, JsonSchema>;
    for (const [native, field] of Object.entries(shape)) {
      const property = old[native];
      if (property === undefined || names.omit?.has(native)) continue;
      const wire = wireKey(native, field, side, dialect, names);
      const dropsNull = side === "output" && dialect.nulls === "omit" && mayBeNull(field, side);
      properties[wire] = dropsNull ? { [withoutNull]: property } : property;
      if ((json.required as string[] | undefined)?.includes(native) && !dropsNull) required.push(wire);
    }
    json.properties = properties;
    if (required.length > 0) json.required = required;
    else delete json.required;
    if (Array.isArray(json.examples)) json.examples = json.examples.map((example) => spellValue(zodSchema, example));
  }

  function spellValue(zodSchema: Schema, native: unknown): unknown {
    const encode = compileEncode(shapeOf(zodSchema, side, dialect), dialect);
    return encode === null ? native : encode(native);
  }
}

/** The object whose fields a route may rename, and the same object before metadata was added to it. */
function outermostObjects(schema: Schema, side: Side): Set<Schema> {
  const found = new Set<Schema>();
  for (let current: Schema | null = schema; current !== null; current = innerOf(current, side)) {
    if (typeOf(current) === "object" || typeOf(current) === "union" || typeOf(current) === "intersection") add(current);
  }
  return found;

  function add(current: Schema): void {
    found.add(current);
    const { def } = (current as z.core.$ZodTypes)._zod;
    if (def.type === "union") for (const option of def.options) add(option);
    if (def.type === "intersection") for (const part of [def.left, def.right]) add(part);
  }
}

/** Stands in for a property whose null is left out on the wire, until the whole tree is finished. */
const withoutNull = "x-without-null";

/**
 * Says `anyOf: [{ type: "string" }, { type: "null" }]` shorter. A pass of its own, since zod finishes schemas that are
 * used twice in an order of its own.
 */
function tidy(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(tidy);
  if (typeof json !== "object" || json === null) return json;
  if (withoutNull in json) return dropNull(tidy(json[withoutNull]) as JsonSchema);
  return mergeNull(Object.fromEntries(Object.entries(json).map(([keyword, value]) => [keyword, tidy(value)])));
}

function mergeNull(json: JsonSchema): JsonSchema {
  const { anyOf, ...rest } = json;
  const [value, nothing] = (Array.isArray(anyOf) ? anyOf : []) as [JsonSchema?, JsonSchema?];
  if (nothing?.type !== "null" || typeof value?.type !== "string" || "enum" in value || "const" in value) return json;
  return { ...rest, ...value, type: [value.type, "null"] };
}

function dropNull(json: JsonSchema): JsonSchema {
  const { anyOf, ...rest } = json;
  if (Array.isArray(json.type)) {
    const [type, ...others] = json.type.filter((name) => name !== "null");
    return { ...json, type: others.length === 0 ? type : [type, ...others] };
  }
  if (!Array.isArray(anyOf)) return json;
  const options = anyOf.filter((option: JsonSchema) => option.type !== "null");
  return options.length === 1 ? { ...rest, ...options[0] } : { ...rest, anyOf: options };
}

function redirect<Json>(json: Json, names: ReadonlyMap<string, string>): Json {
  if (Array.isArray(json)) for (const item of json) redirect(item, names);
  else if (typeof json === "object" && json !== null) {
    for (const [keyword, value] of Object.entries(json)) {
      if (keyword === "$ref" && typeof value === "string") {
        const name = value.replace("#/$defs/", "");
        Object.assign(json, { $ref: `#/components/schemas/${names.get(name) ?? name}` });
      } else redirect(value, names);
    }
  }
  return json;
}
