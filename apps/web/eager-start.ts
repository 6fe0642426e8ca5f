import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/** To Chromium: compile all that is in here while it loads, on another thread. Comes before anything else in a file. */
const hint = "//# allFunctionsCalledOnLoad\n";

/**
 * Marks the scripts with which every page starts (React, and Next's part in browsers). Else their functions would be
 * compiled one by one as they are first called, on the thread that a visitor waits for.
 */
export async function hintStart(distDir: string): Promise<void> {
  const manifest: { rootMainFiles: string[] } = JSON.parse(
    await readFile(path.join(distDir, "build-manifest.json"), "utf8"),
  );
  await Promise.all(
    manifest.rootMainFiles.map(async (name) => {
      const file = path.join(distDir, name);
      const code = await readFile(file, "utf8");
      if (!code.startsWith(hint)) await writeFile(file, hint + code);
    }),
  );
}
