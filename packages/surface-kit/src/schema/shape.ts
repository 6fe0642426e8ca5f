import { z } from "zod";
import type { Dialect, ValueCodec } from "../dialect";
import type { Schema } from "../procedure";

/** What the route adds to the dialect's own spelling of an object's fields. */
export interface Naming {
  rename?: Readonly<Record<string, string | undefined>>;
  /** Native fields that are left out. */
  omit?: ReadonlySet<string>;
}

export interface Field {
  native: string;
  wire: string;
  schema: Schema;
  shape: Shape;
}

/** What of a schema matters on the wire: where names change, where values do, and what text stands for. */
export type Shape =
  | { type: "scalar"; scalar: "string" | "number" | "boolean" | "other" }
  | { type: "codec"; codec: ValueCodec; isNullable: boolean }
  | { type: "object"; fields: readonly Field[]; isOpen: boolean; isNullable: boolean }
  | { type: "array"; item: Shape; isNullable: boolean }
  | { type: "tuple"; items: readonly Shape[]; isNullable: boolean }
  | { type: "record"; value: Shape; isNullable: boolean }
  | { type: "union"; options: readonly { shape: Shape; schema: Schema }[]; isNullable: boolean }
  | { type: "lazy"; shape: () => Shape };

/** `input` looks at what a schema takes, `output` at what it gives: they differ where it transforms. */
export type Side = "input" | "output";

/** The meta that says what a value is, e.g. an id. */
export function kindOf(schema: Schema): string | undefined {
  const kind = z.globalRegistry.get(schema)?.kind;
  return typeof kind === "string" ? kind : undefined;
}

/**
 * Reads a schema once, at boot. `naming` is the route's, and applies to the outermost object alone.
 * @throws where a schema holds what JSON cannot (dates, maps, big integers).
 */
export function shapeOf(schema: Schema, side: Side, dialect: Dialect, naming: Naming = {}): Shape {
  const lazies = new Map<Schema, Shape>();

  function read(current: Schema, names: Naming, isNullable: boolean): Shape {
    const codec = dialect.values[kindOf(current) ?? ""];
    if (codec !== undefined) return { type: "codec", codec, isNullable };
    const inner = innerOf(current, side);
    const { def } = (current as z.core.$ZodTypes)._zod;
    if (inner !== null) return read(inner, names, isNullable || def.type === "nullable");
    switch (def.type) {
      case "object":
        return { type: "object", fields: fieldsOf(def.shape, names), isOpen: isOpen(def.catchall), isNullable };
      case "intersection":
        return intersect(read(def.left, names, isNullable), read(def.right, names, isNullable));
      case "array":
        return { type: "array", item: read(def.element, {}, false), isNullable };
      case "tuple":
        return { type: "tuple", items: def.items.map((item) => read(item, {}, false)), isNullable };
      case "record":
        return { type: "record", value: read(def.valueType, {}, false), isNullable };
      case "union":
        return unite(def.options, names, isNullable);
      case "lazy": {
        // Recursive schemas are read when a value first needs them.
        const target = def.getter();
        return { type: "lazy", shape: () => lazies.get(target) ?? remember(target, read(target, {}, isNullable)) };
      }
      case "number":
        return { type: "scalar", scalar: "number" };
      case "boolean":
        return { type: "scalar", scalar: "boolean" };
      case "string":
      case "enum":
      case "template_literal":
        return { type: "scalar", scalar: "string" };
      case "literal":
        return { type: "scalar", scalar: scalarOf(def.values) };
      case "bigint":
      case "date":
      case "map":
      case "set":
      case "symbol":
      case "nan":
      case "function":
        throw new Error(`A ${def.type} has no spelling in JSON`);
      default:
        return { type: "scalar", scalar: "other" };
    }
  }

  function remember(key: Schema, shape: Shape): Shape {
    lazies.set(key, shape);
    return shape;
  }

  function fieldsOf(shape: Readonly<Record<string, Schema>>, names: Naming): Field[] {
    return Object.entries(shape)
      .filter(([native]) => !names.omit?.has(native))
      .map(([native, field]) => ({
        native,
        wire: wireKey(native, field, side, dialect, names),
        schema: field,
        shape: read(field, {}, false),
      }));
  }

  function unite(options: readonly Schema[], names: Naming, isNullable: boolean): Shape {
    const values = options.filter((option) => typeOf(option) !== "null" && typeOf(option) !== "undefined");
    const hasNull = isNullable || options.some((option) => typeOf(option) === "null");
    const [only] = values;
    if (values.length === 1 && only !== undefined) return read(only, names, hasNull);
    const read_ = values.map((option) => ({ shape: read(option, names, false), schema: option }));
    return { type: "union", options: read_, isNullable: hasNull };
  }

  return read(schema, naming, false);
}

/** The wire name of a field: the route's, else the one its kind asks for, else the dialect's. */
export function wireKey(native: string, schema: Schema, side: Side, dialect: Dialect, names: Naming): string {
  const renamed = names.rename?.[native];
  if (renamed !== undefined) return renamed;
  for (let current: Schema | null = schema; current !== null; current = innerOf(current, side) ?? onlyOption(current)) {
    const key = dialect.values[kindOf(current) ?? ""]?.key;
    if (key !== undefined) return key(native);
  }
  return dialect.keys(native);
}

/** The schema inside one that adds only absence, null, a default, or a transformation; null where there is none. */
export function innerOf(schema: Schema, side: Side): Schema | null {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "catch":
    case "readonly":
    case "nonoptional":
    case "success":
    case "promise":
      return def.innerType;
    case "pipe":
      // What precedes `z.preprocess` is a transformation, which tells nothing of its input: the schema behind it does.
      if (side === "output") return typeOf(def.out) === "transform" ? null : def.out;
      return typeOf(def.in) === "transform" ? def.out : def.in;
    default:
      return null;
  }
}

export function mayBeNull(schema: Schema, side: Side): boolean {
  for (let current: Schema | null = schema; current !== null; current = innerOf(current, side)) {
    const { def } = (current as z.core.$ZodTypes)._zod;
    if (def.type === "nullable" || def.type === "null") return true;
    if (def.type === "union") return def.options.some((option) => mayBeNull(option, side));
  }
  return false;
}

export function typeOf(schema: Schema): string {
  return schema._zod.def.type;
}

/** The one type of a union such as `X | null`. */
function onlyOption(schema: Schema): Schema | null {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type !== "union") return null;
  const values = def.options.filter((option) => typeOf(option) !== "null" && typeOf(option) !== "undefined");
  return values.length === 1 ? (values[0] ?? null) : null;
}

function isOpen(catchall: Schema | undefined): boolean {
  return catchall !== undefined && typeOf(catchall) !== "never";
}

function intersect(left: Shape, right: Shape): Shape {
  if (left.type !== "object" || right.type !== "object") return { type: "scalar", scalar: "other" };
  return { ...left, fields: [...left.fields, ...right.fields], isOpen: left.isOpen || right.isOpen };
}

function scalarOf(values: readonly unknown[]): "string" | "number" | "boolean" | "other" {
  const [type] = new Set(values.map((value) => typeof value));
  const isUniform = values.every((value) => typeof value === type);
  return isUniform && (type === "string" || type === "number" || type === "boolean") ? type : "other";
}
