"use client";
import type { FormEvent, ReactNode, Ref } from "react";
import { Button } from "@/components/button";
import { Callout } from "@/components/callout";

export interface AccountFormProps {
  ref: Ref<HTMLFormElement>;
  onSubmit(event: FormEvent): Promise<void>;
  /** Somebody begins. */
  onFocus(): void;
  problem: string | null;
  isPending: boolean;
  /** What the button says, and what it says while it works. */
  verb: readonly [idle: string, busy: string];
  children: ReactNode;
}

/** Fields, what went wrong as a whole, and one button. */
export function AccountForm({ onSubmit, problem, isPending, verb, children, ...form }: AccountFormProps) {
  return (
    // Sent before our script has come, a form of the method GET would put a password into the address.
    <form {...form} method="post" onSubmit={(event) => void onSubmit(event)} noValidate className="space-y-5">
      {problem !== null && <Callout tone="danger" title={problem} />}
      {children}
      <Button type="submit" tone="primary" size="large" isPending={isPending} className="w-full">
        {isPending ? verb[1] : verb[0]}
      </Button>
    </form>
  );
}
