import { z } from "zod";

/**
 * The words every schema is made of. `kind` tells a wire dialect what a value is, so that ids, times and money are
 * spelt its way; inside, they are UUID text, ISO text with milliseconds, and integer cents.
 */

// Messages are written to follow a field's name: "email" "must be a valid e-mail address".
z.config({
  customError: (issue) => {
    if (issue.code === "invalid_type")
      return issue.input === undefined ? "is required" : `must be ${article(issue.expected)}`;
    if (issue.code === "too_small" || issue.code === "too_big") return sizeMessage(issue);
    if (issue.code === "invalid_value")
      return issue.input === undefined
        ? "is required"
        : `must be ${issue.values.length === 1 ? "" : "one of "}${issue.values.join(", ")}`;
    if (issue.code === "invalid_format") return formatMessages[issue.format] ?? "has the wrong format";
    if (issue.code === "invalid_union") return "is not one of the accepted forms";
    if (issue.code === "not_multiple_of") return `must be a multiple of ${issue.divisor}`;
    return undefined;
  },
});

const formatMessages: Record<string, string> = {
  email: "must be a valid e-mail address",
  guid: "must be an id",
  uuid: "must be an id",
  datetime: "must be a date and time",
  date: "must be a date as YYYY-MM-DD",
  url: "must be a web address",
};

function article(type: string): string {
  if (type === "int" || type === "integer") return "a whole number";
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function sizeMessage(issue: {
  code?: string;
  origin?: string;
  minimum?: unknown;
  maximum?: unknown;
  inclusive?: boolean;
}) {
  const isMinimum = issue.code === "too_small";
  const bound = String(isMinimum ? issue.minimum : issue.maximum);
  const isList = issue.origin === "array";
  const unit = issue.origin === "string" ? " characters" : isList ? (bound === "1" ? " entry" : " entries") : "";
  if (isMinimum && issue.origin === "string" && bound === "1") return "must not be empty";
  const relation =
    issue.inclusive === false ? (isMinimum ? "more than" : "less than") : isMinimum ? "at least" : "at most";
  return `must ${isList ? "have" : "be"} ${relation} ${bound}${unit}`;
}

/**
 * 128 bits as UUID text, in lower case. Ours are version 7, but any 128 bits may be asked for: as a ULID they are a valid
 * id, only nobody's.
 */
export const id = z.guid().toLowerCase().meta({ kind: "id" });

/** A point in time as ISO 8601 text in UTC, with milliseconds. */
export const instant = z.iso.datetime().meta({ kind: "instant" });

/** An amount of US dollars in integer cents; its field's name ends in `Cents`. */
export const cents = z.int().meta({ kind: "cents" });

/** Minutes since the day began, 0 to 1440 (the day's end); its field's name ends in `Minute`. */
export const minuteOfDay = z.int().min(0).max(1440).meta({ kind: "minuteOfDay" });

/**
 * A calendar date, YYYY-MM-DD, from the year 1 on: PostgreSQL knows no year 0. What is none stops the checks of the
 * object around it, which reckon with dates.
 */
export const calendarDate = z.iso
  .date({ abort: true })
  .refine((date) => !date.startsWith("0000"), { error: formatMessages.date, abort: true })
  .meta({ kind: "date" });

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are the very thing looked for
const controlCharacters = /[\u0000-\u001f\u007f-\u009f]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above, but for tab and line ends
const controlCharactersInProse = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

/**
 * Text from outside, trimmed, `min` to `max` characters (code points, as PostgreSQL and JSON Schema count them),
 * free of control characters and of unpaired surrogates, which PostgreSQL cannot store. Prose may have lines.
 */
export function text({ min = 0, max, isProse = false }: { min?: number; max: number; isProse?: boolean }) {
  const forbidden = isProse ? controlCharactersInProse : controlCharacters;
  return z
    .string()
    .trim()
    .check((payload) => {
      const value = payload.value;
      const report = (message: string) => payload.issues.push({ code: "custom", message, input: value, path: [] });
      if (!value.isWellFormed() || forbidden.test(value)) report("must not contain control characters");
      const length = codePoints(value);
      if (length < min) report(min === 1 ? "must not be empty" : `must be at least ${min} characters`);
      else if (length > max) report(`must be at most ${max} characters`);
    })
    .meta({ ...(min > 0 && { minLength: min }), maxLength: max });
}

function codePoints(value: string): number {
  let count = 0;
  for (const _ of value) count += 1;
  return count;
}

/** An e-mail address, lower-cased: one person, one spelling. */
export const email = z.string().trim().toLowerCase().max(254).email().meta({ format: "email" });

/** A secret from a mail or a token pair: opaque, bounded, never trimmed into something else. */
export const opaqueToken = z.string().min(1).max(512);

/** What a listing asks for. */
export const pageRequest = z.object({
  page: z.int().min(1).max(100_000).default(1),
  perPage: z.int().min(1).max(100).default(20),
});

/** One page of a listing. `total` counts all items on all pages. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z
    .object({ items: z.array(item), page: z.int(), perPage: z.int(), total: z.int().min(0) })
    .meta({ kind: "page" });
}

/** A listing from any place on, where it is not told in numbered pages: `offset` items come before the first one. */
export function rangeOf<Item extends z.ZodType>(item: Item) {
  return z
    .object({ items: z.array(item), total: z.int().min(0), limit: z.int(), offset: z.int() })
    .meta({ kind: "page" });
}

/** An uploaded file of at most `maxBytes` bytes. Its claimed name and type are never trusted. */
export function uploadedFile(maxBytes: number) {
  return z
    .custom<File>((value) => value instanceof Blob, "must be a file")
    .refine((file) => file.size > 0, "must not be empty")
    .refine((file) => file.size <= maxBytes, `must be at most ${maxBytes / 1024 / 1024} MB`)
    .meta({ kind: "file" });
}

/** Bytes to hand out as they are. */
export const binary = z.custom<Uint8Array>((value) => value instanceof Uint8Array).meta({ kind: "bytes" });

/** The input of procedures that ask nothing. */
export const noInput = z.object({}).optional();

/** The bytes of an uploaded file; without a copy where it can hand them out, as Blobs of later Node versions do. */
export async function bytesOf(file: Blob): Promise<Uint8Array> {
  return typeof file.bytes === "function" ? file.bytes() : new Uint8Array(await file.arrayBuffer());
}

/** The answer of procedures that have nothing to say. */
export const nothing = z.void();
