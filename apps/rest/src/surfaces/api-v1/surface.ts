import type { AppRouter } from "@parley/api";
import { languageOf } from "@parley/api/rules/profile/person";
import { person, personalDetails, updatePersonInput } from "@parley/api/schema/profile/person";
import { plan } from "@parley/api/schema/subscription";
import { defineSurface } from "@parley/surface-kit";
import { z } from "zod";
import { securitySchemes } from "../security-schemes";
import { apiV1Dialect } from "./dialect";

type Person = z.infer<typeof person>;

/** Core account facts. `id` counts people; `uuid` names the same person everywhere else. Source: 003. */
const user = z
  .object({
    id: z.int(),
    uuid: person.shape.id,
    username: z.string().nullable(),
    email: z.string(),
    role: person.shape.role,
    active: z.boolean(),
    enabled: z.boolean(),
    autoRenew: z.boolean(),
    country: z.string().nullable(),
    createdAt: person.shape.createdAt,
    updatedAt: person.shape.updatedAt,
  })
  .meta({ id: "Account" });

const profile = personalDetails
  .omit({ walletAddress: true })
  .extend({ locale: z.string().nullable(), language: z.string().nullable() })
  .meta({ id: "PersonalDetails" });

const updated = z.object({ user, profile });
const whole = updated.extend({ subscription: plan.nullable() });

function toSections(known: Person): z.infer<typeof updated> {
  const { id, number, username, email, role, status, autoRenew, createdAt, updatedAt, locale } = known;
  const { walletAddress: _, ...details } = known.details;
  return {
    user: {
      ...{ id: number, uuid: id, username, email, role, autoRenew, createdAt, updatedAt },
      // A token of someone banned or deleted opens nothing, so whoever reads this is enabled.
      enabled: status !== "banned" && status !== "deleted",
      active: status === "active",
      country: details.country,
    },
    profile: { ...details, locale, language: locale === null ? null : languageOf(locale) },
  };
}

function toWhole(known: Person): z.infer<typeof whole> {
  return { ...toSections(known), subscription: known.subscription };
}

/** The fifteen fields of 003, and the two that it shows without saying how they are written. */
const update = updatePersonInput.pick({
  ...{ country: true, fcmToken: true, autoRenew: true, walletAddress: true, firstName: true, lastName: true },
  ...{ displayName: true, phone: true, address: true, city: true, state: true, postalCode: true, locale: true },
  ...{ telegramUsername: true, birthDate: true },
});

/** The signed-in user's account, personal details and plan. Source: 003. */
export default defineSurface<AppRouter>()({
  name: "api-v1",
  basePath: "/api/v1",
  title: "User profile",
  version: "1.0.0",
  description: "The signed-in user's account, personal details and subscription.",
  dialect: apiV1Dialect,
  auth: ["bearer"],
  securitySchemes: { bearer: securitySchemes.bearer },
  tags: {
    profile: "Account and personal details of the signed-in user.",
    subscription: "The plan of a person.",
    devices: "Where push notifications go; a plan may bound how many.",
    administration: "For administrators.",
  },
  routes: (route) => [
    route("GET /users/me", "profile.person", { output: { schema: whole, map: toWhole } }),
    route("PUT /users/me", "profile.updatePerson", {
      input: { schema: update, map: (wire: z.infer<typeof update>) => wire },
      output: { schema: updated, map: toSections },
    }),
    route("GET /users/me/subscription", "subscription.own"),

    // Source: conventions N25.
    route("GET /users/me/devices", "devices.list"),
    route("POST /users/me/devices", "devices.register", {
      status: { among: [201, 200], choose: (device) => (device.isNew ? 201 : 200) },
      omit: ["isNew"],
    }),
    route("DELETE /users/me/devices/{id}", "devices.remove", { status: 204 }),

    route("PUT /admin/users/{userId}/subscription", "subscription.grant", { tag: "administration" }),
    route("DELETE /admin/users/{userId}/subscription", "subscription.end", { tag: "administration" }),
  ],
});
