import { expect } from "vitest";
import type { Contract } from "./contract";

/** What tests read in answers of api-user, as it spells them. */

/** An instant, in UTC and milliseconds. */
export const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

export const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

/** @returns what reads somebody as they themselves are shown. */
export function usersIn({ call }: Contract) {
  return async (token: string) => (await call(200, "GET /api/user", { token })).json;
}
