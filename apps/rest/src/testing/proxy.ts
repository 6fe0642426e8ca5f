import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** Stands between the app and its database, on the loopback, for tests that take the database away. */
export interface DatabaseProxy {
  /** The database's address by way of the proxy. */
  url: string;
  /** Ends every connection, and each new one as soon as it is made. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function openProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isCut = false;

  function keep(socket: Socket, other: Socket): void {
    sockets.add(socket);
    // Either side's end is the other's: a reset is nothing to report.
    socket.on("error", () => {});
    socket.on("close", () => {
      sockets.delete(socket);
      other.destroy();
    });
  }

  const server = createServer((inward) => {
    const outward = connect(Number(target.port), target.hostname);
    keep(inward, outward);
    keep(outward, inward);
    if (isCut) inward.destroy();
    else inward.pipe(outward).pipe(inward);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String(port);

  function destroyAll(): void {
    for (const socket of sockets) socket.destroy();
  }
  return {
    url: url.href,
    cut() {
      isCut = true;
      destroyAll();
    },
    mend() {
      isCut = false;
    },
    async close() {
      const closed = once(server.close(), "close");
      destroyAll();
      await closed;
    },
  };
}
