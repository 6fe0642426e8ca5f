import { type Answer, at, textAt } from "./calls";
import type { PersonField } from "./person-values";

type Names = { readonly [Field in PersonField]?: string };

/** A way to write a person: where, by which wire names, and how it says which fields are at fault. */
export interface Writer {
  name: string;
  route: string;
  writes: Names;
  /** Another spelling of a value than the common one. */
  spell?(value: unknown): unknown;
  refusedWith: number;
  /** The wire names of the fields at fault. */
  faults(answer: Answer): string[];
}

/** A way to read one, and where each field stands in what it answers. */
export interface Reader {
  name: string;
  route: string;
  shows: Names;
}

const namedIn = (path: string) => (answer: Answer) => Object.keys(at(answer.json, path) ?? {});
/** Where there is no place for details the names begin what is said of each. */
const wordsIn = (path: string) => (answer: Answer) =>
  textAt(answer.json, path)
    .split("; ")
    .map((fault) => fault.split(" ")[0] ?? "");

const details = {
  ...{ firstName: "first_name", lastName: "last_name", phone: "phone", address: "address", city: "city" },
  ...{ state: "state", country: "country", postalCode: "postal_code", locale: "locale", birthDate: "birth_date" },
  telegramUsername: "telegram_username",
} as const;

const preferences = {
  ...{ theme: "theme", maxMessageLength: "maxMessageLength", messagesPerPage: "messagesPerPage" },
  ...{ notificationTrayLimit: "notificationTrayLimit", defaultVisibility: "defaultVisibility" },
  ...{ viewingPreference: "viewingPreference", isPrivateAccount: "isPrivateAccount" },
  ...{ latitude: "latitude", longitude: "longitude" },
} as const;

const native = {
  ...{ displayName: "displayName", bio: "bio", locale: "locale", timezone: "timezone", phone: "phone" },
  ...{ country: "country", firstName: "firstName", lastName: "lastName", address: "address", city: "city" },
  ...{ state: "state", postalCode: "postalCode", birthDate: "birthDate", telegramUsername: "telegramUsername" },
  ...{ telegramChatId: "telegramChatId", walletAddress: "walletAddress", autoRenew: "autoRenew", ...preferences },
} as const;

const below = (path: string, names: Names): Names =>
  Object.fromEntries(Object.entries(names).map(([field, name]) => [field, `${path}.${name}`]));

const trpc = { refusedWith: 400, faults: namedIn("error.data.failure.details") };
const apiUser = { route: "PATCH /api/user/update", refusedWith: 400, faults: wordsIn("error") };

export const writers: readonly Writer[] = [
  {
    name: "/v1",
    route: "PUT /v1/users/me",
    writes: { displayName: "display_name", bio: "bio", username: "username" },
    refusedWith: 400,
    faults: namedIn("error.details"),
  },
  {
    name: "/me",
    route: "PATCH /me",
    writes: { displayName: "name", bio: "bio", locale: "locale", timezone: "timezone" },
    refusedWith: 422,
    faults: namedIn("details"),
  },
  {
    name: "/api/v1",
    route: "PUT /api/v1/users/me",
    writes: { ...details, displayName: "display_name", autoRenew: "auto_renew", walletAddress: "wallet_address" },
    refusedWith: 400,
    faults: wordsIn("error.message"),
  },
  { ...apiUser, name: "/api/user", writes: { displayName: "displayName", bio: "bio", ...preferences } },
  {
    ...apiUser,
    name: "/api/user, by the other name",
    writes: { defaultVisibility: "defaultPubliclyVisible" },
    spell: (value) => (value === "public" ? true : value === "private" ? false : value),
  },
  { ...trpc, name: "profile.updatePerson", route: "POST /trpc/profile.updatePerson", writes: native },
  { ...trpc, name: "profile.updatePreferences", route: "POST /trpc/profile.updatePreferences", writes: preferences },
  {
    ...trpc,
    name: "profile.update",
    route: "POST /trpc/profile.update",
    writes: { displayName: "displayName", bio: "bio", username: "username" },
  },
];

const { autoRenew, displayName, bio, locale, timezone, ...rest } = native;
const { theme: _, ...others } = rest;
const ownDetails = Object.fromEntries(Object.entries(others).filter(([field]) => !(field in preferences)));

export const readers: readonly Reader[] = [
  {
    name: "/v1",
    route: "GET /v1/users/me",
    shows: { displayName: "display_name", bio: "bio", username: "username" },
  },
  {
    name: "/me",
    route: "GET /me",
    shows: { displayName: "name", bio: "bio", locale: "locale", timezone: "timezone", phone: "phoneNumber" },
  },
  {
    name: "/api/v1",
    route: "GET /api/v1/users/me",
    shows: {
      ...below("data.profile", { ...details, telegramChatId: "telegram_chat_id" }),
      ...below("data.user", { username: "username", autoRenew: "auto_renew" }),
    },
  },
  { name: "/api/v1, as a user's", route: "GET /api/v1/users/me", shows: { country: "data.user.country" } },
  {
    name: "/api/user",
    route: "GET /api/user",
    shows: { displayName: "displayName", bio: "bio", username: "username", defaultVisibility: "defaultVisibility" },
  },
  {
    name: "profile.person",
    route: "GET /trpc/profile.person",
    shows: {
      ...below("result.data", { displayName, bio, locale, timezone, autoRenew, username: "username" }),
      ...below("result.data.details", ownDetails),
      ...below("result.data.preferences", preferences),
    },
  },
  {
    name: "profile.preferences",
    route: "GET /trpc/profile.preferences",
    shows: below("result.data", preferences),
  },
];
