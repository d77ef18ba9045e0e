import type { NextForAccount, NextForQuality, NextForTemplate, Step, StrikeCause } from "../platform/rules/codes.ts";
import { language } from "./words.ts";

/*
 * What comes next, and why there was a strike, in the language of the page. The control face answers codes with figures; a
 * code that one language has no sentence for fails the type check.
 */

type Coded = { readonly code: string };
/** A sentence for each code of a union, from that code's own figures. */
type Sentences<Union extends Coded> = {
  readonly [Code in Union["code"]]: (told: Extract<Union, { code: Code }>) => string;
};
type Quality = Extract<NextForQuality, Coded>;

interface Words {
  readonly steps: { readonly [Name in Step["step"]]: (step: Extract<Step, { step: Name }>) => string };
  readonly account: Sentences<NextForAccount>;
  readonly quality: Sentences<Quality>;
  readonly template: Sentences<Exclude<NextForTemplate, { red: string }>>;
  readonly red: Record<Extract<NextForTemplate, { red: string }>["red"], string>;
  readonly causes: Sentences<StrikeCause>;
}

const dayMs = 86_400_000;
const percentage = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
const percent = (share: number) => percentage.format(share);

const en: Words = {
  steps: {
    warning: () => "a warning",
    restriction: ({ of, lastsMs }) =>
      `${of === "templates" ? "no templates and no new numbers" : "no messages at all"}${lastsMs === null ? ", without end" : lastsMs === dayMs ? " for 1 day" : ` for ${lastsMs / dayMs} days`}`,
    ban: () => "the account is disabled",
  },
  account: {
    "account-disabled": () => "Disabled. Only an appeal can bring it back.",
    "next-strike": ({ brings, strikeShare, reportsAtLeast, judgedFrom }) =>
      `The next strike brings ${step(brings)}. It comes when weighted blocks, reports and stops reach ${percent(strikeShare)} of delivered templates with at least ${reportsAtLeast} reports${judgedFrom === null ? "" : `, once ${judgedFrom} templates were delivered since the last`}.`,
  },
  quality: {
    "not-judged": ({ delivered, judgedFrom }) =>
      `Judged from ${judgedFrom} delivered templates on; so far ${delivered}.`,
    judged: ({ quality, share, yellowShare, redShare }) =>
      `${quality} at ${percent(share)}; YELLOW from ${percent(yellowShare)}, RED from ${percent(redShare)}.`,
  },
  template: {
    "template-disabled": () => "Disabled for good. Make another one.",
    "paused-in-pacing": () => "Paused during pacing: it stays so until it is unpaused by hand.",
    paused: ({ time }) => `Paused for the ${time === 1 ? "first" : "second"} time; it is unpaused by itself.`,
    "not-approved": ({ status }) => `${status}: it cannot be sent.`,
    "category-changes": ({ to }) => `It becomes ${to} within a day.`,
  },
  red: {
    "pause-3h": "RED means a pause of 3 hours.",
    "pause-6h": "RED means a pause of 6 hours.",
    disabled: "RED means being disabled.",
  },
  causes: {
    reactions: ({ blocked, reported, delivered }) =>
      `${blocked} blocks and ${reported} reports on ${delivered} templates`,
    "capped-retries": ({ count }) => `${count} retries within 24 hours of 131049`,
    claims: () => "Public claims were not withdrawn",
    "by-hand": ({ words }) => `By hand: ${words}`,
  },
};

const nl: Words = {
  steps: {
    warning: () => "een waarschuwing",
    restriction: ({ of, lastsMs }) =>
      `${of === "templates" ? "geen sjablonen en geen nieuwe nummers" : "helemaal geen berichten"}${lastsMs === null ? ", zonder einde" : lastsMs === dayMs ? ", 1 dag lang" : `, ${lastsMs / dayMs} dagen lang`}`,
    ban: () => "uitschakeling van het account",
  },
  account: {
    "account-disabled": () => "Uitgeschakeld. Alleen een bezwaar kan het terugbrengen.",
    "next-strike": ({ brings, strikeShare, reportsAtLeast, judgedFrom }) =>
      `De volgende overtreding brengt ${step(brings)}. Die komt als blokkades, meldingen en stops, gewogen, ${percent(strikeShare)} van de afgeleverde sjablonen halen, met minstens ${reportsAtLeast} meldingen${judgedFrom === null ? "" : `, zodra er sinds de vorige ${judgedFrom} sjablonen zijn afgeleverd`}.`,
  },
  quality: {
    "not-judged": ({ delivered, judgedFrom }) =>
      `Beoordeling vanaf ${judgedFrom} afgeleverde sjablonen; tot nu toe ${delivered}.`,
    judged: ({ quality, share, yellowShare, redShare }) =>
      `${quality} bij ${percent(share)}; YELLOW vanaf ${percent(yellowShare)}, RED vanaf ${percent(redShare)}.`,
  },
  template: {
    "template-disabled": () => "Voorgoed uitgeschakeld. Maak een ander.",
    "paused-in-pacing": () => "Gepauzeerd tijdens het gedoseerd versturen: dat blijft zo tot u het hervat.",
    paused: ({ time }) => `Voor de ${time === 1 ? "eerste" : "tweede"} keer gepauzeerd; het gaat vanzelf weer verder.`,
    "not-approved": ({ status }) => `${status}: kan niet worden verstuurd.`,
    "category-changes": ({ to }) => `Het wordt binnen een dag ${to}.`,
  },
  red: {
    "pause-3h": "RED betekent een pauze van 3 uur.",
    "pause-6h": "RED betekent een pauze van 6 uur.",
    disabled: "RED betekent uitgeschakeld.",
  },
  causes: {
    reactions: ({ blocked, reported, delivered }) =>
      `${blocked} blokkades en ${reported} meldingen op ${delivered} sjablonen`,
    "capped-retries": ({ count }) => `${count} pogingen binnen 24 uur na 131049`,
    claims: () => "Openbare beweringen zijn niet ingetrokken",
    "by-hand": ({ words }) => `Met de hand: ${words}`,
  },
};

const de: Words = {
  steps: {
    warning: () => "eine Warnung",
    restriction: ({ of, lastsMs }) =>
      `${of === "templates" ? "keine Vorlagen und keine neuen Nummern" : "gar keine Nachrichten"}${lastsMs === null ? ", ohne Ende" : lastsMs === dayMs ? ", 1 Tag lang" : `, ${lastsMs / dayMs} Tage lang`}`,
    ban: () => "die Sperrung des Kontos",
  },
  account: {
    "account-disabled": () => "Gesperrt. Nur ein Einspruch kann es zurückbringen.",
    "next-strike": ({ brings, strikeShare, reportsAtLeast, judgedFrom }) =>
      `Der nächste Verstoß bringt: ${step(brings)}. Er kommt, wenn Blockierungen, Meldungen und Abbestellungen, gewichtet, ${percent(strikeShare)} der zugestellten Vorlagen erreichen, bei mindestens ${reportsAtLeast} Meldungen${judgedFrom === null ? "" : `, sobald seit dem letzten ${judgedFrom} Vorlagen zugestellt sind`}.`,
  },
  quality: {
    "not-judged": ({ delivered, judgedFrom }) =>
      `Beurteilt wird ab ${judgedFrom} zugestellten Vorlagen; bisher ${delivered}.`,
    judged: ({ quality, share, yellowShare, redShare }) =>
      `${quality} bei ${percent(share)}; YELLOW ab ${percent(yellowShare)}, RED ab ${percent(redShare)}.`,
  },
  template: {
    "template-disabled": () => "Für immer gesperrt. Legen Sie eine andere an.",
    "paused-in-pacing": () => "Beim dosierten Senden pausiert: Das bleibt so, bis Sie sie fortsetzen.",
    paused: ({ time }) => `Zum ${time === 1 ? "ersten" : "zweiten"} Mal pausiert; sie läuft von selbst weiter.`,
    "not-approved": ({ status }) => `${status}: kann nicht gesendet werden.`,
    "category-changes": ({ to }) => `Sie wird binnen eines Tages ${to}.`,
  },
  red: {
    "pause-3h": "RED bedeutet 3 Stunden Pause.",
    "pause-6h": "RED bedeutet 6 Stunden Pause.",
    disabled: "RED bedeutet die Sperrung.",
  },
  causes: {
    reactions: ({ blocked, reported, delivered }) =>
      `${blocked} Blockierungen und ${reported} Meldungen bei ${delivered} Vorlagen`,
    "capped-retries": ({ count }) => `${count} Versuche binnen 24 Stunden nach 131049`,
    claims: () => "Öffentliche Behauptungen wurden nicht zurückgenommen",
    "by-hand": ({ words }) => `Von Hand: ${words}`,
  },
};

const words: Words = { en, nl, de }[language];

function say<Union extends Coded>(sentences: Sentences<Union>, told: Union): string {
  return sentences[told.code as Union["code"]](told as never);
}

function step(next: Step): string {
  return words.steps[next.step](next as never);
}

export const nextForAccount = (next: NextForAccount): string => say(words.account, next);
export const nextForNumber = (next: NextForQuality): string => say(words.quality, next);
export const causeOfStrike = (cause: StrikeCause): string => say(words.causes, cause);

export function nextForTemplate(next: NextForTemplate): string {
  return "red" in next ? `${say(words.quality, next as Quality)} ${words.red[next.red]}` : say(words.template, next);
}
