import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver from "s3rver";

/** What a driver needs to reach the server; s3rver knows this one pair of credentials. */
export interface TestServer {
  connection: { endpoint: string; bucket: string; region: string; accessKeyId: string; secretAccessKey: string };
  close(): Promise<void>;
}

/** An S3 server on a free port of this machine, with one empty bucket. */
export async function startS3Server(): Promise<TestServer> {
  const directory = await mkdtemp(join(tmpdir(), "parley-s3-"));
  const bucket = `objects-${randomUUID()}`;
  const server = new S3rver({
    address: "127.0.0.1",
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: bucket, configs: [] }],
  });
  const { port } = await server.run();
  return {
    connection: {
      endpoint: `http://127.0.0.1:${port}`,
      bucket,
      region: "us-east-1",
      accessKeyId: "S3RVER",
      secretAccessKey: "S3RVER",
    },
    async close() {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
