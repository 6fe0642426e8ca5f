import { openDatabase } from "../src/database";
import { startWorker } from "../src/jobs";

// A process beside the test's: takes a job, says so, and never ends it.
const { pool } = openDatabase({ url: process.argv[2] ?? "" });
await startWorker({
  pool,
  // One at a time: having this one it leaves all others alone.
  concurrency: 1,
  tasks: {
    "a.task": () => {
      process.stdout.write("taken\n");
      return new Promise(() => {});
    },
  },
});
