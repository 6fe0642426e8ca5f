"use client";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import type { FieldValues } from "react-hook-form";
import { type SaveFormOptions, useSaveForm } from "@/features/settings/use-save-form";
import { type StepId, stepAddress } from "./journey";

/** A form of settings that goes on to the next step once it is saved. */
export function useStepForm<Values extends FieldValues, Output extends FieldValues>({
  next,
  save,
  ...options
}: SaveFormOptions<Values, Output> & { next: StepId }) {
  const router = useRouter();
  return useSaveForm<Values, Output>({
    ...options,
    async save(output, changed) {
      await save(output, changed);
      router.push(stepAddress(next) as Route);
    },
  });
}
