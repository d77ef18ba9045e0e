import type { SenderStanding, StandingReport, StandingStep } from "@loket/contract";
import type { Tx } from "@loket/database";
import { dayMs, type Instant, instant, toIso } from "@loket/kit";
import { listSenders, type Sender } from "@loket/organisations";
import { decide, type Locale, rulesInForce } from "@loket/policy";
import { webhookFields } from "../webhook-fields.ts";
import { readFigures } from "./figures.ts";
import { readProfile, setupFacts } from "./profile.ts";
import { levelOf, repliesShareOf, shareOf, stepsFor } from "./steps.ts";

const staleAfterMs = 90 * dayMs;
const soonMs = 14 * dayMs;
/** A check of public claims is due again after this. */
const claimsAgeMs = 31 * dayMs;

/** What a responsible person looks at in the morning: everything that may cost the organisation its senders. */
export async function readStanding(
  tx: Tx,
  now: Instant,
  locale: Locale,
  wire: (sender: Sender) => SenderStanding["sender"],
): Promise<StandingReport> {
  const organisation = await tx.one<{ time_zone: string }>(
    "select time_zone from organisation where organisation_id = $1",
    [tx.organisationId],
  );
  const senders: SenderStanding[] = [];
  for (const sender of await listSenders(tx))
    senders.push(await readSender(tx, sender, now, organisation?.time_zone ?? "UTC", wire));
  const [claims, counts, profile] = await Promise.all([
    tx.query<{ at: number; block: number; warn: number }>(
      `select distinct on (source) at,
         (select count(*)::int from jsonb_array_elements(hits) h where h->>'severity' = 'block' and h->>'ignored' is null) as block,
         (select count(*)::int from jsonb_array_elements(hits) h where h->>'severity' = 'warn' and h->>'ignored' is null) as warn
       from claims_check where organisation_id = $1 order by source, at desc`,
      [tx.organisationId],
    ),
    tx.one<{ demands: number; unclear: number; refused: number; held: number }>(
      `select (select count(*)::int from demand where organisation_id = $1 and closed_at is null) as demands,
         (select count(*)::int from contact where organisation_id = $1 and clarifying_since is not null) as unclear,
         (select count(*)::int from decision where organisation_id = $1 and outcome = 'refuse' and at > to_timestamp(($2::float8 - ${7 * dayMs}) / 1000)) as refused,
         (select count(*)::int from delivery where organisation_id = $1 and state = 'held') as held`,
      [tx.organisationId, now],
    ),
    readProfile(tx),
  ]);
  const rules = rulesInForce(now);
  const due = (withinMs: number) =>
    rules.filter(({ version }) => now + withinMs - Date.parse(version.reviewed) > staleAfterMs);
  const stale = due(0).length;
  const checkedAt = claims.length === 0 ? null : Math.min(...claims.map((check) => check.at));
  const claimed = {
    checkedAt: checkedAt === null ? null : toIso(instant(checkedAt)),
    block: claims.reduce((sum, check) => sum + check.block, 0),
    warn: claims.reduce((sum, check) => sum + check.warn, 0),
  };
  const { request, facts } = setupFacts(profile);
  const verdict = decide(request, facts, now);
  const setup = verdict.findings.flatMap(({ rule, outcome }) =>
    outcome === "allow" || outcome === "note"
      ? []
      : [{ id: rule.id, outcome, title: rule.title[locale], explanation: rule.explanation[locale] }],
  );

  const steps: StandingStep[] = [];
  const demands = counts?.demands ?? 0;
  const unclear = counts?.unclear ?? 0;
  if (demands > 0) steps.push({ code: "demand-open", level: "act", value: String(demands) });
  if (setup.length > 0) steps.push({ code: "contract-open", level: "act", value: String(setup.length) });
  if (claimed.block > 0) steps.push({ code: "claims-block", level: "act", value: String(claimed.block) });
  if (checkedAt === null || now - checkedAt > claimsAgeMs)
    steps.push({ code: "claims-unchecked", level: "watch", value: claimed.checkedAt });
  if (unclear > 0) steps.push({ code: "consent-unclear", level: "watch", value: String(unclear) });
  if (stale > 0) steps.push({ code: "rules-stale", level: "watch", value: String(stale) });
  return {
    asOf: toIso(now),
    level: levelOf([...steps, ...senders.flatMap((sender) => sender.steps)]),
    steps,
    senders,
    rules: {
      inForce: rules.length,
      stale,
      goingStale: due(soonMs).length - stale,
      newest:
        rules
          .map(({ version }) => version.reviewed)
          .sort()
          .at(-1) ?? "",
    },
    setup,
    claims: claimed,
    openDemands: demands,
    unclear,
    refusedThisWeek: counts?.refused ?? 0,
    heldNow: counts?.held ?? 0,
  };
}

async function readSender(
  tx: Tx,
  sender: Sender,
  now: Instant,
  timeZone: string,
  wire: (sender: Sender) => SenderStanding["sender"],
): Promise<SenderStanding> {
  const [figures, changes, templates, fields] = await Promise.all([
    readFigures(tx, sender.id, now, timeZone),
    tx.query<{
      subject: string;
      field: string;
      before: string | null;
      after: string | null;
      reason: string | null;
      at: number;
    }>(
      `select subject, field, before, after, reason, at from standing_change
       where organisation_id = $1 and sender_id = $2 and at > to_timestamp(($3::float8 - ${90 * dayMs}) / 1000) order by at desc, id desc limit 100`,
      [tx.organisationId, sender.id, now],
    ),
    tx.query<{ name: string; language: string; status: string; quality: string }>(
      "select name, language, status, quality from template where organisation_id = $1 and sender_id = $2 and status <> 'DELETED' order by name, language",
      [tx.organisationId, sender.id],
    ),
    tx.one<{ webhook_fields: string[] | null; webhook_fields_at: number | null }>(
      "select webhook_fields, webhook_fields_at from sender where organisation_id = $1 and id = $2",
      [tx.organisationId, sender.id],
    ),
  ]);
  const known = fields?.webhook_fields ?? null;
  const inState = (...states: readonly string[]) => templates.filter(({ status }) => states.includes(status));
  const standing = {
    sender: wire(sender),
    changes: changes.map((change) => ({ ...change, at: toIso(instant(change.at)) })),
    limit: {
      used: figures.limitUsed,
      limit: sender.limit,
      freesAt: figures.limitFreesAt === null ? null : toIso(instant(figures.limitFreesAt)),
    },
    templates: {
      approved: inState("APPROVED").length,
      pending: inState("PENDING", "IN_APPEAL").length,
      paused: inState("PAUSED", "DISABLED").length,
      rejected: inState("REJECTED").length,
      worst: templates
        .filter(({ status, quality }) => status !== "APPROVED" || quality === "RED" || quality === "YELLOW")
        .slice(0, 8),
    },
    sent: [...figures.sent],
    stops: [...figures.stops],
    stopSources: [...figures.stopSources],
    stopShare: shareOf(figures.week.stopped, figures.week.sent),
    replyShare: repliesShareOf(figures.week.replied, figures.week.sent),
    undeliverableShare: shareOf(figures.week.undeliverable, figures.week.sent),
    optOutMs: figures.optOut,
    sentAfterOptOut: figures.sentAfterOptOut,
    evidence: figures.evidence,
    fieldsMissing: known === null ? null : webhookFields.filter((field) => !known.includes(field)),
    fieldsCheckedAt: fields?.webhook_fields_at == null ? null : toIso(instant(fields.webhook_fields_at)),
  };
  const steps = stepsFor({ ...standing, weekBefore: figures.weekBefore });
  return { ...standing, steps, level: levelOf(steps) };
}
