import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import PostalMime, { type Email } from "postal-mime";
import S3rver from "s3rver";
import { SMTPServer } from "smtp-server";

/** A service beside the processes under test, and what points them to it. */
export interface Service {
  env: Record<string, string>;
  close(): Promise<void>;
}

export interface MailServer extends Service {
  received: Email[];
}

/** Keeps the mails it gets. */
export async function startMailServer(): Promise<MailServer> {
  const received: Email[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", async () => {
        received.push(await PostalMime.parse(Buffer.concat(chunks)));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    env: { SMTP_URL: `smtp://127.0.0.1:${port}` },
    received,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

export interface Bucket extends Service {
  /** The keys that begin so, as the server lists them. */
  keys(prefix: string): Promise<string[]>;
}

/** An S3 server with one bucket, which anyone may read, as behind a CDN. */
export async function startBucket(): Promise<Bucket> {
  const directory = await mkdtemp(path.join(tmpdir(), "parley-bucket-"));
  const name = "objects";
  const server = new S3rver({
    address: "127.0.0.1",
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name, configs: [] }],
  });
  const { port } = await server.run();
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    env: {
      S3_ENDPOINT: endpoint,
      S3_BUCKET: name,
      S3_REGION: "us-east-1",
      S3_ACCESS_KEY_ID: "S3RVER",
      S3_SECRET_ACCESS_KEY: "S3RVER",
      ASSETS_URL: `${endpoint}/${name}`,
    },
    async keys(prefix) {
      const listing = await fetch(`${endpoint}/${name}?list-type=2&prefix=${encodeURIComponent(prefix)}`);
      if (!listing.ok) throw new Error(`the bucket answered ${listing.status}: ${await listing.text()}`);
      return [...(await listing.text()).matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key]) => key ?? "");
    },
    async close() {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A real Redis that keeps nothing on disk. */
export async function startRedis(): Promise<Service> {
  const port = await freePort();
  const options = ["--bind", "127.0.0.1", "--port", String(port), "--save", "", "--appendonly", "no"];
  const server = spawn("redis-server", options, { stdio: ["ignore", "pipe", "inherit"] });
  await untilReady(server);
  return {
    env: { REDIS_URL: `redis://127.0.0.1:${port}` },
    async close() {
      const ended = once(server, "exit");
      server.kill("SIGKILL");
      await ended;
    },
  };
}

function untilReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`redis-server ended with ${code}`)));
    server.stdout?.on("data", (line) => {
      if (String(line).includes("Ready to accept connections")) resolve();
    });
  });
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
