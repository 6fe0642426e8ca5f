import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

export interface Listener {
  /** The port taken: another than asked for where 0 was asked. */
  port: number;
  /** From now on this answers. */
  serve(handler: RequestHandler): void;
  /** Why the app cannot serve yet. */
  setReason(reason: string): void;
  /** Takes no new request, lets those under way finish, then closes. */
  drain(timeoutMs: number): Promise<void>;
}

/** Every open connection, with the latest response on it; null where nothing was asked yet. */
type Connections = Map<Socket, ServerResponse | null>;

/**
 * Listens before the app can serve, so that an orchestrator sees a living process that says what it waits for, and not
 * a refused connection.
 */
export async function listen({ host, port }: { host: string; port: number }): Promise<Listener> {
  let reason = "starting";
  let handle: RequestHandler = (request, response) => answerWhileStarting(request, response, reason);
  const connections: Connections = new Map();
  const server = createServer((request, response) => {
    connections.set(request.socket, response);
    if (!server.listening) response.shouldKeepAlive = false;
    handle(request, response);
  });
  server.on("connection", (socket) => {
    connections.set(socket, null);
    socket.once("close", () => connections.delete(socket));
  });
  server.requestTimeout = 60_000;
  server.headersTimeout = 20_000;
  server.keepAliveTimeout = 65_000;
  server.on("clientError", refuseUnreadable);
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    serve: (handler) => {
      handle = handler;
    },
    setReason: (next) => {
      reason = next;
    },
    drain: (timeoutMs) => drain(server, connections, timeoutMs),
  };
}

function answerWhileStarting(request: IncomingMessage, response: ServerResponse, reason: string): void {
  const path = request.url?.split("?")[0];
  if (path === "/healthz") sendJson(response, 200, { status: "alive" });
  else if (path === "/readyz") sendJson(response, 503, { status: "not_ready", reason });
  else
    sendJson(response, 503, {
      error: { code: "unavailable", message: "The service is starting; try again", details: null },
    });
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(body));
}

/** What is no HTTP never becomes a request; it is answered on the bare connection. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = statusLines[error.code ?? ""] ?? "400 Bad Request";
  const body = JSON.stringify({
    error: { code: "validation_error", message: "The request could not be read", details: null },
  });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

const statusLines: Record<string, string> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

const sweepEveryMs = 50;

/**
 * Every client is told with its next answer that the connection ends, so that none sends into a closed one; what was
 * told too late, since its answer had begun, is closed once it waits.
 */
async function drain(server: Server, connections: Connections, timeoutMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const response of connections.values()) if (response !== null) response.shouldKeepAlive = false;
  const sweep = setInterval(() => {
    server.closeIdleConnections();
    // Those that browsers open in advance are not idle to Node, since their first request may come any moment.
    for (const [socket, response] of connections) if (response === null && socket.bytesRead === 0) socket.destroy();
  }, sweepEveryMs);
  const timer = setTimeout(() => server.closeAllConnections(), timeoutMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(timer);
}
