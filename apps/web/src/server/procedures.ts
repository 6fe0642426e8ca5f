import "server-only";
import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

type Parley = typeof import("./parley");

let loaded: Promise<Parley> | undefined;

/** Our own server code, loaded once a process. docs/decisions/0006-procedures-beside-next.md says why this way. */
export function procedures(): Promise<Parley> {
  loaded ??= import(/* turbopackIgnore: true */ pathToFileURL(bundle()).href) as Promise<Parley>;
  return loaded;
}

/** Next runs from the app's folder or from the workspace's. */
function bundle(): string {
  const candidates = ["dist/parley.js", "apps/web/dist/parley.js"].map((file) =>
    path.resolve(/* turbopackIgnore: true */ process.cwd(), file),
  );
  const found = candidates.find((file) => existsSync(file));
  if (found === undefined) throw new Error("apps/web/dist/parley.js is missing; run `npm run build`");
  return found;
}
