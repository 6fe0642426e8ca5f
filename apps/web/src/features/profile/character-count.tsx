import { clsx } from "clsx";

/** How much room is left in a text, counted as the server counts: by characters, not by code units. */
export function CharacterCount({ text, max }: { text: string; max: number }) {
  const used = [...text.trim()].length;
  return (
    <span className={clsx("shrink-0", used > max && "text-danger")}>
      {used} / {max}
    </span>
  );
}
