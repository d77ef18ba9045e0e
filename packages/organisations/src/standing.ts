import type { Tx } from "@loket/database";
import { type EntryType, type LedgerPorts, record } from "@loket/evidence/ledger";
import { instant, toIso } from "@loket/kit";

/**
 * How senders stand with their platform, and what changed about that: today's value beside its history, each change on
 * record. What the platform says takes effect at once, because every send is judged by these rows at its last moment.
 */

export type Stop = "marketing" | "business-initiated" | "all";

export interface StandingChange {
  readonly senderId: string;
  /** `sender`, or `template <name> <language>`. */
  readonly subject: string;
  /** What changed: `quality`, `limit`, `pace`, `restrictions`, `disabled`, `stopped`, `status`, `category`, `fields`. */
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly reason?: string | null | undefined;
  /** When it happened, as the platform says; now where it does not. */
  readonly at?: number | undefined;
}

/** Keeps one change: for trends, for the ledger, and for whoever has the page open. Nothing where nothing changed. */
export async function noteStanding(tx: Tx, ports: LedgerPorts, change: StandingChange): Promise<void> {
  if (change.before === change.after) return;
  const now = ports.clock.now();
  await tx.query(
    `insert into standing_change (organisation_id, id, sender_id, subject, field, before, after, reason, at, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, to_timestamp($9::float8 / 1000), to_timestamp($10::float8 / 1000))`,
    [
      tx.organisationId,
      ports.ids.next(),
      change.senderId,
      change.subject,
      change.field,
      change.before,
      change.after,
      change.reason ?? null,
      change.at ?? now,
      now,
    ],
  );
  const type: EntryType = change.subject === "sender" ? "account.changed" : "template.changed";
  await record(tx, ports, {
    type,
    body: {
      sender: change.senderId,
      subject: change.subject,
      field: change.field,
      before: change.before,
      after: change.after,
      reason: change.reason ?? null,
      happened: toIso(instant(change.at ?? now)),
    },
  });
  const subject = { what: "sender", subjectId: change.senderId };
  tx.emit({ type: "standing.changed", inboxId: null, subject, at: now });
}

/** What the platform may say about a number. */
export interface PlatformStanding {
  readonly quality?: "GREEN" | "YELLOW" | "RED" | "UNKNOWN";
  /** People a day outside their windows; `null` is unlimited. */
  readonly limit?: number | null;
  readonly messagesPerSecond?: number;
  readonly restrictions?: readonly { readonly restriction: string; readonly until?: number }[];
  readonly disabled?: boolean;
  /** Webhook fields the platform reports to us; `null` where the application reports to somebody else. */
  readonly webhookFields?: readonly string[] | null;
}

interface StandingRow {
  quality: NonNullable<PlatformStanding["quality"]>;
  portfolio_limit: number | null;
  messages_per_second: number;
  restrictions: readonly { restriction: string; until?: number }[];
  disabled: boolean;
  webhook_fields: string[] | null;
}

/** Applies what the platform said. What is not named stays as it is. True where anything changed. */
export async function followPlatform(
  tx: Tx,
  ports: LedgerPorts,
  senderId: string,
  said: PlatformStanding,
  why: { readonly reason?: string; readonly at?: number } = {},
): Promise<boolean> {
  const before = await tx.one<StandingRow>(
    "select quality, portfolio_limit, messages_per_second, restrictions, disabled, webhook_fields from sender where organisation_id = $1 and id = $2 for update",
    [tx.organisationId, senderId],
  );
  if (!before) return false;
  const fields = said.webhookFields === undefined ? before.webhook_fields : (said.webhookFields?.toSorted() ?? null);
  const after: StandingRow = {
    quality: said.quality ?? before.quality,
    portfolio_limit: said.limit === undefined ? before.portfolio_limit : said.limit,
    messages_per_second: said.messagesPerSecond ?? before.messages_per_second,
    restrictions: said.restrictions ?? before.restrictions,
    disabled: said.disabled ?? before.disabled,
    webhook_fields: fields,
  };
  await tx.query(
    `update sender set quality = $3, portfolio_limit = $4, messages_per_second = $5, restrictions = $6, disabled = $7, webhook_fields = $8::text[],
       webhook_fields_at = case when $9 then to_timestamp($10::float8 / 1000) else webhook_fields_at end,
       state = case when $7 and not disabled then 'disconnected' when not $7 and disabled then 'connected' else state end,
       state_reason = case when $7 and not disabled then 'banned' when not $7 and disabled then null else state_reason end
     where organisation_id = $1 and id = $2`,
    [
      tx.organisationId,
      senderId,
      after.quality,
      after.portfolio_limit,
      after.messages_per_second,
      JSON.stringify(after.restrictions),
      after.disabled,
      after.webhook_fields,
      said.webhookFields !== undefined,
      ports.clock.now(),
    ],
  );
  const told = [
    ["quality", before.quality, after.quality],
    ["limit", limitText(before.portfolio_limit), limitText(after.portfolio_limit)],
    ["pace", String(before.messages_per_second), String(after.messages_per_second)],
    ["restrictions", restrictionText(before.restrictions), restrictionText(after.restrictions)],
    ["disabled", String(before.disabled), String(after.disabled)],
    ["fields", before.webhook_fields?.join(" ") ?? null, after.webhook_fields?.join(" ") ?? null],
  ] as const;
  let changed = false;
  for (const [field, was, is] of told) {
    if (was === is || (field === "fields" && was === null)) continue; // what is read for the first time has not changed
    changed = true;
    await noteStanding(tx, ports, { senderId, subject: "sender", field, before: was, after: is, ...why });
  }
  if (changed) tx.emit({ type: "sender.changed", inboxId: null, subject: { senderId }, at: ports.clock.now() });
  return changed;
}

function limitText(limit: number | null): string {
  return limit === null ? "unlimited" : String(limit);
}

function restrictionText(restrictions: StandingRow["restrictions"]): string | null {
  const texts = restrictions.map(({ restriction, until }) =>
    until === undefined ? restriction : `${restriction} until ${toIso(instant(until))}`,
  );
  return texts.length === 0 ? null : texts.sort().join(", ");
}

/** Somebody here stops a sender, wholly or in part. It holds from the next hand-over on. False where there is none such. */
export async function stopSender(
  tx: Tx,
  ports: LedgerPorts,
  stop: {
    readonly senderId: string;
    readonly stopped: Stop | null;
    readonly reason: string | null;
    readonly memberId: string | null;
  },
): Promise<boolean> {
  const before = await tx.one<{ stopped: Stop | null }>(
    "select stopped from sender where organisation_id = $1 and id = $2 for update",
    [tx.organisationId, stop.senderId],
  );
  if (!before) return false;
  const now = ports.clock.now();
  await tx.query(
    `update sender set stopped = $3, stopped_at = case when $3::text is null then null else to_timestamp($4::float8 / 1000) end,
       stopped_by = case when $3::text is null then null else $5::uuid end, stop_reason = case when $3::text is null then null else $6 end
     where organisation_id = $1 and id = $2`,
    [tx.organisationId, stop.senderId, stop.stopped, now, stop.memberId, stop.reason],
  );
  await noteStanding(tx, ports, {
    senderId: stop.senderId,
    subject: "sender",
    field: "stopped",
    before: before.stopped,
    after: stop.stopped,
    reason: stop.reason,
  });
  tx.emit({ type: "sender.changed", inboxId: null, subject: { senderId: stop.senderId }, at: now });
  // What was held because of the stop is looked at again at once.
  if (stop.stopped === null) {
    await tx.query(
      "update delivery set not_before = to_timestamp($3::float8 / 1000) where organisation_id = $1 and sender_id = $2 and state = 'held'",
      [tx.organisationId, stop.senderId, now],
    );
    tx.wake("lane", `out:${stop.senderId}`);
  }
  return true;
}
