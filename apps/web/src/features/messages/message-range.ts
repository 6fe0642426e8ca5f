/** Which part of a list an address asks for; what makes no sense is the first page. */
export function readPage(page: string | string[] | undefined): number {
  const asked = Number(page);
  return Number.isInteger(asked) && asked >= 1 && asked <= 10_000 ? asked : 1;
}
