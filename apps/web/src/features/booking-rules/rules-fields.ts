import { bookingRulesBounds } from "@parley/api/rules/schedule/booking-rules";
import { type SaveBookingRules, saveBookingRulesInput } from "@parley/api/schema/schedule/booking-rules";
import { z } from "zod";

/** Units that people reckon a notice in, in minutes. */
export const noticeUnits = { minutes: 1, hours: 60, days: 1_440 } as const;

const { shape } = saveBookingRulesInput;
const whole = z
  .string()
  .trim()
  .regex(/^\d{1,6}$/, "must be a whole number")
  .transform(Number);
const mostPerDay = whole.pipe(shape.maxPerDay.unwrap());
const mostNotice = bookingRulesBounds.minimumNoticeMinutes.max;

/** What people type for the rules of booking, as the procedure takes them. */
export const rulesFields = z
  .object({
    durationsMinutes: shape.durationsMinutes,
    stepMinutes: whole.pipe(shape.stepMinutes),
    bufferBeforeMinutes: whole.pipe(shape.bufferBeforeMinutes),
    bufferAfterMinutes: whole.pipe(shape.bufferAfterMinutes),
    noticeCount: whole,
    noticeUnit: z.enum(["minutes", "hours", "days"]),
    windowDays: whole.pipe(shape.windowDays),
    /** Empty where there is no limit. */
    maxPerDay: z.string().transform((text, context) => {
      if (text.trim() === "") return null;
      const { data, error } = mostPerDay.safeParse(text);
      for (const { message } of error?.issues ?? []) context.addIssue({ code: "custom", message });
      return data ?? z.NEVER;
    }),
    requiresConsent: shape.requiresConsent,
  })
  .transform(({ noticeCount, noticeUnit, ...rules }, context): Omit<SaveBookingRules, "expectedVersion"> => {
    const minimumNoticeMinutes = noticeCount * noticeUnits[noticeUnit];
    if (minimumNoticeMinutes > mostNotice) {
      context.addIssue({
        code: "custom",
        message: `must be at most ${mostNotice / 1_440} days`,
        path: ["noticeCount"],
      });
    }
    return { ...rules, minimumNoticeMinutes };
  });

export type TypedRules = z.input<typeof rulesFields>;
type Rules = z.output<typeof rulesFields>;

/** Rules as they are typed: a notice in the largest unit that it is whole in. */
export function rulesAsTyped(rules: Rules): TypedRules {
  const { minimumNoticeMinutes: notice } = rules;
  const noticeUnit =
    notice > 0 && notice % noticeUnits.days === 0 ? "days" : notice % noticeUnits.hours === 0 ? "hours" : "minutes";
  return {
    durationsMinutes: [...rules.durationsMinutes],
    stepMinutes: String(rules.stepMinutes),
    bufferBeforeMinutes: String(rules.bufferBeforeMinutes),
    bufferAfterMinutes: String(rules.bufferAfterMinutes),
    noticeCount: String(notice / noticeUnits[noticeUnit]),
    noticeUnit,
    windowDays: String(rules.windowDays),
    maxPerDay: rules.maxPerDay === null ? "" : String(rules.maxPerDay),
    requiresConsent: rules.requiresConsent,
  };
}

/** What is typed, as far as it is in order; null otherwise. */
export function readTypedRules(typed: TypedRules): Rules | null {
  return rulesFields.safeParse(typed).data ?? null;
}
