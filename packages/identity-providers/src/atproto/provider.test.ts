import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type AtprotoAccount, type AtprotoServer, startAtprotoServer } from "@parley/testing/atproto-server";
import { signInAtproto } from "@parley/testing/atproto-sign-in";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PushedProvider } from "../identity-provider";
import { createAtprotoProvider } from "./provider";

const robin = {
  handle: "robin.test",
  password: "correct horse battery",
  email: "robin@example.test",
  isConfirmed: true,
  displayName: "Robin Vale",
};
const publicUrl = "https://parley.community";
let server: AtprotoServer;
let count = 0;
const elsewhere: Server[] = [];

beforeAll(async () => {
  // What stands at our public address is what the provider says should.
  const fetchClient = async (asked: string | URL | Request) => {
    const address = asked instanceof Request ? asked.url : String(asked);
    if (address !== `${publicUrl}/oauth-client-metadata.json`) return new Response(null, { status: 404 });
    return Response.json(providerAt(server, publicUrl).clientMetadata);
  };
  server = await startAtprotoServer({ fetchClient });
});
afterAll(async () => {
  await server.close();
  for (const other of elsewhere) other.close();
});

function providerAt({ url }: Pick<AtprotoServer, "url">, webUrl = "http://localhost:3000"): PushedProvider {
  const named = { provider: "bluesky", instanceName: "", name: "Bluesky" } as const;
  return createAtprotoProvider({ ...named, url, directoryUrl: server.url, webUrl }, "bluesky");
}

/** Somebody new at the server. */
function settle(facts: Partial<AtprotoAccount> = {}, at = server) {
  const letters = (++count)
    .toString()
    .padStart(24, "a")
    .replaceAll(/[0189]/g, "z");
  const did = `did:plc:${letters}`;
  const account = { ...robin, handle: `robin-${count}.test`, ...facts };
  at.accounts.set(did, account);
  return { did, account };
}

async function signIn(account: AtprotoAccount, provider = providerAt(server)) {
  const { url, pending } = await provider.begin();
  return provider.finish(await signInAtproto(url, account), pending);
}

describe("a sign-in", () => {
  test("tells who it was", async () => {
    const { did, account } = settle();
    const { profile } = await signIn(account);
    expect(profile).toEqual({
      subject: did,
      username: account.handle,
      displayName: "Robin Vale",
      verifiedEmail: "robin@example.test",
      profileUrl: `https://bsky.app/profile/${account.handle}`,
      avatarUrl: null,
    });
  });

  test("tells neither an address that is not confirmed nor a name that nobody has written", async () => {
    const { account } = settle({ isConfirmed: false, displayName: undefined });
    expect((await signIn(account)).profile).toMatchObject({ verifiedEmail: null, displayName: null });
  });

  test("shows the picture where the person's server keeps it", async () => {
    const cid = "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku";
    const { did, account } = settle({ avatarCid: cid });
    const { avatarUrl } = (await signIn(account)).profile;
    expect(avatarUrl).toBe(`${server.url}/xrpc/com.atproto.sync.getBlob?did=${encodeURIComponent(did)}&cid=${cid}`);
  });

  test("is described by our own address where that is public", async () => {
    const { did, account } = settle();
    const provider = providerAt(server, publicUrl);
    expect(provider.clientMetadata).toMatchObject({
      client_id: "https://parley.community/oauth-client-metadata.json",
      redirect_uris: ["https://parley.community/api/auth/callback/bluesky"],
      dpop_bound_access_tokens: true,
    });
    expect((await signIn(account, provider)).profile.subject).toBe(did);
    expect(providerAt(server).clientMetadata).toBeNull();
  });

  test("is over once, and only for what is pending", async () => {
    const { account } = settle();
    const provider = providerAt(server);
    const [mine, others] = [await provider.begin(), await provider.begin()];
    const answer = await signInAtproto(mine.url, account);
    await expect(provider.finish(answer, others.pending)).rejects.toThrow(/state/);
    await provider.finish(answer, mine.pending);
    await expect(provider.finish(answer, mine.pending)).rejects.toMatchObject({ reason: "refused" });
  });

  test("comes to nothing where its owner turns back, or another server answers", async () => {
    const { account } = settle();
    const provider = providerAt(server);
    const { url, pending } = await provider.begin();
    const turned = await signInAtproto(url, account, "reject");
    expect(turned.get("error")).toBe("access_denied");
    await expect(provider.finish(turned, pending)).rejects.toMatchObject({ reason: "refused" });
    const next = await provider.begin();
    const answer = await signInAtproto(next.url, account);
    answer.set("iss", "https://elsewhere.example");
    await expect(provider.finish(answer, next.pending)).rejects.toMatchObject({ reason: "refused" });
  });

  test("proves nothing where the directory says that the person is at another server", async () => {
    const { did, account } = settle();
    const { url, pending } = await providerAt(server).begin();
    const answer = await signInAtproto(url, account);
    const stranger = await startAtprotoServer();
    try {
      server.accounts.set(did, { ...account, dataServer: stranger.url });
      await expect(providerAt(server).finish(answer, pending)).rejects.toMatchObject({ reason: "unreachable" });
    } finally {
      await stranger.close();
    }
  });

  test("takes no address for confirmed from a server that is the person's own", async () => {
    const did = `did:plc:${"b".repeat(24)}`;
    const dataServer = await serveOwn((path) => {
      if (path === "/.well-known/oauth-protected-resource") {
        return { resource: dataServer, authorization_servers: [server.url] };
      }
      return { did, handle: "mallory.test", email: "victim@example.test", emailConfirmed: true, value: {} };
    });
    const account = { ...robin, handle: "mallory.test", dataServer };
    server.accounts.set(did, account);
    expect((await signIn(account)).profile).toMatchObject({ subject: did, verifiedEmail: null });
  });
});

describe("asking again", () => {
  test("says what has become of the person", async () => {
    const { did, account } = settle();
    const { tokens } = await signIn(account);
    server.accounts.set(did, { ...account, handle: "robin-vale.test", email: "new@example.test" });
    const { profile } = await providerAt(server).askAgain(tokens, new Date());
    expect(profile).toMatchObject({ subject: did, username: "robin-vale.test", verifiedEmail: "new@example.test" });
  });

  test("has tokens renewed that are over, once", async () => {
    const brief = await startAtprotoServer({ accessTokenSeconds: 1 });
    try {
      const { account } = settle({}, brief);
      for (const [did, known] of brief.accounts) server.accounts.set(did, { ...known, dataServer: brief.url });
      const provider = providerAt(brief);
      const { tokens } = await signIn(account, provider);
      const renewed = await provider.askAgain(tokens, new Date());
      expect(renewed.tokens.accessToken).not.toBe(tokens.accessToken);
      expect((await provider.askAgain(renewed.tokens, new Date())).profile.username).toBe(account.handle);
      await expect(provider.askAgain(tokens, new Date())).rejects.toMatchObject({ reason: "refused" });
    } finally {
      await brief.close();
    }
  });

  test("is refused once the server takes the tokens back", async () => {
    const { did, account } = settle();
    const { tokens } = await signIn(account);
    server.accounts.delete(did);
    await expect(providerAt(server).askAgain(tokens, new Date())).rejects.toMatchObject({
      name: "IdentityProviderError",
    });
    server.accounts.set(did, account);
    server.revokeAll();
    await expect(providerAt(server).askAgain(tokens, new Date())).rejects.toMatchObject({ reason: "refused" });
  });
});

test("a server that is away is unreachable, where one is to sign in and when it is asked again", async () => {
  const { account } = settle();
  const { tokens } = await signIn(account);
  const away = await startAtprotoServer();
  await away.close();
  await expect(providerAt(away).begin()).rejects.toMatchObject({ reason: "unreachable" });
  const kept = JSON.parse(tokens.accessToken);
  kept.value.tokenSet.iss = away.url;
  const elsewhereNow = { ...tokens, accessToken: JSON.stringify(kept) };
  await expect(providerAt(server).askAgain(elsewhereNow, new Date())).rejects.toMatchObject({ reason: "unreachable" });
});

/** A server that somebody runs for themself, and that says what they want. */
async function serveOwn(answer: (path: string) => object): Promise<string> {
  const own = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://own.invalid");
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer(pathname)));
  });
  elsewhere.push(own);
  await new Promise<void>((resolve) => own.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(own.address() as AddressInfo).port}`;
}
