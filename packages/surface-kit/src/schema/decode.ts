import type { Schema } from "../procedure";
import type { Field, Shape } from "./shape";

/** Wire path to message; the first word on a path stands. */
export class Issues {
  readonly details: Record<string, string> = Object.create(null);
  isEmpty = true;

  add(path: string, message: string): void {
    this.isEmpty = false;
    this.details[path] ??= message;
  }
}

/**
 * Turns a wire value into a native one. What has the wrong type altogether passes through unchanged, for the native
 * schema to refuse in its own words; only what cannot be spelt natively is an issue here.
 */
export type Decode = (wire: unknown, path: string, issues: Issues) => unknown;

/** `json`: values have types. `text`: values are the text of a query, a path or a form, read as the schema asks. */
export type Notation = "json" | "text";

export function compileDecode(shape: Shape, notation: Notation): Decode {
  switch (shape.type) {
    case "scalar":
      return notation === "text" ? fromText[shape.scalar] : asIs;
    case "lazy": {
      let compiled: Decode | null = null;
      return (wire, path, issues) => {
        compiled ??= compileDecode(shape.shape(), notation);
        return compiled(wire, path, issues);
      };
    }
    case "codec":
      return nullable(shape.isNullable, (wire, path, issues) => {
        const decoded = wire === null ? shape.codec.decode(wire) : shape.codec.decode(single(wire, notation));
        if ("value" in decoded) return decoded.value;
        issues.add(path, decoded.issue);
        return undefined;
      });
    case "object": {
      const decodeFields = compileFields(shape.fields, notation);
      // Native names count as known too: they must not slip past a field's own spelling.
      const known = new Set(shape.fields.flatMap((field) => [field.wire, field.native]));
      return (wire, path, issues) => {
        if (!isObject(wire)) return wire;
        const native = decodeFields(wire, path, issues);
        if (shape.isOpen) copyRest(wire, known, native);
        return native;
      };
    }
    case "array": {
      const item = compileDecode(shape.item, notation);
      return (wire, path, issues) => {
        if (notation === "text" && typeof wire === "string") return [item(wire, `${path}.0`, issues)];
        return Array.isArray(wire) ? wire.map((value, i) => item(value, `${path}.${i}`, issues)) : wire;
      };
    }
    case "tuple": {
      const items = shape.items.map((item) => compileDecode(item, notation));
      return (wire, path, issues) =>
        Array.isArray(wire) ? wire.map((value, i) => items[i]?.(value, `${path}.${i}`, issues)) : wire;
    }
    case "record": {
      const value = compileDecode(shape.value, notation);
      return (wire, path, issues) => {
        if (!isObject(wire)) return wire;
        const native: Record<string, unknown> = {};
        for (const key of Object.keys(wire))
          if (key !== "__proto__") native[key] = value(wire[key], under(path, key), issues);
        return native;
      };
    }
    case "union":
      return compileUnion(shape.options, shape.isNullable, notation);
  }
}

/** Reads known fields, own ones alone, so that prototype keys and unknown members vanish. */
export function compileFields(fields: readonly Field[], notation: Notation) {
  const compiled = fields.map(({ native, wire, shape }) => ({ native, wire, decode: compileDecode(shape, notation) }));
  return (source: Readonly<Record<string, unknown>>, path: string, issues: Issues): Record<string, unknown> => {
    const target: Record<string, unknown> = {};
    for (const { native, wire, decode } of compiled) {
      if (!Object.hasOwn(source, wire)) continue;
      target[native] = decode(source[wire], under(path, wire), issues);
    }
    return target;
  };
}

function compileUnion(
  options: readonly { shape: Shape; schema: Schema }[],
  isNullable: boolean,
  notation: Notation,
): Decode {
  const compiled = options.map(({ shape, schema }) => ({ decode: compileDecode(shape, notation), schema }));
  return nullable(isNullable, (wire, path, issues) => {
    let closest: { native: unknown; issues: Issues } | null = null;
    for (const { decode, schema } of compiled) {
      const found = new Issues();
      const native = decode(wire, path, found);
      if (found.isEmpty && accepts(schema, native)) return native;
      if (closest === null || (found.isEmpty && !closest.issues.isEmpty)) closest = { native, issues: found };
    }
    for (const [at, message] of Object.entries(closest?.issues.details ?? {})) issues.add(at, message);
    return closest?.native;
  });
}

function accepts(schema: Schema, native: unknown): boolean {
  const result = schema._zod.run({ value: native, issues: [] }, { async: false });
  return !(result instanceof Promise) && result.issues.length === 0;
}

function nullable(isNullable: boolean, decode: Decode): Decode {
  return isNullable ? (wire, path, issues) => (wire === null ? null : decode(wire, path, issues)) : decode;
}

const decimal = /^-?\d{1,15}(?:\.\d{1,15})?$/;
const words = new Map<unknown, unknown>([
  ["true", true],
  ["false", false],
]);

const asIs: Decode = (wire) => wire;
const once: Decode = (wire, path, issues) => {
  if (Array.isArray(wire)) issues.add(path, "must be given once");
  return Array.isArray(wire) ? undefined : wire;
};
const fromText: Readonly<Record<Extract<Shape, { type: "scalar" }>["scalar"], Decode>> = {
  string: once,
  other: once,
  number: (wire, path, issues) => {
    const text = once(wire, path, issues);
    return typeof text === "string" && decimal.test(text) ? Number(text) : text;
  },
  boolean: (wire, path, issues) => {
    const text = once(wire, path, issues);
    return words.has(text) ? words.get(text) : text;
  },
};

function single(wire: unknown, notation: Notation): unknown {
  return notation === "text" && Array.isArray(wire) ? null : wire;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function under(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function copyRest(
  wire: Readonly<Record<string, unknown>>,
  known: ReadonlySet<string>,
  native: Record<string, unknown>,
): void {
  for (const key of Object.keys(wire)) {
    if (!known.has(key) && key !== "__proto__") native[key] = wire[key];
  }
}
