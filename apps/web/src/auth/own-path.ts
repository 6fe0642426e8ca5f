/** A path of our own to go on to, or `/dashboard`: an address from a query must not lead anyone elsewhere. */
export function ownPath(candidate: string | null | undefined): string {
  if (!candidate || !/^\/(?![/\\])/.test(candidate)) return "/dashboard";
  const url = new URL(candidate, "http://own.invalid");
  return url.host === "own.invalid" ? url.pathname + url.search + url.hash : "/dashboard";
}
