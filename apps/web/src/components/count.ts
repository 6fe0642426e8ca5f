/** "1 host", "12,345 hosts". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/**
 * 12345 to "12,345". Not by `Intl`: its numbers take a phone a tenth of a second to make ready, on the way to a page
 * that answers.
 */
export function formatCount(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
}
