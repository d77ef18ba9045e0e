import { call, pause } from "../programs.ts";

/** What was said while things broke, and the count of what became of it. The sandbox is the witness of both ways. */
interface Conversation {
  id: string;
}
interface Message {
  id: string;
  direction: "in" | "out";
  status: string;
  providerId: string | null;
  clientId: string | null;
}
interface Outbound {
  readonly clientId: string;
  readonly phone: string;
  readonly text: string;
  acknowledged: boolean;
}

export interface Counts {
  readonly inbound: number;
  readonly inboundLost: number;
  readonly inboundDoubled: number;
  readonly outbound: number;
  readonly lost: number;
  readonly handedOverTwice: number;
  /** Shown as uncertain, and truly not with the platform: the price of never sending twice. */
  readonly uncertain: number;
  /** With the platform, and still shown as uncertain or waiting after every webhook has come. */
  readonly unsettled: number;
}

export type Traffic = ReturnType<typeof createTraffic>;

export function createTraffic(url: string, sandboxUrl: string, token: string) {
  const auth = { authorization: `Bearer ${token}` };
  const control = <Body>(method: string, path: string, body?: unknown) =>
    call<Body>(`${sandboxUrl}/_sandbox/${path}`, method, body);
  const inbound = new Set<string>(); // provider ids
  const outbound: Outbound[] = [];
  const conversations = new Map<string, string>(); // phone → conversation id

  /** Asks until Loket answers what is wanted, through as many deaths as it takes. */
  async function insist<Body>(
    method: string,
    path: string,
    body: unknown,
    good: (status: number) => boolean,
  ): Promise<Body> {
    for (;;) {
      const answer = await call<Body>(`${url}/api/v1/${path}`, method, body, auth);
      if (answer && good(answer.status)) return answer.body;
      if (answer && answer.status < 500 && answer.status !== 401)
        throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      await pause(100);
    }
  }

  async function writes(phone: string, text: string): Promise<void> {
    const answer = await control<{ id: string }>("POST", `phones/${phone}/messages`, {
      type: "text",
      text: { body: text },
    });
    if (answer) inbound.add(answer.body.id);
  }

  async function conversationOf(phone: string): Promise<string> {
    for (;;) {
      const known = conversations.get(phone);
      if (known) return known;
      const page = await insist<{ items: Conversation[] }>("GET", `conversations?q=${phone}`, undefined, isOk);
      const [found] = page.items;
      if (found) conversations.set(phone, found.id);
      else await pause(50);
    }
  }

  async function answers(phone: string, clientId: string, text: string): Promise<void> {
    const conversationId = await conversationOf(phone);
    const message = { clientId, phone, text, acknowledged: false };
    outbound.push(message);
    await insist(
      "POST",
      `conversations/${conversationId}/messages`,
      { clientId, type: "text", text },
      (status) => status === 201,
    );
    message.acknowledged = true;
  }

  const shows = async (phone: string) =>
    (
      await control<{ items: { from: string; type: string; text?: { body: string } }[] }>(
        "GET",
        `phones/${phone}/messages`,
      )
    )?.body.items ?? [];

  async function messagesOf(conversationId: string): Promise<Message[]> {
    const all: Message[] = [];
    for (let cursor = ""; ; ) {
      const page = await insist<{ items: Message[]; next: string | null }>(
        "GET",
        `conversations/${conversationId}/messages?limit=200${cursor}`,
        undefined,
        isOk,
      );
      all.push(...page.items);
      if (page.next === null) return all;
      cursor = `&cursor=${page.next}`;
    }
  }

  /** Reads until nothing is on its way any more: webhooks delivered again, queues empty, leases of the dead over. */
  async function settled(): Promise<Message[]> {
    const read = new Map<string, Message[]>();
    let open = [...conversations.values()];
    for (let round = 0; round < 300; round++) {
      if (round % 25 === 0) await control("POST", "webhooks/retry");
      for (const id of open) read.set(id, await messagesOf(id));
      const isOnItsWay = ({ direction, status }: Message) =>
        direction === "out" && ["queued", "accepted", "sent"].includes(status);
      open = open.filter((id) => read.get(id)?.some(isOnItsWay));
      const stored = new Set([...read.values()].flat().map(({ providerId }) => providerId));
      const isMissing = [...inbound].some((id) => !stored.has(id));
      if (open.length === 0 && !isMissing) break;
      if (isMissing) open = [...conversations.values()];
      await pause(200);
    }
    return [...read.values()].flat();
  }

  return {
    insist,
    control,
    shows,
    /** So many people write and are answered, each so many times, within about this time. */
    async round(name: string, people: number, times: number, withinMs: number): Promise<void> {
      const paceMs = withinMs / times;
      await Promise.all(
        Array.from({ length: people }, async (_, index) => {
          const phone = `3165${name.padStart(4, "0")}${String(index).padStart(3, "0")}`;
          await pause((paceMs * index) / people);
          for (let turn = 0; turn < times; turn++) {
            await writes(phone, `in ${name}.${index}.${turn}`);
            await Promise.all([
              answers(phone, `chaos-${name}-${index}-${turn}`, `out ${name}.${index}.${turn}`),
              pause(paceMs),
            ]);
          }
        }),
      );
    },
    /** Answers somebody who has got through before, and resolves when Loket has taken it. Without workers it waits. */
    async answersAgain(name: string, count: number): Promise<void> {
      for (let turn = 0; turn < count; turn++)
        await answers(`3164${name.padStart(7, "0")}`, `again-${name}-${turn}`, `and once more ${turn}`);
    },
    /** Resolves when what is said now gets through both ways. What gets stuck in the middle is said anew. */
    async getsThrough(name: string): Promise<void> {
      const phone = `3164${name.padStart(7, "0")}`;
      await control("POST", "webhooks/retry");
      await writes(phone, "are you back?");
      await conversationOf(phone);
      for (let turn = 0; ; turn++) {
        await answers(phone, `back-${name}-${turn}`, `we are back ${turn}`);
        for (let look = 0; look < 120; look++) {
          if ((await shows(phone)).some(({ from }) => from === "business")) return;
          await pause(50);
        }
      }
    },
    async reconcile(say: (line: string) => void): Promise<Counts> {
      const all = await settled();
      const timesStored = new Map<string, number>();
      for (const { direction, providerId } of all)
        if (direction === "in" && providerId) timesStored.set(providerId, (timesStored.get(providerId) ?? 0) + 1);
      const handedOver = new Map<string, number>();
      for (const phone of new Set(outbound.map((message) => message.phone)))
        for (const { from, text } of await shows(phone))
          if (from === "business" && text)
            handedOver.set(`${phone} ${text.body}`, (handedOver.get(`${phone} ${text.body}`) ?? 0) + 1);
      const statusOf = new Map(all.flatMap(({ clientId, status }) => (clientId ? [[clientId, status] as const] : [])));
      const counts = { lost: 0, handedOverTwice: 0, uncertain: 0, unsettled: 0 };
      for (const { phone, text, clientId, acknowledged } of outbound) {
        const times = handedOver.get(`${phone} ${text}`) ?? 0;
        const status = statusOf.get(clientId) ?? "absent";
        const fate =
          times > 1
            ? "handedOverTwice"
            : times === 1
              ? (status === "uncertain" || status === "queued") && "unsettled"
              : status === "uncertain"
                ? "uncertain"
                : acknowledged && "lost";
        if (!fate) continue;
        counts[fate] += 1;
        say(`${fate}: ${clientId}, shown as ${status}, ${times} at the phone`);
      }
      return {
        inbound: inbound.size,
        inboundLost: [...inbound].filter((id) => !timesStored.has(id)).length,
        inboundDoubled: [...timesStored.values()].filter((times) => times > 1).length,
        outbound: outbound.length,
        ...counts,
      };
    },
  };
}

const isOk = (status: number) => status === 200;
