import { startEmbedded } from "../src/embedded";

// A process beside the test's: uses the server in the folder it is given, and lets go at the first line of its input.
const [dataDir = "", durability] = process.argv.slice(2);
process.on("SIGINT", () => process.stdout.write("SIGINT\n"));
const { url, owned, stop } = await startEmbedded({ dataDir, fast: durability === "fast" });
process.stdout.write(`${JSON.stringify({ url, owned })}\n`);
process.stdin.once("data", async () => {
  await stop();
  process.exit();
});
