import { failureOf } from "./failure";

/** A session that was ended elsewhere shows in the first answer after: the page starts over, signed out. */
export function leaveIfSignedOut(error: unknown): void {
  if (failureOf(error).code === "unauthorized" && window.location.pathname !== "/sign-in") {
    const { pathname, search } = window.location;
    window.location.assign(`/sign-in?next=${encodeURIComponent(pathname + search)}&ended=1`);
  }
}
