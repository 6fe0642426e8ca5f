import type { Actor } from "@parley/auth";
import type { PersonStore } from "../person/store";
import { accountGone } from "../service";
import { defaultPreferences } from "./rules";
import type { Display, Preferences, UpdatePreferences } from "./schema";
import type { PreferenceStore } from "./store";

export interface PreferenceDependencies {
  preferences: PreferenceStore;
  people: Pick<PersonStore, "update">;
  clock(): Date;
}

export async function getPreferences(
  deps: Pick<PreferenceDependencies, "preferences">,
  { userId }: Pick<Actor, "userId">,
): Promise<Preferences> {
  return (await deps.preferences.find(userId)) ?? defaultPreferences;
}

/** How pages look to the caller. @throws unauthorized when the account has gone since they signed in. */
export async function getDisplay(deps: Pick<PreferenceDependencies, "preferences">, actor: Actor): Promise<Display> {
  const found = await deps.preferences.findDisplay(actor.userId);
  if (found === null) throw accountGone();
  return { ...found, theme: found.theme ?? defaultPreferences.theme };
}

/**
 * Changes what is given and leaves the rest; the person's version moves with it, as with all that is known of them.
 * @throws unauthorized when the account has gone since the caller signed in.
 */
export async function updatePreferences(
  deps: PreferenceDependencies,
  actor: Actor,
  input: UpdatePreferences,
): Promise<Preferences> {
  const change = { user: {}, details: {}, preferences: input };
  if (!(await deps.people.update(actor.userId, change, deps.clock()))) throw accountGone();
  return getPreferences(deps, actor);
}
