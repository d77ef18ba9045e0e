import type { Tx } from "@loket/database";
import { dayMs, type Instant } from "@loket/kit";

/** Figures of one sender, counted from rows when somebody looks. */

export interface DayCount {
  readonly day: string;
  readonly count: number;
}
export interface SenderFigures {
  readonly sent: readonly DayCount[];
  readonly stops: readonly DayCount[];
  readonly stopSources: readonly { readonly source: string; readonly count: number }[];
  readonly week: {
    readonly sent: number;
    readonly replied: number;
    readonly stopped: number;
    readonly undeliverable: number;
  };
  readonly weekBefore: { readonly sent: number; readonly stopped: number };
  readonly limitUsed: number;
  readonly limitFreesAt: number | null;
  readonly optOut: { readonly count: number; readonly median: number | null; readonly worst: number | null };
  readonly sentAfterOptOut: number;
  readonly evidence: {
    readonly A: number;
    readonly B: number;
    readonly C: number;
    readonly D: number;
    readonly none: number;
  };
}

const shownDays = 14;

/** All times by the organisation's own days, in its zone. */
export async function readFigures(tx: Tx, senderId: string, now: Instant, timeZone: string): Promise<SenderFigures> {
  const values = [tx.organisationId, senderId, now, timeZone];
  const ownStops = `s.source in ('keyword', 'button', 'link', 'complaint', 'block', 'platform-preference')
    and (s.sender_id = $2 or (s.sender_id is null and exists (
      select 1 from leg l join address a on a.organisation_id = l.organisation_id and a.id = l.address_id
      where l.organisation_id = $1 and l.sender_id = $2 and a.contact_id = s.contact_id)))`;
  const [sent, stops, stopSources, weeks, limit, optOut, after, evidence] = await Promise.all([
    tx.query<DayCount>(
      `select to_char(d.day, 'YYYY-MM-DD') as day, count(t.id)::int as count
       from generate_series((to_timestamp($3::float8 / 1000) at time zone $4)::date - ${shownDays - 1}, (to_timestamp($3::float8 / 1000) at time zone $4)::date, '1 day') d(day)
       left join attempt t on t.organisation_id = $1 and t.sender_id = $2 and t.business_initiated and t.outcome = 'accepted'
         and t.intent_at >= (d.day::timestamp at time zone $4) and t.intent_at < ((d.day + interval '1 day')::timestamp at time zone $4)
       group by d.day order by d.day`,
      values,
    ),
    tx.query<DayCount>(
      `select to_char(d.day, 'YYYY-MM-DD') as day, count(s.id)::int as count
       from generate_series((to_timestamp($3::float8 / 1000) at time zone $4)::date - ${shownDays - 1}, (to_timestamp($3::float8 / 1000) at time zone $4)::date, '1 day') d(day)
       left join suppression s on s.organisation_id = $1 and ${ownStops}
         and s.at >= (d.day::timestamp at time zone $4) and s.at < ((d.day + interval '1 day')::timestamp at time zone $4)
       group by d.day order by d.day`,
      values,
    ),
    tx.query<{ source: string; count: number }>(
      `select s.source, count(*)::int as count from suppression s where s.organisation_id = $1 and ${ownStops}
         and s.at > to_timestamp(($3::float8 - ${30 * dayMs}) / 1000) group by 1 order by 2 desc, 1`,
      values.slice(0, 3),
    ),
    tx.query<{ recent: boolean; sent: number; replied: number; undeliverable: number }>(
      `select t.intent_at > to_timestamp(($3::float8 - ${7 * dayMs}) / 1000) as recent, count(*)::int as sent,
         count(*) filter (where l.last_inbound_at > t.intent_at)::int as replied,
         count(*) filter (where t.failure->>'reason' in ('undeliverable', 'recipientUnknown') or t.failure->>'code' = '131026')::int as undeliverable
       from attempt t left join leg l on l.organisation_id = $1 and l.sender_id = $2 and l.address_id = t.address_id
       where t.organisation_id = $1 and t.sender_id = $2 and t.business_initiated and t.outcome = 'accepted'
         and t.intent_at > to_timestamp(($3::float8 - ${14 * dayMs}) / 1000) group by 1`,
      values.slice(0, 3),
    ),
    tx.one<{ used: number; oldest: number | null }>(
      `select count(distinct t.contact_id)::int as used, min(t.intent_at) as oldest from attempt t
       where t.organisation_id = $1 and t.business_initiated and t.intent_at > to_timestamp(($3::float8 - ${dayMs}) / 1000)
         and t.outcome is distinct from 'retryable' and t.outcome is distinct from 'refused'
         and t.sender_id in (select b.id from sender a join sender b on b.organisation_id = a.organisation_id and (b.id = a.id or b.portfolio_id = a.portfolio_id) where a.organisation_id = $1 and a.id = $2)`,
      values.slice(0, 3),
    ),
    tx.one<{ count: number; median: number | null; worst: number | null }>(
      `select count(*)::int as count, percentile_cont(0.5) within group (order by ms) as median, max(ms) as worst
       from (select greatest(0, extract(epoch from s.recorded_at - s.at) * 1000) as ms from suppression s
         where s.organisation_id = $1 and s.source in ('keyword', 'button') and s.sender_id = $2 and s.at > to_timestamp(($3::float8 - ${90 * dayMs}) / 1000)) as each`,
      values.slice(0, 3),
    ),
    tx.one<{ count: number }>(
      `select count(*)::int as count from suppression s
       join attempt t on t.organisation_id = $1 and t.contact_id = s.contact_id and t.sender_id = $2 and t.business_initiated
         and t.intent_at > s.recorded_at and (s.lifted_at is null or t.intent_at < s.lifted_at)
       join delivery d on d.organisation_id = $1 and d.id = t.delivery_id
       where s.organisation_id = $1 and s.channel in ('all', 'whatsapp') and d.kind <> 'opt-out-confirmation' and s.source <> 'platform-preference'
         and (s.scope = 'all' or (s.scope = 'marketing' and d.kind in ('marketing', 'newsletter')))
         and t.intent_at > to_timestamp(($3::float8 - ${90 * dayMs}) / 1000)`,
      values.slice(0, 3),
    ),
    tx.query<{ class: "A" | "B" | "C" | "D" | null; count: number }>(
      `select consent_class as class, count(*)::int as count from attempt
       where organisation_id = $1 and sender_id = $2 and business_initiated and outcome = 'accepted' and intent_at > to_timestamp(($3::float8 - ${30 * dayMs}) / 1000) group by 1`,
      values.slice(0, 3),
    ),
  ]);
  const week = weeks.find((row) => row.recent);
  const before = weeks.find((row) => !row.recent);
  const stopped = (days: readonly DayCount[]) => days.reduce((sum, { count }) => sum + count, 0);
  const classCount = (name: "A" | "B" | "C" | "D" | null) => evidence.find((row) => row.class === name)?.count ?? 0;
  return {
    sent,
    stops,
    stopSources,
    week: {
      sent: week?.sent ?? 0,
      replied: week?.replied ?? 0,
      undeliverable: week?.undeliverable ?? 0,
      stopped: stopped(stops.slice(-7)),
    },
    weekBefore: { sent: before?.sent ?? 0, stopped: stopped(stops.slice(0, -7)) },
    limitUsed: limit?.used ?? 0,
    limitFreesAt: limit?.oldest == null ? null : limit.oldest + dayMs,
    optOut: { count: optOut?.count ?? 0, median: optOut?.median ?? null, worst: optOut?.worst ?? null },
    sentAfterOptOut: after?.count ?? 0,
    evidence: {
      A: classCount("A"),
      B: classCount("B"),
      C: classCount("C"),
      D: classCount("D"),
      none: classCount(null),
    },
  };
}
