import path from "node:path";
import { isOfNode } from "./arrows.mjs";

const inApi = /^packages\/api\/src\/([^/]+)\/(?:.+\/)?(\w+)\.ts$/;

/** What each role of a domain's files may import. Yields `{ path, message }`. */
export function* checkDomains({ modules }) {
  for (const module of modules) {
    const found = inApi.exec(module.path);
    if (found === null || module.isTest) continue;
    const [, domain, role] = found;
    if (role === "rules" && module.readsClock) yield { path: module.path, message: "is pure; the time is an argument" };
    for (const { from } of module.imports) {
      const target = from.startsWith(".") ? path.posix.join(path.posix.dirname(module.path), from) : from;
      const message = refusal(domain, role, from, target);
      if (message !== null) yield { path: module.path, message };
    }
  }
}

/** Why a file of `role` may not import `from` (which is `target` in the tree), or null where it may. */
function refusal(domain, role, from, target) {
  const isInternal = from.startsWith(".");
  const name = path.posix.basename(target);
  const targetDomain = /^packages\/api\/src\/([^/]+)\//.exec(target)?.[1];
  if (role === "schema") {
    const isBrowserSafe =
      from === "zod" ||
      (isInternal && (["primitives", "schema"].includes(name) || isOwnRules(name, targetDomain, domain)));
    if (!isBrowserSafe) return `imports ${from}; a schema is zod, primitives, schemas and its own rules alone`;
  }
  if (role === "rules") {
    if (isOfNode(from)) return `imports ${from}; rules run in the browser`;
    if (isInternal && ["store", "service", "router", "jobs"].includes(name)) return `imports ${from}; rules are pure`;
  }
  // One statement may span the tables of two domains, so a store may know another; whoever decides may not.
  if (role !== "store" && isInternal && name === "store" && targetDomain !== domain) {
    return `imports ${from}; another domain's store is out of bounds, call its service`;
  }
  return null;
}

function isOwnRules(name, targetDomain, domain) {
  return name === "rules" && targetDomain === domain;
}
