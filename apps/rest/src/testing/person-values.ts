import fc from "fast-check";

/** What may be known of a person by more than one API, or written by one and read by another. */
export const personFields = [
  ...["displayName", "bio", "username", "locale", "timezone", "phone", "country", "firstName", "lastName"],
  ...["address", "city", "state", "postalCode", "birthDate", "telegramUsername", "telegramChatId", "walletAddress"],
  ...["autoRenew", "theme", "maxMessageLength", "messagesPerPage", "notificationTrayLimit", "defaultVisibility"],
  ...["viewingPreference", "isPrivateAccount", "latitude", "longitude"],
] as const;
export type PersonField = (typeof personFields)[number];

/** A value as somebody sends it, and as Parley keeps it. */
export interface Sent {
  sent: unknown;
  kept: unknown;
}

interface Values {
  valid: fc.Arbitrary<Sent>;
  invalid: fc.Arbitrary<unknown>;
}

const asSent = (arbitrary: fc.Arbitrary<unknown>) => arbitrary.map((sent) => ({ sent, kept: sent }));
const count = (text: string) => [...text].length;
// What nobody can write with a keyboard, but anybody can send.
const unstorable = fc.constantFrom("a\u0000b", "\u001b[31m", "half \ud800 a pair");
const odd = fc.constantFrom<unknown>(5, true, [], {}, ["text"]);
const clearable = (valid: fc.Arbitrary<Sent>) => fc.oneof({ weight: 5, arbitrary: valid }, asSent(fc.constant(null)));

/** Text in any script, with blanks around it that are no part of it. */
function text(min: number, max: number): Values {
  const valid = fc
    .tuple(fc.string({ unit: "grapheme", maxLength: Math.min(max, 60) }), fc.constantFrom("", " ", "\u00a0 "))
    .map(([word, blank]) => ({ sent: `${blank}${word}${blank}`, kept: word.trim() }))
    .filter(({ kept }) => count(kept) >= min && count(kept) <= max);
  const tooLong = fc.integer({ min: max + 1, max: max + 50 }).map((length) => "🙂".repeat(length));
  return { valid, invalid: fc.oneof(tooLong, unstorable, odd, ...(min > 0 ? [fc.constantFrom("", "  ")] : [])) };
}

function word(max: number): Values {
  const { valid, invalid } = text(1, max);
  return { valid: clearable(valid), invalid };
}

function known(valid: fc.Arbitrary<Sent>, ...invalid: unknown[]): Values {
  return { valid, invalid: fc.oneof(fc.constantFrom(...invalid), unstorable, odd) };
}

function oneOf(...values: string[]): Values {
  return { valid: asSent(fc.constantFrom(...values)), invalid: fc.constantFrom<unknown>("other", "", null, 5) };
}

function whole(min: number, max: number): Values {
  const outside = fc.oneof(fc.integer({ min: max + 1 }), fc.integer({ max: min - 1 }));
  const none = fc.constantFrom<unknown>(null, `${min}`, min + 0.5, true, []);
  return { valid: asSent(fc.integer({ min, max })), invalid: fc.oneof(outside, none) };
}

function degrees(most: number): Values {
  // There is no negative zero in JSON.
  const inside = fc.double({ min: -most, max: most, noNaN: true }).map((value) => value + 0);
  const outside = fc.constantFrom<unknown>(most + 0.001, -most - 1, `${most}`, true);
  return { valid: clearable(asSent(inside)), invalid: outside };
}

const truth: Values = { valid: asSent(fc.boolean()), invalid: fc.constantFrom<unknown>("yes", 1, null, "true") };

const bio = text(0, 500);
const letters = "abcdefghijklmnopqrstuvwxyz";
const lettersAndMore = fc.constantFrom(...letters, ...letters.toUpperCase(), ..."0123456789_");
const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(""));

export const personValues: Record<PersonField, Values> = {
  displayName: text(1, 80),
  bio: { valid: clearable(bio.valid), invalid: bio.invalid },
  username: known(
    // Its prefix keeps it from what is reserved.
    fc
      .array(fc.constantFrom(...letters, ..."QRS0123456789_-"), { minLength: 1, maxLength: 24 })
      .map((middle) => `It${middle.join("")}x`)
      .map((sent) => ({ sent, kept: sent.toLowerCase() })),
    ...["ab", "-ann", "ann-", "ann.b", "änne", "me", "ADMIN", "a".repeat(31), ""],
  ),
  locale: known(
    clearable(
      fc
        .constantFrom("en-us", "EN", "zh-hans-cn", "de-CH-1996", "pt-BR", "sr-latn-rs", "iw")
        .map((sent) => ({ sent, kept: Intl.getCanonicalLocales(sent)[0] })),
    ),
    ...["en_US", "xx-", "", "en--US", "a".repeat(9), "english please"],
  ),
  timezone: known(
    clearable(asSent(fc.constantFrom("UTC", "Europe/Kyiv", "Asia/Kolkata", "Asia/Calcutta", "America/New_York"))),
    ...["+02:00", "Mars/Phobos", "", "CEST please"],
  ),
  phone: known(
    clearable(
      fc
        .tuple(digits(4), fc.constantFrom("+1415555", "+1 (415) 555-", "+1-415-555-", "+1 415 555 "))
        .map(([last, first]) => ({ sent: first + last, kept: `+1415555${last}` })),
    ),
    ...["+1-555-0100", "030 901820", "+999 123", "call +14155550100", ""],
  ),
  // All of these have postal codes of five digits, so that one and the other can be written in any order.
  country: known(
    clearable(fc.constantFrom("DE", "fr", "Es", "IT").map((sent) => ({ sent, kept: sent.toUpperCase() }))),
    ...["UK", "EU", "XX", "D", "DEU", ""],
  ),
  postalCode: known(clearable(asSent(fc.constantFrom("10115", "20095", "28013", "38100"))), "", "x".repeat(21)),
  firstName: word(80),
  lastName: word(80),
  address: word(200),
  city: word(100),
  state: word(100),
  birthDate: known(
    clearable(
      asSent(
        fc
          .date({ min: new Date("1900-01-01"), max: new Date("2020-01-01"), noInvalidDate: true })
          .map((date) => date.toISOString().slice(0, 10)),
      ),
    ),
    ...["15.05.1990", "2999-01-01", "1899-12-31", "1990-02-30", "0000-01-01", ""],
  ),
  telegramUsername: known(
    clearable(
      fc
        .tuple(fc.constantFrom(...letters), fc.array(lettersAndMore, { minLength: 4, maxLength: 31 }), fc.boolean())
        .map(([first, rest, isMarked]) => [first + rest.join(""), isMarked] as const)
        .map(([kept, isMarked]) => ({ sent: isMarked ? `@${kept}` : kept, kept })),
    ),
    ...["abcd", "1abcde", "with space", "@@double", ""],
  ),
  telegramChatId: known(
    clearable(asSent(fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }).map(String))),
    ...["ann", "1.5", "", "1".repeat(21)],
  ),
  walletAddress: known(
    clearable(asSent(digits(40).map((all) => `0x${all}`))),
    ...["0x123", "0OIl", "", "x".repeat(101)],
  ),
  autoRenew: truth,
  theme: oneOf("system", "light", "dark"),
  maxMessageLength: whole(1, 10_000),
  messagesPerPage: whole(10, 30),
  notificationTrayLimit: whole(10, 40),
  defaultVisibility: oneOf("public", "private"),
  viewingPreference: oneOf("my_messages", "all_messages", "followers_only", "following_only"),
  isPrivateAccount: truth,
  latitude: degrees(90),
  longitude: degrees(180),
};
