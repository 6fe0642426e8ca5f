import type { Dialect } from "../dialect";
import type { Schema } from "../procedure";
import type { Shape } from "./shape";

/** Turns a native value, which its schema has let through, into a wire value. */
export type Encode = (native: unknown) => unknown;

/** @returns null where native and wire values are the same, so that whole trees need no copy. */
export function compileEncode(shape: Shape, dialect: Pick<Dialect, "nulls">): Encode | null {
  switch (shape.type) {
    case "scalar":
      return null;
    case "lazy": {
      let compiled: Encode | null | undefined;
      return (native) => {
        if (compiled === undefined) compiled = compileEncode(shape.shape(), dialect);
        return compiled === null ? native : compiled(native);
      };
    }
    case "codec": {
      const { codec } = shape;
      return (native) => (native === null || native === undefined ? native : codec.encode(native));
    }
    case "object":
      return compileObject(shape, dialect);
    case "array":
      return overArray(compileEncode(shape.item, dialect));
    case "tuple": {
      const items = shape.items.map((item) => compileEncode(item, dialect));
      if (items.every((item) => item === null)) return null;
      return (native) => (Array.isArray(native) ? native.map((value, i) => items[i]?.(value) ?? value) : native);
    }
    case "record":
      return overRecord(compileEncode(shape.value, dialect));
    case "union":
      return overUnion(shape.options.map((option) => ({ ...option, encode: compileEncode(option.shape, dialect) })));
  }
}

function compileObject(shape: Extract<Shape, { type: "object" }>, dialect: Pick<Dialect, "nulls">): Encode {
  const keepsNulls = dialect.nulls === "keep";
  const fields = shape.fields.map(({ native, wire, shape }) => ({
    native,
    wire,
    encode: compileEncode(shape, dialect),
  }));
  const known = new Set(shape.fields.map((field) => field.native));
  return (native) => {
    if (!isObject(native)) return native;
    const wire: Record<string, unknown> = {};
    for (const { native: name, wire: key, encode } of fields) {
      const value = native[name];
      if (value === undefined || (value === null && !keepsNulls)) continue;
      wire[key] = encode === null ? value : encode(value);
    }
    if (shape.isOpen)
      for (const key of Object.keys(native)) if (!known.has(key) && !Object.hasOwn(wire, key)) wire[key] = native[key];
    return wire;
  };
}

function overArray(item: Encode | null): Encode | null {
  return item === null ? null : (native) => (Array.isArray(native) ? native.map(item) : native);
}

function overRecord(value: Encode | null): Encode | null {
  if (value === null) return null;
  return (native) => {
    if (!isObject(native)) return native;
    const wire: Record<string, unknown> = {};
    // Keys of a record are a user's data: they are never renamed.
    for (const key of Object.keys(native)) if (key !== "__proto__") wire[key] = value(native[key]);
    return wire;
  };
}

function overUnion(options: readonly { schema: Schema; encode: Encode | null }[]): Encode | null {
  if (options.every(({ encode }) => encode === null)) return null;
  return (native) => {
    if (native === null || native === undefined) return native;
    const option = options.find(({ schema }) => gives(schema, native));
    return option === undefined || option.encode === null ? native : option.encode(native);
  };
}

function gives(schema: Schema, native: unknown): boolean {
  const result = schema._zod.run({ value: native, issues: [] }, { async: false });
  return !(result instanceof Promise) && result.issues.length === 0;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
