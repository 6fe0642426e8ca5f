import type { Auth } from "@parley/auth";
import { uuidv7 } from "uuidv7";
import { registerInput } from "../schema";
import type { FindUsers, ManagedUserPage } from "./schema";
import type { AdministrationStore } from "./store";

export interface AdministratorDependencies {
  auth: Pick<Auth, "passwords">;
  administration: AdministrationStore;
  clock(): Date;
}

const displayName = "Administrator";

/** Several processes that start together settle within two rounds; more means that something else keeps writing. */
const maxRounds = 5;

export async function findUsers(
  deps: { administration: AdministrationStore },
  input: FindUsers,
): Promise<ManagedUserPage> {
  const { items, total } = await deps.administration.search(input);
  return { items, page: input.page, perPage: input.perPage, total };
}

/**
 * Makes or keeps the administrator whom the settings name: role, proven address, and the password where it differs.
 * Judges what it finds and writes only if that still stands, else looks again, so that processes may start together.
 * @throws when the address or the password could not be anyone's: a mistake in the settings.
 */
export async function keepAdministrator(
  deps: AdministratorDependencies,
  settings: { email: string; password: string },
): Promise<void> {
  const { email, password } = registerInput.parse(settings);
  let passwordHash: string | undefined;
  for (let round = 1; round <= maxRounds; round++) {
    const found = await deps.administration.findAdministrator(email);
    if (found?.isAdministrator && (await deps.auth.passwords.verify(password, found.passwordHash))) return;
    passwordHash ??= await deps.auth.passwords.hash(password);
    const now = deps.clock();
    const isDone =
      found === null
        ? await deps.administration.create({ id: uuidv7(), email, passwordHash, displayName, createdAt: now })
        : await deps.administration.promote(found, passwordHash, now);
    if (isDone) return;
  }
  throw new Error("The administrator's account keeps changing; try again");
}
