"use client";
import type { PersonalDetails } from "@parley/api/schema/profile/person";
import { useController } from "react-hook-form";
import { FormField } from "@/components/form-field";
import { NativeSelect } from "@/components/native-select";
import { SaveBar } from "@/features/settings/save-bar";
import { useSaveForm } from "@/features/settings/use-save-form";
import { trpc } from "@/trpc/react";

const fields = [
  ...(["firstName", "lastName", "birthDate", "phone", "address", "city", "state", "postalCode"] as const),
  ...(["country", "telegramUsername", "walletAddress"] as const),
];
type DetailName = (typeof fields)[number];

export interface DetailsFormProps {
  details: PersonalDetails;
  /** By name, in the reader's language. */
  countries: readonly { id: string; label: string }[];
}

/** What nobody else reads: for invoices, payouts, and reaching a person. */
export function DetailsForm({ details, countries }: DetailsFormProps) {
  const update = trpc.profile.updatePerson.useMutation();
  const { control, isDirty, isPending, submit, discard } = useSaveForm({
    schema: () => import("./details-fields").then(({ detailsFields }) => detailsFields),
    values: Object.fromEntries(fields.map((name) => [name, details[name] ?? ""])) as Record<DetailName, string>,
    save: (typed, changed) =>
      update.mutateAsync(Object.fromEntries([...changed].map((name) => [name, typed[name].trim() || null]))),
    done: "Details saved.",
  });
  const country = useController({ control, name: "country" });
  return (
    <form method="post" onSubmit={(event) => void submit(event)} noValidate className="space-y-6">
      <div className="grid gap-6 sm:grid-cols-2">
        <FormField control={control} name="firstName" label="First name" autoComplete="given-name" />
        <FormField control={control} name="lastName" label="Last name" autoComplete="family-name" />
      </div>
      <div className="grid gap-6 sm:grid-cols-2">
        <FormField control={control} name="birthDate" label="Date of birth" type="date" autoComplete="bday" />
        <FormField
          control={control}
          name="phone"
          label="Phone"
          type="tel"
          autoComplete="tel"
          hint="Such as +14155550100"
        />
      </div>
      <FormField control={control} name="address" label="Address" autoComplete="street-address" />
      <div className="grid gap-6 sm:grid-cols-[2fr_1fr]">
        <FormField control={control} name="city" label="City" autoComplete="address-level2" />
        <FormField control={control} name="postalCode" label="Postal code" autoComplete="postal-code" />
      </div>
      <div className="grid gap-6 sm:grid-cols-2">
        <FormField control={control} name="state" label="State" autoComplete="address-level1" />
        <NativeSelect
          label="Country"
          name="country"
          value={country.field.value}
          onChange={country.field.onChange}
          options={[{ id: "", label: "Not said" }, ...countries]}
        />
      </div>
      <FormField control={control} name="telegramUsername" label="Telegram username" autoComplete="off" />
      <FormField
        control={control}
        name="walletAddress"
        label="Wallet address"
        autoComplete="off"
        spellCheck={false}
        hint="Ethereum, Bitcoin, Tron or Solana"
      />
      <SaveBar isDirty={isDirty} isPending={isPending} onDiscard={discard} />
    </form>
  );
}
