/**
 * What an error of the store means. Prisma wraps the driver's error in its own: the original is found by walking
 * `cause` and the places where Prisma's adapter keeps it.
 */
interface Facts {
  /** SQLSTATE, a Node error code, Prisma's own `P…` code, or the word of its adapter for a kind of error. */
  codes: string[];
  constraint: string | null;
  message: string;
}

const constraintStates = { unique: "23505", exclusion: "23P01", check: "23514", foreignKey: "23503" } as const;

/** @returns the constraint's or index's name, or null for any other error. */
export const uniqueViolation = (error: unknown): string | null => violation(error, constraintStates.unique);
export const exclusionViolation = (error: unknown): string | null => violation(error, constraintStates.exclusion);
export const checkViolation = (error: unknown): string | null => violation(error, constraintStates.check);
export const foreignKeyViolation = (error: unknown): string | null => violation(error, constraintStates.foreignKey);

const unavailableStates = new Set(["57P01", "57P02", "57P03", "57P04", "57P05", "53300", "53400"]);
const unavailableNodeCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EHOSTUNREACH",
  "EAI_AGAIN",
]);
const unavailablePrismaCodes = new Set([
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024",
  // A transaction that did not begin, or end, in time: on a machine that is overwhelmed, one more try is what helps.
  "P2028",
  "P2037",
  // Raw statements carry none of these, only what the adapter called it.
  "DatabaseNotReachable",
  "ConnectionClosed",
  "SocketTimeout",
  "TooManyConnections",
]);
const unavailableMessages =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|the database system is (starting up|shutting down)|Cannot use a pool after calling end/i;

/** True where the store cannot be reached just now, so that a retry may succeed. */
export function isUnavailable(error: unknown): boolean {
  const { codes, message } = facts(error);
  return (
    codes.some(
      (code) =>
        unavailableStates.has(code) ||
        /^08\w{3}$/.test(code) ||
        unavailableNodeCodes.has(code) ||
        unavailablePrismaCodes.has(code),
    ) || unavailableMessages.test(message)
  );
}

/** True where two transactions waited for each other and this one was given up. */
export function isDeadlock(error: unknown): boolean {
  return facts(error).codes.includes("40P01");
}

/** True where a value holds text that PostgreSQL cannot keep, such as a NUL byte. */
export function isInvalidText(error: unknown): boolean {
  return facts(error).codes.some((code) => code === "22021" || code === "22P05");
}

function violation(error: unknown, state: string): string | null {
  const { codes, constraint, message } = facts(error);
  if (!codes.includes(state)) return null;
  return constraint ?? /constraint "([^"]+)"/.exec(message)?.[1] ?? null;
}

function facts(error: unknown): Facts {
  const found: Facts = { codes: [], constraint: null, message: "" };
  collect(error, found, 0);
  return found;
}

// Prisma nests at most a few levels; the bound ends a loop of causes.
function collect(error: unknown, into: Facts, depth: number): void {
  if (depth > 6 || typeof error !== "object" || error === null) return;
  for (const name of ["code", "originalCode", "kind"] as const) {
    const code: unknown = Reflect.get(error, name);
    if (typeof code === "string") into.codes.push(code);
  }
  into.constraint ??= constraintOf(error);
  for (const name of ["message", "originalMessage"] as const) {
    const message: unknown = Reflect.get(error, name);
    if (typeof message === "string") into.message += `${message}\n`;
  }
  for (const name of ["cause", "meta", "driverAdapterError", "errors"] as const) {
    const inner: unknown = Reflect.get(error, name);
    for (const next of Array.isArray(inner) ? inner : [inner]) collect(next, into, depth + 1);
  }
}

/** The driver gives the name, Prisma's adapter an object that holds it, or only the columns. */
function constraintOf(error: object): string | null {
  const constraint: unknown = Reflect.get(error, "constraint");
  const name: unknown =
    typeof constraint === "object" && constraint !== null ? Reflect.get(constraint, "index") : constraint;
  return typeof name === "string" ? name : null;
}
