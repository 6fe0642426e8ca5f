import net from "node:net";

/** A way to a server that can be cut in the ways in which networks fail. */
export interface TcpProxy {
  url: string;
  /** From now on nothing passes, and nobody is told. */
  freeze(): void;
  /** Ends all connections and refuses new ones, like a server that is down. */
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

/** @param target the URL of a database, which the proxy's URL repeats but for the port. */
export async function openProxy(target: string): Promise<TcpProxy> {
  const sockets = new Set<net.Socket>();
  let server = net.createServer();
  let port = 0;

  function join(client: net.Socket): void {
    const upstream = net.connect(Number(new URL(target).port), "127.0.0.1");
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
  }
  async function up(): Promise<void> {
    server = net.createServer(join);
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
    port = (server.address() as net.AddressInfo).port;
  }
  async function down(): Promise<void> {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  await up();
  const url = new URL(target);
  url.port = String(port);
  return {
    url: url.href,
    freeze() {
      for (const socket of sockets) socket.unpipe().pause();
    },
    down,
    up,
    close: down,
  };
}
