import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import type { NextConfig } from "next";

/** A browser that names Brotli, but not to refuse it. */
const accepted = "(?!.*\\bbr\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$)).*\\bbr\\b.*";

const types = { js: "application/javascript", css: "text/css" };

const files = Object.entries(types).map(([ending, type]) => ({
  type,
  source: `/_next/static/chunks/:file(.*\\.${ending})`,
  has: [{ type: "header" as const, key: "accept-encoding", value: accepted }],
}));

/**
 * Writes a script's and a style's small form beside it, as small as can be, for browsers that read Brotli, which is all
 * of them. Next itself knows gzip alone, and compresses a file anew for everybody who asks.
 */
export async function compressAhead(distDir: string): Promise<void> {
  const folder = path.join(distDir, "static/chunks");
  const names = (await readdir(folder)).filter((name) => path.extname(name).slice(1) in types);
  await Promise.all(names.map((name) => compress(path.join(folder, name))));
}

/** Answers whoever reads Brotli with what was compressed ahead. */
export const precompressed = {
  async headers() {
    return files.map(({ type, ...request }) => ({
      ...request,
      headers: [
        { key: "Content-Encoding", value: "br" },
        // The name of what is sent ends in ".br", which does not say what it is.
        { key: "Content-Type", value: `${type}; charset=UTF-8` },
        { key: "Vary", value: "Accept-Encoding" },
      ],
    }));
  },
  async rewrites() {
    const beforeFiles = files.map(({ source, has }) => ({
      source,
      has,
      destination: "/_next/static/chunks/:file.br",
    }));
    return { beforeFiles, afterFiles: [], fallback: [] };
  },
} satisfies NextConfig;

async function compress(file: string): Promise<void> {
  const bytes = await readFile(file);
  const small = await promisify(brotliCompress)(bytes, {
    params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  await writeFile(`${file}.br`, small);
}
