import { type Answer, type CallOptions, formBytes, formType } from "./calls";

/** One request to a process, over the wire. Redirects are not followed. @throws where no whole answer came. */
export async function callOver(url: string, route: string, options: CallOptions = {}): Promise<Answer> {
  const [method = "", path = ""] = route.split(" ");
  const headers: Record<string, string> = { ...options.headers };
  if (options.token !== undefined) headers.authorization = `Bearer ${options.token}`;
  let payload: string | Uint8Array<ArrayBuffer> | undefined;
  if (options.json !== undefined) {
    headers["content-type"] ??= "application/json";
    payload = JSON.stringify(options.json);
  } else if (options.form !== undefined) {
    payload = new Uint8Array(formBytes(options.form));
    headers["content-type"] = formType;
  } else if (options.raw !== undefined) payload = new Uint8Array(Buffer.from(options.raw));
  const response = await fetch(url + path, { method, headers, body: payload ?? null, redirect: "manual" });
  const bytes = Buffer.from(await response.arrayBuffer());
  const body = bytes.toString();
  return {
    method,
    path,
    status: response.status,
    headers: Object.fromEntries(response.headers),
    contentType: response.headers.get("content-type") ?? undefined,
    body,
    bytes,
    get json(): unknown {
      return JSON.parse(body);
    },
  };
}

/** The same; null where no whole answer came, as from a process that is being killed. */
export function tryCallOver(url: string, route: string, options: CallOptions = {}): Promise<Answer | null> {
  return callOver(url, route, options).catch(() => null);
}
