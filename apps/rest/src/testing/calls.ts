import type { FastifyInstance, InjectOptions } from "fastify";

export interface CallOptions {
  token?: string | undefined;
  /** A Cookie header, sent as a page of the web app does. */
  cookie?: string | undefined;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is, with the content type given in `headers`. */
  raw?: string | Buffer;
  form?: readonly FormPart[];
  headers?: Record<string, string>;
  /** Where the caller seems to sit; default 127.0.0.1. */
  address?: string;
}

export type FormPart =
  | { name: string; value: string }
  | { name: string; fileName: string; type: string; bytes: Uint8Array };

export interface Answer {
  method: string;
  path: string;
  status: number;
  headers: Record<string, string | undefined>;
  contentType: string | undefined;
  body: string;
  bytes: Buffer;
  /** The body as JSON; a test that asks for it where there is none fails. */
  readonly json: unknown;
}

/** Where the web app of test apps is. */
const webOrigin = "http://localhost:3000";

/** One request to the app, without a port. */
export async function call(app: FastifyInstance, route: string, options: CallOptions = {}): Promise<Answer> {
  const [method = "", path = ""] = route.split(" ");
  const headers: Record<string, string> = { ...options.headers };
  if (options.token !== undefined) headers.authorization = `Bearer ${options.token}`;
  if (options.cookie !== undefined)
    Object.assign(headers, { cookie: options.cookie, origin: headers.origin ?? webOrigin });
  let payload: InjectOptions["payload"];
  if (options.json !== undefined) {
    headers["content-type"] ??= "application/json";
    payload = JSON.stringify(options.json);
  } else if (options.form !== undefined) {
    headers["content-type"] = formType;
    payload = formBytes(options.form);
  } else if (options.raw !== undefined) payload = options.raw;
  const { address } = options;
  const response = await app.inject({ method: method as "GET", url: path, headers, payload, remoteAddress: address });
  return {
    method,
    path,
    status: response.statusCode,
    headers: response.headers as Record<string, string | undefined>,
    contentType: response.headers["content-type"]?.toString(),
    body: response.body,
    bytes: response.rawPayload,
    get json() {
      return response.json();
    },
  };
}

/** What stands at a path such as "error.details.email" of parsed JSON. */
export function at(json: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], json);
}

/** The text that stands there. */
export function textAt(json: unknown, path: string): string {
  const value = at(json, path);
  if (typeof value !== "string") throw new Error(`there is no text at ${path} of ${JSON.stringify(json)}`);
  return value;
}

const boundary = "parley-test-boundary";

/** The content type of `formBytes`. */
export const formType = `multipart/form-data; boundary=${boundary}`;

export function formBytes(parts: readonly FormPart[]): Buffer {
  const chunks = parts.flatMap((part) => {
    const isFile = "bytes" in part;
    const disposition = `form-data; name="${part.name}"${isFile ? `; filename="${part.fileName}"` : ""}`;
    const head = `--${boundary}\r\nContent-Disposition: ${disposition}\r\n${isFile ? `Content-Type: ${part.type}\r\n` : ""}\r\n`;
    return [Buffer.from(head), isFile ? Buffer.from(part.bytes) : Buffer.from(part.value), Buffer.from("\r\n")];
  });
  return Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]);
}
