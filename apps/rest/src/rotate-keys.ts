import { openDependencies } from "@parley/api/dependencies";
import pino from "pino";
import { readEnvOrExit } from "./env";

/** Makes a new signing key. Tokens signed by the older ones stay valid until they expire. */
const { options } = readEnvOrExit();
const deps = await openDependencies({ ...options, admin: undefined, log: pino({ level: "warn", base: null }) });
try {
  const { kid } = await deps.auth.rotateSigningKey();
  console.log(`access tokens are signed by key ${kid} from now on`);
} finally {
  await deps.close();
}
