"use client";
import type { OwnProfile } from "@parley/api/schema/profile";
import { Callout } from "@/components/callout";
import { FormField } from "@/components/form-field";
import { SaveBar } from "@/features/settings/save-bar";
import { useSaveForm } from "@/features/settings/use-save-form";
import { trpc } from "@/trpc/react";
import { CharacterCount } from "./character-count";

const bioMaxCharacters = 500;

export interface ProfileFormProps {
  profile: Pick<OwnProfile, "displayName" | "username" | "bio">;
  /** Where public pages live, e.g. "parley.example/". */
  addressPrefix: string;
}

/** Name, username and bio: what others read of a person. */
export function ProfileForm({ profile, addressPrefix }: ProfileFormProps) {
  const update = trpc.profile.update.useMutation();
  const { form, control, isDirty, isPending, submit, discard } = useSaveForm({
    schema: () => import("./profile-fields").then(({ profileFields }) => profileFields),
    values: { displayName: profile.displayName, username: profile.username ?? "", bio: profile.bio ?? "" },
    save: (typed, changed) =>
      update.mutateAsync({
        ...(changed.has("displayName") && { displayName: typed.displayName }),
        ...(changed.has("bio") && { bio: typed.bio || null }),
        ...(changed.has("username") && { username: typed.username }),
      }),
    done: "Profile saved.",
  });
  const typed = form.watch();
  const isRenamed = profile.username !== null && typed.username.trim().toLowerCase() !== profile.username;

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="space-y-6">
      <FormField control={control} name="displayName" label="Name" autoComplete="name" isRequired />
      <div className="space-y-3">
        <FormField
          control={control}
          name="username"
          label="Username"
          autoComplete="username"
          hint={`Your page: ${addressPrefix}${typed.username.trim().toLowerCase() || "…"}`}
        />
        {isRenamed && profile.username && <RenameConsequences from={profile.username} />}
      </div>
      <FormField
        control={control}
        name="bio"
        label="Bio"
        rows={6}
        hint={
          <span className="flex justify-between gap-4">
            <span>What do you know, and who should talk to you?</span>
            <CharacterCount text={typed.bio} max={bioMaxCharacters} />
          </span>
        }
      />
      <SaveBar isDirty={isDirty} isPending={isPending} onDiscard={discard} />
    </form>
  );
}

function RenameConsequences({ from }: { from: string }) {
  return (
    <Callout tone="warn" title="What a new username changes">
      <ul className="list-disc space-y-1 pl-4 text-muted">
        <li>Your page moves to the new address at once.</li>
        <li>
          Links to <span className="font-medium text-ink">{from}</span> lead to your new page.
        </li>
        <li>
          <span className="font-medium text-ink">{from}</span> stays yours for 90 days: nobody else can take it, and you
          can go back to it. After that it is free, and if somebody takes it, the old links lead to them.
        </li>
      </ul>
    </Callout>
  );
}
