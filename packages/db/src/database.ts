import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { type ChangeFeed, createChangeFeed } from "./change-feed";
import { type Prisma, PrismaClient } from "./generated/client";

export interface DatabaseOptions {
  url: string;
  /** Default 10. */
  poolSize?: number;
  /** How long a statement waits for a connection, in milliseconds. Default 5,000. */
  connectionTimeoutMs?: number;
  applicationName?: string;
  /** Hears of connections that are lost while idle; they are replaced by themselves. */
  onError?(error: Error): void;
}

export interface Database {
  url: string;
  /** For the statements whose speed is measured; Prisma draws from the same pool. */
  pool: pg.Pool;
  prisma: PrismaClient;
  changes: ChangeFeed;
  close(): Promise<void>;
}

export type Transaction = Prisma.TransactionClient;

/** Opens a database: nothing connects before the first statement. */
export function openDatabase(options: DatabaseOptions): Database {
  const { url, applicationName = "parley", onError = () => {} } = options;
  const connectionTimeoutMillis = options.connectionTimeoutMs ?? 5_000;
  const pool = new pg.Pool({
    connectionString: url,
    max: options.poolSize ?? 10,
    application_name: applicationName,
    connectionTimeoutMillis,
    keepAlive: true,
    // A network that swallows packets must not hold a caller for ever.
    query_timeout: 35_000,
    statement_timeout: 30_000,
  });
  // Without listeners the loss of a connection would end the process. Whoever has borrowed it hears of the loss by the
  // statement that fails; idle ones tell the pool.
  pool.on("error", onError);
  pool.on("connect", (client) => client.on("error", () => {}));
  const prisma: PrismaClient = new PrismaClient({
    adapter: new PrismaPg(pool),
    // It waits for a connection like every other statement; and it may take half as long as one, since many wait in turn
    // where they lock the same row.
    transactionOptions: { maxWait: connectionTimeoutMillis, timeout: 15_000 },
  });
  const changes = createChangeFeed({ url, onError });
  return {
    url,
    pool,
    prisma,
    changes,
    async close() {
      await changes.close();
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
