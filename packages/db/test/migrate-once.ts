import { migrate } from "../src/migrate";

// A process beside the test's: migrates one database, says what it applied, and ends by itself.
process.stdout.write(JSON.stringify(await migrate({ url: process.argv[2] ?? "" })));
