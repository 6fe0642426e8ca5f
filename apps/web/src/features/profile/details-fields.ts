import { z } from "zod";
import type { DetailName } from "./details-form";

const text = z.string();

/** What a phone number or a postal code is, the server judges: what knows that of every country is large. */
export const detailsFields = z.object({
  ...{ firstName: text, lastName: text, birthDate: text, phone: text, address: text, city: text, state: text },
  ...{ postalCode: text, country: text, telegramUsername: text, walletAddress: text },
} satisfies Record<DetailName, z.ZodString>);
