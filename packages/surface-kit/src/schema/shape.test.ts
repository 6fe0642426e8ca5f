import { describe, expect, it } from "vitest";
import { z } from "zod";
import { decode, dialect, encode } from "../fixtures/spell";
import { compileEncode } from "./encode";
import { shapeOf } from "./shape";

describe("decoding", () => {
  const schema = z.object({
    displayName: z.string(),
    slots: z.array(z.object({ startMinute: z.int().meta({ kind: "minuteOfDay" }) })).optional(),
    byDay: z.record(z.string(), z.int().meta({ kind: "cents" })).optional(),
  });

  it("drops unknown members, native spellings and prototype keys", () => {
    const wire: unknown = JSON.parse(
      '{"display_name":"a","displayName":"b","role":"admin","__proto__":{"display_name":"c"},"constructor":{}}',
    );
    const { native } = decode(schema, wire);
    expect(native).toEqual({ displayName: "a" });
    expect(Object.getPrototypeOf(native)).toBe(Object.prototype);
  });

  it("does not read what an object inherits", () => {
    expect(decode(schema, Object.create({ display_name: "inherited" })).native).toEqual({});
  });

  it("drops a record's __proto__ rather than set a prototype", () => {
    const { native } = decode(schema, JSON.parse('{"by_day":{"__proto__":"1.00","mon":"2.00"}}'));
    expect(native).toEqual({ byDay: { mon: 200 } });
  });

  it("names every fault by its place on the wire", () => {
    const { details } = decode(schema, {
      slots: [{ start_time: "9" }, { start_time: "09:00" }, { start_time: null }],
      by_day: { mon: 2 },
    });
    expect(details).toEqual({
      "slots.0.start_time": "must be a time as HH:MM",
      "slots.2.start_time": "must be a time as HH:MM",
      "by_day.mon": "must be a decimal string with at most two digits after the point",
    });
  });

  it("leaves values of the wrong type to the native schema", () => {
    expect(decode(schema, { display_name: 7, slots: "none" }).native).toEqual({ displayName: 7, slots: "none" });
  });

  it("keeps the rest of an open object, but lets no native name in by it", () => {
    const open = z.looseObject({ userId: z.string() });
    expect(decode(open, { user_id: "1", userId: "2", other_thing: 3 }).native).toEqual({ userId: "1", other_thing: 3 });
  });
});

describe("shapes", () => {
  it.each([z.date(), z.bigint(), z.map(z.string(), z.string()), z.set(z.string())])(
    "are refused where JSON has no spelling",
    (schema) => {
      expect(() => shapeOf(z.object({ inside: schema }), "output", dialect)).toThrow("no spelling in JSON");
    },
  );

  it("look through transformations to the side that is asked for", () => {
    const schema = z.object({
      priceCents: z.preprocess((value) => value, z.int().meta({ kind: "cents" })).default(100),
    });
    expect(decode(schema, { price: "2.00" }).native).toEqual({ priceCents: 200 });
    const out = z.object({
      ownerId: z
        .string()
        .transform((value) => value)
        .pipe(z.uuid().meta({ kind: "id" })),
    });
    expect(encode(out, { ownerId: "01890a5d-ac96-774b-bcce-b302099a8057" })).toEqual({
      owner_id: "01H455VB4PEX5VSKNK084SN02Q",
    });
  });

  it("leave nulls out where the dialect does", () => {
    const omitting = { ...dialect, nulls: "omit" as const };
    const schema = z.object({ bio: z.string().nullable(), name: z.string() });
    const encoded = compileEncode(shapeOf(schema, "output", omitting), omitting);
    expect(encoded?.({ bio: null, name: "a" })).toEqual({ name: "a" });
  });
});
