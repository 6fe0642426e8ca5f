import { z } from "zod";
import { identityList } from "../../identities/schema";
import { calendarDate, id, instant, text } from "../../primitives";
import { timezone } from "../../schedule/weekly/schema";
import { plan } from "../../subscription/schema";
import { isCountry } from "../countries/rules";
import { preferences, updatePreferencesInput } from "../preferences/schema";
import { bio, displayName, role } from "../schema";
import { canonicalLocale, e164, isWalletAddress } from "./rules";

/** Everything a person is known by, in one piece: what documents 001, 003 and 004 each show a part of. */

/** Becomes what it means, or is refused with a message that follows the field's name. */
function spelt(max: number, canonical: (value: string) => string | null, message: string) {
  return text({ min: 1, max }).transform((value, context) => {
    const kept = canonical(value);
    if (kept !== null) return kept;
    context.issues.push({ code: "custom", message, input: value });
    return z.NEVER;
  });
}

const locale = spelt(85, canonicalLocale, "must be a BCP 47 language tag such as en-US");
const country = spelt(
  2,
  (code) => (isCountry(code.toUpperCase()) ? code.toUpperCase() : null),
  "must be a valid ISO 3166-1 alpha-2 code",
);
const phone = spelt(40, e164, "must be a phone number in international format such as +14155550100");
const walletAddress = spelt(
  100,
  (address) => (isWalletAddress(address) ? address : null),
  "must be the address of an Ethereum, Bitcoin, Tron or Solana wallet",
);
const telegramUsername = spelt(
  33,
  (name) => /^@?([A-Za-z]\w{4,31})$/.exec(name)?.[1] ?? null,
  "must be a Telegram username of 5 to 32 letters, digits or underscores",
);
/** Against the clock and against the country, the service has the last word on it. */
const birthDate = calendarDate;
const postalCode = text({ min: 1, max: 20 });

/** What only its owner reads; null until known. */
export const personalDetails = z
  .object({
    firstName: z.string().nullable(),
    lastName: z.string().nullable(),
    phone: z.string().nullable(),
    address: z.string().nullable(),
    city: z.string().nullable(),
    state: z.string().nullable(),
    country: z.string().nullable(),
    postalCode: z.string().nullable(),
    birthDate: z.string().nullable(),
    telegramUsername: z.string().nullable(),
    telegramChatId: z.string().nullable(),
    walletAddress: z.string().nullable(),
  })
  .meta({ id: "PersonalDetails" });
export type PersonalDetails = z.infer<typeof personalDetails>;

export const person = z
  .object({
    id,
    /** The same person as a whole number, for APIs that count. */
    number: z.int(),
    email: z.string(),
    emailVerified: z.boolean(),
    status: z.enum(["pending", "active", "invited", "banned", "deleted"]),
    role,
    displayName: z.string(),
    username: z.string().nullable(),
    bio: z.string().nullable(),
    avatarUrl: z.string().nullable(),
    locale: z.string().nullable(),
    timezone: z.string().nullable(),
    autoRenew: z.boolean(),
    hasPassword: z.boolean(),
    /** Live at this very moment. */
    activeSessions: z.int().min(0),
    createdAt: instant,
    updatedAt: instant,
    details: personalDetails,
    preferences,
    subscription: plan.nullable(),
    /** `free`, or `subscriber:` and the term of the plan in force. */
    customerStatus: z.string(),
    identities: identityList,
  })
  .meta({ id: "Person" });
export type Person = z.infer<typeof person>;

const clearable = {
  bio,
  locale,
  timezone,
  firstName: text({ min: 1, max: 80 }),
  lastName: text({ min: 1, max: 80 }),
  phone,
  address: text({ min: 1, max: 200 }),
  city: text({ min: 1, max: 100 }),
  state: text({ min: 1, max: 100 }),
  country,
  postalCode,
  birthDate,
  telegramUsername,
  telegramChatId: spelt(20, (value) => (/^-?\d+$/.test(value) ? value : null), "must be a number"),
  walletAddress,
};

/** Only what is given changes; null clears what may be unknown. */
export const updatePersonInput = z.object({
  displayName: displayName.optional(),
  ...(Object.fromEntries(Object.entries(clearable).map(([name, schema]) => [name, schema.nullable().optional()])) as {
    [Name in keyof typeof clearable]: z.ZodOptional<z.ZodNullable<(typeof clearable)[Name]>>;
  }),
  /** Of a picture to fetch and keep; the present one's own address changes nothing, null removes it. */
  avatarUrl: text({ min: 1, max: 2048 }).nullable().optional(),
  autoRenew: z.boolean().optional(),
  /** Registers a device for push notifications. */
  fcmToken: text({ min: 1, max: 4096 }).optional(),
  ...updatePreferencesInput.shape,
});
export type UpdatePerson = z.infer<typeof updatePersonInput>;
