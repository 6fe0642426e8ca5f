import type { RequestFacts } from "@parley/surface-kit/context";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiTokenOf } from "../testing/api-token";
import { type Person, startTestApp, type TestApp } from "../testing/app";
import { createCallers } from "./callers";

let test: TestApp;
let ann: Person;
let bob: Person;
beforeAll(async () => {
  test = await startTestApp();
  [ann, bob] = [await test.person(), await test.person()];
});
afterAll(() => test.close());

const web = "http://localhost:3000";
const own = { origin: web };
const both = ["session", "bearer"];

/** What is made of a request, by who is known in the end: an id, `nobody`, `invalid`, or `refused`. */
async function caller(auth: readonly string[], headers: Record<string, string>, method = "POST", webUrl = web) {
  const identify = createCallers(test.deps, { webUrl, apiUrl: "http://localhost:4000" });
  const facts: RequestFacts = {
    ...{ method, auth, authorization: headers.authorization, header: (name) => headers[name] },
    ...{ address: "127.0.0.1", userAgent: null, requestId: "test" },
  };
  const { authentication, refusal } = await identify(facts);
  if (refusal !== undefined) return "refused";
  if (authentication.kind === "authenticated") return authentication.actor.userId;
  return authentication.kind === "anonymous" ? "nobody" : "invalid";
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe("a route that takes the session alone", () => {
  const auth = ["session"];
  it("hears the web app's own pages", async () => {
    expect(await caller(auth, { cookie: ann.cookie, ...own })).toBe(ann.id);
    expect(await caller(auth, { cookie: ann.cookie }, "GET")).toBe(ann.id);
    expect(await caller(auth, { cookie: `a=b; ${ann.cookie}; c=d`, ...own })).toBe(ann.id);
  });

  it("reads a cookie that next-auth has cut into pieces", async () => {
    const [name = "", value = ""] = ann.cookie.split("=");
    const cookie = `${name}.1=${value.slice(100)}; ${name}.0=${value.slice(0, 100)}`;
    expect(await caller(auth, { cookie, ...own })).toBe(ann.id);
  });

  it("does not look at tokens", async () => {
    const { token } = await apiTokenOf(test.deps, ann.id, { scopes: ["profile:read"] });
    expect(await caller(auth, { ...bearer(ann.token), ...own })).toBe("nobody");
    expect(await caller(auth, bearer(token))).toBe("nobody");
    expect(await caller(auth, { ...bearer(bob.token), cookie: ann.cookie, ...own })).toBe(ann.id);
  });

  it("hears no cookie that is none of this web app's", async () => {
    for (const cookie of ["next-auth.session-token=nonsense", `next-auth.session-token=${ann.token}`]) {
      expect(await caller(auth, { cookie, ...own })).toBe("invalid");
    }
    expect(await caller(auth, { cookie: `__Secure-${ann.cookie}`, ...own })).toBe("nobody");
    expect(await caller(auth, own)).toBe("nobody");
  });

  it("asks for the secure cookie where the web app is served over https", async () => {
    const https = "https://parley.example";
    const sent = (cookie: string) => caller(auth, { cookie, origin: https }, "POST", https);
    expect(await sent(`__Secure-${ann.cookie}`)).toBe(ann.id);
    expect(await sent(ann.cookie)).toBe("nobody");
  });

  it("refuses what a page of another site changes, and knows nobody in what it reads", async () => {
    const elsewhere = { cookie: ann.cookie, origin: "https://elsewhere.example" };
    expect(await caller(auth, elsewhere)).toBe("refused");
    expect(await caller(auth, { cookie: ann.cookie })).toBe("refused");
    expect(await caller(auth, elsewhere, "GET")).toBe("nobody");
    expect(await caller(auth, { cookie: ann.cookie, "sec-fetch-site": "cross-site" }, "GET")).toBe("nobody");
  });

  it("hears nobody whose session is over, or who is banned or deleted", async () => {
    const ends = [
      "UPDATE sessions SET ended_at = now() WHERE user_id = $1",
      "UPDATE users SET banned_at = now() WHERE id = $1",
      "UPDATE users SET deleted_at = now() WHERE id = $1",
    ];
    for (const end of ends) {
      const { id, cookie } = await test.person();
      expect(await caller(auth, { cookie, ...own })).toBe(id);
      await test.deps.database.pool.query(end, [id]);
      await expect.poll(() => caller(auth, { cookie, ...own })).toBe("invalid");
    }
  });
});

describe("a route that takes bearer tokens alone", () => {
  it("does not look at cookies", async () => {
    expect(await caller(["bearer"], { cookie: ann.cookie, ...own })).toBe("nobody");
    expect(await caller(["bearer"], { ...bearer(bob.token), cookie: ann.cookie })).toBe(bob.id);
    expect(await caller(["bearer"], { cookie: ann.cookie, origin: "https://elsewhere.example" })).toBe("nobody");
  });
});

describe("a route that takes both", () => {
  it("hears either", async () => {
    expect(await caller(both, { cookie: ann.cookie, ...own })).toBe(ann.id);
    expect(await caller(both, bearer(bob.token))).toBe(bob.id);
  });

  it("lets a token speak for itself, also from other sites, and does not fall back to the cookie", async () => {
    const headers = { ...bearer(bob.token), cookie: ann.cookie, origin: "https://elsewhere.example" };
    expect(await caller(both, headers)).toBe(bob.id);
    expect(await caller(both, { ...own, ...bearer("garbage"), cookie: ann.cookie })).toBe("invalid");
  });

  it("takes another scheme of authorization for none", async () => {
    expect(await caller(both, { authorization: "Basic dXNlcjpwYXNz", cookie: ann.cookie, ...own })).toBe(ann.id);
  });
});
