"use client";
import type { ApiToken, NewApiToken } from "@parley/api/schema/account/api-tokens";
import { useState } from "react";
import { toast } from "sonner";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";

/** One's API tokens, and the one that was just made, until its owner has it. */
export function useApiTokens(initial: ApiToken[]) {
  const utils = trpc.useUtils();
  const [made, setMade] = useState<NewApiToken | null>(null);
  const { data: tokens = initial } = trpc.account.apiTokens.useQuery(undefined, { initialData: initial });
  const making = trpc.account.createApiToken.useMutation({
    onSuccess: ({ token, ...shown }) => {
      utils.account.apiTokens.setData(undefined, (before = []) => [shown, ...before]);
      setMade({ ...shown, token });
    },
  });
  const ending = trpc.account.endApiToken.useMutation({
    onSuccess: (_, { id }) => {
      utils.account.apiTokens.setData(undefined, (before = []) => before.filter((token) => token.id !== id));
      toast.success("Token ended.", { description: "Programs that use it are refused from now on." });
    },
    onError: (error) => {
      toast.error(failureOf(error).message);
      void utils.account.apiTokens.invalidate();
    },
  });
  return {
    tokens,
    made,
    forgetMade: () => setMade(null),
    make: making.mutateAsync,
    end: (id: string) => ending.mutateAsync({ id }),
    isEnding: ending.isPending,
  };
}
