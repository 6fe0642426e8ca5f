import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ValueCodec } from "../dialect";
import { snakeKeys } from "../dialects/snake-case";
import { clockTime } from "./clock-time";
import { decimalCents } from "./decimal-cents";
import { instant } from "./instant";
import { ulid, ulidFromUuid, uuidFromUlid } from "./ulid";
import { uuid } from "./uuid";

function expectRoundTrip<Native>(codec: ValueCodec, natives: fc.Arbitrary<Native>): void {
  fc.assert(
    fc.property(natives, (native) => {
      expect(codec.decode(codec.encode(native))).toEqual({ value: native });
    }),
  );
}

function expectIssue(codec: ValueCodec, wire: unknown, issue: string): void {
  expect(codec.decode(wire)).toEqual({ issue });
}

describe("ulid", () => {
  it("is the same 128 bits in both directions", () => expectRoundTrip(ulid, fc.uuid()));

  // A UUIDv7 of RFC 9562, and the lowest and highest bits.
  it.each([
    ["01890a5d-ac96-774b-bcce-b302099a8057", "01H455VB4PEX5VSKNK084SN02Q"],
    ["00000000-0000-1000-8000-000000000000", "00000000002008000000000000"],
    ["ffffffff-ffff-1fff-bfff-ffffffffffff", "7ZZZZZZZZZ3ZZVZZZZZZZZZZZZ"],
  ])("spells %s as %s", (native, wire) => {
    expect(ulidFromUuid(native)).toBe(wire);
    expect(uuidFromUlid(wire)).toBe(native);
  });

  it("accepts lower case", () => {
    expect(uuidFromUlid("01h455vb4pex5vsknk084sn02q")).toBe("01890a5d-ac96-774b-bcce-b302099a8057");
  });

  it.each([
    ["too short", "01H455VB4PEX5VSKNK084SN02"],
    ["letters that ULIDs leave out", "01JN2X4K8M3F7QPZRVWT6YBHCU"],
    ["more than 128 bits", "81H455VB4PEX5VSKNK084SN02Q"],
    ["bits that are no UUID", "01JN2X4K8M3F7QPZRVWT6YBHCE".replace("3F7Q", "0000")],
    ["a UUID", "01890a5d-ac96-774b-bcce-b302099a8057"],
    ["a number", 7],
    ["null", null],
    ["an object", { toString: () => "01H455VB4PEX5VSKNK084SN02Q" }],
  ])("refuses %s", (_, wire) => expectIssue(ulid, wire, "must be an id"));
});

describe("uuid", () => {
  it("passes through", () => expectRoundTrip(uuid, fc.uuid()));
  it("lower-cases", () =>
    expect(uuid.decode("01890A5D-AC96-774B-BCCE-B302099A8057")).toEqual({
      value: "01890a5d-ac96-774b-bcce-b302099a8057",
    }));
  it("refuses anything else", () => expectIssue(uuid, "01H455VB4PEX5VSKNK084SN02Q", "must be an id"));
});

describe("instant", () => {
  const seconds = instant("seconds");
  const issue = "must be a date and time as YYYY-MM-DDTHH:MM:SSZ";
  const dates = fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true });

  it("keeps milliseconds where the dialect does", () =>
    expectRoundTrip(
      instant("milliseconds"),
      dates.map((date) => date.toISOString()),
    ));
  it("is cut to the second where the dialect does", () =>
    expect(seconds.encode("2026-03-15T10:00:00.987Z")).toBe("2026-03-15T10:00:00Z"));
  it("reads any offset as UTC", () =>
    expect(seconds.decode("2026-03-15T11:30:00+01:30")).toEqual({ value: "2026-03-15T10:00:00.000Z" }));
  it.each([
    "2026-02-30T10:00:00Z",
    "2026-13-01T10:00:00Z",
    "2026-03-15",
    "2026-03-15T25:00:00Z",
    "2026-03-15T10:00:00",
    "",
    0,
    null,
  ])("refuses %j", (wire) => expectIssue(seconds, wire, issue));
});

describe("decimalCents", () => {
  const cents = decimalCents(snakeKeys);
  const issue = "must be a decimal string with at most two digits after the point";

  it("round-trips", () => expectRoundTrip(cents, fc.nat({ max: 1_000_000_000 })));
  it("loses its unit in the name", () => expect(cents.key?.("ratePerMinuteCents")).toBe("rate_per_minute"));
  it.each([
    [0, "0.00"],
    [5, "0.05"],
    [250, "2.50"],
    [99999, "999.99"],
    [-5, "-0.05"],
  ])("spells %d as %s", (native, wire) => expect(cents.encode(native)).toBe(wire));
  it.each([
    ["3", 300],
    ["3.5", 350],
    ["03.05", 305],
  ])("reads %s", (wire, native) => expect(cents.decode(wire)).toEqual({ value: native }));
  it.each([
    "",
    ".5",
    "3.",
    "3.555",
    "-1",
    "+1",
    "1e3",
    "0x10",
    " 1",
    "1,5",
    "１",
    "99999999999999",
    2.5,
    250,
    null,
    ["1"],
    true,
  ])("refuses %j", (wire) => expectIssue(cents, wire, issue));
});

describe("clockTime", () => {
  const time = clockTime(snakeKeys);

  it("round-trips, the end of the day included", () => expectRoundTrip(time, fc.nat({ max: 1440 })));
  it.each([
    ["startMinute", "start_time"],
    ["minute", "time"],
  ])("names %s %s", (native, wire) => expect(time.key?.(native)).toBe(wire));
  it("spells the end of the day", () => expect(time.encode(1440)).toBe("24:00"));
  it.each(["24:01", "25:00", "9:00", "09:60", "09:00:00", "0900", "", 540, null])("refuses %j", (wire) =>
    expectIssue(time, wire, "must be a time as HH:MM"),
  );
});
