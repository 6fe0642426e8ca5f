import type { AppRouter } from "@parley/api";
import { httpLink, type TRPCLink } from "@trpc/client";

/** Hears how much of an upload has left the browser, 0 to 1. Pass it as `{ trpc: { context: { onUploadProgress } } }`. */
export type UploadProgress = (part: number) => void;

const listeners = new WeakMap<FormData, UploadProgress>();

/** True for an input that holds a file: it cannot travel as JSON. */
export function holdsFile(input: unknown): input is Record<string, string | Blob> {
  return typeof input === "object" && input !== null && Object.values(input).some((value) => value instanceof Blob);
}

/** Sends an input that holds a file as a form, so that callers pass the procedure's own input, fully typed. */
export function uploadLink(url: string): TRPCLink<AppRouter> {
  const send = httpLink<AppRouter>({ url, fetch: (address, init) => sendForm(String(address), init ?? {}) });
  return (runtime) => {
    const forward = send(runtime);
    return ({ op, next }) => {
      const form = new FormData();
      if (holdsFile(op.input)) for (const [name, value] of Object.entries(op.input)) form.append(name, value);
      const { onUploadProgress } = op.context;
      if (typeof onUploadProgress === "function") listeners.set(form, onUploadProgress as UploadProgress);
      return forward({ op: { ...op, input: form }, next });
    };
  };
}

/** As `fetch`, which cannot tell how far an upload is: only XMLHttpRequest can. */
function sendForm(url: string, init: RequestInit | object): Promise<Response> {
  const { body, signal, headers } = init as RequestInit;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    new Headers(headers).forEach((value, name) => {
      request.setRequestHeader(name, value);
    });
    const listener = body instanceof FormData ? listeners.get(body) : undefined;
    if (listener) {
      request.upload.onprogress = ({ loaded, total }) => listener(total === 0 ? 0 : loaded / total);
      request.upload.onload = () => listener(1);
    }
    request.onload = () => resolve(new Response(request.responseText, { status: request.status }));
    request.onerror = () => reject(new TypeError("The upload could not be sent"));
    request.onabort = () => reject(new DOMException("The upload was called off", "AbortError"));
    signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.send(body as XMLHttpRequestBodyInit);
  });
}
