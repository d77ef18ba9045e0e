import { fileURLToPath } from "node:url";
import {
  addReaders,
  createCampaign,
  received,
  residentMb,
  setPace,
  startCampaign,
  startDeliveryBench,
} from "./bench-delivery.ts";
import { option, pause } from "./programs.ts";

/**
 * The memory of a sending process while it writes down an audience of a million, and while it sends to them: the audience
 * is written down first, because the campaign begins at a later hour.
 *
 *   node scripts/bench-million.ts [--recipients 1000000 --for 120]
 */
export interface MillionFigures {
  readonly recipients: number;
  /** Until everybody was written down, s; and as many a second. */
  readonly frozenIn: number;
  readonly frozenPerSecond: number;
  readonly sent: number;
  readonly sentFor: number;
  readonly idleMb: number;
  /** Above what it held before. */
  readonly freezingMb: number;
  readonly sendingMb: number;
}

export async function millionFigures(
  recipients: number,
  forSeconds: number,
  say: (text: string) => void,
): Promise<MillionFigures> {
  const bench = await startDeliveryBench(recipients);
  try {
    const preparing = performance.now();
    await addReaders(bench, { first: 0, count: recipients, language: "fy" });
    say(`${recipients} contacts made in ${((performance.now() - preparing) / 1_000).toFixed(0)} s`);
    await setPace(bench, { messagesPerSecond: 100_000, answerMs: 0 });
    const campaignId = await createCampaign(bench, "fy", new Date(Date.now() + 12 * 3_600_000));
    const idleMb = residentMb(bench.loket.process.pid);
    let peakMb = idleMb;
    const watch = setInterval(() => {
      peakMb = Math.max(peakMb, residentMb(bench.loket.process.pid));
    }, 100);
    const startedAt = performance.now();
    await startCampaign(bench, campaignId);
    const isFrozen = async () =>
      (await bench.database.query("select from campaign where id = $1 and is_frozen", [campaignId])).rows.length > 0;
    while (!(await isFrozen())) await pause(500);
    const frozenIn = (performance.now() - startedAt) / 1_000;
    const freezingMb = peakMb - idleMb;
    say(`${recipients} people written down in ${frozenIn.toFixed(0)} s, +${freezingMb} MB`);

    peakMb = residentMb(bench.loket.process.pid);
    const before = await received(bench);
    const sendingAt = performance.now();
    // Its hour has come. What is due to leave was due from the moment it was written down.
    await bench.database.query("update campaign set starts_at = now() where id = $1", [campaignId]);
    let sent = 0;
    while (performance.now() - sendingAt < forSeconds * 1_000 && sent < recipients) {
      await pause(500);
      sent = (await received(bench)) - before;
    }
    const sentFor = (performance.now() - sendingAt) / 1_000;
    clearInterval(watch);
    const figures = {
      recipients,
      frozenIn,
      frozenPerSecond: recipients / frozenIn,
      sent,
      sentFor,
      idleMb,
      freezingMb,
      sendingMb: peakMb - idleMb,
    };
    say(describeMillion(figures));
    return figures;
  } finally {
    await bench.close();
  }
}

export const describeMillion = (figures: MillionFigures): string =>
  `${figures.recipients.toLocaleString("en-US")} recipients: written down in ${figures.frozenIn.toFixed(0)} s (${figures.frozenPerSecond.toFixed(0)}/s), +${figures.freezingMb} MB; ${figures.sent.toLocaleString("en-US")} sent in ${figures.sentFor.toFixed(0)} s, +${figures.sendingMb} MB above ${figures.idleMb} MB`;

if (process.argv[1] === fileURLToPath(import.meta.url))
  await millionFigures(option("recipients", 1_000_000), option("for", 120), console.log);
