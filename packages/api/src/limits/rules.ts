/** How many calls a caller may make. Source: conventions, "limits". */
export interface LimitPolicy {
  points: number;
  seconds: number;
  per: "user" | "address";
}

export const limitPolicies = {
  login: { points: 5, seconds: 15 * 60, per: "address" },
  register: { points: 3, seconds: 60 * 60, per: "address" },
  passwordReset: { points: 10, seconds: 60 * 60, per: "address" },
  /** Setting out for a sign-in elsewhere: each step asks the provider something, whoever it is that sets out. */
  providerSignIn: { points: 60, seconds: 15 * 60, per: "address" },
  /** Keeping places: whoever looks at many times of a day keeps one after another. */
  hold: { points: 15, seconds: 60, per: "address" },
  /** Reading calendars that people give the address of: each costs a fetch, and a file to go through. */
  externalCalendar: { points: 30, seconds: 15 * 60, per: "user" },
  /** Posting: faster than anyone writes what others want to read. */
  message: { points: 30, seconds: 15 * 60, per: "user" },
  /** Invitations reach people who have not asked for them. */
  invitation: { points: 30, seconds: 60 * 60, per: "user" },
  user: { points: 100, seconds: 60, per: "user" },
  anonymous: { points: 30, seconds: 60, per: "address" },
  /** A person at our own web app: a page asks many small questions, and a search one with every word. */
  browser: { points: 600, seconds: 60, per: "address" },
} as const satisfies Record<string, LimitPolicy>;

export type LimitName = keyof typeof limitPolicies;

/** The bucket a call counts in: the procedure's own, else the caller's, else the address's. */
export function limitBucket(
  name: LimitName | undefined,
  userId: string | null,
  address: string,
): { name: LimitName; key: string } {
  const chosen = name ?? (userId === null ? "anonymous" : "user");
  const isByUser = limitPolicies[chosen].per === "user" && userId !== null;
  return { name: chosen, key: isByUser ? userId : addressBlock(address) };
}

/** An IPv6 subscriber owns a /64 at least: its 2^64 addresses count as one. IPv4, also mapped into IPv6, as itself. */
export function addressBlock(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1]) return mapped[1];
  if (!address.includes(":")) return address;
  const [head = "", tail] = (address.split("%")[0] ?? "").split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? [] : new Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0");
  return `${[...left, ...zeros, ...right]
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}
