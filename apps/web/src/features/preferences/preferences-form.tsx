"use client";
import type { Preferences } from "@parley/api/schema/profile/preferences";
import { type Control, type FieldPath, useController } from "react-hook-form";
import type { z } from "zod";
import { FormField } from "@/components/form-field";
import { NativeSelect } from "@/components/native-select";
import { views, visibilities } from "@/features/messages/message-words";
import { SaveBar } from "@/features/settings/save-bar";
import { useSaveForm } from "@/features/settings/use-save-form";
import { trpc } from "@/trpc/react";
import { type preferenceFields, preferencesAsTyped, type TypedPreferences } from "./preference-fields";

/** How messages are written and read, and how much is shown at once. */
export function PreferencesForm({ preferences }: { preferences: Preferences }) {
  const update = trpc.profile.updatePreferences.useMutation();
  const { control, isDirty, isPending, submit, discard } = useSaveForm({
    schema: () => import("./preference-fields").then((module) => module.preferenceFields),
    values: preferencesAsTyped(preferences),
    save: (typed, changed) =>
      update.mutateAsync(
        Object.fromEntries(Object.entries(typed).filter(([name]) => changed.has(name as keyof TypedPreferences))),
      ),
    done: "Preferences saved.",
  });
  return (
    <form method="post" onSubmit={(event) => void submit(event)} noValidate className="space-y-6">
      <Choice control={control} name="defaultVisibility" label="New messages are" options={visibilities} />
      <Choice control={control} name="viewingPreference" label="Whose messages I read" options={views} />
      <FormField
        control={control}
        name="maxMessageLength"
        label="Longest message"
        inputMode="numeric"
        suffix="characters"
        maxLength={6}
        hint="Of your own, 1 to 10,000. A short one keeps you brief."
      />
      <div className="grid gap-6 sm:grid-cols-2">
        <Choice
          control={control}
          name="messagesPerPage"
          label="Messages on a page"
          options={counts([10, 15, 20, 25, 30], preferences.messagesPerPage)}
        />
        <Choice
          control={control}
          name="notificationTrayLimit"
          label="Notifications on a page"
          options={counts([10, 20, 30, 40], preferences.notificationTrayLimit)}
        />
      </div>
      <SaveBar isDirty={isDirty} isPending={isPending} onDiscard={discard} />
    </form>
  );
}

interface ChoiceProps<Id extends string> {
  control: Control<TypedPreferences, unknown, z.output<typeof preferenceFields>>;
  name: FieldPath<TypedPreferences>;
  label: string;
  options: readonly { id: Id; label: string }[];
}

function Choice<Id extends string>({ control, name, label, options }: ChoiceProps<Id>) {
  const { field } = useController({ control, name });
  return (
    <NativeSelect<string> label={label} name={name} value={field.value} onChange={field.onChange} options={options} />
  );
}

/** The usual choices, and the present one where it is none of them. */
function counts(usual: readonly number[], kept: number) {
  return [...new Set([...usual, kept])]
    .toSorted((a, b) => a - b)
    .map((count) => ({ id: String(count), label: String(count) }));
}
