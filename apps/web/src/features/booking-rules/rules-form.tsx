"use client";
import type { VersionedBookingRules } from "@parley/api/schema/schedule/booking-rules";
import type { ReactNode } from "react";
import { Controller } from "react-hook-form";
import { Button } from "@/components/button";
import { Callout } from "@/components/callout";
import { FormField } from "@/components/form-field";
import { NativeSelect } from "@/components/native-select";
import { durationWords } from "@/features/booking/time-words";
import { SaveBar } from "@/features/settings/save-bar";
import { useSaveForm } from "@/features/settings/use-save-form";
import { ConsentChoice } from "./consent-choice";
import { DurationChips } from "./duration-chips";
import { noticeUnits, rulesAsTyped, rulesFields } from "./rules-fields";
import { RulesSummary } from "./rules-summary";
import { useSaveRules } from "./use-save-rules";

const steps = [5, 10, 15, 20, 30, 45, 60];
const buffers = [0, 5, 10, 15, 20, 30, 45, 60];
const units = (Object.keys(noticeUnits) as (keyof typeof noticeUnits)[]).map((id) => ({ id, label: id }));

/** How one may be booked: lengths, room between, how soon and how far ahead, how many, and whether one is asked. */
export function RulesForm({ rules }: { rules: VersionedBookingRules }) {
  const saving = useSaveRules(rules);
  const { theirs } = saving;
  const { form, control, isDirty, isPending, submit, discard } = useSaveForm({
    schema: async () => rulesFields,
    values: rulesAsTyped(rules),
    save: saving.save,
    done: "Booking rules saved.",
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="space-y-8">
      <Part>
        <DurationChips control={control} />
        <Controller
          control={control}
          name="stepMinutes"
          render={({ field: { ref: _, ...field } }) => (
            <NativeSelect
              {...field}
              label="A start every"
              options={minuteOptions(steps, field.value)}
              hint="Counted from when you open."
              className="max-w-56"
            />
          )}
        />
      </Part>
      <Part>
        <div className="grid gap-5 sm:grid-cols-2">
          {(["bufferBeforeMinutes", "bufferAfterMinutes"] as const).map((name) => (
            <Controller
              key={name}
              control={control}
              name={name}
              render={({ field: { ref: _, ...field } }) => (
                <NativeSelect
                  {...field}
                  label={name === "bufferBeforeMinutes" ? "Free before" : "Free after"}
                  options={minuteOptions(buffers, field.value)}
                />
              )}
            />
          ))}
        </div>
        <div className="grid gap-5 sm:grid-cols-2">
          <div className="space-y-1.5">
            <div className="flex items-start gap-2">
              <FormField
                control={control}
                name="noticeCount"
                label="Notice"
                inputMode="numeric"
                maxLength={5}
                className="min-w-0 flex-1"
              />
              <Controller
                control={control}
                name="noticeUnit"
                render={({ field: { ref: _, ...field } }) => (
                  <NativeSelect
                    {...field}
                    label="Unit of the notice"
                    isLabelHidden
                    options={units}
                    className="mt-7 w-32"
                  />
                )}
              />
            </div>
            <p className="text-sm text-muted">At least so long before the start.</p>
          </div>
          <FormField
            control={control}
            name="windowDays"
            label="Days ahead"
            inputMode="numeric"
            suffix="days"
            maxLength={3}
            hint="Later dates cannot be booked yet."
          />
          <FormField
            control={control}
            name="maxPerDay"
            label="Most a day"
            inputMode="numeric"
            placeholder="No limit"
            maxLength={3}
            hint="Empty for as many as there is room for."
          />
        </div>
      </Part>
      <Part>
        <ConsentChoice control={control} />
      </Part>
      <RulesSummary typed={form.watch()} />
      {theirs !== null && (
        <Callout tone="warn" title="These rules were changed elsewhere in the meantime.">
          <p className="text-muted">Save again to put yours in their place, or take what is there now.</p>
          <Button
            size="small"
            className="mt-2"
            onPress={() => {
              form.reset(rulesAsTyped(theirs));
              saving.take(theirs);
            }}
          >
            Take what is there
          </Button>
        </Callout>
      )}
      <SaveBar isDirty={isDirty} isPending={isPending} onDiscard={discard} label="Save rules" />
    </form>
  );
}

function Part({ children }: { children: ReactNode }) {
  return <div className="space-y-5 border-t border-hairline pt-8">{children}</div>;
}

/** The usual choices, and the present one where it is none of them. */
function minuteOptions(usual: readonly number[], value: string) {
  return [...new Set([...usual, Number(value)])]
    .toSorted((a, b) => a - b)
    .map((minutes) => ({ id: String(minutes), label: minutes === 0 ? "No time" : durationWords(minutes) }));
}
