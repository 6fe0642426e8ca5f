import { readFile, rm } from "node:fs/promises";
import { isBuiltin } from "node:module";
import path from "node:path";
import { build } from "esbuild";

// Bundles our own modules; libraries stay where pnpm put them. docs/decisions/0002-server-bundle.md says why.

/** Imports of libraries become paths into the folder that pnpm gave to the importing package. */
const librariesStay = (fromOutput) => ({
  name: "libraries-stay",
  setup({ onResolve, resolve }) {
    const isAskedByUs = Symbol("asked by us");
    onResolve({ filter: /^[^./]/ }, async ({ path: name, importer, kind, resolveDir, pluginData }) => {
      if (pluginData === isAskedByUs || kind === "entry-point") return null;
      if (isBuiltin(name)) return { path: name, external: true };
      const found = await resolve(name, { importer, kind, resolveDir, pluginData: isAskedByUs });
      if (found.errors.length > 0) return { errors: found.errors };
      if (!found.path.includes(`${path.sep}node_modules${path.sep}`)) return found;
      return { path: fromOutput(found.path), external: true };
    });
  },
});

/** `import.meta` keeps meaning the source file, so that a module finds what lies beside it wherever it is bundled to. */
const sourcesKeepTheirAddress = (fromOutput) => ({
  name: "sources-keep-their-address",
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
      const inOutput = (target) => `__join(import.meta.dirname, ${JSON.stringify(fromOutput(target))})`;
      const addresses = {
        url: `__pathToFileURL(${inOutput(file)}).href`,
        filename: inOutput(file),
        dirname: inOutput(path.dirname(file)),
      };
      const source = await readFile(file, "utf8");
      const contents = source.replace(/\bimport\.meta\.(url|filename|dirname)\b/g, (_, member) => addresses[member]);
      return { contents, loader: "ts" };
    });
  },
});

/**
 * Bundles an app's server code into its `dist/`.
 * @param {string} appDir
 * @param {string[]} entryPoints Below `appDir`.
 */
export async function bundleServer(appDir, entryPoints) {
  const outdir = path.join(appDir, "dist");
  const fromOutput = (file) => path.relative(outdir, file).replaceAll(path.sep, "/");
  await rm(outdir, { recursive: true, force: true });
  await build({
    absWorkingDir: appDir,
    entryPoints,
    outdir,
    bundle: true,
    splitting: true,
    chunkNames: "[name]-[hash]",
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: true,
    logLevel: "warning",
    plugins: [librariesStay(fromOutput), sourcesKeepTheirAddress(fromOutput)],
    banner: {
      js: 'import { join as __join } from "node:path"; import { pathToFileURL as __pathToFileURL } from "node:url";',
    },
  });
}
