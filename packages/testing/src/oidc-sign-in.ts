import type { OidcAccount, OidcServer } from "./oidc-server";

export interface OidcTokens {
  accessToken: string;
  refreshToken: string;
  expiresAt: string;
}

/** Goes through a sign-in at the server as a browser and a client do together. `redirectUri` is one that it knows. */
export async function signInAt(server: OidcServer, redirectUri: string, account: OidcAccount): Promise<OidcTokens> {
  const cookies = new Map<string, string>();
  const ask = async (address: string, form?: Record<string, string>): Promise<string> => {
    const response = await fetch(new URL(address, server.issuer), {
      redirect: "manual",
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(form && { method: "POST", body: new URLSearchParams(form) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ""] = cookie.split(";");
      cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    const location = response.headers.get("location");
    if (location === null) throw new Error(`${address} answered ${response.status}: ${await response.text()}`);
    return location;
  };
  const { clientId, clientSecret } = server;
  const wanted = {
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: "code",
    scope: "openid profile email",
  };
  const door = await ask(`/auth?${new URLSearchParams(wanted)}`);
  const { email_verified, ...said } = account;
  const back = await ask(await ask(door, { ...said, ...(email_verified && { email_verified: "yes" }) }));
  const response = await fetch(new URL("/token", server.issuer), {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}` },
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code: new URL(back).searchParams.get("code") ?? "",
      redirect_uri: redirectUri,
    }),
  });
  const tokens = (await response.json()) as { access_token: string; refresh_token: string; expires_in: number };
  return {
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token,
    expiresAt: new Date(Date.now() + tokens.expires_in * 1_000).toISOString(),
  };
}
