import { bundleServer } from "@parley/bundle";

// The procedures, for Next to call in process: docs/decisions/0006-procedures-beside-next.md says why not through its bundler.
await bundleServer(import.meta.dirname, ["src/server/parley.ts"]);
