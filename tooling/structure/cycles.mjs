import path from "node:path";

/** Rings of imports, between files and between packages. Yields `{ path, message }`, once for each ring. */
export function* checkCycles({ modules, packages }) {
  const files = new Map(modules.map((module) => [module.path, importedFiles(module, modules)]));
  for (const ring of rings(files)) yield { path: ring[0], message: `is in a ring of imports: ${ring.join(" -> ")}` };
  const names = new Map(packages.map(({ folder, name }) => [folder, name]));
  const graph = new Map(packages.map(({ name, dependencies }) => [name, new Set(dependencies)]));
  for (const module of modules) {
    const importer = graph.get(names.get(module.path.split("/").slice(0, 2).join("/")));
    if (importer === undefined || module.isTest) continue;
    for (const { from } of module.imports) {
      const name = /^@parley\/[^/]+/.exec(from)?.[0];
      if (name !== undefined) importer.add(name);
    }
  }
  for (const ring of rings(graph)) yield { path: ring[0], message: `is in a ring of packages: ${ring.join(" -> ")}` };
}

/** Imports that leave the room by a relative path. Yields `{ path, message }`. */
export function* checkReach({ modules }) {
  for (const { path: file, imports, isTest, isTooling } of modules) {
    const room = file.split("/").slice(0, 2).join("/");
    if (isTooling || !/^(apps|packages)\//.test(room)) continue;
    for (const { from } of imports) {
      const target = path.posix.join(path.posix.dirname(file), from);
      // Journeys start the product as `npm start` does.
      if (isTest && target.startsWith("tooling/")) continue;
      if (from.startsWith(".") && !target.startsWith(`${room}/`)) {
        yield { path: file, message: `reaches out of ${room} for ${from}; use the package's door` };
      }
    }
  }
}

function importedFiles(module, modules) {
  const known = new Set(modules.map(({ path: file }) => file));
  const found = new Set();
  for (const { from } of module.imports) {
    if (!from.startsWith(".")) continue;
    const target = path.posix.join(path.posix.dirname(module.path), from);
    const file = [target, `${target}.ts`, `${target}.tsx`].find((candidate) => known.has(candidate));
    if (file !== undefined) found.add(file);
  }
  return found;
}

/** Every ring that a depth-first walk closes, each once, beginning with its first name in the alphabet. */
function* rings(graph) {
  const done = new Set();
  const seen = new Set();
  function* visit(node, trail) {
    const at = trail.indexOf(node);
    if (at !== -1) {
      const ring = trail.slice(at);
      const first = ring.indexOf(ring.toSorted((one, other) => one.localeCompare(other, "en"))[0]);
      const turned = [...ring.slice(first), ...ring.slice(0, first)];
      const key = turned.join();
      if (!seen.has(key)) yield [...turned, turned[0]];
      seen.add(key);
      return;
    }
    if (done.has(node)) return;
    for (const next of graph.get(node) ?? []) yield* visit(next, [...trail, node]);
    done.add(node);
  }
  for (const node of graph.keys()) yield* visit(node, []);
}
