import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { ulidFromUuid } from "@parley/surface-kit/codecs/ulid";
import { describe, expect, it, onTestFinished } from "vitest";
import { createFront } from "../../listener/front";
import { createMetrics } from "../../metrics/plugin";
import type { Person } from "../../testing/app";
import { at, type CallOptions, call } from "../../testing/calls";
import { contractOf } from "../../testing/contract";
import { picture } from "../../testing/small-pictures";
import { detailsOf } from "../../testing/v1-answers";
import surface from "./surface";

const contract = contractOf(surface, [/^\/v1\/users\/\{username\}$/]);
const { person, refused, sql } = contract;
const update = "PUT /v1/users/me";
const upload = "PUT /v1/users/me/avatar";

const hostPath = (host: Person) => `/v1/users/${host.username}`;

describe("GET /v1/users/{username}", () => {
  it("shows a host to anyone, whatever they send as a token", async () => {
    const host = await person({ role: "host", username: "open-to-all" });
    const { body, headers } = await contract.call(200, "GET /v1/users/open-to-all");
    expect(JSON.parse(body)).toMatchObject({ bio: null, avatar_url: null, is_available: false, follower_count: 0 });
    expect(headers["cache-control"]).toBe("no-cache");
    for (const options of [{ token: host.token }, { token: "nonsense" }]) {
      expect((await contract.call(200, "GET /v1/users/open-to-all", options)).body).toBe(body);
    }
    expect((await contract.call(200, "GET /v1/users/Open-TO-all")).body).toBe(body);
  });

  it("answers alike for a name that is nobody's, no host's, or cannot be one", async () => {
    await person({ username: "no-host-yet" });
    await person({ role: "admin", username: "the-keeper" });
    const gone = await person({ role: "host", username: "gone-host" });
    await sql("UPDATE users SET deleted_at = now() WHERE id = $1", [gone.id]);
    const names = ["nobody-here", "no-host-yet", "the-keeper", "gone-host", "admin", "ab", "-abc", "x".repeat(31)];
    const oddities = ["%00", "%20", "a%00b", "%F0%9F%A6%8A", "%2e%2e", "a%2Fb", "x".repeat(200), "x".repeat(5000)];
    for (const name of [...names, ...oddities]) {
      const answer = await refused(404, "not_found", `GET /v1/users/${name}`);
      expect(detailsOf(answer), name).toBeNull();
    }
    const [first, ...others] = await Promise.all(names.map((name) => call(contract.test.app, `GET /v1/users/${name}`)));
    for (const other of others) expect(other.body).toBe(first?.body);
  });

  it("leads from a former name to the present one, until somebody else bears it", async () => {
    const host = await person({ role: "host", username: "maiden-name" });
    await contract.call(200, update, { token: host.token, json: { username: "married-name" } });
    const moved = await refused(307, "moved", "GET /v1/users/Maiden-Name?from=card");
    expect(moved.headers.location).toBe("/v1/users/married-name?from=card");
    expect(detailsOf(moved)).toEqual({ username: "married-name" });
    await contract.call(200, `GET ${moved.headers.location}`);

    await sql("UPDATE former_usernames SET released_at = now() - interval '91 days' WHERE username = $1", [
      "maiden-name",
    ]);
    await refused(307, "moved", "GET /v1/users/maiden-name");
    const heir = await person({ role: "host" });
    await contract.call(200, update, { token: heir.token, json: { username: "maiden-name" } });
    const { json } = await contract.call(200, "GET /v1/users/maiden-name");
    expect(at(json, "id")).toBe(ulidFromUuid(heir.id));
  });

  it("sends nothing to whoever has the present state already, and only the head to whoever asks for it", async () => {
    const host = await person({ role: "host", displayName: "Zoë 🦊" });
    const { headers, bytes } = await contract.call(200, `GET ${hostPath(host)}`);
    const etag = headers.etag ?? "";
    expect(etag).toMatch(/^"[^"]+"$/);
    const unchanged = await contract.call(304, `GET ${hostPath(host)}`, { headers: { "if-none-match": etag } });
    expect(unchanged.body).toBe("");
    const head = await contract.call(200, `HEAD ${hostPath(host)}`);
    expect(head.body).toBe("");
    expect(head.headers).toMatchObject({ etag, "content-length": String(bytes.length) });
    await contract.call(200, "PUT /v1/users/me/rate", { token: host.token, json: { rate_per_minute: "9.00" } });
    await contract.call(200, `GET ${hostPath(host)}`, { headers: { "if-none-match": etag } });
  });

  it("is answered from memory, and fresh within a second of any change", async () => {
    const front = await listening();
    const [host, fan] = [await person({ role: "host" }), await person()];
    const { token } = host;
    const path = hostPath(host);
    const follow = `/v1/users/${ulidFromUuid(host.id)}/follow`;
    const avatar = {
      form: [{ name: "avatar", fileName: "photo.png", type: "image/png", bytes: picture("png") }],
    };
    const changes: [string, CallOptions, object][] = [
      [update, { token, json: { display_name: "Zoë 🦊", bio: "Ünï" } }, { display_name: "Zoë 🦊", bio: "Ünï" }],
      ["PUT /v1/users/me/rate", { token, json: { rate_per_minute: "7" } }, { rate_per_minute: "7.00" }],
      ["PUT /v1/users/me/toggle-available", { token }, { is_available: true }],
      [upload, { token, ...avatar }, { avatar_url: expect.stringContaining("/objects/avatars/") }],
      ["DELETE /v1/users/me/avatar", { token }, { avatar_url: null }],
      [`POST ${follow}`, { token: fan.token }, { follower_count: 1 }],
      [`DELETE ${follow}`, { token: fan.token }, { follower_count: 0 }],
    ];
    for (const [route, options, expected] of changes) {
      await front.warm(path);
      expect((await call(contract.test.app, route, options)).status, route).toBeLessThan(300);
      await expect
        .poll(() => front.read(path), { timeout: 1_000, interval: 20, message: route })
        .toMatchObject(expected);
    }
    await front.warm(path);
    const usual = await contract.call(200, `GET ${path}`);
    expect(await front.read(path)).toEqual(usual.json);

    await contract.call(200, update, { token, json: { username: "warm-and-renamed" } });
    await expect.poll(() => front.status(path), { timeout: 1_000, interval: 20 }).toBe(307);
  });
});

/** The app on a port of its own, as it is served: with what it keeps in memory in front. */
async function listening() {
  const { app, deps } = contract.test;
  let answered = 0;
  const countCached = () => {
    answered += 1;
  };
  const metrics = { ...createMetrics(deps), countCached };
  const server = createServer(createFront(app, { deps, metrics, isProxyTrusted: false })).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const get = (path: string) => fetch(origin + path, { redirect: "manual" });
  return {
    read: async (path: string): Promise<unknown> => (await get(path)).json(),
    status: async (path: string) => (await get(path)).status,
    /** Asks until the answer comes from memory. */
    async warm(path: string): Promise<void> {
      const before = answered;
      await expect
        .poll(async () => (await (await get(path)).text()) !== "" && answered > before, { timeout: 5_000 })
        .toBe(true);
    },
  };
}
