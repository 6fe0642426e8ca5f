import { appRouter } from "@parley/api";
import type { Surface } from "@parley/surface-kit";
import { openApiDocument } from "@parley/surface-kit/openapi";
import { openApiValidator } from "@parley/testing/openapi";
import type { QueryResult } from "pg";
import { afterAll, beforeAll, expect } from "vitest";
import { type Person, startTestApp, type TestApp } from "./app";
import { type Answer, type CallOptions, call } from "./calls";
import { everyRoutesStatuses } from "./operations";

export interface Contract {
  readonly test: TestApp;
  /** Calls, expects the status, and holds the answer against the document. */
  call(status: number, route: string, options?: CallOptions): Promise<Answer>;
  person: TestApp["person"];
  /** Expects a refusal in the surface's spelling. */
  refused(status: number, code: string, route: string, options?: CallOptions): Promise<Answer>;
  /** So many calls at once, each as `make` has it, whatever they answer. */
  parallel(count: number, make: (n: number) => [route: string, options: CallOptions]): Promise<Answer[]>;
  /** One statement, behind the app's back. */
  sql(text: string, values?: unknown[]): Promise<QueryResult>;
}

/**
 * The contract of the operations whose path starts with one of `paths`, or matches it. In the end every status that is
 * documented for them must have been seen, but for those that other tests provoke on every route (`provokedIn`).
 */
export function contractOf(
  surface: Surface,
  paths: readonly (string | RegExp)[],
  overrides?: Parameters<typeof startTestApp>[0],
): Contract {
  let running: TestApp | null = null;
  const validator = openApiValidator(openApiDocument(surface, appRouter));
  const test = () => {
    if (running === null) throw new Error("the app runs within tests alone");
    return running;
  };
  beforeAll(async () => {
    running = await startTestApp(overrides);
  });
  afterAll(async () => {
    await running?.close();
    const elsewhere = new Set(everyRoutesStatuses(surface));
    const ours = validator.unseen().filter((key) => {
      const [, path = ""] = key.split(" ");
      return (
        !elsewhere.has(key) && paths.some((own) => (typeof own === "string" ? path.startsWith(own) : own.test(path)))
      );
    });
    expect(ours, "documented and never seen").toEqual([]);
  });
  const contract: Contract = {
    get test() {
      return test();
    },
    async call(status, route, options) {
      const answer = await call(test().app, route, options);
      expect(answer.status, `${route}: ${answer.body}`).toBe(status);
      validator.expectMatches(answer);
      expect(answer.headers["x-request-id"], route).toBeTruthy();
      return answer;
    },
    async refused(status, code, route, options) {
      const answer = await contract.call(status, route, options);
      expect(answer.json, route).toMatchObject({ error: { code } });
      return answer;
    },
    person: (facts): Promise<Person> => test().person(facts),
    parallel: (count, make) => Promise.all(Array.from({ length: count }, (_, n) => call(test().app, ...make(n)))),
    sql: (text: string, values?: unknown[]) => test().deps.database.pool.query(text, values),
  };
  return contract;
}
