const maxLength = 30;
const minLength = 3;

/** A username made of a name, as people would: "Zoë Vale-Ortiz" to "zoe-vale-ortiz". Empty where a name gives none. */
export function suggestUsername(name: string): string {
  const spelt = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, maxLength)
    .replace(/^-+|-+$/g, "");
  return spelt.length < minLength ? "" : spelt;
}
