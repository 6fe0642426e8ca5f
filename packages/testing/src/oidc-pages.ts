import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";

/** Who somebody is at the server, in the claims of OpenID Connect. */
export interface OidcAccount {
  sub: string;
  name: string;
  preferred_username: string;
  email: string;
  email_verified: boolean;
}

/** The server's door: whoever comes says who they are. */
export function signInPage(uid: string): string {
  return `<!doctype html><html lang="en"><title>Elsewhere</title><h1>Sign in elsewhere</h1>
<form method="post" action="/interaction/${uid}">
  <label>Account <input name="sub" required></label>
  <label>Name <input name="name" value="Robin Vale"></label>
  <label>E-mail <input name="email"></label>
  <label><input type="checkbox" name="email_verified" value="yes" checked> Confirmed</label>
  <button>Sign in</button>
  <button name="cancel" value="yes" formnovalidate>Cancel</button>
</form></html>`;
}

/** Whom the form of the door names; null where the person would rather not. */
export async function readAccount(request: IncomingMessage): Promise<OidcAccount | null> {
  const form = new URLSearchParams(await text(request));
  if (form.has("cancel")) return null;
  const said = (name: string) => form.get(name) ?? "";
  return {
    sub: said("sub"),
    name: said("name"),
    preferred_username: said("sub"),
    email: said("email"),
    email_verified: form.has("email_verified"),
  };
}
