import type { IncomingMessage, ServerResponse } from "node:http";

const maxBytes = 8 * 1024 * 1024;
const maxMilliseconds = 3000;

/**
 * Deals with a body that was not read to its end once the request has been answered. It is read past, so that the
 * caller gets to read the answer and may use the connection again; beyond a bound the connection is ended instead.
 */
export function drainLeftover(req: IncomingMessage, res: ServerResponse): void {
  if (req.headers["content-length"] === undefined && req.headers["transfer-encoding"] === undefined) return;
  res.once("finish", () => {
    if (req.complete || req.destroyed) return;
    const { socket } = req;
    const bytesBefore = socket.bytesRead;
    const end = () => {
      clearInterval(watch);
      if (!req.complete) req.destroy();
    };
    const deadline = Date.now() + maxMilliseconds;
    const watch = setInterval(() => {
      if (req.complete || socket.destroyed) clearInterval(watch);
      else if (socket.bytesRead - bytesBefore > maxBytes || Date.now() > deadline) end();
    }, 50).unref();
    req.on("error", () => {});
    req.resume();
  });
}
