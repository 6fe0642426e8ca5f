/** What of a request tells where the page is that sent it. */
interface Sent {
  method: string;
  header(name: string): string | undefined;
}

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a request with a cookie is one that a page of ours, or nobody's page, sent: browsers send cookies along with
 * whatever any page asks for. They name the origin of what changes something, and newer ones the relation of the page
 * to the address. What changes something and tells neither is none of ours.
 */
export function createOwnPages(addresses: readonly string[]): (sent: Sent) => boolean {
  const origins = new Set(addresses.map((address) => new URL(address).origin));
  return ({ method, header }) => {
    const origin = header("origin");
    if (origin !== undefined) return origins.has(origin);
    const site = header("sec-fetch-site");
    return safeMethods.has(method) ? site !== "cross-site" : site === "same-origin";
  };
}
