import { expect } from "vitest";
import type { Person } from "./app";
import { at, textAt } from "./calls";
import type { Contract } from "./contract";

/** What tests read in answers of v1, as it spells them. */

interface Json {
  json: unknown;
}

/** What a refusal says of each field, or null. */
export const detailsOf = ({ json }: Json) => at(json, "error.details");

export const messageOf = ({ json }: Json) => textAt(json, "error.message");

/** The items of a list. */
export const dataOf = ({ json }: Json) => at(json, "data") as Record<string, unknown>[];

/** An instant, in UTC and whole seconds. */
export const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

/** @returns what reads somebody's profile as they themselves see it. */
export function profilesIn({ call }: Contract) {
  return async ({ token }: Person) => (await call(200, "GET /v1/users/me", { token })).json;
}
