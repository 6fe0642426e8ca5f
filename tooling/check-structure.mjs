import path from "node:path";
import { fileURLToPath } from "node:url";
import { checkArrows } from "./structure/arrows.mjs";
import { checkCycles, checkReach } from "./structure/cycles.mjs";
import { checkDomains } from "./structure/domains.mjs";
import { checkFiles } from "./structure/files.mjs";
import { readTree } from "./structure/read-tree.mjs";

/**
 * Checks the plan of the house: which files may stand where, and who may import whom (structure/tables.mjs).
 * @param {string} root folder of the repository
 * @returns {string[]} one line for each fault, sorted: "path: message"
 */
export function checkStructure(root) {
  const tree = readTree(root);
  const faults = [checkFiles, checkArrows, checkDomains, checkReach, checkCycles].flatMap((rule) => [...rule(tree)]);
  const lines = new Set(faults.map(({ path: file, message }) => `${file}: ${message}`));
  return [...lines].sort((one, other) => one.localeCompare(other, "en"));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const faults = checkStructure(path.resolve(import.meta.dirname, ".."));
  for (const fault of faults) console.error(fault);
  console.log(faults.length === 0 ? "The structure is as planned." : `${faults.length} faults in the structure.`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
