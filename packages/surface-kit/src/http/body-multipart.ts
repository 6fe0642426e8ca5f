import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { Busboy, type BusboyHeaders } from "@fastify/busboy";
import type { MultipartBody } from "../surface";
import { Gathering, ReceivedFile } from "./received-file";
import { Refusal } from "./refusal";

const limits = { fields: 50, fieldSize: 64 * 1024, headerPairs: 20, headerSize: 4 * 1024 };
/** Beyond the files themselves: text parts, part headers and boundaries. */
const overheadBytes = 1024 * 1024;

export interface Form {
  /** Text parts and files (`File`), by wire name; several text parts of one name as an array. */
  parts: Record<string, unknown>;
}

/**
 * Reads a form with the files declared, each within its bound; other files are read past. Reading stops as soon as a
 * bound is broken.
 * @throws Refusal
 */
export async function readForm(req: IncomingMessage, { files }: MultipartBody): Promise<Form> {
  const busboy = createBusboy(req, files);
  const maxTotal = Object.values(files).reduce((sum, { maxBytes }) => sum + maxBytes, overheadBytes);
  if (Number(req.headers["content-length"] ?? 0) > maxTotal) throw tooLargeForm(files);

  return new Promise((resolve, reject) => {
    const parts: Record<string, unknown> = Object.create(null);
    const seen = new Set<string>();
    let total = 0;
    const refuse = (refusal: Refusal) => {
      stop();
      req.pause();
      // An error that the parser meets while it is torn down would otherwise have no listener.
      busboy.on("error", () => {});
      busboy.destroy();
      reject(refusal);
    };
    const onData = (chunk: Buffer) => {
      total += chunk.length;
      if (total > maxTotal) return refuse(tooLargeForm(files));
      if (!busboy.write(chunk)) req.pause();
    };
    const onEnd = () => {
      // The request closes once it has been read; the parser may still be busy with the last of it.
      req.off("error", onBroken).off("close", onBroken);
      busboy.end();
    };
    const onBroken = () => refuse(new Refusal("malformed_request", "The form ended early"));
    const stop = () => {
      req.off("data", onData).off("end", onEnd).off("error", onBroken).off("close", onBroken);
      busboy.removeAllListeners();
    };

    busboy.on("drain", () => req.resume());
    busboy.on("field", (name, value, _isNameCut, isCut) => {
      if (isCut) return refuse(new Refusal("validation_error", "Some fields are not valid", { [name]: "is too long" }));
      const earlier = parts[name];
      parts[name] = earlier === undefined ? value : Array.isArray(earlier) ? [...earlier, value] : [earlier, value];
    });
    busboy.on("file", (name, stream, filename, _encoding, type) => {
      const declared = Object.hasOwn(files, name) ? files[name] : undefined;
      if (declared === undefined) return void stream.on("error", () => {}).resume();
      if (seen.has(name)) {
        return refuse(new Refusal("validation_error", "Some fields are not valid", { [name]: "must be given once" }));
      }
      seen.add(name);
      const expected = Math.min(declared.maxBytes, Number(req.headers["content-length"] ?? 0));
      collect(
        stream,
        { maxBytes: declared.maxBytes, expected },
        {
          done: (bytes) => {
            parts[name] = new ReceivedFile(bytes, filename ?? "", type);
          },
          tooLarge: () => refuse(tooLarge(name, declared.maxBytes)),
        },
      );
    });
    busboy.on("partsLimit", () => refuse(new Refusal("malformed_request", "The form has too many parts")));
    busboy.on("fieldsLimit", () => refuse(new Refusal("malformed_request", "The form has too many parts")));
    busboy.on("error", () => refuse(new Refusal("malformed_request", "The form is damaged or ended early")));
    busboy.on("finish", () => {
      stop();
      resolve({ parts });
    });
    req.on("data", onData).on("end", onEnd).on("error", onBroken).on("close", onBroken);
  });
}

function createBusboy(req: IncomingMessage, files: MultipartBody["files"]) {
  const type = req.headers["content-type"] ?? "";
  if (!/^multipart\/form-data\s*(;|$)/i.test(type)) {
    throw new Refusal("unsupported_media_type", "The request body must be multipart/form-data");
  }
  try {
    return new Busboy({
      headers: req.headers as BusboyHeaders,
      limits: { ...limits, parts: limits.fields + Object.keys(files).length },
      isPartAFile: (_name, _type, filename) => filename !== undefined,
    });
  } catch {
    throw new Refusal("malformed_request", "The form's boundary is missing or not valid");
  }
}

// A damaged form ends in the parser's own error; the stream's is the same one again.
function collect(
  stream: Readable,
  { maxBytes, expected }: { maxBytes: number; expected: number },
  on: { done(bytes: Buffer<ArrayBuffer>): void; tooLarge(): void },
): void {
  const gathering = new Gathering(expected);
  stream.on("data", (chunk: Buffer) => {
    if (gathering.length + chunk.length > maxBytes) on.tooLarge();
    else gathering.add(chunk);
  });
  stream.on("end", () => on.done(gathering.bytes()));
  stream.on("error", () => {});
}

function tooLarge(name: string, maxBytes: number): Refusal {
  return new Refusal("validation_error", "Some fields are not valid", { [name]: `must be at most ${size(maxBytes)}` });
}

/** Which file is too large cannot be told from the length of the whole, unless there is but one. */
function tooLargeForm(files: MultipartBody["files"]): Refusal {
  const [only, ...others] = Object.entries(files);
  if (only !== undefined && others.length === 0) return tooLarge(only[0], only[1].maxBytes);
  return new Refusal("malformed_request", "The request body is too large");
}

function size(bytes: number): string {
  if (bytes >= 1024 * 1024) return `${bytes / 1024 / 1024} MB`;
  return bytes >= 1024 ? `${bytes / 1024} KB` : `${bytes} bytes`;
}
