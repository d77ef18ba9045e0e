import type { Audience, Campaign, campaignCreate, Template } from "@loket/contract";
import type { Of } from "../../shell/api.ts";
import {
  readTemplate,
  sentValues,
  type TemplateForm,
  type TemplateValues,
  templateContent,
} from "../../templates/templates.ts";
import { instantAt, type WallClock, wallClock } from "../../ui/zone.ts";
import type { ForecastOf } from "../queries.ts";

/* What the form holds while it is filled in, and the campaign that comes of it. */

type CampaignBody = Of<typeof campaignCreate>;
export type Kind = Campaign["kind"];
export const kinds = ["newsletter", "marketing", "survey", "transactional"] as const satisfies readonly Kind[];

export interface Draft {
  readonly name: string;
  readonly senderId: string | null;
  readonly kind: Kind;
  readonly templateId: string | null;
  /** Of the fields of the template; `{{name}}` stands for the person's name. */
  readonly values: TemplateValues;
  /** By field: what is written there to somebody whose name is not known. */
  readonly fallbacks: TemplateValues;
  readonly audience: {
    readonly kind: Audience["kind"];
    readonly language: string | null;
    readonly region: string | null;
    readonly importId: string | null;
    readonly hasWritten: boolean;
    readonly contactIds: readonly string[];
  };
  /** `null`: as soon as it is started. */
  readonly starts: WallClock | null;
  /** `null`: nobody said otherwise, and it follows from the kind. */
  readonly expires: WallClock | null;
  readonly canaryCount: number;
}

export function emptyDraft(senderId: string | null): Draft {
  return {
    name: "",
    senderId,
    kind: "newsletter",
    templateId: null,
    values: {},
    fallbacks: {},
    audience: { kind: "filter", language: null, region: null, importId: null, hasWritten: false, contactIds: [] },
    starts: null,
    expires: null,
    canaryCount: 0,
  };
}

/** News is old after a day; what is no news may take three. */
const lifetimeHours: Record<Kind, number> = { newsletter: 24, marketing: 72, survey: 72, transactional: 24 };

/** When nothing leaves any more, where nobody said so themselves. */
export function usualExpiry(draft: Pick<Draft, "kind" | "starts">, zone: string, nowMs: number): WallClock {
  const startsAt = draft.starts && instantAt(draft.starts, zone);
  const from = Math.max(nowMs, startsAt ? Date.parse(startsAt) : nowMs);
  return wallClock(from + lifetimeHours[draft.kind] * 3_600_000, zone);
}

const nameToken = "{{name}}";
const nameWithWords = /\{\{name(?:\|([^{}|]*))?\}\}/g;

export function holdsName(value: string): boolean {
  return value.includes(nameToken);
}

export function insertName(value: string): string {
  return value === "" || value.endsWith(" ") ? `${value}${nameToken}` : `${value} ${nameToken}`;
}

/** `{{name|dear reader}}` as the form shows it: the name in its place, and the words for where it is not known. */
export function splitName(value: string): { readonly text: string; readonly fallback: string } {
  let fallback = "";
  const text = value.replace(nameWithWords, (_, words: string | undefined) => {
    fallback = words ?? fallback;
    return nameToken;
  });
  return { text, fallback };
}

export function joinName(text: string, fallback: string): string {
  const words = fallback.trim();
  return words === "" ? text : text.replaceAll(nameToken, `{{name|${words}}}`);
}

/** What somebody reads whose name is this; `null`: somebody whose name is not known. */
export function readBy(draft: Pick<Draft, "values" | "fallbacks">, name: string | null): TemplateValues {
  return Object.fromEntries(
    Object.entries(draft.values).map(([id, text]) => {
      const shown = name ?? (draft.fallbacks[id]?.trim() || nameToken);
      return [id, text.replaceAll(nameToken, shown)];
    }),
  );
}

/** The form as a campaign fills it in that was saved before. */
export function draftOf(campaign: Campaign, templates: readonly Template[], zone: string): Draft {
  const { name, senderId, kind, audience, canaryCount } = campaign;
  const template = templates.find(
    (one) => one.name === campaign.template.name && one.language === campaign.template.language.code,
  );
  const sent = template ? sentValues(readTemplate(template), campaign.template) : {};
  const split = Object.entries(sent).map(([id, value]) => [id, splitName(value)] as const);
  const filter = audience.kind === "filter" ? audience : null;
  return {
    name,
    senderId,
    kind,
    templateId: template?.id ?? null,
    values: Object.fromEntries(split.map(([id, { text }]) => [id, text])),
    fallbacks: Object.fromEntries(split.map(([id, { fallback }]) => [id, fallback])),
    audience: {
      kind: audience.kind,
      language: filter?.language ?? null,
      region: filter?.region ?? null,
      importId: filter?.importId ?? null,
      hasWritten: filter?.hasWritten ?? false,
      contactIds: audience.kind === "contacts" ? audience.contactIds : [],
    },
    starts: campaign.startsAt ? wallClock(campaign.startsAt, zone) : null,
    expires: wallClock(campaign.expiresAt, zone),
    canaryCount,
  };
}

function audienceOf({ kind, language, region, importId, hasWritten, contactIds }: Draft["audience"]): Audience {
  if (kind === "contacts") return { kind, contactIds: [...contactIds] };
  return {
    kind,
    ...(language ? { language } : {}),
    ...(region ? { region } : {}),
    ...(importId ? { importId } : {}),
    ...(hasWritten ? { hasWritten } : {}),
  };
}

function filledIn(draft: Draft, form: TemplateForm): TemplateValues {
  return Object.fromEntries(
    form.fields.map(({ id }) => [id, joinName((draft.values[id] ?? "").trim(), draft.fallbacks[id] ?? "")]),
  );
}

/** What a forecast is asked about; `null` while there is nothing to judge. A value not given yet does not keep it back. */
export function forecastOf(draft: Draft, template: Template | null, zone: string): ForecastOf | null {
  if (draft.senderId === null || template === null) return null;
  if (draft.audience.kind === "contacts" && draft.audience.contactIds.length === 0) return null;
  const form = readTemplate(template);
  const values = filledIn(draft, form);
  const examples = Object.fromEntries(form.fields.map(({ id, example }) => [id, values[id] || example || "…"]));
  return {
    senderId: draft.senderId,
    kind: draft.kind,
    template: templateContent(template, form, examples),
    audience: audienceOf(draft.audience),
    startsAt: draft.starts && instantAt(draft.starts, zone),
  };
}

export type DraftProblem =
  | "needsName"
  | "needsSender"
  | "needsTemplate"
  | "needsValue"
  | "needsFallback"
  | "plainFallback"
  | "needsPeople"
  | "needsStart"
  | "pastStart"
  | "needsExpiry"
  | "expiryBeforeStart"
  | "pastExpiry";

/** By field, what keeps this from being saved. A value of the template is `value-…`, its words for no name `words-…`. */
export function problemsOf(
  draft: Draft,
  template: Template | null,
  zone: string,
  nowMs: number,
): Readonly<Record<string, DraftProblem>> {
  const found: Record<string, DraftProblem> = {};
  if (draft.name.trim() === "") found.name = "needsName";
  if (draft.senderId === null) found.sender = "needsSender";
  if (template === null) found.template = "needsTemplate";
  for (const { id } of template ? readTemplate(template).fields : []) {
    const value = draft.values[id] ?? "";
    if (value.trim() === "") found[`value-${id}`] = "needsValue";
    if (!holdsName(value)) continue;
    const words = (draft.fallbacks[id] ?? "").trim();
    if (words === "") found[`words-${id}`] = "needsFallback";
    else if (/[{}|]/.test(words)) found[`words-${id}`] = "plainFallback";
  }
  if (draft.audience.kind === "contacts" && draft.audience.contactIds.length === 0) found.people = "needsPeople";
  const startsAt = draft.starts && instantAt(draft.starts, zone);
  if (draft.starts && startsAt === null) found.starts = "needsStart";
  else if (startsAt && Date.parse(startsAt) < nowMs) found.starts = "pastStart";
  const expiresAt = instantAt(draft.expires ?? usualExpiry(draft, zone, nowMs), zone);
  if (expiresAt === null) found.expires = "needsExpiry";
  else if (startsAt && expiresAt <= startsAt) found.expires = "expiryBeforeStart";
  else if (Date.parse(expiresAt) <= nowMs) found.expires = "pastExpiry";
  return found;
}

/** The campaign to be saved, of a form without problems. */
export function bodyOf(draft: Draft, template: Template, zone: string, nowMs: number): CampaignBody {
  const form = readTemplate(template);
  return {
    name: draft.name.trim(),
    senderId: draft.senderId ?? "",
    kind: draft.kind,
    template: templateContent(template, form, filledIn(draft, form)),
    audience: audienceOf(draft.audience),
    startsAt: draft.starts && instantAt(draft.starts, zone),
    expiresAt: instantAt(draft.expires ?? usualExpiry(draft, zone, nowMs), zone) ?? "",
    canaryCount: draft.canaryCount,
  };
}
