"use client";
import type { LocalWeek } from "@parley/api/schema/schedule/weekly";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { flushSync } from "react-dom";
import { toast } from "sonner";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";
import type { Clock } from "./clock";
import { focusProblem } from "./slot-fields";
import { problemText, type WeekEditor } from "./use-week-editor";
import { problemsOf } from "./week-draft";

/**
 * Saves what is edited over the version it was made from. Where that is no longer the present one nothing is saved, and
 * `theirs` is what is there instead, for the person to choose: a second tab never wins silently.
 */
export function useSaveWeek(editor: WeekEditor, clock: Clock) {
  const router = useRouter();
  const utils = trpc.useUtils();
  const mutation = trpc.schedule.saveLocalWeek.useMutation();
  const [theirs, setTheirs] = useState<LocalWeek | null>(null);
  const [isPending, setIsPending] = useState(false);

  /** Saves the week, with what is still being typed; or says what cannot be saved, and leads to its field. */
  async function save(expectedVersion: number) {
    const { timezone } = editor;
    const { week, faulty } = flushSync(settle);
    if (faulty !== null) {
      focusProblem(faulty);
      return;
    }
    const slots = week.map(({ dayOfWeek, startMinute, endMinute }) => ({ dayOfWeek, startMinute, endMinute }));
    setIsPending(true);
    try {
      const saved = await mutation.mutateAsync({ timezone, slots, expectedVersion });
      setTheirs(null);
      editor.load(saved);
      toast.success("Hours saved.");
      // The dashboard shows them too.
      router.refresh();
    } catch (error) {
      await explain(error);
    } finally {
      setIsPending(false);
    }
  }

  function settle() {
    const week = editor.commit();
    const [[id, problem] = [null, null]] = problemsOf(week);
    if (problem !== null) editor.refuse(`Not saved yet: ${problemText(problem, clock)}`);
    return { week, faulty: id };
  }

  async function explain(error: unknown) {
    const failure = failureOf(error);
    if (failure.code !== "precondition_failed") {
      const [field] = Object.entries(failure.fields);
      const reason = field === undefined ? failure.message : `${field[0]} ${field[1]}`;
      toast.error(reason, { description: "Your hours are still here, not saved yet." });
      return;
    }
    try {
      setTheirs(await utils.schedule.localWeek.fetch(undefined, { staleTime: 0 }));
    } catch (again) {
      toast.error("These hours were changed elsewhere, and could not be read again.", {
        description: failureOf(again).message,
      });
    }
  }

  return {
    isPending,
    /** What another tab or device saved in the meantime; null where nobody did. */
    theirs,
    save: () => save(editor.saved.version),
    /** Puts mine in place of theirs. Refused again if they have changed once more. */
    saveOverTheirs: () => (theirs === null ? undefined : save(theirs.version)),
    /** Lets mine go. */
    takeTheirs() {
      if (theirs === null) return;
      editor.load(theirs);
      setTheirs(null);
      editor.tell("These are the saved hours. Yours have been let go.");
    },
  };
}
