import type { AppRouter } from "@parley/api";
import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  isNonJsonSerializable,
  splitLink,
  TRPCClientError,
} from "@trpc/client";
import type { inferRouterInputs } from "@trpc/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Person, TestApp } from "../testing/app";
import { at } from "../testing/calls";
import { callOver } from "../testing/over-http";
import { pngOf } from "../testing/picture";
import { type ServedApp, serveTestApp } from "../testing/served-app";

let served: ServedApp;
let test: TestApp;
let url: string;

beforeAll(async () => {
  served = await serveTestApp();
  ({ test, url } = served);
});
afterAll(() => served.close());

describe("/trpc", () => {
  type Inputs = inferRouterInputs<AppRouter>;

  function clientFor(token?: string) {
    const options = { url: `${url}/trpc`, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } };
    return createTRPCClient<AppRouter>({
      links: [
        splitLink({
          condition: ({ input }) => isNonJsonSerializable(input),
          true: httpLink(options),
          false: httpBatchLink(options),
        }),
      ],
    });
  }

  async function refusalOf(asking: Promise<unknown>) {
    const error: unknown = await asking.then(
      () => null,
      (refusal: unknown) => refusal,
    );
    if (!(error instanceof TRPCClientError)) throw new Error("it was not refused", { cause: error });
    const typed: TRPCClientError<AppRouter> = error;
    return { message: typed.message, data: typed.data };
  }

  let jane: Person;
  beforeAll(async () => {
    jane = await test.person({ role: "host", displayName: "Jane Smith", isAvailable: true });
  });

  it("answers typed calls with a bearer token, many in one request", async () => {
    const client = clientFor(jane.token);
    const [me, hosts] = await Promise.all([client.profile.me.query(), client.directory.search.query({ q: "jane" })]);
    expect(me.displayName.toUpperCase()).toBe("JANE SMITH");
    expect(me.id).toBe(jane.id);
    expect(hosts.items.map(({ id }) => id)).toContain(jane.id);
    expect(await client.hostOnboarding.setRate.mutate({ ratePerMinuteCents: 300 })).toEqual({
      ratePerMinuteCents: 300,
    });
  });

  it("names the refusal, and its fields, in the failure of the error's data", async () => {
    const client = clientFor(jane.token);
    expect(await refusalOf(client.profile.update.mutate({ displayName: "" }))).toEqual({
      message: "Some fields are not valid",
      data: {
        code: "BAD_REQUEST",
        httpStatus: 400,
        path: "profile.update",
        failure: { code: "validation_error", details: { displayName: "must not be empty" } },
      },
    });
    const anonymous = await refusalOf(clientFor().profile.me.query());
    expect(anonymous.data).toMatchObject({ httpStatus: 401, failure: { code: "unauthorized", details: null } });
    const forbidden = await refusalOf(client.account.findUsers.query({}));
    expect(forbidden.data).toMatchObject({ httpStatus: 403, failure: { code: "forbidden" } });
    const conflict = await refusalOf(
      client.account.register.mutate({ email: jane.email, password: "correct horse battery" }),
    );
    expect(conflict.data).toMatchObject({ httpStatus: 409, failure: { code: "conflict" } });
  });

  it("refuses one call of a request without harm to the others", async () => {
    const client = clientFor(jane.token);
    const [me, refused] = await Promise.all([
      client.profile.me.query(),
      refusalOf(client.profile.publicByUsername.query({ username: "nobody-at-all" })),
    ]);
    expect(me.id).toBe(jane.id);
    expect(refused.data?.failure.code).toBe("not_found");
  });

  it("takes an avatar as a form", async () => {
    const form = new FormData();
    form.set("avatar", new File([new Uint8Array(pngOf([200, 30, 30]))], "a.png", { type: "image/png" }));
    // The form's parts are the input's members; only its type does not say so.
    const { avatarUrl } = await clientFor(jane.token).profile.replaceAvatar.mutate(
      form as unknown as Inputs["profile"]["replaceAvatar"],
    );
    const { pathname } = new URL(avatarUrl);
    const picture = await callOver(url, `GET ${pathname}`);
    expect([picture.status, picture.contentType]).toEqual([200, "image/jpeg"]);
    expect([...picture.bytes.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    expect((await clientFor(jane.token).profile.me.query()).avatarUrl).toBe(avatarUrl);
  });

  it("refuses a form that is none, and keeps the avatar", async () => {
    const form = new FormData();
    form.set("avatar", new File(["<svg/>"], "a.png", { type: "image/png" }));
    const { token } = await test.person();
    const client = clientFor(token);
    const refused = await refusalOf(
      client.profile.replaceAvatar.mutate(form as unknown as Inputs["profile"]["replaceAvatar"]),
    );
    expect(refused.data).toMatchObject({ httpStatus: 400, failure: { code: "validation_error" } });
    expect(Object.keys(refused.data?.failure.details ?? {})).toEqual(["avatar"]);
    expect((await client.profile.me.query()).avatarUrl).toBeNull();
  });

  const json = { "content-type": "application/json" };
  it.each([
    { what: "an unknown procedure", route: "GET /trpc/no.such", options: {}, status: 404 },
    { what: "malformed JSON", route: "POST /trpc/account.signIn", options: { raw: "{", headers: json }, status: 400 },
    { what: "malformed input", route: "GET /trpc/directory.search?input={", options: {}, status: 400 },
    {
      what: "a batch of nonsense",
      route: "GET /trpc/directory.search,directory.search?batch=1&input=[",
      options: {},
      status: 400,
    },
    { what: "the wrong method", route: "GET /trpc/account.signIn", options: {}, status: 405 },
    {
      what: "another type",
      route: "POST /trpc/account.signIn",
      options: { raw: "{}", headers: { "content-type": "text/plain" } },
      status: 415,
    },
    {
      what: "a type that nobody reads",
      route: "POST /trpc/account.signIn",
      options: { raw: "<a/>", headers: { "content-type": "text/xml" } },
      status: 415,
    },
    {
      what: "a body too large",
      route: "POST /trpc/account.signIn",
      options: { json: { email: "x".repeat(2 ** 21) } },
      status: 400,
    },
    { what: "a body that is no object", route: "POST /trpc/account.signIn", options: { json: [1] }, status: 400 },
    {
      what: "prototype keys",
      route: "POST /trpc/account.signIn",
      options: { raw: '{"__proto__":{"email":"a"}}', headers: json },
      status: 400,
    },
  ])("tells nothing of the inside to $what", async ({ route, options, status }) => {
    const answer = await callOver(url, route, options);
    expect(answer.status, answer.body).toBe(status);
    expect(answer.body).not.toMatch(/stack|node_modules|\.ts\b|FST_|Something went wrong/);
  });

  it("answers 503 while the database is away, to callers with and without a token", async () => {
    await served.whileDatabaseIsAway(async () => {
      const unavailable = {
        httpStatus: 503,
        code: "SERVICE_UNAVAILABLE",
        failure: { code: "unavailable", details: null },
      };
      expect((await refusalOf(clientFor().directory.search.query({}))).data).toMatchObject(unavailable);
      expect((await refusalOf(clientFor(jane.token).profile.me.query())).data).toMatchObject(unavailable);
      const raw = await callOver(url, "GET /trpc/profile.me", { token: jane.token });
      expect([raw.status, at(raw.json, "error.message")]).toEqual([
        503,
        "The service is not available right now; try again shortly",
      ]);
    });
  });
});
