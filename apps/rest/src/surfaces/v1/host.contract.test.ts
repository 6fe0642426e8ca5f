import { describe, expect, it } from "vitest";
import { at, type CallOptions } from "../../testing/calls";
import { contractOf } from "../../testing/contract";
import { detailsOf, profilesIn } from "../../testing/v1-answers";
import surface from "./surface";

const contract = contractOf(surface, ["/v1/users/me/rate", "/v1/users/me/toggle-available"]);
const { parallel, person, refused } = contract;
const setRate = "PUT /v1/users/me/rate";
const toggle = "PUT /v1/users/me/toggle-available";

const profileOf = profilesIn(contract);
const json = { "content-type": "application/json" };

describe("PUT /v1/users/me/rate", () => {
  it.each([
    ["3.00", "3.00"],
    ["2.5", "2.50"],
    ["7", "7.00"],
    ["0.50", "0.50"],
    ["0.5", "0.50"],
    ["999.99", "999.99"],
  ])("takes %j for %s, and says nothing else", async (sent, rate) => {
    const host = await person({ role: "host" });
    const answer = await contract.call(200, setRate, { token: host.token, json: { rate_per_minute: sent } });
    expect(answer.body).toBe(`{"rate_per_minute":"${rate}"}`);
    expect(await profileOf(host)).toMatchObject({ rate_per_minute: rate });
  });

  const notDecimal = "must be a decimal string with at most two digits after the point";
  const outOfBounds = "must be between 0.50 and 999.99";
  const misspelt = "2.505|1e2|| 2.50|2.50 |+2.50|-2.50|.50|2.|2,50|$2.50|0x10|NaN|٢.٥٠".split("|");
  const outside = ["0.49", "0", "0.00", "1000.00", "1000", "9999999999999"];
  const refusedRates: [sent: unknown, message: string][] = [
    ...misspelt.map((sent): [string, string] => [sent, notDecimal]),
    ...[2.5, 3, null, true, ["2.50"], { amount: "2.50" }].map((sent): [unknown, string] => [sent, notDecimal]),
    ...outside.map((sent): [string, string] => [sent, outOfBounds]),
    [undefined, "is required"],
  ];
  it.each(refusedRates)("refuses %j", async (sent, message) => {
    const host = await person({ role: "host" });
    const answer = await refused(400, "validation_error", setRate, {
      token: host.token,
      json: { rate_per_minute: sent },
    });
    expect(detailsOf(answer)).toEqual({ rate_per_minute: message });
    expect(await profileOf(host)).toMatchObject({ rate_per_minute: "2.50" });
  });

  it("changes nothing else", async () => {
    const host = await person({ role: "host" });
    const before = await profileOf(host);
    const json = { rate_per_minute: "4.00", window_size_minutes: 60, role: "admin", is_available: true, id: "x" };
    await contract.call(200, setRate, { token: host.token, json });
    expect(await profileOf(host)).toEqual({ ...(before as object), rate_per_minute: "4.00" });
  });

  it("is for hosts and administrators alone, whatever they send", async () => {
    const { token } = await person({ role: "admin" });
    await contract.call(200, setRate, { token, json: { rate_per_minute: "3.00" } });
    await expectAskedInOrder(setRate);
  });
});

describe("PUT /v1/users/me/toggle-available", () => {
  it("flips where nothing is sent, and says nothing but the state", async () => {
    const host = await person({ role: "host" });
    const { token } = host;
    expect((await contract.call(200, toggle, { token })).body).toBe('{"is_available":true}');
    expect(await profileOf(host)).toMatchObject({ is_available: true });
    expect((await contract.call(200, toggle, { token, json: {} })).body).toBe('{"is_available":false}');
    expect((await contract.call(200, toggle, { token, raw: "", headers: json })).body).toBe('{"is_available":true}');
    expect((await contract.call(200, toggle, { token, json: { available: true } })).json).toEqual({
      is_available: false,
    });
  });

  it("sets the state that is sent, however often", async () => {
    const { token } = await person({ role: "host" });
    for (const is_available of [true, true, false, false]) {
      const answer = await contract.call(200, toggle, { token, json: { is_available, role: "admin" } });
      expect(answer.json).toEqual({ is_available });
    }
  });

  it("refuses another type, and flips nothing", async () => {
    const host = await person({ role: "host" });
    for (const is_available of ["true", 1, 0, null, [], {}]) {
      const answer = await refused(400, "validation_error", toggle, { token: host.token, json: { is_available } });
      expect(detailsOf(answer)).toEqual({ is_available: "must be a boolean" });
    }
    for (const raw of ["{", "null", "true", "[]"])
      await contract.call(400, toggle, { token: host.token, raw, headers: json });
    await contract.call(415, toggle, { token: host.token, raw: "is_available=true" });
    expect(await profileOf(host)).toMatchObject({ is_available: false });
  });

  it("loses none of 21 flips at once", async () => {
    const host = await person({ role: "host" });
    const answers = await parallel(21, () => [toggle, { token: host.token }]);
    expect(answers.filter(({ json }) => at(json, "is_available") === true)).toHaveLength(11);
    expect(await profileOf(host)).toMatchObject({ is_available: true });
  });

  it("is for hosts alone, whatever they send", async () => {
    const { token } = await person({ role: "admin" });
    await refused(403, "forbidden", toggle, { token });
    await expectAskedInOrder(toggle);
  });
});

/** A host's route asks for the token, then for the role, and only then reads the body. */
async function expectAskedInOrder(route: string): Promise<void> {
  const bodies: CallOptions[] = [{}, { json: { rate_per_minute: 7, is_available: 7 } }, { raw: "{", headers: json }];
  for (const body of [...bodies, { raw: "x", headers: { "content-type": "text/plain" } }]) {
    await refused(401, "unauthorized", route, body);
    await refused(401, "unauthorized", route, { ...body, token: "nonsense" });
    for (const role of ["user", "verified_user"] as const) {
      await refused(403, "forbidden", route, { ...body, token: (await person({ role })).token });
    }
  }
  const { token } = await person({ role: "host" });
  await refused(400, "validation_error", route, { token, raw: "{", headers: json });
  await contract.call(415, route, { token, raw: "{}", headers: { "content-type": "text/plain" } });
  await refused(400, "validation_error", `${route}?access_token=x`, { token });
}
