import { mkdtempSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ArchiveFigures, archiveFigures, type Timed } from "./bench-archive.ts";
import { deliveryFigures, describeDelivery } from "./bench-delivery.ts";
import { deliveryCeiling } from "./bench-delivery-ceiling.ts";
import { ledgerFigures, verifySeconds } from "./bench-evidence.ts";
import { intake, intakeToken, type Load, rawCeiling } from "./bench-intake.ts";
import { millionFigures } from "./bench-million.ts";
import { optOutFigures } from "./bench-opt-out.ts";
import { paceFigures } from "./bench-pace.ts";
import { forecastSeconds, verdictsPerSecond } from "./bench-policy.ts";
import { atLeast, atMost, count, type Figure, type Section, tableOf, writeReport } from "./bench-report.ts";
import { timedStreams, toScreens } from "./bench-screens.ts";
import { freePort, option, startLoketProgram, startSandboxProgram, tempDir } from "./programs.ts";

/**
 * Speed, measured in one run beside the raw limits of the same machine, so that the ratios mean something wherever it is
 * run. Without options everything, about half an hour, written to `docs/benchmarks.md`, its chart and its history.
 *
 *   npm run bench                            the whole run
 *   npm run bench -- --quick                 short ones of everything within three minutes; written to a temporary place
 *   npm run bench -- --only archive,pace     some of it; written to a temporary place
 *   npm run bench -- --agents 20 --rate 100  sizes, each with a default
 *
 * Each section is also a program of its own (`node scripts/bench-pace.ts`), to profile by itself.
 */
const quick = process.argv.includes("--quick");
const size = (name: string, whole: number, short: number): number => option(name, quick ? short : whole);
const seconds = size("seconds", 8, 3);
const agents = size("agents", 200, 20);
const rate = size("rate", 200, 50);
const connections = size("connections", 64, 64);
const recipients = size("recipients", 50_000, 4_000);
const paceSeconds = size("pace-seconds", 60, 6);
const stopRecipients = size("stop-recipients", 100_000, 10_000);
const stopPeople = size("stop-people", 50, 8);
const manyRecipients = size("many-recipients", 1_000_000, 10_000);
const manySeconds = size("many-seconds", 120, 3);
const messages = size("messages", 10_000_000, 200_000);
const samples = size("samples", 200, 10);
const people = size("people", 1_000_000, 100_000);
const entries = size("entries", 20_000, 2_000);

const say = (text: string) => console.log(`  ${text}`);

const sections: Readonly<Record<string, () => Promise<Section>>> = {
  terms: async () => {
    const verdicts = verdictsPerSecond();
    const foreseen = forecastSeconds(people);
    return {
      title: "The terms book",
      figures: [
        {
          key: "verdicts.perSecond",
          what: "verdicts on one core, the whole terms book in force",
          text: `${count(verdicts.perSecond)}/s (slowest: ${verdicts.slowest})`,
          value: verdicts.perSecond,
          wanted: atLeast(100_000, "/s"),
        },
        {
          key: "forecast.seconds",
          what: `forecast of a newsletter to ${count(people)} synthetic contacts`,
          text: `${count(foreseen.seconds, 1)} s, ${count(foreseen.reached)} reached`,
          value: foreseen.seconds,
          wanted: atMost(10, "s"),
        },
      ],
    };
  },

  evidence: async () => {
    const verifiedIn = quick ? null : await verifySeconds(); // a log of a million takes half a minute however it is asked
    const ledger = await ledgerFigures(entries);
    return {
      title: "The evidence ledger",
      figures: [
        ...(verifiedIn === null
          ? []
          : [
              {
                key: "evidence.verifySeconds",
                what: "a log of 1,000,000 entries verified, one core",
                text: `${count(verifiedIn, 1)} s`,
                value: verifiedIn,
                wanted: atMost(30, "s"),
              },
            ]),
        {
          key: "evidence.recordedPerSecond",
          what: "entries recorded, one per transaction on 12 connections",
          text: `${count(ledger.recordedPerSecond)}/s`,
          value: ledger.recordedPerSecond,
        },
        {
          key: "evidence.placedPerSecond",
          what: "entries given their places in the tree",
          text: `${count(ledger.placedPerSecond)}/s`,
          value: ledger.placedPerSecond,
        },
        {
          key: "evidence.handOverMs",
          what: "a transaction like a hand-over's, without its entry and with",
          text: `p50 ${count(ledger.withoutMs, 2)} ms, ${count(ledger.withMs, 2)} ms`,
          value: ledger.withMs,
        },
      ],
    };
  },

  inbound: async () => {
    const load = { seconds, connections };
    const ceiling = await rawCeiling(load);
    const sandbox = await startSandboxProgram();
    const port = await freePort();
    const dataDir = tempDir();
    const program = { port, dataDir, sandboxUrl: sandbox.url, token: intakeToken };
    const loket = await startLoketProgram(program);
    const screens = await toScreens(loket, sandbox.url, intakeToken, { agents, rate, seconds });
    const busy = await intake(loket, sandbox.url, load);
    await loket.stop();
    // The same number again, with nobody working the lanes: what the door alone can take.
    const door = await startLoketProgram({ ...program, env: { LOKET_ROLE: "web" } });
    const taken = await intake(door, sandbox.url, load);
    await door.stop();
    const again = await startLoketProgram(program);
    await again.stop();
    await sandbox.stop();
    const ratio = (taken.perSecond / ceiling.perSecond) * 100;
    const inWords = (each: Load) =>
      `${count(each.perSecond)}/s, p50 ${count(each.p50Ms)} ms, p99 ${count(each.p99Ms)} ms, ${each.notAnswered200} not answered 200`;
    const screen = `inbound to screen, ${rate} messages/s, ${agents} open streams (timed on ${timedStreams})`;
    return {
      title: "Inbound, and the start",
      figures: [
        {
          key: "intake.ceiling",
          what: "raw ceiling: bare server, one batched insert in flight",
          text: `${count(ceiling.perSecond)}/s, p99 ${count(ceiling.p99Ms)} ms`,
          value: ceiling.perSecond,
        },
        {
          key: "intake.perSecond",
          what: "webhook intake by the door alone (LOKET_ROLE=web): signature, receipt committed, 200",
          text: inWords(taken),
          value: taken.perSecond,
        },
        {
          key: "intake.busyPerSecond",
          what: "the same while one process does everything, also working what arrives",
          text: inWords(busy),
          value: busy.perSecond,
        },
        {
          key: "intake.ratio",
          what: "intake against the ceiling",
          text: `${count(ratio)} %`,
          value: ratio,
          wanted: atLeast(70, "%"),
        },
        {
          key: "screens.p95Ms",
          what: `${screen}, p95`,
          text: `p50 ${count(screens.p50Ms)} ms, p95 ${count(screens.p95Ms)} ms, ${count(screens.seen)} of ${count(screens.wanted)} seen`,
          value: screens.p95Ms,
          wanted: atMost(300, "ms"),
        },
        {
          key: "screens.p99Ms",
          what: "the same, p99",
          text: `${count(screens.p99Ms)} ms`,
          value: screens.p99Ms,
          wanted: atMost(1_000, "ms"),
        },
        {
          key: "screens.missing",
          what: "events that did not reach a stream, webhooks not answered 200",
          text: `${screens.wanted - screens.seen}, ${taken.notAnswered200}`,
          value: Math.max(0, screens.wanted - screens.seen) + taken.notAnswered200,
          wanted: atMost(0, "faults"),
        },
        {
          key: "start.firstSeconds",
          what: "start of Loket on an empty data directory, demo included",
          text: `${count(loket.startedInMs / 1_000, 1)} s`,
          value: loket.startedInMs / 1_000,
        },
        {
          key: "start.seconds",
          what: "start of Loket after that",
          text: `${count(again.startedInMs / 1_000, 1)} s`,
          value: again.startedInMs / 1_000,
          wanted: atMost(8, "s"),
        },
      ],
    };
  },

  delivery: async () => {
    const ceiling = await deliveryCeiling(seconds);
    say(
      `raw: ${count(ceiling.postsPerSecond)} posts/s, ${count(ceiling.rowsPerSecond)} rows/s, ${count(ceiling.bothPerSecond)}/s both`,
    );
    const campaigns = await deliveryFigures(recipients, say);
    const best = campaigns[0]?.perSecond ?? 0;
    return {
      title: "Delivery",
      figures: [
        {
          key: "delivery.posts",
          what: "raw ceiling: the same bodies posted to the sandbox by a bare loop",
          text: `${count(ceiling.postsPerSecond)}/s`,
          value: ceiling.postsPerSecond,
        },
        {
          key: "delivery.rows",
          what: "raw ceiling: rows in batched inserts, one in flight",
          text: `${count(ceiling.rowsPerSecond)}/s`,
          value: ceiling.rowsPerSecond,
        },
        {
          key: "delivery.ceiling",
          what: "raw ceiling: each batch inserted, then posted",
          text: `${count(ceiling.bothPerSecond)}/s`,
          value: ceiling.bothPerSecond,
        },
        ...campaigns.map(
          (each): Figure => ({
            key: `delivery.at${each.answerMs}Ms`,
            what: `a campaign to ${count(recipients)}, the platform answers after ${each.answerMs} ms`,
            text: describeDelivery(each),
            value: each.perSecond,
            wanted: atLeast(2_000, "/s"),
          }),
        ),
        {
          key: "delivery.ratio",
          what: "a campaign against the ceiling of both",
          text: `${count((best / ceiling.bothPerSecond) * 100)} %`,
          value: (best / ceiling.bothPerSecond) * 100,
        },
      ],
    };
  },

  pace: async () => {
    const paces = await paceFigures(paceSeconds, say);
    return {
      title: "One number at its pace",
      figures: paces.flatMap((each): Figure[] => [
        {
          key: `pace.at${each.messagesPerSecond}`,
          what: `one number held at ${count(each.messagesPerSecond)}/s for ${each.seconds} s`,
          text: `${count(each.perSecond, 1)}/s; in any second at least ${each.least}, at most ${each.most}`,
          value: each.perSecond,
          wanted: atLeast(each.messagesPerSecond * 0.99, "/s"),
        },
        {
          key: `pace.tooFastAt${each.messagesPerSecond}`,
          what: `refused with 130429 at ${count(each.messagesPerSecond)}/s`,
          text: `${each.tooFast}`,
          value: each.tooFast,
          wanted: atMost(0, "refused"),
        },
      ]),
    };
  },

  stop: async () => {
    const stops = await optOutFigures(stopRecipients, stopPeople, say);
    return {
      title: "A STOP in a running campaign",
      figures: [
        {
          key: "stop.maxMs",
          what: `from STOP on the phone to the last possible hand-over, ${stops.people} people in a campaign to ${count(stopRecipients)}, the slowest`,
          text: `p50 ${count(stops.p50Ms)} ms, p99 ${count(stops.p99Ms)} ms, at most ${count(stops.maxMs)} ms`,
          value: stops.maxMs,
          wanted: atMost(2_000, "ms"),
        },
        {
          key: "stop.neverCommitted",
          what: "not opted out within two minutes",
          text: `${stops.neverCommitted} of ${stops.people}`,
          value: stops.neverCommitted,
          wanted: atMost(0, "people"),
        },
        {
          key: "stop.handedOverLater",
          what: "handed over to one of them after that",
          text: `${stops.handedOverLater} (${stops.hadIt} had it before, ${stops.wasOnItsWay} of them on its way)`,
          value: stops.handedOverLater,
          wanted: atMost(0, "messages"),
        },
      ],
    };
  },

  million: async () => {
    const many = await millionFigures(manyRecipients, manySeconds, say);
    return {
      title: "A large campaign",
      figures: [
        {
          key: "million.frozenPerSecond",
          what: `${count(many.recipients)} recipients written down, each judged`,
          text: `${count(many.frozenIn)} s, ${count(many.frozenPerSecond)}/s`,
          value: many.frozenPerSecond,
        },
        {
          key: "million.freezingMb",
          what: "memory above idle meanwhile",
          text: `${count(many.freezingMb)} MB above ${count(many.idleMb)} MB`,
          value: many.freezingMb,
          wanted: atMost(200, "MB"),
        },
        {
          key: "million.sendingMb",
          what: `memory above idle while it is sent, the first ${count(many.sentFor)} s`,
          text: `${count(many.sendingMb)} MB; ${count(many.sent)} sent`,
          value: many.sendingMb,
          wanted: atMost(200, "MB"),
        },
      ],
    };
  },

  archive: async () => {
    const archive = await archiveFigures({ messages, conversations: Math.ceil(messages / 50) }, samples, say);
    return { title: `Lists, threads and search at ${count(messages)} messages`, figures: archiveRows(archive) };
  },
};

function archiveRows({ filled, timed }: ArchiveFigures): Figure[] {
  const gib = (bytes: number) => `${count(bytes / 2 ** 30, 1)} GiB`;
  return [
    {
      key: "archive.seconds",
      what: "the archive made, indexes included",
      text: `${count(filled.seconds)} s; ${gib(filled.databaseBytes)}, of it messages ${gib(filled.messageTableBytes)}, index for search ${gib(filled.searchIndexBytes)}`,
      value: filled.seconds,
    },
    ...timed.map(
      (each: Timed): Figure => ({
        key: `archive.${each.kind}.${each.name.replaceAll(/\W+/g, "-")}`,
        what: `${each.kind}: ${each.name}, p95`,
        text: `p50 ${count(each.p50Ms, 1)} ms, p95 ${count(each.p95Ms, 1)} ms, p99 ${count(each.p99Ms, 1)} ms; ${count(each.items)} rows`,
        value: each.p95Ms,
        wanted: atMost(each.kind === "search" ? 300 : 50, "ms"),
      }),
    ),
  ];
}

const only = process.argv.includes("--only") ? process.argv[process.argv.indexOf("--only") + 1]?.split(",") : undefined;
const unknown = only?.filter((name) => !(name in sections)) ?? [];
if (unknown.length > 0)
  throw new Error(`There is no section ${unknown.join(", ")}. There are: ${Object.keys(sections).join(", ")}.`);

const startedAt = new Date();
const loadBefore = loadavg()[0] ?? 0;
const measured: Section[] = [];
for (const [name, measure] of Object.entries(sections)) {
  if (only && !only.includes(name)) continue;
  const from = performance.now();
  console.log(`${name} …`);
  const section = await measure();
  measured.push(section);
  console.log(`${tableOf([section])}\n  ${name} took ${count((performance.now() - from) / 1_000)} s\n`);
}
const isOfficial = !quick && !only;
const directory = isOfficial
  ? join(fileURLToPath(new URL("..", import.meta.url)), "docs")
  : mkdtempSync(join(tmpdir(), "loket-bench-"));
const options = process.argv.slice(2).join(" ");
writeReport(directory, {
  sections: measured,
  command: options === "" ? "npm run bench" : `npm run bench -- ${options}`,
  startedAt,
  loadBefore,
});
const figures = measured.flatMap((section) => section.figures);
/** Something that must never happen, as against something slow: a benchmark fails by the first alone. */
const faults = figures.filter(({ value, wanted }) => wanted?.is === "at most" && wanted.limit === 0 && value > 0);
console.log(
  `bench: ${figures.length} figures in ${directory}; ${faults.length === 0 ? "0 faults" : `faults: ${faults.map(({ what, text }) => `${what} ${text}`).join("; ")}`}`,
);
process.exit(faults.length === 0 ? 0 : 1);
