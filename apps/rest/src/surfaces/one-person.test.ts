import { updatePersonInput } from "@parley/api/schema/profile/person";
import { ulidFromUuid } from "@parley/surface-kit/codecs/ulid";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Person, startTestApp, type TestApp } from "../testing/app";
import { type Answer, at, type CallOptions, call } from "../testing/calls";
import { operationsOf } from "../testing/operations";
import { readers, type Writer, writers } from "../testing/person-spellings";
import { type PersonField, personFields, personValues } from "../testing/person-values";
import { type Colour, pngOf } from "../testing/picture";
import { outsideAlone, usePictureServer } from "../testing/picture-server";
import { discoverSurfaces } from "./discover";

/** One person, four spellings, and tRPC: what one of them writes all others show, and what one refuses all others do. */

const pictures = usePictureServer();
let test: TestApp;
let ann: Person;
beforeAll(async () => {
  test = await startTestApp({ remoteFetch: outsideAlone() });
  ann = await test.person({ isEmailVerified: true });
});
afterAll(() => test.close());

type Values = { [Field in PersonField]?: unknown };

async function ask(status: number, route: string, options: CallOptions = {}): Promise<Answer> {
  const answer = await call(test.app, route, { token: ann.token, ...options });
  expect(answer.status, `${route}: ${answer.body}`).toBe(status);
  return answer;
}

function write(status: number, { route, writes, spell = (value) => value }: Writer, values: Values): Promise<Answer> {
  const members = Object.entries(values).map(([field, value]) => [writes[field as PersonField], spell(value)]);
  return ask(status, route, { json: Object.fromEntries(members) });
}

/** By reader and field, what is shown of those fields. */
async function shown(fields: readonly PersonField[]): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const { name, route, shows } of readers.filter((reader) => fields.some((field) => field in reader.shows))) {
    const { json } = await ask(200, route);
    for (const field of fields.filter((candidate) => candidate in shows)) {
      // A surface that leaves out what is not known says null so.
      found[`${field} in ${name}`] = at(json, shows[field] ?? "") ?? null;
    }
  }
  return found;
}

/** The same, if every reader shows these values. */
function everywhere(values: Values): Record<string, unknown> {
  const places = Object.entries(values).flatMap(([field, value]) =>
    readers.filter(({ shows }) => field in shows).map(({ name }) => [`${field} in ${name}`, value]),
  );
  return Object.fromEntries(places);
}

const writersOf = (field: PersonField) => writers.filter(({ writes }) => field in writes);
const fieldsOf = ({ writes }: Writer) => personFields.filter((field) => field in writes);

describe.each(personFields.map((field) => ({ field })))("$field", ({ field }) => {
  const { valid, invalid } = personValues[field];

  it.each(writersOf(field).map((writer) => ({ name: writer.name, writer })))(
    "is shown everywhere as $name wrote it",
    async ({ writer }) => {
      const holds = fc.asyncProperty(valid, async ({ sent, kept }) => {
        await write(200, writer, { [field]: sent });
        expect(await shown([field])).toEqual(everywhere({ [field]: kept }));
      });
      await fc.assert(holds, { numRuns: 2 });
    },
  );

  it("is refused everywhere where it is not valid, and stays as it is", async () => {
    const before = await shown([field]);
    const holds = fc.asyncProperty(invalid, async (value) => {
      for (const writer of writersOf(field)) {
        const answer = await write(writer.refusedWith, writer, { [field]: value });
        expect(writer.faults(answer), writer.name).toEqual([writer.writes[field]]);
      }
    });
    await fc.assert(holds, { numRuns: 2 });
    expect(await shown([field])).toEqual(before);
  });
});

describe("several fields at once", () => {
  /** Some fields of one writer, and one of them that may be wrong. */
  const several = fc.constantFrom(...writers).chain((writer) =>
    fc.record({
      writer: fc.constant(writer),
      values: fc.record(Object.fromEntries(fieldsOf(writer).map((field) => [field, personValues[field].valid])), {
        requiredKeys: [],
      }),
      wrong: fc
        .constantFrom(...fieldsOf(writer))
        .chain((field) => personValues[field].invalid.map((value) => ({ field, value }))),
    }),
  );

  it("are all shown everywhere and leave the rest as it was, or none is where one is wrong", async () => {
    const holds = fc.asyncProperty(several, async ({ writer, values, wrong }) => {
      const [sent, kept] = (["sent", "kept"] as const).map((which) =>
        Object.fromEntries(Object.entries(values).map(([field, value]) => [field, value?.[which]])),
      );
      const before = await shown(personFields);
      await write(200, writer, sent ?? {});
      const after = { ...before, ...everywhere(kept ?? {}) };
      expect(await shown(personFields)).toEqual(after);

      const answer = await write(writer.refusedWith, writer, { ...sent, [wrong.field]: wrong.value });
      expect(writer.faults(answer)).toEqual([writer.writes[wrong.field]]);
      expect(await shown(personFields)).toEqual(after);
    });
    await fc.assert(holds, { numRuns: 6 });
  });
});

describe("the avatar", () => {
  const form = (name: string) => (colour: Colour) => ({
    form: [{ name, fileName: "me.png", type: "image/png", bytes: pngOf(colour) }],
  });
  const address = (name: string) => (colour: Colour) => ({ json: { [name]: pictures.pictureOf(colour) } });
  const ways: [string, (colour: Colour) => CallOptions][] = [
    ["PUT /v1/users/me/avatar", form("avatar")],
    ["PATCH /me", address("avatarUrl")],
    ["POST /api/user/avatar/upload", form("file")],
    ["POST /api/user/avatar/from-url", address("url")],
    ["POST /trpc/profile.replaceAvatarFromUrl", address("url")],
    ["POST /trpc/profile.updatePerson", address("avatarUrl")],
  ];
  const nones: [string, CallOptions][] = [
    ["DELETE /v1/users/me/avatar", {}],
    ["PATCH /me", { json: { avatarUrl: null } }],
    ["POST /trpc/profile.removeAvatar", { json: {} }],
    ["POST /trpc/profile.updatePerson", { json: { avatarUrl: null } }],
  ];

  async function avatars(): Promise<unknown[]> {
    const places = [
      ["GET /v1/users/me", "avatar_url"],
      ["GET /me", "avatarUrl"],
      ["GET /api/user", "avatarUrl"],
      ["GET /trpc/profile.me", "result.data.avatarUrl"],
      ["GET /trpc/profile.person", "result.data.avatarUrl"],
    ] as const;
    return Promise.all(places.map(async ([route, path]) => at((await ask(200, route)).json, path) ?? null));
  }

  it("is the same picture everywhere, whichever way it came", async () => {
    const channel = fc.integer({ min: 0, max: 255 });
    const holds = fc.asyncProperty(fc.tuple(channel, channel, channel), async (colour) => {
      const seen = new Set<unknown>();
      for (const [route, send] of ways) {
        // So that what is seen afterwards is what this way has brought.
        await ask(204, "DELETE /v1/users/me/avatar");
        await ask(200, route, send(colour));
        for (const url of await avatars()) seen.add(url);
      }
      expect([...seen]).toEqual([expect.stringMatching(/\/avatars\/.+\.jpg$/)]);
    });
    await fc.assert(holds, { numRuns: 2 });
  });

  it.each(nones)("is gone everywhere after %s", async (route, options) => {
    await ask(200, "PUT /v1/users/me/avatar", form("avatar")([1, 2, 3]));
    expect(new Set(await avatars())).not.toContain(null);
    await call(test.app, route, { token: ann.token, ...options });
    expect(new Set(await avatars())).toEqual(new Set([null]));
  });
});

describe("these tests", () => {
  // A picture and a device are no values; both have their own tests.
  const others = ["avatarUrl", "fcmToken", "fcm_token"];

  it("know every field that a person has", () => {
    const fields = Object.keys(updatePersonInput.shape).filter((field) => !others.includes(field));
    expect([...fields, "username"].sort()).toEqual([...personFields].sort());
  });

  it("know every member that a surface takes", async () => {
    const operations = (await discoverSurfaces()).flatMap(operationsOf);
    for (const route of new Set(writers.map((writer) => writer.route).filter((route) => !route.includes("/trpc/")))) {
      const plan = operations.find(({ key }) => key === route)?.plan;
      const members = plan?.bodyFields.map(({ wire }) => wire).filter((wire) => !others.includes(wire));
      const known = writers.filter((writer) => writer.route === route).flatMap(({ writes }) => Object.values(writes));
      expect(members?.sort(), route).toEqual(known.sort());
    }
  });
});

describe("what nobody writes", () => {
  it("is the same person, spelt four ways", async () => {
    const routes = ["GET /v1/users/me", "GET /me", "GET /api/v1/users/me", "GET /api/user", "GET /trpc/profile.person"];
    const [v1, me, apiV1, apiUser, trpc] = await Promise.all(routes.map(async (route) => (await ask(200, route)).json));
    const { id, email, createdAt, role, number } = at(trpc, "result.data") as Record<string, string>;
    const inSeconds = String(createdAt).replace(/\.\d{3}Z$/, "Z");
    expect(id).toBe(ann.id);
    expect(v1).toMatchObject({ id: ulidFromUuid(ann.id), email, role, email_verified: true, created_at: inSeconds });
    expect(me).toMatchObject({ id, defaultEmail: email, status: "active", createdAt, emails: [{ verified: true }] });
    expect(at(apiV1, "data.user")).toMatchObject({ id: number, uuid: id, email, role, active: true });
    expect(at(apiV1, "data.user.created_at")).toBe(inSeconds);
    expect(apiUser).toMatchObject({ id, email, emailVerified: true, createdAt });
  });
});
