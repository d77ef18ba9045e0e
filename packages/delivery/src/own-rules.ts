import type { Tx } from "@loket/database";
import { type JsonObject, type LedgerPorts, record } from "@loket/evidence/ledger";
import { instant, toIso } from "@loket/kit";
import { ruleById } from "@loket/policy";

/**
 * What an organisation adds to the book for itself: stricter rules, in force or only watching, and the agreements of two
 * people to set one of them aside for a while. No rule of a channel or a law can be set aside.
 */

export type OwnRuleKind = "quiet-hours" | "frequency-cap" | "forbidden-words" | "second-pair-of-eyes";

export interface OwnRule {
  readonly id: string;
  readonly kind: OwnRuleKind;
  readonly settings: JsonObject;
  readonly state: "shadow" | "active" | "ended";
  readonly createdAt: string;
  readonly createdBy: string | null;
  readonly endedAt: string | null;
}

const memberName = (column: string): string =>
  `(select u.name from member m join auth."user" u on u.id = m.person_id where m.organisation_id = r.organisation_id and m.id = r.${column})`;

/** Those that hold, then those that watch, then what was. */
export async function listOwnRules(tx: Tx): Promise<OwnRule[]> {
  const rows = await tx.query<Omit<OwnRule, "createdAt" | "endedAt"> & { created_at: number; ended_at: number | null }>(
    `select id, kind, settings, state, created_at, ended_at, ${memberName("created_by")} as "createdBy" from own_rule r
     where organisation_id = $1 order by array_position(array['active', 'shadow', 'ended'], state), created_at desc limit 200`,
    [tx.organisationId],
  );
  return rows.map(({ created_at, ended_at, ...row }) => ({
    ...row,
    createdAt: toIso(instant(created_at)),
    endedAt: ended_at === null ? null : toIso(instant(ended_at)),
  }));
}

/** Adds a rule. One of a kind is in force at a time: the one before ends, and stays on file. */
export async function addOwnRule(
  tx: Tx,
  ports: LedgerPorts,
  rule: Pick<OwnRule, "kind" | "settings"> & { readonly state: "shadow" | "active"; readonly memberId: string | null },
): Promise<string> {
  const now = ports.clock.now();
  const id = ports.ids.next();
  await tx.query(
    "update own_rule set state = 'ended', ended_at = to_timestamp($4::float8 / 1000) where organisation_id = $1 and kind = $2 and state = $3",
    [tx.organisationId, rule.kind, rule.state, now],
  );
  await tx.query(
    "insert into own_rule (organisation_id, id, kind, settings, state, created_by, created_at) values ($1, $2, $3, $4, $5, $6, to_timestamp($7::float8 / 1000))",
    [tx.organisationId, id, rule.kind, JSON.stringify(rule.settings), rule.state, rule.memberId, now],
  );
  await record(tx, ports, {
    type: "configuration.changed",
    body: {
      what: "own rule",
      rule: id,
      kind: rule.kind,
      state: rule.state,
      settings: rule.settings,
      by: rule.memberId,
    },
  });
  return id;
}

/** False where there is no such rule, or it has ended. */
export async function endOwnRule(tx: Tx, ports: LedgerPorts, id: string, memberId: string | null): Promise<boolean> {
  const ended = await tx.count(
    "update own_rule set state = 'ended', ended_at = to_timestamp($3::float8 / 1000) where organisation_id = $1 and id = $2 and state <> 'ended'",
    [tx.organisationId, id, ports.clock.now()],
  );
  if (ended > 0)
    await record(tx, ports, {
      type: "configuration.changed",
      body: { what: "own rule", rule: id, state: "ended", by: memberId },
    });
  return ended > 0;
}

export interface Override {
  readonly id: string;
  readonly ruleId: string;
  readonly contact: { readonly id: string; readonly name: string } | null;
  readonly reason: string;
  readonly requestedBy: string;
  readonly requestedByMemberId: string;
  readonly requestedAt: string;
  readonly granted: boolean | null;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly expiresAt: string;
  readonly usedCount: number;
}

export async function listOverrides(tx: Tx): Promise<Override[]> {
  const rows = await tx.query<{
    id: string;
    rule_id: string;
    contact_id: string | null;
    contact_name: string | null;
    reason: string;
    requested_by: string;
    requester: string | null;
    requested_at: number;
    granted: boolean | null;
    decider: string | null;
    decided_at: number | null;
    expires_at: number;
    used_count: number;
  }>(
    `select r.id, r.rule_id, r.contact_id, c.name as contact_name, r.reason, r.requested_by, ${memberName("requested_by")} as requester, r.requested_at, r.granted,
       ${memberName("decided_by")} as decider, r.decided_at, r.expires_at, r.used_count
     from override r left join contact c on c.organisation_id = r.organisation_id and c.id = r.contact_id
     where r.organisation_id = $1 order by r.granted is null desc, r.requested_at desc limit 200`,
    [tx.organisationId],
  );
  return rows.map((row) => ({
    id: row.id,
    ruleId: row.rule_id,
    contact: row.contact_id === null ? null : { id: row.contact_id, name: row.contact_name ?? "" },
    reason: row.reason,
    requestedBy: row.requester ?? "",
    requestedByMemberId: row.requested_by,
    requestedAt: toIso(instant(row.requested_at)),
    granted: row.granted,
    decidedBy: row.decider,
    decidedAt: row.decided_at === null ? null : toIso(instant(row.decided_at)),
    expiresAt: toIso(instant(row.expires_at)),
    usedCount: row.used_count,
  }));
}

export type OverrideRequested = { readonly kind: "asked"; readonly id: string } | { readonly kind: "not-ours" };

/** Asks a second person. `not-ours`: the rule belongs to a channel or a law, or is not known. */
export async function requestOverride(
  tx: Tx,
  ports: LedgerPorts,
  asked: {
    readonly ruleId: string;
    readonly contactId?: string | undefined;
    readonly reason: string;
    readonly memberId: string;
    readonly lastsMs: number;
  },
): Promise<OverrideRequested> {
  if (!ruleById(asked.ruleId)?.overridable) return { kind: "not-ours" };
  const now = ports.clock.now();
  const id = ports.ids.next();
  await tx.query(
    `insert into override (organisation_id, id, rule_id, contact_id, reason, requested_by, requested_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, to_timestamp($7::float8 / 1000), to_timestamp($8::float8 / 1000))`,
    [
      tx.organisationId,
      id,
      asked.ruleId,
      asked.contactId ?? null,
      asked.reason,
      asked.memberId,
      now,
      now + asked.lastsMs,
    ],
  );
  await record(tx, ports, {
    type: "override.requested",
    contactId: asked.contactId ?? null,
    body: { override: id, rule: asked.ruleId, reason: asked.reason, by: asked.memberId },
  });
  tx.emit({ type: "standing.changed", inboxId: null, subject: { what: "override", subjectId: id }, at: now });
  return { kind: "asked", id };
}

export type OverrideDecided = "done" | "unknown" | "own-request" | "decided-already" | "over";

/** The second person says yes or no. Never the one who asked; the database would not take it either. */
export async function decideOverride(
  tx: Tx,
  ports: LedgerPorts,
  decided: { readonly id: string; readonly granted: boolean; readonly memberId: string },
): Promise<OverrideDecided> {
  const now = ports.clock.now();
  const row = await tx.one<{
    requested_by: string;
    granted: boolean | null;
    expires_at: number;
    contact_id: string | null;
    rule_id: string;
  }>(
    "select requested_by, granted, expires_at, contact_id, rule_id from override where organisation_id = $1 and id = $2 for update",
    [tx.organisationId, decided.id],
  );
  if (!row) return "unknown";
  if (row.requested_by === decided.memberId) return "own-request";
  if (row.granted !== null) return "decided-already";
  if (row.expires_at <= now) return "over";
  await tx.query(
    "update override set granted = $3, decided_by = $4, decided_at = to_timestamp($5::float8 / 1000) where organisation_id = $1 and id = $2",
    [tx.organisationId, decided.id, decided.granted, decided.memberId, now],
  );
  await record(tx, ports, {
    type: "override.decided",
    contactId: row.contact_id,
    body: { override: decided.id, rule: row.rule_id, granted: decided.granted, by: decided.memberId },
  });
  tx.emit({ type: "standing.changed", inboxId: null, subject: { what: "override", subjectId: decided.id }, at: now });
  return "done";
}
