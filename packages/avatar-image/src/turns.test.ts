import { expect, test } from "vitest";
import { createTurns } from "./turns";

/** Work that reports when it starts and ends when it is told to. */
function workbench(capacity: number) {
  const turns = createTurns(capacity);
  const started: string[] = [];
  const endings = new Map<string, { finish: () => void; fail: (error: Error) => void }>();
  return {
    started,
    begin: (name: string, weight = 1) =>
      turns.run(weight, () => {
        started.push(name);
        return new Promise<string>((resolve, fail) => endings.set(name, { finish: () => resolve(name), fail }));
      }),
    finish: async (name: string) => {
      endings.get(name)?.finish();
      await new Promise(setImmediate);
    },
    fail: (name: string) => endings.get(name)?.fail(new Error(name)),
  };
}

test("runs as much at once as fits, the rest in order", async () => {
  const { begin, finish, started } = workbench(2);
  const results = Promise.all(["a", "b", "c", "d"].map((name) => begin(name)));
  await new Promise(setImmediate);
  expect(started).toEqual(["a", "b"]);

  await finish("b");
  expect(started).toEqual(["a", "b", "c"]);

  for (const name of ["a", "c", "d"]) await finish(name);
  expect(await results).toEqual(["a", "b", "c", "d"]);
});

test("lets heavy work wait until it fits, and nothing overtake it", async () => {
  const { begin, finish, started } = workbench(3);
  const results = Promise.all([begin("light"), begin("heavy", 3), begin("late")]);
  await new Promise(setImmediate);
  expect(started).toEqual(["light"]);

  await finish("light");
  expect(started).toEqual(["light", "heavy"]);

  await finish("heavy");
  await finish("late");
  expect(await results).toEqual(["light", "heavy", "late"]);
});

test("runs alone what is heavier than everything", async () => {
  const { begin, finish, started } = workbench(2);
  const results = Promise.all([begin("giant", 99), begin("next")]);
  await new Promise(setImmediate);
  expect(started).toEqual(["giant"]);

  await finish("giant");
  await finish("next");
  expect(await results).toEqual(["giant", "next"]);
});

test("passes failures on and goes on", async () => {
  const { begin, finish, fail, started } = workbench(1);
  const failing = begin("bad");
  const waiting = begin("good");
  await new Promise(setImmediate);
  fail("bad");
  await expect(failing).rejects.toThrow("bad");
  await finish("good");

  expect(await waiting).toBe("good");
  expect(started).toEqual(["bad", "good"]);
});
