import { existsSync } from "node:fs";
import path from "node:path";
import { root } from "./bootstrap.mjs";

/**
 * Uploads pass through memory outside of the heap, which a small heap takes for a reason to collect all of itself again
 * and again: a fifth of the time of an avatar. So the heap may grow to this many megabytes before it is looked through.
 */
const heap = "--initial-old-space-size=256";

/**
 * What `npm start` can run, in the order of starting. `isOnRequest`: runs only where it is asked for by name, since the
 * REST app does its work already. `address` is where a part answers once it is ready; a part without a port has none.
 */
const table = [
  {
    name: "rest",
    app: "apps/rest",
    command: [heap, "apps/rest/dist/main.js"],
    watch: ["node_modules/tsx/dist/cli.mjs", "watch", "--clear-screen=false", "apps/rest/src/main.ts"],
    port: { variable: "REST_PORT", usual: 4000 },
    readyPath: "/readyz",
    pages: [
      ["REST API", "/v1"],
      ["API reference", "/docs"],
    ],
  },
  {
    name: "worker",
    app: "apps/rest",
    command: [heap, "apps/rest/dist/main.js", "worker"],
    watch: ["node_modules/tsx/dist/cli.mjs", "watch", "--clear-screen=false", "apps/rest/src/main.ts", "worker"],
    isOnRequest: true,
    pages: [],
  },
  {
    name: "web",
    app: "apps/web",
    // Next reads what its settings import from where it runs, not from where they are.
    folder: "apps/web",
    command: ["node_modules/next/dist/bin/next", "start", "--hostname", "127.0.0.1"],
    watch: ["node_modules/next/dist/bin/next", "dev", "--hostname", "127.0.0.1"],
    port: { variable: "WEB_PORT", usual: 3000, flag: "--port" },
    readyPath: "/",
    pages: [["Web app", "/"]],
  },
].filter(({ app }) => existsSync(path.join(root, app, "package.json")));

/** Names of the parts that this tree has. */
export const partNames = table.map(({ name }) => name);

/**
 * The parts called for, ready to run: all but those on request where `names` is empty.
 * @param {string[]} names
 * @param {{ isWatching: boolean, env: Record<string, string | undefined> }} options
 * @throws {RangeError} when a port is none
 */
export function chooseParts(names, { isWatching, env }) {
  return table
    .filter(({ name, isOnRequest }) => (names.length === 0 ? !isOnRequest : names.includes(name)))
    .map(({ port, command, watch, ...part }) => {
      const args = isWatching ? watch : command;
      if (port === undefined) return { ...part, args };
      const number = readPort(port, env);
      return {
        ...part,
        args: port.flag === undefined ? args : [...args, port.flag, String(number)],
        port: { variable: port.variable, number },
        address: `http://127.0.0.1:${number}`,
      };
    });
}

function readPort({ variable, usual }, env) {
  const number = Number(env[variable] || usual);
  if (!Number.isInteger(number) || number < 1 || number > 65_535) {
    throw new RangeError(`${variable} must be a port between 1 and 65535, not "${env[variable]}".`);
  }
  return number;
}
