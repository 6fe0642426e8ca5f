/** JSON Schema, as OpenAPI 3.1 takes it. */
export interface JsonSchema {
  [keyword: string]: unknown;
}

/** How one kind of value is spelt on the wire. Both directions, and the schema that documents them. */
export interface ValueCodec {
  /** The wire name of a field of this kind, e.g. `startMinute` to `start_time`. Default: the dialect's `keys`. */
  key?(nativeKey: string): string;
  /** Only ever sees values that the native schema has let through. */
  encode(native: unknown): unknown;
  /** Sees whatever a caller sent, null included where the schema has none; an issue is worded to follow the field's name. */
  decode(wire: unknown): Decoded;
  jsonSchema: JsonSchema;
}

export type Decoded = { value: unknown } | { issue: string };

/** Part of a listing. A procedure answers it so, or as `{ items, page, perPage, total }`. */
export interface Page {
  items: unknown[];
  /** Of all items on all pages. */
  total: number;
  /** The most that a page may hold. */
  limit: number;
  /** How many items come before this page. */
  offset: number;
}

/** Why the kit itself refuses, before or after a procedure. A dialect's statuses cover these and the domain's own. */
const transportCodes = [
  "malformed_request",
  "validation_error",
  "not_found",
  "method_not_allowed",
  "unsupported_media_type",
  "precondition_failed",
  "idempotency_mismatch",
  "idempotency_running",
  "internal",
] as const;
export type TransportCode = (typeof transportCodes)[number];

/** A refusal in wire spelling. */
export interface WireFailure {
  /** As `codes` spells it. */
  code: string;
  message: string;
  /** Field (wire spelling, dotted path) to message. */
  details: Readonly<Record<string, string>> | null;
  status: number;
  requestId: string;
}

/** A change of a value, and the same change of the schema that documents it: one declaration for both. */
export interface Wrapper<Value> {
  value(value: Value): unknown;
  schema(inner: JsonSchema): JsonSchema;
}

/** A spelling of names, values, answers and refusals: all that differs from one documented API to the next. */
export interface Dialect {
  name: string;
  /** Wire name of a native camelCase field. */
  keys(nativeKey: string): string;
  /** By the `kind` in a native schema's meta. */
  values: Readonly<Record<string, ValueCodec>>;
  /** Whether an output field that is null is sent as null, or left out. */
  nulls: "keep" | "omit";
  /** Wraps a single answer. */
  success: Wrapper<unknown>;
  /**
   * Wraps a page; `items` are spelt already, and the schema is that of one item. `counts` says what a caller turns pages
   * by: `?page=`, which a listing that may begin anywhere cannot be asked for, or `?offset=`.
   */
  page: Wrapper<Page> & { counts: "pages" | "items" };
  failure: {
    value(failure: WireFailure): unknown;
    /** @param codes The codes, as `codes` spells them, that the status documented may bear. */
    schema(codes: readonly string[]): JsonSchema;
  };
  /** The wire's name of a code. */
  codes(code: string): string;
  /** Status by code: every code of the domain and of the transport. */
  statuses: Readonly<Record<string, number>>;
}
