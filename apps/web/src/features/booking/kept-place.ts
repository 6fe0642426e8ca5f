/** A place on a host's page that is kept for this visitor for a few minutes. */
export interface KeptPlace {
  /** Of the hold. */
  id: string;
  /** ISO 8601. */
  start: string;
  minutes: number;
  expiresAt: string;
}

const keyOf = (username: string) => `parley-place:${username}`;

/** What this tab keeps, also after it has been away to sign in; null where that is over. */
export function readPlace(username: string, now: number): KeptPlace | null {
  try {
    const found = JSON.parse(sessionStorage.getItem(keyOf(username)) ?? "null") as KeptPlace | null;
    return found !== null && Date.parse(found.expiresAt) > now ? found : null;
  } catch {
    // Storage may be refused: then a place is taken anew.
    return null;
  }
}

export function writePlace(username: string, place: KeptPlace | null): void {
  try {
    if (place === null) sessionStorage.removeItem(keyOf(username));
    else sessionStorage.setItem(keyOf(username), JSON.stringify(place));
  } catch {
    // As above.
  }
}
