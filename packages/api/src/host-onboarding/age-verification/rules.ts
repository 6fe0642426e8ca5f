/** Source: conventions, "age verification"; N16. */
const adultAge = 18;

/** Older than anyone has grown: a birth date before this is a slip of the keyboard. */
const greatestAge = 130;

/** Source: conventions, "age verification"; 10 MB means 10 * 1024 * 1024 bytes. */
export const documentMaxBytes = 10 * 1024 * 1024;

/** What the first bytes of a document can prove it to be. */
export const documentTypes = ["image/jpeg", "image/png", "image/webp", "application/pdf"] as const;
export type DocumentType = (typeof documentTypes)[number];

/** @throws for text that no release of this program has stored. */
export function toDocumentType(stored: string): DocumentType {
  const type = documentTypes.find((known) => known === stored);
  if (type === undefined) throw new Error(`a stored document has the unknown type ${stored}`);
  return type;
}

/** One request to prove an age, as a provider sees it. */
export interface AgeCheck {
  id: string;
  userId: string;
  /** YYYY-MM-DD. */
  birthDate: string;
  document: { bytes: Uint8Array; contentType: DocumentType };
}

/** `pending` leaves the decision to administrators. The reason of a rejection is shown to the person. */
export type AgeCheckOutcome =
  | { outcome: "pending" }
  | { outcome: "verified" }
  | { outcome: "rejected"; reason: string };

/**
 * Whoever looks at documents first. An external identity service takes the place of the default by implementing this;
 * where it fails or answers `pending`, the request waits for an administrator.
 */
export interface AgeVerificationProvider {
  name: string;
  start(check: AgeCheck): Promise<AgeCheckOutcome>;
}

/** The default: people review, nobody outside is asked. */
export const reviewByAdministrators: AgeVerificationProvider = {
  name: "administrators",
  start: async () => ({ outcome: "pending" }),
};

/**
 * Completed years on a day, both as YYYY-MM-DD. Who was born on 29 February completes a year on 1 March where the year
 * has no such day: the later of the two customs, so that nobody counts as of age a day too early.
 */
export function ageOn(birthDate: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** What is wrong with a birth date, worded to follow the field's name; null when it is an adult's. */
export function birthDateProblem(birthDate: string, today: string): string | null {
  if (birthDate > today) return "must not be in the future";
  const age = ageOn(birthDate, today);
  if (age > greatestAge) return `must be at most ${greatestAge} years ago`;
  return age < adultAge ? `must be at least ${adultAge} years ago` : null;
}

const signatures: readonly { type: DocumentType; parts: readonly { at: number; bytes: readonly number[] }[] }[] = [
  { type: "image/jpeg", parts: [{ at: 0, bytes: [0xff, 0xd8, 0xff] }] },
  { type: "image/png", parts: [{ at: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] }] },
  {
    type: "image/webp",
    parts: [
      { at: 0, bytes: ascii("RIFF") },
      { at: 8, bytes: ascii("WEBP") },
    ],
  },
  { type: "application/pdf", parts: [{ at: 0, bytes: ascii("%PDF-") }] },
];

function ascii(text: string): readonly number[] {
  return [...text].map((character) => character.charCodeAt(0));
}

/** The type that the first bytes prove, whatever the file calls itself; null where it is none that we take. */
export function documentTypeOf(bytes: Uint8Array): DocumentType | null {
  const begins = ({ at, bytes: expected }: { at: number; bytes: readonly number[] }) =>
    expected.every((byte, index) => bytes[at + index] === byte);
  return signatures.find(({ parts }) => parts.every(begins))?.type ?? null;
}

/** Where the document of a request lies. No surface serves what lies under `private/`. */
export function documentKey(requestId: string): string {
  return `private/age-verifications/${requestId}`;
}
