/** As next-auth names it; what is served over https, its browser keeps from other places. */
export function sessionCookieName(webUrl: string): string {
  return `${webUrl.startsWith("https:") ? "__Secure-" : ""}next-auth.session-token`;
}

/** The value of a cookie, which next-auth cuts into `name.0`, `name.1`, … where it is long; null where there is none. */
export function readCookie(header: string | undefined, name: string): string | null {
  if (header === undefined) return null;
  const parts: string[] = [];
  for (const pair of header.split(";")) {
    const [key = "", ...rest] = pair.trim().split("=");
    const value = rest.join("=");
    if (key === name) return value;
    const number = key.startsWith(`${name}.`) ? key.slice(name.length + 1) : "";
    if (/^\d{1,2}$/.test(number)) parts[Number(number)] = value;
  }
  return parts.length === 0 ? null : parts.join("");
}
