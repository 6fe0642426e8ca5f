import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { environment, root } from "./bootstrap.mjs";

/** A fresh clone has no generated client: whoever starts there builds, and tests nothing before. */
test.each(["build", "typecheck"])("every %s waits for the generated client", (task) => {
  const plan = execFileSync("turbo", ["run", task, "--dry=json"], {
    cwd: root,
    env: environment,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const tasks = JSON.parse(plan).tasks.filter(({ taskId, command }) => taskId.endsWith(`#${task}`) && command !== "");
  expect(tasks.length).toBeGreaterThan(1);
  expect(tasks.filter(({ dependencies }) => !dependencies.includes("@parley/db#generate"))).toEqual([]);
});
