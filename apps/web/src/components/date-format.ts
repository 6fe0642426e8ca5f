const made = new Map<string, Intl.DateTimeFormat>();
/** On the server readers name the language, and could name ever another one. */
const mostKept = 200;

/**
 * A formatter, made once: making one takes a phone as long as laying out a card, and a page writes the same few forms
 * again and again.
 * @throws RangeError for a language or a zone that this runtime does not know
 */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat(locale, options);
  if (made.size >= mostKept) made.clear();
  made.set(key, format);
  return format;
}

/** How points in time are written, on the server and in browsers alike. */
export const timeStyles = {
  date: { dateStyle: "medium" },
  dateTime: { dateStyle: "medium", timeStyle: "short" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
