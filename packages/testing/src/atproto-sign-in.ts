import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import type { AtprotoAccount } from "./atproto-server";

const api = "/@atproto/oauth-provider/~api";
const navigation = { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };

/**
 * Signs in at a server's own pages and consents, as a browser does there.
 * @param address where the sign-in leads
 * @param decision what its owner does at last
 * @returns the query with which the browser is sent back
 */
export async function signInAtproto(
  address: string,
  { handle, password }: Pick<AtprotoAccount, "handle" | "password">,
  decision: "consent" | "reject" = "consent",
): Promise<URLSearchParams> {
  const { origin } = new URL(address);
  const cookies = new Map<string, string>();
  const ask = async (url: string, headers: Record<string, string>, body?: object) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await send(url, { ...headers, cookie }, body);
    for (const line of answer.headers["set-cookie"] ?? []) {
      const [pair = ""] = line.split(";");
      cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    return answer;
  };
  let proof: Record<string, string> = {};
  const call = async <Answer>(name: string, body: object): Promise<Answer> => {
    const from = { origin, referer: address, "sec-fetch-site": "same-origin", "sec-fetch-mode": "same-origin" };
    const own = { "content-type": "application/json", "x-csrf-token": cookies.get("csrf-token") ?? "" };
    const answer = await ask(`${origin}${api}/${name}`, { ...from, ...own, ...proof }, body);
    const said = await text(answer);
    if (answer.statusCode !== 200) throw new Error(`${name} answered ${answer.statusCode}: ${said}`);
    return JSON.parse(said);
  };

  // Once to be given cookies, once to show that they came back.
  await ask(address, { ...navigation, "sec-fetch-site": "cross-site" });
  await ask(`${address}&redirect-test=1`, { ...navigation, "sec-fetch-site": "same-origin" });
  const credentials = { locale: "en", username: handle, password };
  const known = await call<{ account: { sub: string }; ephemeralToken: string }>("sign-in", credentials);
  proof = { authorization: `Bearer ${known.ephemeralToken}` };
  const { url } = await call<{ url: string }>(decision, decision === "consent" ? { sub: known.account.sub } : {});
  const back = await ask(url, { ...navigation, "sec-fetch-site": "same-origin", referer: address });
  const { location } = back.headers;
  if (location === undefined) throw new Error(`${url} answered ${back.statusCode}: ${await text(back)}`);
  return new URL(location).searchParams;
}

/** Fetch would say of itself that it is none of a page's own requests. */
function send(url: string, headers: Record<string, string>, body?: object): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: body ? "POST" : "GET", headers }, resolve);
    sent.once("error", reject);
    sent.end(body && JSON.stringify(body));
  });
}
