/**
 * For refusals that have no place for details: every field at fault, with what is wrong with it, in one text. The
 * messages are worded to follow the names.
 */
export function faultsInWords(message: string, details: Readonly<Record<string, string>> | null): string {
  const faults = Object.entries(details ?? {}).map(([field, fault]) => `${field} ${fault}`);
  return faults.length === 0 ? message : faults.join("; ");
}
