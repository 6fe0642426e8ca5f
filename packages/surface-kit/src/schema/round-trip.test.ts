import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { decode, encode } from "../fixtures/spell";
import type { Schema } from "../procedure";

interface Sample {
  schema: Schema;
  values: fc.Arbitrary<unknown>;
}

const names = fc.constantFrom("name", "displayName", "ratePerMinuteCents", "startMinute", "aB", "isX9Y", "createdAt");
const userKeys = fc.oneof(fc.constantFrom("someKey", "display_name", "constructor", "toString", ""), fc.string());

const leaves: Sample[] = [
  { schema: z.string(), values: fc.string() },
  { schema: z.int(), values: fc.integer() },
  { schema: z.boolean(), values: fc.boolean() },
  { schema: z.enum(["a", "bC"]), values: fc.constantFrom("a", "bC") },
  { schema: z.uuid().meta({ kind: "id" }), values: fc.uuid() },
  { schema: z.int().meta({ kind: "cents" }).min(0), values: fc.nat() },
  { schema: z.int().min(0).max(1440).meta({ kind: "minuteOfDay" }), values: fc.nat({ max: 1440 }) },
  {
    schema: z.iso.datetime().meta({ kind: "instant" }),
    values: fc.nat({ max: 4_000_000_000 }).map((seconds) => new Date(seconds * 1000).toISOString()),
  },
];

/** Schemas of every form that the native side uses, each with values that it accepts. */
const samples: fc.Arbitrary<Sample> = fc.letrec<{ sample: Sample }>((tie) => ({
  sample: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(...leaves),
    tie("sample").map(({ schema, values }) => ({ schema: z.nullable(schema), values: fc.option(values) })),
    tie("sample").map(({ schema, values }) => ({
      schema: z.array(schema),
      values: fc.array(values, { maxLength: 4 }),
    })),
    tie("sample").map(({ schema, values }) => ({
      schema: z.record(z.string(), schema),
      values: fc.dictionary(
        userKeys.filter((key) => key !== "__proto__"),
        values,
        { maxKeys: 4, noNullPrototype: true },
      ),
    })),
    tie("sample").map(({ schema, values }) => ({ schema: z.lazy(() => schema), values })),
    tie("sample").map(({ schema, values }) => ({ schema: z.readonly(schema), values })),
    fc.dictionary(names, tie("sample"), { maxKeys: 5, noNullPrototype: true }).map(objectOf),
    fc.tuple(tie("sample"), tie("sample")).map(([left, right]) => taggedUnion(left, right)),
  ),
})).sample;

function objectOf(fields: Record<string, Sample>): Sample {
  const entries = Object.entries(fields);
  const schema = z.object(Object.fromEntries(entries.map(([name, field]) => [name, z.optional(field.schema)])));
  const record = Object.fromEntries(entries.map(([name, field]) => [name, field.values]));
  return { schema, values: fc.record(record, { requiredKeys: [], noNullPrototype: true }) };
}

function taggedUnion(left: Sample, right: Sample): Sample {
  const option = (tag: string, { schema }: Sample) => z.object({ someTag: z.literal(tag), theValue: schema });
  return {
    schema: z.discriminatedUnion("someTag", [option("left", left), option("right", right)]),
    values: fc.oneof(
      left.values.map((theValue) => ({ someTag: "left", theValue })),
      right.values.map((theValue) => ({ someTag: "right", theValue })),
    ),
  };
}

describe("names and values", () => {
  it("come back as they went out, whatever the schema", () => {
    const cases = samples.chain(({ schema, values }) => values.map((native) => ({ schema, native })));
    fc.assert(
      fc.property(cases, ({ schema, native }) => {
        const { native: back, details } = decode(schema, encode(schema, native));
        expect(details).toEqual({});
        expect(back).toEqual(native);
        expect(z.safeParse(schema, back).success).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("never change the keys of a record, which are a user's data", () => {
    const schema = z.object({ userLabels: z.record(z.string(), z.object({ isShown: z.boolean() })) });
    const native = { userLabels: { someKey: { isShown: true }, some_key: { isShown: false } } };
    const wire = encode(schema, native);
    expect(wire).toEqual({ user_labels: { someKey: { is_shown: true }, some_key: { is_shown: false } } });
    expect(decode(schema, wire).native).toEqual(native);
  });

  it("survive hostile values without a throw", () => {
    fc.assert(
      fc.property(samples, fc.jsonValue(), ({ schema }, wire) => {
        expect(() => decode(schema, wire)).not.toThrow();
      }),
    );
  });
});
