"use client";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/button";
import type { ProviderSignIn } from "./begin-provider-sign-in";

/** Leads to a provider's own sign-in. What that takes is loaded when it is pressed. */
export function ProviderButton({ children, ...begin }: ProviderSignIn & { children: ReactNode }) {
  const [isPending, setIsPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const press = async () => {
    setIsPending(true);
    setProblem(null);
    const failure = await import("./begin-provider-sign-in").then(({ beginProviderSignIn }) =>
      beginProviderSignIn(begin),
    );
    // Else the provider's page is on its way.
    if (failure === null) return;
    setProblem(failure.message);
    setIsPending(false);
  };
  return (
    <div className="space-y-2">
      <Button
        size="large"
        isPending={isPending}
        onPress={() => void press()}
        className="w-full max-w-full !whitespace-normal wrap-anywhere"
      >
        {children}
      </Button>
      {problem !== null && (
        <p role="alert" className="text-sm text-danger">
          {problem}
        </p>
      )}
    </div>
  );
}
