import { zoneLabel } from "@/components/zones";

const locales = `en-US en-GB en-AU en-CA en-IN de-DE de-AT de-CH fr-FR fr-CA es-ES es-MX pt-BR pt-PT it-IT nl-NL sv-SE
nb-NO da-DK fi-FI pl-PL cs-CZ el-GR tr-TR uk-UA ru-RU he-IL ar-EG hi-IN ja-JP ko-KR zh-CN zh-TW`.split(/\s+/);

/** Languages by their own names, as their speakers look for them. */
export const localeOptions: readonly { id: string; label: string }[] = locales.map((id) => ({
  id,
  label: languageName(id),
}));

/** Of a language or a zone, whichever it is. */
export function nameOf(id: string): string {
  return id.includes("/") ? zoneLabel(id) : languageName(id);
}

function languageName(id: string): string {
  return new Intl.DisplayNames(id, { type: "language", languageDisplay: "standard" }).of(id) ?? id;
}
