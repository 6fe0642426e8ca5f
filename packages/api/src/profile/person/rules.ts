import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import { postcodeValidator, postcodeValidatorExistsForCountry } from "postcode-validator";

/** How an account stands. Nobody signed in is `invited`, `banned` or `deleted`. Source: 001, GET /me, and inventory B5. */
export type PersonStatus = "pending" | "active" | "invited" | "banned" | "deleted";

export function statusOf(facts: { isEmailVerified: boolean; isBanned: boolean; isDeleted: boolean }): PersonStatus {
  if (facts.isDeleted) return "deleted";
  if (facts.isBanned) return "banned";
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

/** The officially assigned codes of ISO 3166-1 alpha-2: no UK, no EU, no XK. */
const countries = new Set(
  (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ " +
    "BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM " +
    "DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS " +
    "GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN " +
    "KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ " +
    "MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM " +
    "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV " +
    "SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI " +
    "VN VU WF WS YE YT ZA ZM ZW"
  ).split(" "),
);

export function isCountry(code: string): boolean {
  return countries.has(code);
}
