"use client";
import type { OwnProfile } from "@parley/api/schema/profile";
import { FormField } from "@/components/form-field";
import { CharacterCount } from "@/features/profile/character-count";
import { suggestUsername } from "@/features/profile/suggest-username";
import { UsernameField } from "@/features/profile/username-field";
import { trpc } from "@/trpc/react";
import type { StepId } from "./journey";
import { StepBar } from "./step-bar";
import { useStepForm } from "./use-step-form";

const bioMaxCharacters = 500;

export interface PageStepProps {
  profile: Pick<OwnProfile, "displayName" | "username" | "bio">;
  /** Where public pages live, e.g. "parley.example/". */
  addressPrefix: string;
  next: StepId;
}

/** Name, address and bio of the page to be. The username is the person's from here on, not only once the page is live. */
export function PageStep({ profile, addressPrefix, next }: PageStepProps) {
  const update = trpc.profile.update.useMutation();
  const { form, control, isDirty, isPending, submit } = useStepForm({
    schema: () => import("@/features/profile/profile-fields").then(({ pageFields }) => pageFields),
    values: {
      displayName: profile.displayName,
      username: profile.username ?? suggestUsername(profile.displayName),
      bio: profile.bio ?? "",
    },
    save: (typed) => update.mutateAsync({ ...typed, bio: typed.bio || null }),
    done: "Saved.",
    next,
  });
  return (
    <form method="post" onSubmit={(event) => void submit(event)} noValidate className="space-y-6">
      <FormField control={control} name="displayName" label="Name" autoComplete="name" spellCheck={false} />
      <UsernameField control={control} name="username" own={profile.username} addressPrefix={addressPrefix} />
      <FormField
        control={control}
        name="bio"
        label="Bio"
        rows={5}
        hint={
          <span className="flex justify-between gap-4">
            <span>What do you know, and who should talk to you? It can wait.</span>
            <CharacterCount text={form.watch("bio")} max={bioMaxCharacters} />
          </span>
        }
      />
      <StepBar isPending={isPending} isDirty={isDirty} />
    </form>
  );
}
