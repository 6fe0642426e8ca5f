/** What is looked for, word by word; each must be found. */
export function searchWords(q: string): string[] {
  return [...new Set(q.split(/\s+/).filter((word) => word !== ""))];
}

/** A LIKE pattern for texts that contain the word; its own wildcards stand for themselves. */
export function containsPattern(word: string): string {
  return `%${word.replace(/[\\%_]/g, "\\$&")}%`;
}
