import { checkTemplateSend, contentText, type MessageContent, renderTemplate } from "@loket/channels";
import { parseTemplate } from "@loket/channels/whatsapp";
import type { Tx } from "@loket/database";
import { dayMs, type Instant, instant } from "@loket/kit";
import type { Consent, Facts, Kind, Purpose, SendRequest, Suppression, Template, TemplateStatus } from "@loket/policy";
import type { SendIntent } from "./delivery.ts";
import {
  type AttemptRow,
  type Batch,
  type ConsentRow,
  type FactRows,
  readFactRows,
  type TemplateRow,
} from "./fact-rows.ts";
import { pairBurst, pairSpacingMs } from "./pace.ts";
import { type OverrideRow, type Strictness, strictnessOf } from "./strictness.ts";

/** Everything the terms book asks about one send, read in one transaction. */
export interface Gathered {
  readonly request: SendRequest;
  readonly facts: Facts;
  readonly consentEpoch: number;
  /** The organisation's own rules: those in force, and those that only watch. */
  readonly strictness: Strictness;
  /** Agreements of two people to set rules of the organisation's own aside. */
  readonly overrides: readonly OverrideRow[];
  /** The consent the message would rest on: its record, and how good its proof is. */
  readonly consent: { readonly id: string; readonly evidenceClass: "A" | "B" | "C" | "D" | null } | null;
  /** Whether this counts as a conversation we begin (a template, or anything outside the service window). */
  readonly businessInitiated: boolean;
  /** How to reach the person: by number, or by user id where the number is hidden. */
  readonly recipient: { readonly phone: string } | { readonly userId: string } | null;
}

const serviceWindowMs = dayMs;

/** The facts of each send of a batch; `null` where the contact is unknown. Options as in `readFactRows`. */
export async function gatherFacts(
  tx: Tx,
  batch: Batch,
  at: Instant,
  options: { readonly lockConsent?: boolean } = {},
): Promise<(Gathered | null)[]> {
  const read = await readFactRows(tx, batch, at, options);
  return batch.intents.map((intent, place) => {
    const rows = read[place];
    return rows ? factsOf(intent, rows, at) : null;
  });
}

function factsOf(intent: SendIntent, rows: FactRows, at: Instant): Gathered {
  const { row, consents, suppressions, attempts, templates, portfolio, ownRules, overrides } = rows;
  const { content } = intent;
  const windowOpen =
    row.last_inbound_at !== null && at - row.last_inbound_at >= 0 && at - row.last_inbound_at < serviceWindowMs;
  const isTemplate = content.type === "template";
  const template = content.type === "template" ? templateFacts(templates, content) : undefined;
  const kind = effectiveKind(intent, template);
  const isMarketing = kind === "marketing" || kind === "newsletter";
  const recipient = row.phone ? { phone: row.phone } : row.user_id ? { userId: row.user_id } : null;

  const request: SendRequest = {
    channel: "whatsapp",
    transport: "cloud-api",
    payload: isTemplate ? "template" : "free-form",
    kind,
    ...(template ? { template } : {}),
    promotional: intent.promotional ?? false,
    solicited: intent.solicited ?? false,
    // WhatsApp itself shows the business's name on every message, and on marketing templates a way to stop them.
    content: { stopPath: !isMarketing || isTemplate, senderNamed: true },
    text: textOf(templates, content),
    ...(intent.audience ? { audience: intent.audience } : {}),
    ...(overrides.length > 0 ? { overrides: overrides.map((each) => each.rule_id) } : {}),
  };
  const pairTimes = attempts.map((attempt) => attempt.intent_at);
  const facts: Facts = {
    recipient: {
      ...(row.region ? { region: row.region } : {}),
      subdivision: null,
      kind: "natural",
      phone: row.phone,
      bsuid: row.user_id,
      birthDate: row.birth_date,
      languages: row.locale ? [row.locale] : [],
      importedFrom: row.import_id === null ? null : { evidenceAttached: !row.evidence_missing },
      clarifyingSince: row.clarifying_since === null ? null : instant(row.clarifying_since),
      ...(row.time_zone === null ? {} : { timeZones: [row.time_zone] }),
      numberChangedAt: row.number_changed_at === null ? null : instant(row.number_changed_at),
    },
    sender: {
      establishment: row.home_country,
      subdivision: null,
      numberCountry: row.sender_country,
      kind: "business",
      profileHasContact: true,
      officialBusinessAccount: false,
      inBusinessApp: false,
    },
    trade: row.settings.trade ?? { goods: [], gamblingPermitted: false },
    lastInboundAt: row.last_inbound_at === null ? null : instant(row.last_inbound_at),
    consents: toConsents(consents),
    // A stop of one topic says nothing about the rest; like a consent to one it waits until a message names its topic.
    suppressions: suppressions
      .filter((entry) => entry.topic === null)
      .map((entry) => ({
        purpose: entry.scope,
        channel: entry.channel as Suppression["channel"],
        at: instant(entry.at),
        source: entry.source,
        confirmationSentAt: entry.confirmation_sent_at === null ? null : instant(entry.confirmation_sent_at),
      })),
    account: {
      stoppedHere: row.stopped,
      disabled: row.disabled,
      restrictions: row.restrictions.flatMap((entry) => restrictionFacts(entry)),
      quality: row.quality,
      paymentMethod: true,
      serviceMessagesThisMonth: 0,
      portfolioLimit: {
        limit: row.portfolio_limit ?? "unlimited",
        used: portfolio.used,
        oldestCountedAt: portfolio.oldest === null ? null : instant(portfolio.oldest),
        includesRecipient: portfolio.includesRecipient,
      },
      numberLimit: { limit: "unlimited", used: 0, oldestCountedAt: null, includesRecipient: false },
      directSend: "disabled",
    },
    history: {
      marketingSentAt: attempts.filter((attempt) => attempt.is_marketing).map((attempt) => instant(attempt.intent_at)),
      sameContentSentAt: null,
      lastSentAt: pairTimes[0] === undefined ? null : instant(pairTimes[0]),
      burstLeft: pairBurst(pairTimes, at),
      pairBackoffUntil: latestWithCode(attempts, "131056", 4 * pairSpacingMs),
      // The pace of the number is kept by the lane itself, which alone knows what it has sent within this second.
      sentInLastSecond: 0,
      throughputPerSecond: row.messages_per_second,
      marketingLimitHitAt: latestWithCode(attempts, "131049", 0),
      marketingStoppedErrorAt: latestWithCode(attempts, "131050", 0),
      marketingPreference:
        row.marketing_stopped_at === null ? null : { value: "stop", at: instant(row.marketing_stopped_at) },
      callPermission: null,
    },
  };
  return {
    request,
    facts,
    consentEpoch: row.consent_epoch,
    strictness: strictnessOf(ownRules, row.settings.standing?.lowConfidence, row.organisation_time_zone),
    overrides,
    consent: consentFor(consents, isMarketing ? "marketing" : "transactional"),
    businessInitiated: isTemplate || !windowOpen || row.opt_out_at !== null,
    recipient,
  };
}

function latestWithCode(attempts: readonly AttemptRow[], code: string, plusMs: number): Instant | null {
  const hit = attempts.find((attempt) => attempt.code === code);
  return hit ? instant(hit.intent_at + plusMs) : null;
}

/** A template's own category speaks louder than what the sender claims. */
function effectiveKind(intent: SendIntent, template: Template | undefined): Kind {
  if (intent.kind && intent.kind !== "reply") return intent.kind;
  if (!template) return intent.kind ?? "reply";
  if (template.category === "marketing") return "marketing";
  return template.category === "authentication" ? "auth" : "transactional";
}

function templateFacts(rows: readonly TemplateRow[], content: Extract<MessageContent, { type: "template" }>): Template {
  const language = content.template.language.code;
  const row = rows.find((candidate) => candidate.language === language);
  const approved = rows.filter((candidate) => candidate.status === "APPROVED").map((candidate) => candidate.language);
  if (!row)
    return {
      name: content.template.name,
      category: "marketing",
      status: "DELETED",
      language,
      approvedLanguages: approved,
    };
  const known = parseTemplate({ ...row, id: row.provider_id });
  const isOtp = row.category === "AUTHENTICATION";
  const parameters = (content.template.components ?? []).flatMap((component) =>
    "parameters" in component ? (component.parameters ?? []) : [],
  );
  const texts = parameters.flatMap((parameter) =>
    "text" in parameter && typeof parameter.text === "string" ? [parameter.text] : [],
  );
  return {
    name: row.name,
    category: row.category.toLowerCase() as Template["category"],
    status: row.status as TemplateStatus,
    language,
    approvedLanguages: approved,
    quality: (["GREEN", "YELLOW", "RED"].includes(row.quality) ? row.quality : "UNKNOWN") as NonNullable<
      Template["quality"]
    >,
    ...(row.paused_at === null ? {} : { pausedAt: instant(row.paused_at), pauseCount: Math.max(1, row.pause_count) }),
    heldForQualityAssessment: false,
    parametersComplete: known === null || checkTemplateSend(known, content).length === 0,
    ...(isOtp
      ? { otpButton: true, plainBody: true, longestParameter: Math.max(0, ...texts.map((text) => text.length)) }
      : {}),
  };
}

/**
 * The history of grants and withdrawals as records: a grant, confirmed or not, withdrawn or not. What was agreed to for
 * one topic only is no consent to the rest, and is left out here until a message names its topic.
 */
function toConsents(rows: readonly ConsentRow[]): Consent[] {
  const latest = new Map<string, Consent>();
  for (const row of rows) {
    if (row.topic !== null) continue;
    const key = `${row.purpose} ${row.channel} ${row.kind}`;
    const before = latest.get(key);
    if (row.action === "withdrawn") {
      for (const [each, record] of latest)
        if (each.startsWith(`${row.purpose} ${row.channel} `))
          latest.set(each, { ...record, status: "withdrawn", withdrawnAt: instant(row.at) });
      continue;
    }
    if (row.action === "confirmed" && before?.status === "granted") {
      latest.set(key, { ...before, confirmedAt: instant(row.at) });
      continue;
    }
    // A list that names somebody who confirmed it themselves adds nothing, and takes nothing away.
    if (row.evidence_class === "D" && before?.status === "granted") continue;
    latest.set(key, {
      status: "granted",
      kind: row.kind,
      purposes: row.purpose === "transactional" ? ["transactional", "service"] : [row.purpose],
      channel: row.channel as Consent["channel"],
      method: (consentMethods.has(row.method) ? row.method : "other") as NonNullable<Consent["method"]>,
      obtainedAt: instant(row.at),
      ...(row.wording_version ? { wordingVersion: row.wording_version } : {}),
      ...(row.evidence ? { evidenceRef: row.evidence } : {}),
      namesBusiness: row.names_business,
      namesChannel: row.names_channel || row.channel !== "all",
      ...(row.action === "confirmed" || row.method === "inbound-message" ? { confirmedAt: instant(row.at) } : {}),
      flaws: row.flaws,
      ...(row.soft === null ? {} : { soft: row.soft }),
    });
  }
  return [...latest.values()];
}

/** The record a message of this purpose would rest on: the latest agreement that nobody took back. */
function consentFor(rows: readonly ConsentRow[], purpose: Purpose): Gathered["consent"] {
  let standing: Gathered["consent"] = null;
  for (const row of rows) {
    if (row.purpose !== purpose || row.topic !== null) continue;
    standing = row.action === "withdrawn" ? null : { id: row.id, evidenceClass: row.evidence_class };
  }
  return standing;
}

/** The words as the reader will see them, for rules about words. */
function textOf(templates: readonly TemplateRow[], content: MessageContent): string {
  if (content.type !== "template") return contentText(content);
  const row = templates.find((candidate) => candidate.language === content.template.language.code);
  const template = row && parseTemplate({ ...row, id: row.provider_id });
  return template ? renderTemplate(template, content).text : contentText(content);
}

const consentMethods = new Set(["web-form", "inbound-message", "in-person", "paper", "phone", "email", "sms"]);

const restrictionScopes: Record<string, "business-initiated" | "all" | "utility-templates"> = {
  RESTRICTED_BIZ_INITIATED_MESSAGING: "business-initiated",
  RESTRICTED_CUSTOMER_INITIATED_MESSAGING: "all",
  RESTRICTED_UTILITY_TEMPLATES: "utility-templates",
};
function restrictionFacts(entry: { restriction: string; until?: number }) {
  const scope = restrictionScopes[entry.restriction.toUpperCase()];
  return scope ? [{ scope, until: entry.until === undefined ? null : instant(entry.until) }] : [];
}
