import { bundleServer } from "@parley/bundle";

await bundleServer(import.meta.dirname, ["src/main.ts", "src/rotate-keys.ts"]);
