import { z } from "zod";

const text = z.string();

/** What a phone number or a postal code is, the server judges: what knows that of every country is large. */
export const detailsFields = z.object({
  ...{ firstName: text, lastName: text, birthDate: text, phone: text, address: text, city: text, state: text },
  ...{ postalCode: text, country: text, telegramUsername: text, walletAddress: text },
});
