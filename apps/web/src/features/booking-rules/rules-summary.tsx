import { durationWords } from "@/features/booking/time-words";
import { readTypedRules, type TypedRules } from "./rules-fields";

/** What the rules come to, in a visitor's words. */
export function RulesSummary({ typed }: { typed: TypedRules }) {
  const rules = readTypedRules(typed);
  return (
    <div className="space-y-1 rounded-lg border border-hairline bg-sunken p-4 text-sm">
      <p className="font-medium">What this comes to</p>
      <p className="min-h-[3em] text-muted">{rules === null ? "There is something to mend above." : wordsOf(rules)}</p>
    </div>
  );
}

function wordsOf(rules: NonNullable<ReturnType<typeof readTypedRules>>): string {
  const { durationsMinutes, minimumNoticeMinutes, windowDays, maxPerDay, requiresConsent } = rules;
  const lengths = new Intl.ListFormat("en", { type: "disjunction" }).format(durationsMinutes.map(durationWords));
  const notice =
    minimumNoticeMinutes === 0 ? "from this very minute" : `from ${noticeWords(minimumNoticeMinutes)} from now`;
  const ahead = windowDays === 1 ? "until tomorrow" : `until ${windowDays} days ahead`;
  const most = maxPerDay === null ? "" : ` You take at most ${maxPerDay} a day.`;
  const end = requiresConsent ? "You accept or decline each one." : "What is booked stands at once.";
  return `${lengths}, ${notice} ${ahead}.${most} ${end}`;
}

function noticeWords(minutes: number): string {
  if (minutes % 1_440 !== 0) return durationWords(minutes);
  return minutes === 1_440 ? "1 day" : `${minutes / 1_440} days`;
}
