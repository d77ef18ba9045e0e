import { fileURLToPath } from "node:url";
import {
  addReaders,
  type Bench,
  control,
  createCampaign,
  endCampaign,
  setPace,
  startCampaign,
  startDeliveryBench,
} from "./bench-delivery.ts";
import { option, pause, percentile } from "./programs.ts";

/**
 * A STOP in the middle of a campaign: from the moment the phone sends it to the moment its opt-out is committed, after
 * which no hand-over to that person can be committed, because each reads the person under a lock. Both moments by one
 * clock: PostgreSQL remembers when a transaction committed. Then the same people's phones are looked at.
 *
 *   node scripts/bench-opt-out.ts [--recipients 100000 --people 50]
 */
export interface OptOutFigures {
  readonly people: number;
  /** From the phone to the commit, ms. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Who had the message, or had it on its way, before the opt-out was committed; of those, who got it after. */
  readonly hadIt: number;
  readonly wasOnItsWay: number;
  /** Handed over after the opt-out was committed. */
  readonly handedOverLater: number;
  /** Not opted out within two minutes. */
  readonly neverCommitted: number;
}

export async function optOutFigures(
  recipients: number,
  people: number,
  say: (text: string) => void,
): Promise<OptOutFigures> {
  const bench = await startDeliveryBench(recipients);
  try {
    await addReaders(bench, { first: 0, count: recipients, language: "fy" });
    await setPace(bench, { messagesPerSecond: 100_000, answerMs: 0 });
    const campaignId = await createCampaign(bench, "fy");
    await startCampaign(bench, campaignId);
    const stops = await stopSome(bench, campaignId, recipients, people);
    await pause(1_000);
    await endCampaign(bench, campaignId);
    const figures = await judgeStops(bench, campaignId, stops);
    say(describeOptOut(figures));
    return figures;
  } finally {
    await bench.close();
  }
}

interface Stop {
  readonly contactId: string;
  readonly phone: string;
  readonly at: number;
}

/** People who are still to be written to, one after the other, while the campaign runs; half of them nearly next in line. */
async function stopSome(bench: Bench, campaignId: string, recipients: number, people: number): Promise<Stop[]> {
  const stops: Stop[] = [];
  const accepted = async () =>
    (
      await bench.database.query<{ count: number }>(
        "select count(*)::int as count from delivery where campaign_id = $1 and state = 'accepted'",
        [campaignId],
      )
    ).rows[0]?.count ?? 0;
  while ((await accepted()) < Math.min(2_000, recipients / 10)) await pause(100);
  while (stops.length < people) {
    const { rows } = await bench.database.query<{ contact_id: string; value: string }>(
      `select d.contact_id, a.value from (
         select contact_id, address_id from delivery where campaign_id = $1 and state = 'queued' order by not_before, id offset $2 limit 1) d
       join address a on a.id = d.address_id`,
      [campaignId, stops.length % 2 === 0 ? Math.floor(Math.random() * 1_500) : Math.floor(Math.random() * 10_000)],
    );
    const [person] = rows;
    if (!person) {
      if ((await accepted()) >= recipients * 0.98) break;
      await pause(20);
      continue;
    }
    stops.push({ contactId: person.contact_id, phone: person.value.slice(1), at: Date.now() });
    const sent = await control<object>(bench, "POST", `phones/${person.value.slice(1)}/messages`, {
      to: bench.numberId,
      type: "text",
      text: { body: "STOP" },
    });
    if (sent?.status !== 200) throw new Error(`The phone could not say STOP: ${JSON.stringify(sent?.body)}`);
    await pause(100 + Math.random() * 100);
  }
  const ids = stops.map(({ contactId }) => contactId);
  for (let round = 0; round < 1_200; round++) {
    const { rows } = await bench.database.query<{ count: number }>(
      "select count(distinct contact_id)::int as count from suppression where contact_id = any($1::uuid[])",
      [ids],
    );
    if ((rows[0]?.count ?? 0) >= stops.length) return stops;
    await pause(100);
  }
  return stops;
}

async function judgeStops(bench: Bench, campaignId: string, stops: readonly Stop[]): Promise<OptOutFigures> {
  const moments = new Map(
    (
      await bench.database.query<{ contact_id: string; committed: number; intended: number | null }>(
        `select s.contact_id, extract(epoch from min(pg_xact_commit_timestamp(s.xmin))) * 1000 as committed,
           (select extract(epoch from max(pg_xact_commit_timestamp(j.xmin))) * 1000 from attempt t join decision j on j.organisation_id = t.organisation_id and j.id = t.decision_id
             join delivery d on d.organisation_id = t.organisation_id and d.id = t.delivery_id where d.campaign_id = $2 and d.contact_id = s.contact_id) as intended
         from suppression s where s.contact_id = any($1::uuid[]) group by s.contact_id`,
        [stops.map(({ contactId }) => contactId), campaignId],
      )
    ).rows.map((row) => [
      row.contact_id,
      { committed: Number(row.committed), intended: row.intended && Number(row.intended) },
    ]),
  );
  const times: number[] = [];
  let [hadIt, wasOnItsWay, handedOverLater, neverCommitted] = [0, 0, 0, 0];
  for (const { contactId, phone, at } of stops) {
    const { committed = Number.POSITIVE_INFINITY, intended = null } = moments.get(contactId) ?? {};
    if (Number.isFinite(committed)) times.push(committed - at);
    else neverCommitted += 1;
    const chat = await control<{ items: { from: string; type: string; at: string }[] }>(
      bench,
      "GET",
      `phones/${phone}/messages`,
    );
    const got = chat?.body.items.find(({ from, type }) => from === "business" && type === "template");
    if (intended !== null && intended > committed) handedOverLater += 1;
    else if (got) {
      hadIt += 1;
      if (Date.parse(got.at) > committed) wasOnItsWay += 1;
    }
  }
  return {
    people: stops.length,
    p50Ms: percentile(times, 0.5),
    p99Ms: percentile(times, 0.99),
    maxMs: Math.max(...times),
    hadIt,
    wasOnItsWay,
    handedOverLater,
    neverCommitted,
  };
}

export const describeOptOut = (figures: OptOutFigures): string =>
  `${figures.people} people said STOP in a running campaign: committed after p50 ${figures.p50Ms.toFixed(0)} ms, p99 ${figures.p99Ms.toFixed(0)} ms, at most ${figures.maxMs.toFixed(0)} ms; ${figures.hadIt} had it before, ${figures.wasOnItsWay} of them on its way; handed over later: ${figures.handedOverLater}; not opted out within two minutes: ${figures.neverCommitted}`;

if (process.argv[1] === fileURLToPath(import.meta.url))
  await optOutFigures(option("recipients", 100_000), option("people", 50), console.log);
