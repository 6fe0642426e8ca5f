import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import { postcodeValidator, postcodeValidatorExistsForCountry } from "postcode-validator";

/** How an account stands. Nobody signed in is `invited`, `banned` or `deleted`. Source: 001, GET /me, and inventory B5. */
export type PersonStatus = "pending" | "active" | "invited" | "banned" | "deleted";

export function statusOf(facts: { isEmailVerified: boolean; isBanned: boolean; isDeleted: boolean }): PersonStatus {
  if (facts.isBanned) return "banned";
  if (facts.isDeleted) return "deleted";
  return facts.isEmailVerified ? "active" : "pending";
}

/** A BCP 47 tag in canonical form, or null where it is none: `en_US` is a spelling of other systems. */
export function canonicalLocale(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}

/** `de` of `de-CH-1996`. */
export function languageOf(locale: string): string {
  return new Intl.Locale(locale).language;
}

/** A phone number as E.164, whatever spaces and hyphens it was written with; null where it cannot be one. */
export function e164(phone: string): string | null {
  const number = parsePhoneNumberFromString(phone, { extract: false });
  return number?.isPossible() && number.ext === undefined ? number.number : null;
}

/** Whether a country is known to have postal codes of another form. Of countries without a known form, any will do. */
export function isForeignPostalCode(postalCode: string, country: string): boolean {
  return postcodeValidatorExistsForCountry(country) && !postcodeValidator(postalCode, country);
}

const base58 = "[1-9A-HJ-NP-Za-km-z]";
/** Ethereum and its kin; Bitcoin, older and newer; Tron; Solana. */
const walletForms = [
  /^0x[0-9a-fA-F]{40}$/,
  new RegExp(`^[13]${base58}{25,34}$`),
  /^(bc1|tb1)[02-9ac-hj-np-z]{11,87}$/,
  new RegExp(`^T${base58}{33}$`),
  new RegExp(`^${base58}{32,44}$`),
];

export function isWalletAddress(address: string): boolean {
  return walletForms.some((form) => form.test(address));
}
