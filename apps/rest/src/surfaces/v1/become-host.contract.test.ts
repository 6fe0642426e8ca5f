import { ulidFromUuid } from "@parley/surface-kit/codecs/ulid";
import { describe, expect, it } from "vitest";
import { contractOf } from "../../testing/contract";
import { detailsOf, messageOf, profilesIn } from "../../testing/v1-answers";
import surface from "./surface";

const contract = contractOf(surface, ["/v1/users/me/become-host"]);
const { parallel, person, refused } = contract;
const me = "GET /v1/users/me";
const becomeHost = "POST /v1/users/me/become-host";

const profileOf = profilesIn(contract);
const json = { "content-type": "application/json" };

/** Somebody whom nothing keeps from becoming a host. */
const candidate = () => person({ role: "verified_user", isAgeVerified: true });
/** Source: 000, the request of POST /v1/users/me/become-host, under a name of its own. */
const application = (username: string) => ({
  username,
  bio: "Life coach and productivity consultant",
  rate_per_minute: "2.50",
  window_size_minutes: 10,
});

describe("POST /v1/users/me/become-host", () => {
  it("makes a host of whoever has proven address and age, at once", async () => {
    const { id, email, token } = await candidate();
    const answer = await contract.call(200, becomeHost, { token, json: application("JaneCoach") });
    const { created_at } = answer.json as { created_at: string };
    expect(answer.body).toBe(
      JSON.stringify({
        id: ulidFromUuid(id),
        email,
        display_name: "Jane Smith",
        username: "janecoach",
        bio: "Life coach and productivity consultant",
        avatar_url: null,
        role: "host",
        email_verified: true,
        is_age_verified: true,
        is_available: false,
        rate_per_minute: "2.50",
        window_size_minutes: 10,
        payout_enabled: false,
        created_at,
      }),
    );
    expect((await contract.call(200, me, { token })).body).toBe(answer.body);
    await contract.call(200, "GET /v1/users/janecoach");
    await contract.call(200, "PUT /v1/users/me/rate", { token, json: { rate_per_minute: "3.00" } });
    await contract.call(200, "PUT /v1/users/me/toggle-available", { token });
  });

  it("leaves a bio that is left out, and clears one that is null", async () => {
    for (const [bio, expected] of [
      [undefined, "A bio"],
      [null, null],
    ]) {
      const owner = await person({ role: "verified_user", isAgeVerified: true, bio: "A bio" });
      const body = { ...application(`bio-${String(bio)}`), bio };
      const answer = await contract.call(200, becomeHost, { token: owner.token, json: body });
      expect(answer.json).toMatchObject({ bio: expected });
    }
  });

  it("says what is still to be proven, and what can never be", async () => {
    const people = {
      "Verify your e-mail address before you become a host": await person({ role: "user", isAgeVerified: true }),
      "Verify your age before you become a host": await person({ role: "verified_user" }),
    };
    for (const [message, owner] of Object.entries(people)) {
      const answer = await refused(403, "forbidden", becomeHost, {
        token: owner.token,
        json: application("too-early"),
      });
      expect(messageOf(answer)).toBe(message);
      expect(await profileOf(owner)).toMatchObject({ username: null, rate_per_minute: null });
    }
    const { token } = await person({ role: "admin" });
    await refused(403, "forbidden", becomeHost, { token, json: application("too-early") });
  });

  it("refuses a username that is taken, and whoever is a host already", async () => {
    const taken = await person({ role: "host" });
    const { token } = await candidate();
    const json = application(String(taken.username).toUpperCase());
    const answer = await refused(409, "conflict", becomeHost, { token, json });
    expect(detailsOf(answer)).toEqual({ username: "is taken" });
    const again = await refused(409, "conflict", becomeHost, { token: taken.token, json: application("once-more") });
    expect(messageOf(again)).toBe("You are a host already");
    expect(await profileOf(taken)).toMatchObject({ username: taken.username });
  });

  it("ignores what a caller may not decide", async () => {
    const owner = await candidate();
    const json = {
      ...application("no-more-than-host"),
      ...{ id: "01JN2X4K8M3F7QPZRVWT6YBHCE", email: "evil@example.com", role: "admin", payout_enabled: true },
      ...{ is_available: true, created_at: "2001-01-01T00:00:00Z", ratePerMinuteCents: 1, windowSizeMinutes: 1 },
    };
    const before = await profileOf(owner);
    const answer = await contract.call(200, becomeHost, { token: owner.token, json });
    expect(answer.json).toEqual({ ...(before as object), ...application("no-more-than-host"), role: "host" });

    const unproven = await person();
    const proven = {
      ...application("self-proven"),
      email_verified: true,
      is_age_verified: true,
      role: "verified_user",
    };
    await refused(403, "forbidden", becomeHost, { token: unproven.token, json: proven });
  });

  it("gives a username that 20 people claim at once to one of them", async () => {
    const people = await Promise.all(Array.from({ length: 20 }, candidate));
    const answers = await parallel(20, (n) => [becomeHost, { token: people[n]?.token, json: application("claimed") }]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(409)]);
  });

  it("makes a host once of whoever asks 20 times at once", async () => {
    const { token } = await candidate();
    const answers = await parallel(20, (n) => [becomeHost, { token, json: application(`attempt-${n}`) }]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(409)]);
    const [winner] = answers.filter(({ status }) => status === 200);
    expect((await contract.call(200, me, { token })).body).toBe(winner?.body);
  });

  it("replays the first answer to a key, and refuses the key for another body", async () => {
    const { token } = await candidate();
    const send = (status: number, username: string) =>
      contract.call(status, becomeHost, {
        token,
        json: application(username),
        headers: { "x-idempotency-key": "host-once" },
      });
    const first = await send(200, "host-once");
    expect((await send(200, "host-once")).body).toBe(first.body);
    await send(422, "host-twice");
  });

  it.each([
    ["nothing", { username: undefined, rate_per_minute: undefined, window_size_minutes: undefined }, "is required"],
    ["nulls", { username: null, rate_per_minute: null, window_size_minutes: null }, "must be "],
    ["a window of 0", { window_size_minutes: 0 }, "must be between 1 and 60"],
    ["a window of 61", { window_size_minutes: 61 }, "must be between 1 and 60"],
    ["a window of 1.5", { window_size_minutes: 1.5 }, "must be a whole number"],
    ["a window of text", { window_size_minutes: "10" }, "must be a number"],
    ["a window of 1e99", { window_size_minutes: 1e99 }, "must be "],
    ["a rate in numbers", { rate_per_minute: 2.5 }, "must be a decimal string"],
    ["a rate too low", { rate_per_minute: "0.49" }, "must be between 0.50 and 999.99"],
    ["a bio too long", { bio: "🦊".repeat(501) }, "must be at most 500 characters"],
    ["a bio with NUL", { bio: "a\u0000" }, "must not contain control characters"],
    ["half a character", { bio: "a\ud83e", username: "a\ud83eb" }, "must "],
    ["a reserved username", { username: "Login" }, "is reserved"],
    ["a username too short", { username: "ab" }, "must be 3 to 30 letters"],
  ])("refuses %s, before it looks at what is proven", async (_, change, message) => {
    for (const owner of [await candidate(), await person()]) {
      const json = { ...application("refused-anyway"), ...change };
      const answer = await refused(400, "validation_error", becomeHost, { token: owner.token, json });
      const expected = Object.keys(change).map((field) => [field, expect.stringContaining(message)]);
      expect(detailsOf(answer)).toEqual(Object.fromEntries(expected));
    }
  });

  it("takes the bounds of rate and window", async () => {
    for (const [rate, window] of [
      ["0.50", 1],
      ["999.99", 60],
    ] as const) {
      const { token } = await candidate();
      const bounds = { rate_per_minute: rate, window_size_minutes: window };
      const body = { ...application(`bounds-${window}`), ...bounds };
      expect((await contract.call(200, becomeHost, { token, json: body })).json).toMatchObject(bounds);
    }
  });

  it("looks at the token, then at the role, then at the body", async () => {
    const [{ token }, admin] = [await candidate(), await person({ role: "admin" })];
    await refused(401, "unauthorized", becomeHost, { raw: "{", headers: json });
    await refused(403, "forbidden", becomeHost, { token: admin.token, raw: "{", headers: json });
    await refused(403, "forbidden", becomeHost, { token: admin.token, raw: "{", headers: { "content-type": "x" } });
    await refused(400, "validation_error", becomeHost, { token, raw: "{", headers: json });
    await refused(400, "validation_error", becomeHost, { token });
    await contract.call(415, becomeHost, { token, raw: "{}", headers: { "content-type": "text/plain" } });
  });
});
