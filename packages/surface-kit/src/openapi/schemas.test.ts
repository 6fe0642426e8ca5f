import { describe, expect, it } from "vitest";
import { z } from "zod";
import { dialect } from "../fixtures/spell";
import { Components, wireSchema } from "./schemas";

const instant = z.iso.datetime().meta({ kind: "instant" });
const cents = z.int().meta({ kind: "cents" });

function schemaOf(schema: z.ZodType, side: "input" | "output" = "output", spoken = dialect) {
  const components = new Components();
  return { schema: wireSchema(schema, side, spoken, components), components: components.schemas };
}

describe("a wire schema", () => {
  it("spells values that are used twice, bare and nullable", () => {
    const { schema } = schemaOf(
      z.object({ createdAt: instant, decidedAt: instant.nullable(), endedAt: instant.nullable().optional() }),
    );
    const time = { format: "date-time", examples: ["2026-03-15T10:00:00Z"] };
    expect(schema).toEqual({
      type: "object",
      properties: {
        created_at: { type: "string", ...time },
        decided_at: { type: ["string", "null"], ...time },
        ended_at: { type: ["string", "null"], ...time },
      },
      required: ["created_at", "decided_at"],
      additionalProperties: false,
    });
  });

  it("has no null where the dialect leaves nulls out, and requires nothing that may be null", () => {
    const shared = z.string().nullable();
    const { schema } = schemaOf(
      z.object({ name: z.string(), bio: shared, note: shared, size: z.enum(["s", "m"]).nullable() }),
      "output",
      {
        ...dialect,
        nulls: "omit",
      },
    );
    expect(schema).toEqual({
      type: "object",
      properties: {
        name: { type: "string" },
        bio: { type: "string" },
        note: { type: "string" },
        size: { type: "string", enum: ["s", "m"] },
      },
      required: ["name"],
      additionalProperties: false,
    });
  });

  it("tells apart what goes in and what comes out under one name", () => {
    const rate = z.object({ rateCents: cents.min(50).default(250) }).meta({ id: "Rate" });
    const components = new Components();
    wireSchema(rate, "input", dialect, components);
    wireSchema(z.array(rate), "output", dialect, components);
    expect(Object.keys(components.schemas)).toEqual(["RateInput", "Rate"]);
    expect(components.schemas.RateInput).toMatchObject({ properties: { rate: { type: "string", default: "2.50" } } });
    expect(components.schemas.RateInput?.required).toBeUndefined();
    expect(components.schemas.Rate?.required).toEqual(["rate"]);
  });

  it("numbers a name that another schema bears already", () => {
    const components = new Components();
    const one = wireSchema(z.object({ a: z.string() }).meta({ id: "Twin" }), "output", dialect, components);
    const two = wireSchema(z.object({ b: z.string() }).meta({ id: "Twin" }), "output", dialect, components);
    expect([one, two]).toEqual([{ $ref: "#/components/schemas/Twin" }, { $ref: "#/components/schemas/Twin2" }]);
  });

  it("follows recursive schemas", () => {
    interface Folder {
      parentId: string | null;
      subFolders: Folder[];
    }
    const folder: z.ZodType<Folder> = z
      .object({ parentId: z.string().nullable(), subFolders: z.array(z.lazy(() => folder)) })
      .meta({ id: "Folder" });
    expect(schemaOf(folder).components.Folder).toMatchObject({
      properties: {
        parent_id: { type: ["string", "null"] },
        sub_folders: { items: { $ref: "#/components/schemas/Folder" } },
      },
    });
  });

  it("keeps bounds, examples in wire spelling, and descriptions", () => {
    const schema = z
      .object({ windowMinutes: z.int().min(1).max(60), count: z.int() })
      .meta({ examples: [{ windowMinutes: 10, count: 1 }] });
    expect(schemaOf(schema).schema).toMatchObject({
      properties: { window_minutes: { type: "integer", minimum: 1, maximum: 60 }, count: { type: "integer" } },
      examples: [{ window_minutes: 10, count: 1 }],
    });
    expect(schemaOf(z.object({ priceCents: cents.describe("Before tax.") })).schema).toMatchObject({
      properties: { price: { type: "string", description: "Before tax." } },
    });
  });
});
