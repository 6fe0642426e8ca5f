import type { AnyProcedure, AnyRouter } from "@trpc/server";
import { z } from "zod";

export type Schema = z.core.$ZodType;

/** Who may call a procedure: anyone, anyone signed in, or the roles named. */
export type Access = "public" | "session" | { roles: readonly string[] };

/** What the kit reads from a procedure's tRPC meta. */
export interface ProcedureMeta {
  summary: string;
  description?: string;
  access: Access;
  /** `session`: only somebody who signed in may call, not an API token. */
  credentials?: "session";
  /** Codes of refusals beyond those that follow from access and input. */
  errors?: readonly string[];
}

export interface ProcedureFacts {
  name: string;
  type: "query" | "mutation";
  meta: ProcedureMeta;
  input: Schema | null;
  output: Schema;
  call: AnyProcedure;
}

/**
 * Finds a procedure by `domain.name`.
 * @throws at boot, when it is unknown, a subscription, or lacks meta, a zod output, or has several inputs.
 */
export function procedureFacts(router: AnyRouter, name: string): ProcedureFacts {
  const [domain = "", procedure = ""] = name.split(".");
  const call: unknown = router._def.record[domain]?.[procedure];
  if (!isProcedure(call)) throw new Error(`There is no procedure "${name}"`);
  const { type, inputs, output, meta } = call._def as AnyProcedure["_def"] & { output?: unknown };
  if (type === "subscription") throw new Error(`"${name}" is a subscription, which REST cannot carry`);
  if (inputs.length > 1) throw new Error(`"${name}" has several inputs; declare one schema`);
  if (!isSchema(output)) throw new Error(`"${name}" has no zod output`);
  const input: unknown = inputs[0] ?? null;
  if (input !== null && !isSchema(input)) throw new Error(`The input of "${name}" is not a zod schema`);
  if (!isMeta(meta)) throw new Error(`"${name}" lacks a summary or access in its meta`);
  return { name, type, meta, input, output, call };
}

function isProcedure(value: unknown): value is AnyProcedure {
  return typeof value === "function" && "_def" in value;
}

function isSchema(value: unknown): value is Schema {
  return value instanceof z.core.$ZodType;
}

function isMeta(value: unknown): value is ProcedureMeta {
  return typeof value === "object" && value !== null && "summary" in value && "access" in value;
}
