import { appRouter } from "@parley/api";
import type { Surface } from "@parley/surface-kit";
import { openApiDocument } from "@parley/surface-kit/openapi";
import { openApiValidator } from "@parley/testing/openapi";
import { expect } from "vitest";
import type { Person, TestApp } from "./app";
import { type Answer, type CallOptions, call } from "./calls";
import { everyRoutesStatuses, type Operation, operationsOf, type provokedIn } from "./operations";
import { roleFor, routeTo, someBody, withQuery } from "./requests";

/** An app with somebody of every role. */
export interface Stage {
  test: TestApp;
  people: Record<"user" | "host" | "admin", Person>;
}

export async function setStage(test: TestApp): Promise<Stage> {
  const people = {
    user: await test.person(),
    host: await test.person({ role: "host" }),
    admin: await test.person({ role: "admin" }),
  };
  return { test, people };
}

/** The token of somebody who may call; undefined where anyone may. */
export function tokenFor({ people }: Stage, operation: Operation): string | undefined {
  const role = roleFor(operation);
  return role === null ? undefined : people[role].token;
}

/** What somebody who may call proves it with: their token where the route takes one, else their browser's cookie. */
export function credentialsFor({ people }: Stage, operation: Operation): Pick<CallOptions, "token" | "cookie"> {
  const role = roleFor(operation);
  if (role === null) return {};
  const { token, cookie } = people[role];
  return operation.plan.ways.takesBearer ? { token } : { cookie };
}

/** For tests that do one thing to every operation of a surface. */
export function everywhere(surface: Surface, test: keyof typeof provokedIn) {
  const validator = openApiValidator(openApiDocument(surface, appRouter));

  /** One request, by somebody who may make it, without a body. Every answer is held against the document. */
  async function reach(stage: Stage, operation: Operation, options: CallOptions = {}, parameter?: string) {
    const token = tokenFor(stage, operation);
    const answer = await call(stage.test.app, routeTo(operation, parameter), { token, ...options });
    validator.expectMatches(answer);
    return answer;
  }

  return {
    operations: operationsOf(surface),
    reach,
    /** The same with a query and a body that are in order. */
    carryOut: (stage: Stage, operation: Operation, options: CallOptions = {}) =>
      reach(stage, withQuery(operation), { ...someBody(operation), ...options }),
    /** Of what this test answers for, what it has not provoked. */
    unprovoked(): string[] {
      const unseen = new Set(validator.unseen());
      return everyRoutesStatuses(surface, [test]).filter((key) => unseen.has(key));
    },
  };
}

/** Expects the documented shape, whole, and the headers that every refusal carries. */
export function expectRefusal(answer: Answer, status: number, code: string, details: unknown = null): void {
  const route = `${answer.method} ${answer.path}`;
  expect(answer.status, `${route}: ${answer.body}`).toBe(status);
  expect(answer.json, route).toEqual({ error: { code, message: expect.any(String), details } });
  expect(answer.headers, route).toMatchObject({
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
    "x-request-id": expect.stringMatching(/^[\w.-]{1,64}$/),
  });
}

/** Expects the answer to a request that cannot be understood. */
export const isMalformed = (answer: Answer) => expectRefusal(answer, 400, "validation_error");
