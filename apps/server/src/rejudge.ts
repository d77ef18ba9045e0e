import {
  countDecisions,
  editionInForce,
  type OwnRuleRow,
  ownRulesOf,
  type Rejudged,
  rejudge,
  strictnessOf,
} from "@loket/delivery";
import { type Instant, instant, type OrganisationId, toIso } from "@loket/kit";
import type { Ports } from "./ports.ts";

const pageSize = 500;
/** How many changed judgements are kept to look at; all are counted. */
const mostFindings = 200;

interface Run {
  what: { rule?: { kind: Parameters<typeof ownRulesOf>[0][number]["kind"]; settings: unknown } };
  since: number;
  until: number;
  time_zone: string;
}

/** Judges a span of the past again, page by page, with its progress kept as it goes. Another attempt begins anew. */
export async function runShadow(ports: Ports, organisationId: OrganisationId, runId: string): Promise<void> {
  const within = <T>(work: Parameters<typeof ports.worker.inOrganisation<T>>[1]) =>
    ports.worker.inOrganisation(organisationId, work);
  const run = await within(async (tx) => {
    const row = await tx.one<Run>(
      "select r.what, r.since, r.until, o.time_zone from shadow_run r join organisation o on o.organisation_id = r.organisation_id where r.organisation_id = $1 and r.id = $2",
      [organisationId, runId],
    );
    if (!row) return null;
    const total = await countDecisions(tx, instant(row.since), instant(row.until));
    await tx.query(
      "update shadow_run set state = 'running', total = $3, judged = 0, changed = 0, findings = '[]' where organisation_id = $1 and id = $2",
      [organisationId, runId, total],
    );
    const own = await tx.query<OwnRuleRow>(
      "select kind, settings, state from own_rule where organisation_id = $1 and state = 'active'",
      [organisationId],
    );
    return { ...row, own };
  });
  if (!run) return;
  const edition = run.what.rule ? editionInForce : (ports.shadowEdition ?? editionInForce);
  // A house rule is tried beside those in force, and against them alone: what ended since is not its doing.
  const { inForce } = strictnessOf(run.own, undefined, run.time_zone);
  const tried = run.what.rule
    ? { options: { own: { ...inForce.own, ...ownRulesOf([run.what.rule], run.time_zone) } }, against: inForce }
    : { options: inForce };
  const findings: Rejudged[] = [];
  let after: string | null = null;
  let judged = 0;
  let changed = 0;
  for (;;) {
    const span: Parameters<typeof rejudge>[1] = {
      since: run.since as Instant,
      until: run.until as Instant,
      after,
      limit: pageSize,
    };
    const page: Awaited<ReturnType<typeof rejudge>> = await within((tx) => rejudge(tx, span, { edition, ...tried }));
    judged += page.judged;
    changed += page.changed.length;
    findings.push(...page.changed.slice(0, mostFindings - findings.length));
    after = page.after;
    const isLast = page.judged < pageSize;
    await within(async (tx) => {
      const names = await tx.query<{ id: string; name: string }>(
        "select id, name from contact where organisation_id = $1 and id = any($2::uuid[])",
        [organisationId, findings.flatMap((each) => each.contactId ?? [])],
      );
      const nameOf = new Map(names.map((row) => [row.id, row.name]));
      await tx.query(
        `update shadow_run set judged = $3, changed = $4, findings = $5, state = $6, finished_at = case when $6 = 'done' then to_timestamp($7::float8 / 1000) end
         where organisation_id = $1 and id = $2`,
        [
          organisationId,
          runId,
          judged,
          changed,
          JSON.stringify(
            findings.map(({ contactId, at, ...rest }) => ({
              ...rest,
              at: toIso(instant(at)),
              contact: contactId === null ? null : { id: contactId, name: nameOf.get(contactId) ?? "" },
            })),
          ),
          isLast ? "done" : "running",
          ports.clock.now(),
        ],
      );
      tx.emit({
        type: "standing.changed",
        inboxId: null,
        subject: { what: "shadow-run", subjectId: runId },
        at: ports.clock.now(),
      });
    });
    if (isLast) return;
  }
}
