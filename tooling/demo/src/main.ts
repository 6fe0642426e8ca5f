import { openDependencies } from "@parley/api/dependencies";
import { readEnv } from "@parley/rest/env";
import { loadDemo } from "./load";

const { options } = readEnv(process.env);
const quiet = { info() {}, warn() {}, error: (facts: object, message: string) => console.error(message, facts) };
const deps = await openDependencies({ ...options, areLimitsOn: false, log: quiet });
try {
  console.log((await loadDemo(deps)) ? "demo data loaded" : "demo data is there already");
} finally {
  await deps.close();
}
