import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { readModule } from "./read-module.mjs";

const sourceExtensions = new Set([".ts", ".tsx", ".mts", ".mjs", ".js"]);

/**
 * Reads the repository at `root`, less what git ignores.
 * @returns {{ topLevel: string[], files: string[], modules: Module[], packages: Package[] }} paths are relative, with "/"
 *
 * @typedef {object} Module
 * @property {string} path
 * @property {boolean} isTest whether it is a test or test support, or tooling
 * @property {number} lines
 * @property {{ from: string, isType: boolean }[]} imports
 *
 * @typedef {object} Package
 * @property {string} folder
 * @property {string} name
 * @property {string[]} dependencies internal packages that it needs at run time
 */
export function readTree(root) {
  const isIgnored = ignoreRules(root);
  const files = [...walk(root, "", isIgnored)];
  return {
    topLevel: readdirSync(root).filter((name) => name !== ".git" && !isIgnored(name, name)),
    files,
    modules: files
      .filter((file) => sourceExtensions.has(path.extname(file)) && !file.endsWith(".d.ts"))
      .map((file) => ({
        path: file,
        isTest: isTest(file),
        isTooling: file.startsWith("tooling/"),
        ...readModule(file, readFileSync(path.join(root, file), "utf8")),
      })),
    packages: files.filter((file) => path.basename(file) === "package.json").map((file) => readPackage(root, file)),
  };
}

/** Tests, and the folders that exist for tests alone: beside `src`, or `testing` in it. */
function isTest(file) {
  return /\.(test|spec)\.\w+$/.test(file) || /^(apps|packages)\/[^/]+\/(test|e2e|src\/testing)\//.test(file);
}

function* walk(root, folder, isIgnored) {
  for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const file = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.name === ".git" || entry.isSymbolicLink() || isIgnored(entry.name, file)) continue;
    if (entry.isDirectory()) yield* walk(root, file, isIgnored);
    else yield file;
  }
}

/** The part of .gitignore's language that ours uses: names, paths, `*.extension`, and `beginning*`. */
function ignoreRules(root) {
  const file = path.join(root, ".gitignore");
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  const patterns = new Set(lines.map((line) => line.trim().replace(/\/$/, "")).filter((line) => line !== ""));
  const beginnings = [...patterns].filter((pattern) => pattern.endsWith("*")).map((pattern) => pattern.slice(0, -1));
  return (name, file) =>
    patterns.has(name) ||
    patterns.has(file) ||
    patterns.has(`*${path.extname(name)}`) ||
    beginnings.some((beginning) => name.startsWith(beginning));
}

function readPackage(root, file) {
  const { name = "", dependencies = {} } = JSON.parse(readFileSync(path.join(root, file), "utf8"));
  const internal = Object.keys(dependencies).filter((dependency) => dependency.startsWith("@parley/"));
  return { folder: path.posix.dirname(file), name, dependencies: internal };
}
