import path from "node:path";
import { emptyNames, fileGrammar, maxLines, topLevel } from "./tables.mjs";

/** Which files may be there, and how they may be made. Yields `{ path, message }`. */
export function* checkFiles({ topLevel: entries, files, modules }) {
  for (const name of entries) {
    if (!topLevel.has(name)) yield { path: name, message: "does not belong in the top folder" };
  }
  for (const file of files) {
    yield* checkName(file);
    yield* checkGrammar(file);
  }
  for (const { path: file, lines, isTest, isBarrel, isUnreadable, convertsZones } of modules) {
    if (lines > maxLines)
      yield { path: file, message: `has ${lines} lines; ${maxLines} are the most. Make it a folder` };
    if (isBarrel) yield { path: file, message: "is a barrel: it only passes on what other files export" };
    if (convertsZones && !isTest && file.startsWith("packages/")) {
      yield {
        path: file,
        message: "converts time zones in SQL; one runtime reckons with zones, and it is not PostgreSQL's",
      };
    }
    if (isUnreadable) yield { path: file, message: "cannot be parsed" };
  }
}

function* checkName(file) {
  if (!/^(apps|packages|tooling)\//.test(file)) return;
  const parts = file.split("/").slice(2);
  for (const part of parts) {
    const [name] = part.split(".");
    if (emptyNames.test(name)) yield { path: file, message: `"${name}" does not say what is inside` };
  }
}

function* checkGrammar(file) {
  const folder = path.posix.dirname(file);
  const name = path.posix.basename(file);
  const rule = fileGrammar.find((candidate) => candidate.folder.test(folder));
  if (rule === undefined || rule.files.includes(name) || name.endsWith(".test.ts")) return;
  const allowed = rule.files.length === 0 ? "No file may" : `Only ${rule.files.join(", ")} and *.test.ts may`;
  yield { path: file, message: `is not part of the grammar. ${allowed} stand in ${folder}` };
}
