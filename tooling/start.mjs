import path from "node:path";
import { main, prepare, root, StepFailed, say } from "./bootstrap.mjs";
import { demoLogins, loadDemoDataOnce } from "./demo-data.mjs";
import { chooseParts, partNames } from "./parts.mjs";
import { assertPortIsFree, startPart, untilReady } from "./running-part.mjs";

/**
 * `npm start` runs everything with demo data; `node tooling/start.mjs rest` runs the parts named, without it;
 * `--watch` runs the source and reloads on save. Ctrl-C or SIGTERM stops the parts, the last one first.
 */
await main(async () => {
  const names = process.argv.slice(2).filter((argument) => argument !== "--watch");
  const isWatching = process.argv.includes("--watch");
  const unknown = names.find((name) => !partNames.includes(name));
  if (unknown !== undefined) throw new StepFailed(`There is no part "${unknown}"; there are ${partNames.join(", ")}.`);
  const env = { DATA_DIR: path.resolve(root, process.env.DATA_DIR || ".data") };
  const parts = choose(names, isWatching);
  const isEverything = names.length === 0;

  for (const part of parts) await assertPortIsFree(part);
  await prepare(tasksFor(parts, isWatching), { isQuiet: true });
  const crew = takeCharge();
  for (const part of parts) {
    say(`Starting ${part.name}…`);
    await crew.add(startPart(part, { env, isReadable: isEverything }));
  }
  if (isEverything && !crew.isLeaving()) await tryDemoData(env);
  if (!crew.isLeaving()) say(summary(parts, env, isEverything ? demoLogins() : []));
});

/** Parley serves without its demo data as well, so a failure here ends nothing. */
async function tryDemoData(env) {
  try {
    await loadDemoDataOnce({ ...process.env, ...env });
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    say(`The demo data is not there (${error.message}); the next start tries again.`);
  }
}

function choose(names, isWatching) {
  try {
    return chooseParts(names, { isWatching, env: process.env });
  } catch (error) {
    if (error instanceof RangeError) throw new StepFailed(error.message);
    throw error;
  }
}

function tasksFor(parts, isWatching) {
  if (isWatching) return ["generate"];
  return ["build", ...new Set(parts.map(({ app }) => `--filter=./${app}`))];
}

/** Answers for the parts from here on: none outlives this process, and none dies unnoticed. */
function takeCharge() {
  const running = [];
  let leaving = null;
  const leave = (exitCode) => {
    leaving ??= (async () => {
      for (const part of running.toReversed()) await part.stop();
      process.exit(exitCode);
    })();
    return leaving;
  };
  // npm passes a Ctrl-C on that the terminal has sent already, so signals may come twice.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      if (leaving === null) say("Stopping…");
      void leave(0);
    });
  }
  // npm that was killed outright passes nothing on; being handed to another parent is the only news of it.
  if (process.env.npm_lifecycle_event !== undefined) {
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && void leave(0), 500).unref();
  }
  return {
    isLeaving: () => leaving !== null,
    /** Takes a started part in and waits until it can serve. */
    async add(part) {
      running.push(part);
      void part.exited.then((code) => {
        if (leaving === null) say(`${part.name} has ended by itself (exit code ${code}); stopping the rest.`);
        void leave(code);
      });
      await untilReady(part).catch(async (error) => {
        if (leaving === null) say(error.message);
        await leave(error.exitCode ?? 1);
      });
    },
  };
}

function summary(parts, env, logins) {
  const addresses = parts.flatMap(({ pages, address }) =>
    pages.map(([title, pathname]) => [title, address.replace("127.0.0.1", "localhost") + pathname]),
  );
  const rows = [
    ...addresses,
    ["Data", env.DATA_DIR],
    ...logins.map(({ role, email, password }) => [`Demo ${role}`, `${email}  ${password}`]),
  ];
  const width = Math.max(...rows.map(([title]) => title.length));
  const lines = rows.map(([title, value]) => `  ${title.padEnd(width)}  ${value}`);
  return ["", "  Parley is running.", "", ...lines, "", "  Ctrl-C stops it.", ""].join("\n");
}
