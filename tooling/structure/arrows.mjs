import { builtinModules } from "node:module";
import {
  arrows,
  compositionRoot,
  databaseDoors,
  environmentReader,
  foreignLibraries,
  injectedPackages,
  keptLibraries,
} from "./tables.mjs";

/** Who may import whom between rooms. Yields `{ path, message }`. Tests and tooling may import what they like. */
export function* checkArrows({ modules, packages }) {
  for (const { folder, name, dependencies } of packages) {
    if (!/^(apps|packages)\//.test(folder)) continue;
    const allowed = arrows[folder];
    if (allowed === undefined) yield { path: folder, message: "is a room that the table of arrows does not know" };
    for (const dependency of dependencies) {
      if (allowed?.includes(dependency) === false) {
        yield { path: `${folder}/package.json`, message: `${name} must not depend on ${dependency}` };
      }
    }
  }
  for (const module of modules) {
    if (module.isTest || module.isTooling) continue;
    if (module.readsEnvironment && !environmentReader.test(module.path) && isSource(module.path)) {
      yield { path: module.path, message: "reads process.env; only apps/*/src/env.ts does, and passes options on" };
    }
    for (const { from, isType } of module.imports) {
      for (const message of refusals(module.path, from, isType)) yield { path: module.path, message };
    }
  }
}

function* refusals(file, from, isType) {
  const room = file.split("/").slice(0, 2).join("/");
  const internal = /^@parley\/[^/]+/.exec(from)?.[0];
  if (internal !== undefined && arrows[room]?.includes(internal) === false) yield `${room} must not import ${internal}`;
  for (const { library, room: keeper } of keptLibraries) {
    if (matches(from, library) && room !== keeper) yield `imports ${from}, which ${keeper} keeps to itself`;
  }
  for (const { room: place, libraries } of foreignLibraries) {
    if (room === place && libraries.some((library) => matches(from, library))) yield `${place} must not know ${from}`;
  }
  if (room === "packages/api") yield* refusalsInApi(file, from, internal, isType);
}

function* refusalsInApi(file, from, internal, isType) {
  if (internal === "@parley/db" && !databaseDoors.some((door) => door.file.test(file) && door.doors.test(from))) {
    yield `imports ${from}; only store.ts and the composition root know the database`;
  }
  if (injectedPackages.includes(internal) && !isType && file !== compositionRoot) {
    yield `imports ${from} as a value; take it as an argument (import type is fine)`;
  }
}

/** Whether a file is program text of an app or a package, not the settings beside it. */
function isSource(file) {
  return /^(apps|packages)\/[^/]+\/src\//.test(file);
}

/** Whether an import names a library: exactly, as a subpath, or by a pattern that ends in `/*`. */
function matches(from, library) {
  return library.endsWith("/*")
    ? from.startsWith(library.slice(0, -1))
    : from === library || from.startsWith(`${library}/`);
}

/** Whether an import is part of Node. */
export function isOfNode(from) {
  return from.startsWith("node:") || builtinModules.includes(from);
}
