import type { Locale, RuleDescribed } from "@loket/contract";

export interface RuleFilter {
  readonly q?: string | undefined;
  readonly section?: string | undefined;
  readonly verdict?: RuleDescribed["verdict"] | undefined;
  readonly show?: "inForce" | "fired" | "weak" | "stale" | "all" | undefined;
}

/** In which colour a verdict is told. */
export const verdictTones = { allow: "go", change: "wait", hold: "wait", refuse: "stop", note: "rest" } as const;

/** Rules that match, by section, in the order of the book. */
export function groupRules(
  rules: readonly RuleDescribed[],
  filter: RuleFilter,
): { readonly section: string; readonly rules: readonly RuleDescribed[] }[] {
  const sought = wordsOf(filter.q ?? "");
  const groups = new Map<string, RuleDescribed[]>();
  for (const rule of rules) {
    if (filter.section && rule.section !== filter.section) continue;
    if (filter.verdict && rule.verdict !== filter.verdict) continue;
    if (!isShown(rule, filter.show ?? "inForce")) continue;
    const text = plain([rule.id, rule.title, rule.explanation, rule.clause, ...rule.source].join(" "));
    if (!sought.every((word) => text.includes(word))) continue;
    groups.set(rule.section, [...(groups.get(rule.section) ?? []), rule]);
  }
  return [...groups].map(([section, within]) => ({ section, rules: within }));
}

function isShown(rule: RuleDescribed, show: NonNullable<RuleFilter["show"]>): boolean {
  switch (show) {
    case "all":
      return true;
    case "inForce":
      return rule.inForce;
    case "fired":
      return (rule.firedCount ?? 0) > 0;
    case "weak":
      return rule.inForce && rule.confidence === "low";
    case "stale":
      return rule.inForce && rule.isStale;
  }
}

function wordsOf(text: string): string[] {
  return plain(text).split(/\s+/).filter(Boolean);
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "");
}

const channelNames: Readonly<Record<string, string>> = {
  whatsapp: "WhatsApp",
  telegram: "Telegram",
  messenger: "Messenger",
  instagram: "Instagram",
  rcs: "RCS",
  viber: "Viber",
  apple: "Apple Messages",
  sms: "SMS",
};
const sectionNames: Readonly<Record<string, Record<Locale, string>>> = {
  core: { en: "Loket's own", nl: "Van Loket zelf", de: "Von Loket selbst" },
  own: { en: "House rules", nl: "Huisregels", de: "Hausregeln" },
  email: { en: "E-mail", nl: "E-mail", de: "E-Mail" },
  webchat: { en: "Web chat", nl: "Webchat", de: "Webchat" },
  "whatsapp.cloud": {
    en: "WhatsApp · Business Platform",
    nl: "WhatsApp · Business Platform",
    de: "WhatsApp · Business-Plattform",
  },
  "whatsapp.policy": {
    en: "WhatsApp · messaging policy",
    nl: "WhatsApp · berichtenbeleid",
    de: "WhatsApp · Nachrichtenrichtlinie",
  },
  "whatsapp.terms": { en: "WhatsApp · contract", nl: "WhatsApp · contract", de: "WhatsApp · Vertrag" },
  "whatsapp.app": { en: "WhatsApp · Business App", nl: "WhatsApp · Business-app", de: "WhatsApp · Business-App" },
  "whatsapp.consumer": {
    en: "WhatsApp · personal app",
    nl: "WhatsApp · persoonlijke app",
    de: "WhatsApp · private App",
  },
  "whatsapp.channels": { en: "WhatsApp · Channels", nl: "WhatsApp · Kanalen", de: "WhatsApp · Kanäle" },
  "whatsapp.goods": {
    en: "WhatsApp · restricted goods",
    nl: "WhatsApp · beperkte goederen",
    de: "WhatsApp · beschränkte Waren",
  },
};

/** `nl.tw117` is a law of a country, `telegram.bot` a part of a channel's terms. */
export function sectionWords(section: string, locale: Locale): string {
  const named = sectionNames[section]?.[locale];
  if (named) return named;
  const [first = "", second] = section.split(".");
  const place = first.length === 2 ? countryName(first, locale) : (channelNames[first] ?? first);
  return second ? `${place} · ${first.length === 2 ? second.toUpperCase() : second}` : place;
}

function countryName(code: string, locale: Locale): string {
  const iso = code === "uk" ? "GB" : code.toUpperCase();
  return new Intl.DisplayNames(locale, { type: "region" }).of(iso) ?? iso;
}
