import "server-only";
import { cookies, headers } from "next/headers";
import { type Display, displayChoice, usableChoice } from "@/components/display";
import { readLook } from "@/features/preferences/read-look";

/** How to write times for whoever asks, as well as their request tells. Only a browser knows its own zone. */
export async function viewerDisplay(otherZone: string): Promise<Display> {
  const jar = await cookies();
  const choice = displayChoice((name) => jar.get(name)?.value);
  const { timezone, locale } = await readLook();
  const account = usableChoice({ timeZone: timezone, locale });
  const accepted = (await headers()).get("accept-language")?.split(/[,;]/)[0]?.trim();
  return {
    timeZone: choice.timeZone ?? account.timeZone ?? otherZone,
    locale: choice.locale ?? account.locale ?? usable(accepted) ?? "en-US",
  };
}

function usable(locale: string | undefined): string | null {
  if (locale === undefined) return null;
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(locale)[0] ?? null;
  } catch {
    return null;
  }
}
