import { rmSync } from "node:fs";
import { seededRandom } from "@loket/kit";
import { createCampaigns } from "./chaos-campaigns.ts";
import {
  call,
  freePort,
  type LoketProgram,
  option,
  pause,
  percentile,
  startLoketProgram,
  startSandboxProgram,
  tempDir,
} from "./programs.ts";

/**
 * Kills Loket with -9 at a random moment in the middle of traffic both ways, again and again, and then counts. The
 * sandbox is the witness: it goes on running, and knows what was really handed over and what it was told was received.
 *
 *   npm run chaos -- --kills 20 [--messages 200] [--people 50] [--seed 1]
 */
const kills = option("kills", 20);
const perRound = option("messages", 200);
// A portfolio of the sandbox may write to 2,000 people a day on its own initiative.
const perCampaign = Math.min(option("people", 50), Math.floor(1_800 / kills));
const seed = option("seed", 1);
const random = seededRandom(seed);
const token = "loket_chaos-run-token";
const auth = { authorization: `Bearer ${token}` };
const phonesPerRound = 40;

interface Conversation {
  id: string;
  contact: { addresses: { value: string }[] };
}
interface Message {
  id: string;
  direction: "in" | "out";
  status: string;
  text: string | null;
  providerId: string | null;
  clientId: string | null;
}
interface Outbound {
  readonly clientId: string;
  readonly phone: string;
  readonly text: string;
  acknowledged: boolean;
}

const dataDir = tempDir();
const port = await freePort();
const sandbox = await startSandboxProgram({ SANDBOX_LOG_LIMIT: "1000" });
const start = () => startLoketProgram({ port, dataDir, sandboxUrl: sandbox.url, token });
let loket: LoketProgram = await start();
const control = <Body>(method: string, path: string, body?: unknown) =>
  call<Body>(`${sandbox.url}/_sandbox/${path}`, method, body);
const api = <Body>(method: string, path: string, body?: unknown) =>
  call<Body>(`${loket.url}/api/v1/${path}`, method, body, auth);

const recoveriesMs: number[] = [];
const inbound = new Map<string, string>(); // provider id → text
const outbound: Outbound[] = [];
const conversations = new Map<string, string>(); // phone → conversation id
let ended = false;

/** Asks until Loket answers what is wanted, through as many deaths as it takes. */
async function insist<Body>(
  method: string,
  path: string,
  body: unknown,
  good: (status: number) => boolean,
): Promise<Body> {
  for (;;) {
    const answer = await api<Body>(method, path, body);
    if (answer && good(answer.status)) return answer.body;
    if (answer && answer.status < 500 && answer.status !== 401)
      throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    await pause(100);
  }
}

async function conversationOf(phone: string): Promise<string> {
  for (;;) {
    const known = conversations.get(phone);
    if (known) return known;
    const page = await insist<{ items: Conversation[] }>(
      "GET",
      `conversations?q=${phone}`,
      undefined,
      (status) => status === 200,
    );
    const [found] = page.items;
    if (found) conversations.set(phone, found.id);
    else await pause(50);
  }
}

async function traffic(round: number): Promise<void> {
  const phones = Array.from(
    { length: phonesPerRound },
    (_, index) => `3165${String(round).padStart(3, "0")}${String(index).padStart(4, "0")}`,
  );
  const writes = async (index: number): Promise<void> => {
    const phone = phones[index % phones.length] ?? "";
    const text = `in ${round}.${index}`;
    const answer = await control<{ id: string }>("POST", `phones/${phone}/messages`, {
      type: "text",
      text: { body: text },
    });
    if (answer) inbound.set(answer.body.id, text);
  };
  const answers = async (index: number): Promise<void> => {
    const phone = phones[index % phones.length] ?? "";
    const message: Outbound = {
      clientId: `chaos-${round}-${index}`,
      phone,
      text: `out ${round}.${index}`,
      acknowledged: false,
    };
    const conversationId = await conversationOf(phone);
    outbound.push(message);
    await insist(
      "POST",
      `conversations/${conversationId}/messages`,
      { clientId: message.clientId, type: "text", text: message.text },
      (status) => status === 201,
    );
    message.acknowledged = true;
  };
  const inOrder = async (act: (index: number) => Promise<void>, lanes: number): Promise<void> => {
    let next = 0;
    await Promise.all(
      Array.from({ length: lanes }, async () => {
        while (next < perRound) await act(next++);
      }),
    );
  };
  await Promise.all([inOrder(writes, 4), inOrder(answers, 8)]);
}

async function killAndRestart(afterMs: number): Promise<void> {
  await pause(afterMs);
  const gone = new Promise((resolve) => loket.process.once("exit", resolve));
  loket.process.kill("SIGKILL");
  const diedAt = performance.now();
  await gone;
  loket = await start();
  await control("POST", "webhooks/retry");
  // Back at work: what is said now gets through, both ways.
  const phone = `3164${String(recoveriesMs.length).padStart(7, "0")}`;
  const answer = await control<{ id: string }>("POST", `phones/${phone}/messages`, {
    type: "text",
    text: { body: "are you back?" },
  });
  if (answer) inbound.set(answer.body.id, "are you back?");
  const conversationId = await conversationOf(phone);
  const message: Outbound = { clientId: `back-${recoveriesMs.length}`, phone, text: "we are back", acknowledged: true };
  outbound.push(message);
  await insist(
    "POST",
    `conversations/${conversationId}/messages`,
    { clientId: message.clientId, type: "text", text: message.text },
    (status) => status === 201,
  );
  for (;;) {
    const shown = await control<{ items: { from: string }[] }>("GET", `phones/${phone}/messages`);
    if (shown?.body.items.some(({ from }) => from === "business")) break;
    await pause(25);
  }
  recoveriesMs.push(performance.now() - diedAt);
}

process.on("SIGINT", () => void finish(130));
async function finish(code: number): Promise<never> {
  ended = true;
  await loket.stop();
  await sandbox.stop();
  rmSync(dataDir, { recursive: true, force: true });
  process.exit(code);
}

const campaigns = createCampaigns(
  {
    insist,
    phoneShows: async (phone) =>
      (await control<{ items: { from: string; type: string }[] }>("GET", `phones/${phone}/messages`))?.body.items ?? [],
  },
  perCampaign,
);
await campaigns.prepare(kills);

for (let round = 0; round < kills && !ended; round++) {
  const afterMs = 100 + random.fraction() * 2_500;
  await Promise.all([traffic(round), campaigns.startOne(round), killAndRestart(afterMs)]);
  console.log(
    `round ${round + 1}/${kills}: killed after ${Math.round(afterMs)} ms, back at work after ${((recoveriesMs.at(-1) ?? 0) / 1_000).toFixed(1)} s`,
  );
}

// Let everything come to rest: webhooks redelivered, queues empty, leases of the dead expired.
await control("POST", "webhooks/retry");
const messages = new Map<string, Message[]>();
for (let round = 0; round < 300; round++) {
  messages.clear();
  for (const conversationId of conversations.values()) {
    const all: Message[] = [];
    for (let cursor = ""; ; ) {
      const page = await insist<{ items: Message[]; next: string | null }>(
        "GET",
        `conversations/${conversationId}/messages?limit=200${cursor}`,
        undefined,
        (status) => status === 200,
      );
      all.push(...page.items);
      if (page.next === null) break;
      cursor = `&cursor=${page.next}`;
    }
    messages.set(conversationId, all);
  }
  const all = [...messages.values()].flat();
  const open = all.filter(({ status }) => status === "queued" || status === "accepted" || status === "sent");
  const stored = new Set(all.map(({ providerId }) => providerId));
  if (open.length === 0 && [...inbound.keys()].every((id) => stored.has(id))) break;
  await pause(200);
}

const all = [...messages.values()].flat();
const count = <Item>(items: Iterable<Item>, wanted: (item: Item) => boolean): number =>
  [...items].filter(wanted).length;
const timesStored = new Map<string, number>();
for (const { direction, providerId } of all)
  if (direction === "in" && providerId) timesStored.set(providerId, (timesStored.get(providerId) ?? 0) + 1);
const inboundLost = count(inbound.keys(), (id) => !timesStored.has(id));
const inboundDoubled = count(timesStored.values(), (times) => times > 1);

const handedOver = new Map<string, number>();
for (const phone of new Set(outbound.map((message) => message.phone))) {
  const shown = await control<{ items: { from: string; text?: { body: string } }[] }>(
    "GET",
    `phones/${phone}/messages`,
  );
  for (const { from, text } of shown?.body.items ?? [])
    if (from === "business" && text)
      handedOver.set(`${phone} ${text.body}`, (handedOver.get(`${phone} ${text.body}`) ?? 0) + 1);
}
const byClientId = new Map(all.flatMap((message) => (message.clientId ? [[message.clientId, message] as const] : [])));
const timesOf = ({ phone, text }: Outbound) => handedOver.get(`${phone} ${text}`) ?? 0;
const doubled = count(outbound, (message) => timesOf(message) > 1);
const uncertain = count(
  outbound,
  (message) => timesOf(message) === 0 && byClientId.get(message.clientId)?.status === "uncertain",
);
const lost = count(
  outbound,
  (message) =>
    message.acknowledged && timesOf(message) === 0 && byClientId.get(message.clientId)?.status !== "uncertain",
);
const unsettled = count(
  outbound,
  (message) =>
    timesOf(message) === 1 && ["uncertain", "queued"].includes(byClientId.get(message.clientId)?.status ?? "queued"),
);

for (const message of outbound)
  if (timesOf(message) > 1) console.log(`handed over ${timesOf(message)} times: ${message.clientId}`);
for (const message of outbound)
  if (message.acknowledged && timesOf(message) === 0)
    console.log(
      `not handed over: ${message.clientId}, shown as ${byClientId.get(message.clientId)?.status ?? "absent"}`,
    );
const campaigned = await campaigns.reconcile();
const faults = inboundLost + inboundDoubled + lost + doubled + unsettled + campaigned.lost + campaigned.doubled;
console.log(
  `chaos: ${kills} kills (seed ${seed}); inbound ${inbound.size}: ${inboundLost} lost, ${inboundDoubled} doubled; outbound ${outbound.length}: ${lost} lost, ${doubled} handed over twice, ${uncertain} never left and say so, ${unsettled} handed over but not settled; campaigns to ${campaigned.people}: ${campaigned.lost} lost, ${campaigned.doubled} written to twice, ${campaigned.uncertain} never left and say so; recovery p50 ${(percentile(recoveriesMs, 0.5) / 1_000).toFixed(1)} s, p99 ${(percentile(recoveriesMs, 0.99) / 1_000).toFixed(1)} s; ${faults} faults`,
);
await finish(faults === 0 ? 0 : 1);
