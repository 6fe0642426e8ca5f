import { shownName } from "./shown-name";

/** The first line of a mail. */
export function greeting(name: string): string {
  const shown = shownName(name);
  return shown === null ? "Hello," : `Hello ${shown},`;
}
