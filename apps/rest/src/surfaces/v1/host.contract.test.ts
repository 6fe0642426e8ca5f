import { ulidFromUuid } from "@parley/surface-kit/codecs/ulid";
import { describe, expect, it } from "vitest";
import type { Person } from "../../testing/app";
import { at, type CallOptions, call, type FormPart, textAt } from "../../testing/calls";
import { contractOf } from "../../testing/contract";
import surface from "./surface";

const onboarding = ["/v1/users/me/age-verification", "/v1/users/me/become-host"];
const contract = contractOf(surface, [...onboarding, "/v1/users/me/rate", "/v1/users/me/toggle-available"]);
const { person, refused } = contract;
const me = "GET /v1/users/me";
const ageStatus = "GET /v1/users/me/age-verification";
const proveAge = "POST /v1/users/me/age-verification";
const becomeHost = "POST /v1/users/me/become-host";
const setRate = "PUT /v1/users/me/rate";
const toggle = "PUT /v1/users/me/toggle-available";
const mebibyte = 1024 * 1024;

const sql = (text: string, values: unknown[]) => contract.test.deps.database.pool.query(text, values);
const detailsOf = (answer: { json: unknown }) => at(answer.json, "error.details");
const messageOf = (answer: { json: unknown }) => textAt(answer.json, "error.message");
const profileOf = async ({ token }: Person) => (await contract.call(200, me, { token })).json;
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

const pdf = Buffer.from("%PDF-1.7\n%%EOF\n");
const part = (bytes: Uint8Array, name = "document"): FormPart => ({ name, fileName: "x", type: "image/png", bytes });
const born = (birthDate: string): FormPart => ({ name: "birth_date", value: birthDate });
const proof = [born("1990-02-28"), part(pdf)];

/** An administrator's decision of somebody's open request. */
async function decide(owner: Person, verdict: "approve" | "reject", options: CallOptions = {}): Promise<void> {
  const { token } = await person({ role: "admin" });
  const { rows } = await sql("SELECT id FROM age_verifications WHERE user_id = $1 AND status = 'pending'", [owner.id]);
  const path = `/v1/admin/age-verifications/${ulidFromUuid(rows[0].id)}`;
  await contract.call(200, `POST ${path}/${verdict}`, { ...options, token });
}

describe("GET and POST /v1/users/me/age-verification", () => {
  it("goes from none over pending and rejected to verified", async () => {
    const owner = await person();
    const { token } = owner;
    const read = async () => (await contract.call(200, ageStatus, { token })).body;
    expect(await read()).toBe('{"status":"none","reason":null,"submitted_at":null}');

    const submitted = await contract.call(202, proveAge, { token, form: proof });
    expect(submitted.json).toEqual({
      status: "pending",
      reason: null,
      submitted_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    expect(await read()).toBe(submitted.body);
    await refused(409, "conflict", proveAge, { token, form: proof });

    await decide(owner, "reject", { json: { reason: "The photo is blurred" } });
    expect(JSON.parse(await read())).toMatchObject({ status: "rejected", reason: "The photo is blurred" });
    await contract.call(202, proveAge, { token, form: proof });
    expect(await profileOf(owner)).toMatchObject({ is_age_verified: false });
    await decide(owner, "approve");
    expect(JSON.parse(await read())).toMatchObject({ status: "verified", reason: null });
    expect(await profileOf(owner)).toMatchObject({ is_age_verified: true });
    await refused(409, "conflict", proveAge, { token, form: proof });
  });

  it("takes a JPEG, a PNG, a WebP or a PDF, as the bytes have it", async () => {
    const webp = Buffer.from("RIFF\u0004\u0000\u0000\u0000WEBP", "latin1");
    const png = Buffer.from("\u0089PNG\r\n\u001a\n", "latin1");
    for (const document of [pdf, webp, png, Buffer.from([0xff, 0xd8, 0xff, 0xe0])]) {
      const { token } = await person();
      await contract.call(202, proveAge, { token, form: [born("1990-02-28"), part(document)] });
    }
  });

  it("takes whoever is 18 today, and nobody who will be tomorrow", async () => {
    const { deps } = contract.test;
    const { clock } = deps;
    try {
      deps.clock = () => new Date("2026-06-15T23:59:59Z");
      const { token } = await person();
      const young = await refused(400, "validation_error", proveAge, { token, form: [born("2008-06-16"), part(pdf)] });
      expect(detailsOf(young)).toEqual({ birth_date: "must be at least 18 years ago" });
      await contract.call(202, proveAge, { token, form: [born("2008-06-15"), part(pdf)] });
    } finally {
      deps.clock = clock;
    }
  });

  const noDocument = "must be a JPEG, PNG or WebP image or a PDF";
  const refusals: [string, FormPart[], Record<string, string>][] = [
    ["nothing", [], { birth_date: "is required", document: "is required" }],
    ["no document", [born("1990-02-28")], { document: "is required" }],
    ["no birth date", [part(pdf)], { birth_date: "is required" }],
    ["a document under another name", [born("1990-02-28"), part(pdf, "passport")], { document: "is required" }],
    ["text for a document", [born("1990-02-28"), { name: "document", value: "x" }], { document: "must be a file" }],
    ["two documents", [...proof, part(pdf)], { document: "must be given once" }],
    ["two birth dates", [born("1990-01-01"), ...proof], { birth_date: "must be given once" }],
    ["an empty document", [born("1990-02-28"), part(Buffer.alloc(0))], { document: "must not be empty" }],
    ["a GIF", [born("1990-02-28"), part(Buffer.from("GIF89a"))], { document: noDocument }],
    [
      "10 MB and a byte",
      [born("1990-02-28"), part(Buffer.alloc(10 * mebibyte + 1))],
      { document: "must be at most 10 MB" },
    ],
    ["a day that is none", [born("1990-02-30"), part(pdf)], { birth_date: "must be a date as YYYY-MM-DD" }],
    ["another notation", [born("28.02.1990"), part(pdf)], { birth_date: "must be a date as YYYY-MM-DD" }],
    ["a time", [born("1990-02-28T00:00:00Z"), part(pdf)], { birth_date: "must be a date as YYYY-MM-DD" }],
    ["a day to come", [born("2999-01-01"), part(pdf)], { birth_date: "must not be in the future" }],
    ["a day too long ago", [born("1850-01-01"), part(pdf)], { birth_date: "must be at most 130 years ago" }],
    [
      "two faults at once",
      [born("2999-01-01"), part(Buffer.from("text"))],
      { birth_date: "must not be in the future", document: noDocument },
    ],
  ];
  it.each(refusals)("refuses %s", async (_, form, details) => {
    const { token } = await person();
    const answer = await refused(400, "validation_error", proveAge, { token, form });
    expect(detailsOf(answer)).toEqual(details);
    expect((await contract.call(200, ageStatus, { token })).json).toMatchObject({ status: "none" });
  });

  it("takes exactly 10 MB", async () => {
    const { token } = await person();
    const document = Buffer.concat([pdf, Buffer.alloc(10 * mebibyte - pdf.length)]);
    await contract.call(202, proveAge, { token, form: [born("1990-02-28"), part(document)] });
  });

  it("shows the document to nobody, and forgets it once it is decided", async () => {
    const owner = await person();
    await contract.call(202, proveAge, { token: owner.token, form: proof });
    const { rows } = await sql("SELECT document_key FROM age_verifications WHERE user_id = $1", [owner.id]);
    const key: string = rows[0].document_key;
    expect(key).toMatch(/^private\//);
    const { app, deps } = contract.test;
    expect((await deps.objects.get(key))?.bytes).toEqual(pdf);

    const disguises = [
      ...[key, key.replace("private/", "private%2F"), key.replace("private", "PRIVATE"), `/${key}`, `./${key}`],
      ...[`avatars/../${key}`, `avatars/%2e%2e/${key}`, `avatars%2F..%2F${key}`, `avatars/..%5C${key}`, `%2e/${key}`],
    ];
    const { token } = await person({ role: "admin" });
    for (const disguise of disguises) {
      for (const sent of [undefined, owner.token, token]) {
        const answer = await call(app, `GET /objects/${disguise}`, { token: sent });
        expect(answer.status, disguise).toBe(404);
        expect(answer.body).not.toContain("%PDF");
      }
    }
    await decide(owner, "approve");
    await contract.test.runJobs();
    expect(await deps.objects.exists(key)).toBe(false);
  });

  it("opens one request for a form that is sent again with its key", async () => {
    const owner = await person();
    const send = (status: number, form: FormPart[]) =>
      contract.call(status, proveAge, { token: owner.token, form, headers: { "idempotency-key": "prove-once" } });
    const first = await send(202, proof);
    const again = await send(202, proof);
    expect(again.body).toBe(first.body);
    expect(again.headers["idempotency-replayed"]).toBe("true");
    expect((await send(422, [born("1990-02-27"), part(pdf)])).json).toMatchObject({ error: { code: "conflict" } });
    const { rows } = await sql("SELECT id FROM age_verifications WHERE user_id = $1", [owner.id]);
    expect(rows).toHaveLength(1);
  });

  it("lets one of 20 parallel requests in", async () => {
    const { token } = await person();
    const answers = await parallel(20, () => [proveAge, { token, form: proof }]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, ...Array(19).fill(409)]);
  });

  it("decides nothing that a caller says of the outcome", async () => {
    const owner = await person();
    const extras = Object.entries({ status: "verified", is_age_verified: "true", user_id: owner.id, role: "host" });
    const form = [...proof, ...extras.map(([name, value]) => ({ name, value }))];
    await contract.call(202, proveAge, { token: owner.token, form });
    expect(await profileOf(owner)).toMatchObject({ is_age_verified: false, role: "user" });
  });

  it("asks for one token before it reads the form, and for a form", async () => {
    const { token } = await person();
    for (const route of [ageStatus, proveAge]) {
      await refused(401, "unauthorized", route);
      await refused(401, "unauthorized", route, { token: "nonsense" });
      await refused(400, "validation_error", `${route}?access_token=x`, { token });
    }
    await refused(401, "unauthorized", proveAge, { raw: "{", headers: json });
    await contract.call(415, proveAge, { token, json: { birth_date: "1990-02-28" } });
  });
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
    await contract.call(200, setRate, { token, json: { rate_per_minute: "3.00" } });
    await contract.call(200, toggle, { token });
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

/** So many requests at once, each as `make` has it. */
function parallel(count: number, make: (n: number) => [route: string, options: CallOptions]) {
  return Promise.all(Array.from({ length: count }, (_, n) => call(contract.test.app, ...make(n))));
}
