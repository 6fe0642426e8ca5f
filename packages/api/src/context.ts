import type { Actor } from "@parley/auth";
import type { Dependencies } from "./dependencies";
import type { LimitState } from "./limits/service";

/** Who calls, from where. Null where a process calls itself (server rendering, jobs): such calls are not limited. */
export interface Client {
  address: string;
  userAgent: string | null;
  /** A person at our own web app, whose pages ask many small questions; their limit is wider than the API's. */
  isBrowser?: boolean;
}

/** What a procedure may know of its caller. Never headers: a transport has resolved them to these. */
export interface Context {
  actor: Actor | null;
  client: Client | null;
  requestId: string;
  deps: Dependencies;
  /** Tells the transport how much of a rate limit is left, for its headers. */
  reportLimit?(state: LimitState): void;
}
