"use client";
import type { DaySlot } from "@parley/api/rules/schedule/overrides";
import { toast } from "sonner";
import { isoDate } from "@/components/month-days";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";
import { type DateRange, daysIn, type OverrideGroup, rangeWords } from "./override-groups";

/** The dates of one's own from today on, as far as they can be booked, and what can be done to them. */
export function useOverrides(ahead: DateRange, locale: string) {
  const utils = trpc.useUtils();
  const query = trpc.schedule.overrides.useQuery(named(ahead));
  const saving = trpc.schedule.saveOverrides.useMutation();
  const removal = trpc.schedule.removeOverrides.useMutation();

  /** Says what went wrong and answers false, or what was done. */
  async function settle(act: Promise<unknown>, done: () => void): Promise<boolean> {
    try {
      await act;
    } catch (error) {
      const { message, fields } = failureOf(error);
      const [field] = Object.entries(fields);
      toast.error(field === undefined ? message : `${field[0]} ${field[1]}`, { description: "Nothing has changed." });
      return false;
    }
    await utils.schedule.overrides.invalidate();
    done();
    return true;
  }

  async function save(range: DateRange, slots: readonly DaySlot[]): Promise<boolean> {
    const words = rangeWords(range, locale);
    const done = slots.length === 0 ? `Closed: ${words}.` : `Other hours saved: ${words}.`;
    const act = saving.mutateAsync({ ...named(range), slots: [...slots] });
    return settle(act, () => toast.success(done));
  }

  return {
    query,
    overrides: query.data?.overrides ?? [],
    isPending: saving.isPending || removal.isPending,
    save,
    /** Gives dates their weekly hours back. `groups` is what they had, to be put back on second thought. */
    remove(range: DateRange, groups: readonly OverrideGroup[]): Promise<boolean> {
      return settle(removal.mutateAsync(named(range)), () =>
        toast.success(`Weekly hours again: ${rangeWords(range, locale)}.`, {
          description: daysIn(range) > 1 ? `${daysIn(range)} days` : undefined,
          action: {
            label: "Undo",
            onClick: () => {
              for (const group of groups) void save(group, group.slots);
            },
          },
        }),
      );
    },
  };
}

function named({ from, to }: DateRange) {
  return { from: isoDate(from), to: isoDate(to) };
}
