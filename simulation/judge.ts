import { dayMs } from "@loket/kit";
import { beginning } from "./kernel.ts";
import type { HandedOver, World } from "./world.ts";

/**
 * The judge knows what the platform was handed and what the database had committed at which instant, and asks with rules
 * of its own whether each hand-over was allowed. It shares no code with the engine; where the engine asks the terms book,
 * it has the few rules that this world can break, written down again.
 */
export interface Violation {
  readonly what: string;
  readonly detail: string;
}

interface Note {
  readonly kind: string;
  readonly id: string;
  readonly atMs: number;
  readonly content: Record<string, unknown>;
}

/** An intent may be used for so long; the line takes up to 20 ms, and a process may be stopped right after it looked. */
const intentLifeMs = 2_000 + 25;
const optOutMs = 2_000 + 25;

export async function judge(world: World): Promise<Violation[]> {
  const { admin } = world.store;
  const violations: Violation[] = [];
  const wrong = (what: string, detail: string) => violations.push({ what, detail });
  const rows = async <Row>(text: string): Promise<Row[]> =>
    (await admin.query(text, [world.organisationId])).rows as Row[];
  const notes = (
    await rows<{ kind: string; id: string; at: Date; content: Record<string, unknown> }>(
      "select kind, id, at, content from simulation.note where organisation_id = $1 order by order_",
    )
  ).map((note): Note => ({ ...note, atMs: note.at.getTime() - beginning }));
  const deliveries = new Map(
    (
      await rows<{
        id: string;
        contact_id: string;
        campaign_id: string | null;
        state: string;
        reached: string | null;
        kind: string;
        type: string;
        request_kind: string | null;
        expires_at: Date;
        message_id: string | null;
        priority: number;
      }>(
        "select id, contact_id, campaign_id, state, reached, kind, content->>'type' as type, request->>'kind' as request_kind, expires_at, message_id, priority from delivery where organisation_id = $1",
      )
    ).map((row) => [row.id, row]),
  );
  const attempts = new Map(
    (
      await rows<{
        id: string;
        delivery_id: string;
        contact_id: string;
        outcome: string | null;
        decision: string | null;
        intent_at: Date;
      }>(
        `select a.id, a.delivery_id, a.contact_id, a.outcome, k.outcome as decision, a.intent_at from attempt a left join decision k on k.organisation_id = a.organisation_id and k.id = a.decision_id
         where a.organisation_id = $1`,
      )
    ).map((row) => [row.id, row]),
  );
  const contactOf = new Map(
    (
      await rows<{ id: string; contact_id: string }>(
        "select id, contact_id from conversation where organisation_id = $1",
      )
    ).map((row) => [row.id, row.contact_id]),
  );
  const committed = new Map(notes.filter((note) => note.kind === "attempt insert").map((note) => [note.id, note.atMs]));

  // Each hand-over by itself.
  const taken = new Map<string, HandedOver[]>();
  for (const one of world.handedOver) {
    const attempt = attempts.get(one.attemptId);
    const intentAtMs = committed.get(one.attemptId);
    const delivery = attempt && deliveries.get(attempt.delivery_id);
    if (!attempt || intentAtMs === undefined || !delivery) {
      wrong("handed over without an intent", one.attemptId);
      continue;
    }
    if (intentAtMs > one.atMs) wrong("handed over before its intent", one.attemptId);
    if (one.atMs - intentAtMs > intentLifeMs) wrong("handed over with a stale intent", `${one.atMs - intentAtMs} ms`);
    if (attempt.decision !== "allow" && attempt.decision !== "change")
      wrong("handed over against a verdict", String(attempt.decision));
    const inSecond = world.handedOver.filter((each) => each.atMs > one.atMs - 1_000 && each.atMs <= one.atMs).length;
    // What people write counts towards the platform's limit as well, and is nobody's fault here; nor is the line, which
    // brings one message a few milliseconds nearer to the one before.
    if (one.code === 131056 || inSecond > world.messagesPerSecond * 1.1 + 2)
      wrong("handed over too fast", `${one.code}: ${inSecond} in a second of ${world.messagesPerSecond}`);
    if (delivery.expires_at.getTime() - beginning <= intentAtMs - skewMs(world))
      wrong("handed over after it expired", delivery.id);
    const before = taken.get(delivery.id) ?? [];
    if (before.length > 0)
      wrong("handed over twice", `${delivery.id}: ${[...before, one].map((each) => each.atMs).join(" and ")} ms`);
    if (one.isTaken) taken.set(delivery.id, [...before, one]);
    judgeConsent(one, intentAtMs, delivery);
    if (delivery.campaign_id !== null) judgeCampaign(delivery.campaign_id, intentAtMs);
  }

  function judgeConsent(
    one: HandedOver,
    intentAtMs: number,
    delivery: { contact_id: string; type: string; kind: string; request_kind: string | null },
  ): void {
    if (delivery.request_kind === "opt-out-confirmation") return;
    const isMarketing = delivery.type === "template";
    const stopped = notes.filter(
      (note) =>
        note.kind.startsWith("suppression") &&
        note.content.contact_id === delivery.contact_id &&
        note.atMs < intentAtMs &&
        (note.content.scope === "all" || (isMarketing && note.content.scope === "marketing")),
    );
    const latest = new Map(stopped.map((note) => [note.id, note]));
    for (const note of latest.values())
      if (
        note.content.lifted_at === null &&
        (isMarketing || !wroteAfter(delivery.contact_id, Date.parse(String(note.content.at)), intentAtMs))
      )
        wrong(
          "handed over after an opt-out",
          `${one.to} ${delivery.kind} ${delivery.type}, ${String(note.content.scope)} by ${String(note.content.source)} at ${note.atMs} ms, intent ${intentAtMs} ms`,
        );
    // Between the commit of an intent and the last byte an opt-out may be recorded; then at most so late.
    const during = notes.find(
      (note) =>
        note.kind === "suppression insert" &&
        note.content.contact_id === delivery.contact_id &&
        note.atMs >= intentAtMs &&
        note.atMs < one.atMs,
    );
    if (during && isMarketing && one.atMs - during.atMs > optOutMs)
      wrong("handed over long after an opt-out", `${one.atMs - during.atMs} ms`);
    if (
      isMarketing &&
      !notes.some(
        (note) =>
          note.kind === "consent insert" &&
          note.content.contact_id === delivery.contact_id &&
          (note.content.action === "granted" || note.content.action === "confirmed"),
      )
    )
      wrong("marketing without consent", one.to);
    if (!isMarketing) {
      const last = lastInbound(delivery.contact_id, intentAtMs);
      if (last === null || intentAtMs - last >= dayMs + skewMs(world)) wrong("free-form outside the window", one.to);
    }
  }

  function lastInbound(contactId: string, untilMs: number): number | null {
    let last: number | null = null;
    for (const note of notes)
      if (
        note.kind === "message insert" &&
        note.content.direction === "in" &&
        contactOf.get(String(note.content.conversation_id)) === contactId &&
        note.atMs <= untilMs
      )
        last = note.atMs;
    return last;
  }
  /** By the platform's own times: the order in which things were worked may be another. */
  function wroteAfter(contactId: string, stoppedAt: number, untilMs: number): boolean {
    return notes.some(
      (note) =>
        note.kind === "message insert" &&
        note.content.direction === "in" &&
        contactOf.get(String(note.content.conversation_id)) === contactId &&
        note.atMs <= untilMs &&
        Date.parse(String(note.content.sent_at)) > Math.floor(stoppedAt / 1_000) * 1_000,
    );
  }

  function judgeCampaign(campaignId: string, intentAtMs: number): void {
    const states = notes.filter(
      (note) => note.kind === "campaign update" && note.id === campaignId && note.atMs < intentAtMs,
    );
    const state = states.at(-1)?.content.state;
    if (state === "paused" || state === "cancelled" || state === "done" || state === "draft")
      wrong("handed over while its campaign stood still", String(state));
    const startsAt = states.at(-1)?.content.starts_at;
    if (typeof startsAt === "string" && Date.parse(startsAt) - beginning > intentAtMs + skewMs(world))
      wrong("handed over before its campaign began", campaignId);
  }

  // Of each campaign one message to each person, at the phone as well.
  const seen = new Map<string, number>();
  for (const [deliveryId] of taken) {
    const delivery = deliveries.get(deliveryId);
    if (!delivery?.campaign_id) continue;
    const key = `${delivery.campaign_id} ${delivery.contact_id}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  for (const [key, count] of seen) if (count > 1) wrong("written to twice in a campaign", key);

  // Answers reach the platform in the order they were written; one that was thought to be uncertain held up nobody.
  const wasUncertain = new Set(
    notes.flatMap((note) =>
      note.kind === "attempt update" && note.content.outcome === "uncertain" ? [note.content.delivery_id] : [],
    ),
  );
  const order = new Map<string, string>();
  for (const one of world.handedOver) {
    if (!one.isTaken) continue;
    const delivery = deliveries.get(attempts.get(one.attemptId)?.delivery_id ?? "");
    if (!delivery?.message_id || delivery.type !== "text") continue;
    const line = `${delivery.contact_id} ${delivery.priority}`;
    const before = order.get(line);
    if (before !== undefined && before > delivery.id && !wasUncertain.has(delivery.id))
      wrong("answers out of order", `${before} before ${delivery.id} (${delivery.kind})`);
    order.set(line, delivery.id);
  }

  // One click is one message.
  const texts = new Map<string, number>();
  for (const message of world.platform.state.messages.values()) {
    if (message.from !== "business" || message.type !== "text") continue;
    const { body } = message.content as { body: string };
    if (body.startsWith("answer ")) texts.set(body, (texts.get(body) ?? 0) + 1);
  }
  for (const [text, count] of texts) if (count > 1) wrong("one click, several messages", text);

  // No more people are written to first than the portfolio may; to answer is no beginning.
  const begun = new Set(
    [...taken.values()].flat().flatMap((one) => {
      const delivery = deliveries.get(attempts.get(one.attemptId)?.delivery_id ?? "");
      if (delivery?.type !== "template") return [];
      return lastInbound(delivery.contact_id, committed.get(one.attemptId) ?? 0) === null ? [delivery.contact_id] : [];
    }),
  );
  if (world.portfolioLimit !== null && begun.size > world.portfolioLimit)
    wrong("more people than the limit", `${begun.size} of ${world.portfolioLimit}`);
  return violations;
}

/** A node's wall clock may be that far off in this run. */
function skewMs(world: World): number {
  return world.hadClockJumps ? 180_000 : 0;
}

/** What is not over yet; empty when everything has come to its end. */
export async function stillOpen(world: World): Promise<string[]> {
  const { admin } = world.store;
  const [open] = (
    await admin.query<{ deliveries: number; attempts: number; campaigns: number; receipts: number }>(
      `select (select count(*)::int from delivery d left join campaign c on c.organisation_id = d.organisation_id and c.id = d.campaign_id
                where d.organisation_id = $1 and (d.state in ('preparing', 'handing-over') or (d.state = 'queued' and coalesce(c.state, 'running') not in ('paused') and coalesce(c.waits_until, '-infinity') < simulation.now()))) as deliveries,
         (select count(*)::int from attempt where organisation_id = $1 and outcome is null) as attempts,
         (select count(*)::int from campaign where organisation_id = $1 and ended_at is null and (state = 'cancelled' or (state in ('freezing', 'running') and coalesce(waits_until, '-infinity') < simulation.now()))) as campaigns,
         (select count(*)::int from inbound_receipt where organisation_id = $1 and state = 'waiting') as receipts`,
      [world.organisationId],
    )
  ).rows;
  const onTheWay = [...world.platform.state.lanes.values()].reduce(
    (count, lane) => count + lane.queue.length + (lane.head ? 1 : 0) + lane.setAside.size,
    0,
  );
  const unsettled = await unsettledOf(world);
  return [
    ...Object.entries({ ...open, webhooks: onTheWay, unsettled: unsettled.length }).flatMap(([what, count]) =>
      Number(count) > 0 ? [`${count} ${what}`] : [],
    ),
  ];
}

/** The rows that are not over, for whoever looks for the reason. */
export async function describeOpen(world: World): Promise<string[]> {
  const { rows } = await world.store.admin.query<{ line: string }>(
    `select 'delivery ' || json_build_object('id', id, 'state', state, 'not_before', not_before, 'priority', priority, 'attempts', attempt_count, 'failure', failure, 'campaign', campaign_id,
        'expires', expires_at)::text as line from delivery where organisation_id = $1 and state in ('queued', 'handing-over', 'preparing') or (campaign_id is null and organisation_id = $1)
     union all select 'campaign ' || json_build_object('id', id, 'state', state, 'frozen', is_frozen, 'open', open_priority, 'waits', waits_until, 'starts', starts_at, 'expires', expires_at)::text
       from campaign where organisation_id = $1 and ended_at is null
     union all select 'lane ' || row_to_json(l)::text from lane l where organisation_id = $1`,
    [world.organisationId],
  );
  return [`now ${new Date(world.kernel.now()).toISOString()}`, ...rows.map((row) => row.line)];
}

/** Hand-overs the platform took, and of which we do not know it. */
async function unsettledOf(world: World): Promise<string[]> {
  const taken = world.handedOver.filter((one) => one.isTaken).map((one) => one.attemptId);
  const { rows } = await world.store.admin.query<{ id: string }>(
    `select a.id from attempt a join delivery d on d.organisation_id = a.organisation_id and d.id = a.delivery_id
     where a.organisation_id = $1 and a.id = any($2::uuid[]) and d.state <> 'accepted'`,
    [world.organisationId, taken],
  );
  return rows.map((row) => row.id);
}

/** What must hold when all is over. */
export async function judgeEnd(world: World): Promise<Violation[]> {
  const { admin } = world.store;
  const violations: Violation[] = [];
  const wrong = (what: string, detail: string) => violations.push({ what, detail });
  // Every message a person wrote is there, once.
  const { rows: inbound } = await admin.query<{ provider_id: string; count: number }>(
    "select provider_id, count(*)::int as count from message where organisation_id = $1 and direction = 'in' group by provider_id",
    [world.organisationId],
  );
  const kept = new Map(inbound.map((row) => [row.provider_id, row.count]));
  for (const message of world.platform.state.messages.values()) {
    if (message.from !== "phone") continue;
    const count = kept.get(message.id) ?? 0;
    if (count !== 1)
      wrong(count === 0 ? "an inbound message was lost" : "an inbound message is there twice", message.id);
  }
  // What is told of a message is the furthest the platform said.
  const strength = ["sent", "delivered", "read"];
  const { rows: told } = await admin.query<{ provider_id: string; told: string | null }>(
    `select d.provider_id, coalesce(d.reached, m.status) as told from delivery d left join message m on m.organisation_id = d.organisation_id and m.id = d.message_id
     where d.organisation_id = $1 and d.provider_id is not null`,
    [world.organisationId],
  );
  for (const row of told) {
    const message = world.platform.state.messages.get(row.provider_id);
    if (!message || message.status === "failed") continue;
    const reached = strength.indexOf(message.status);
    if (reached > strength.indexOf(row.told ?? ""))
      wrong("a status was lost or went back", `${row.told} where the platform said ${message.status}`);
  }
  // Nothing that nobody handed over is shown as accepted, and what was taken is not shown as refused.
  const { rows: states } = await admin.query<{ id: string; state: string; attempts: string[] }>(
    `select d.id, d.state, array_agg(a.id::text) as attempts from delivery d join attempt a on a.organisation_id = d.organisation_id and a.delivery_id = d.id
     where d.organisation_id = $1 group by d.id, d.state`,
    [world.organisationId],
  );
  const takenAttempts = new Set(world.handedOver.filter((one) => one.isTaken).map((one) => one.attemptId));
  for (const row of states) {
    const wasTaken = row.attempts.some((id) => takenAttempts.has(id));
    if (row.state === "accepted" && !wasTaken) wrong("shown as accepted, and the platform never had it", row.id);
    if (wasTaken && row.state !== "accepted")
      wrong("the platform has it, and it is shown otherwise", `${row.id} ${row.state}`);
  }
  // A finished campaign adds up.
  const { rows: sums } = await admin.query<{ id: string; audience: number; counted: number }>(
    `select c.id, c.audience_count as audience, (select count(*)::int from delivery d where d.organisation_id = c.organisation_id and d.campaign_id = c.id)
        + (select count(*)::int from campaign_exclusion x where x.organisation_id = c.organisation_id and x.campaign_id = c.id) as counted
     from campaign c where c.organisation_id = $1 and c.state = 'done'`,
    [world.organisationId],
  );
  for (const row of sums)
    if (row.audience !== row.counted) wrong("a campaign does not add up", `${row.counted} of ${row.audience}`);
  for (const error of world.errors) wrong("an error was logged that no fault explains", error);
  return violations;
}
