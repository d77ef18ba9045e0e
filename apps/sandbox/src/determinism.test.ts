import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { manualClock } from "@loket/kit";
import fc from "fast-check";
import { request } from "undici";
import { afterEach, describe, expect, it } from "vitest";
import { morning, orderUpdate, text, weekendOffer } from "./given.ts";
import { createSandbox, type Sandbox } from "./index.ts";

afterEach(() => Promise.all(listeners.splice(0).map((one) => one.close())));

/** One request, or a stretch of time. `{number}` and `{account}` in a path are those of the bakery, `{other}` is another's number. */
type Step =
  | { readonly advanceMs: number }
  | { readonly method: string; readonly path: string; readonly body?: unknown };

const people = ["31612345678", "31687654321", "4915112345678", "31600000007", "31970000001", "31970000002"];
const person = fc.constantFrom(...people);

const confirmation = {
  type: "template",
  template: {
    name: "subscription_confirmed",
    language: { code: "de" },
    components: [
      {
        type: "body",
        parameters: [
          { type: "text", text: "Lena" },
          { type: "text", text: "Am Morgen" },
        ],
      },
    ],
  },
};

const send = (to: string, content: object, from = "number"): Step => ({
  method: "POST",
  path: `/v25.0/{${from}}/messages`,
  body: { messaging_product: "whatsapp", to, ...content },
});

const occasion = fc.oneof(
  fc.record({ share: fc.constantFrom(0.2, 0.5) }),
  fc.record({ every: fc.integer({ min: 2, max: 4 }) }),
  fc.record({ next: fc.integer({ min: 1, max: 2 }) }),
);

const step: fc.Arbitrary<Step | Step[]> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(person, fc.constantFrom<object>(orderUpdate, weekendOffer, text("Dag")))
      .map(([to, content]) => send(to, content)),
  },
  {
    // At one moment from both numbers: what becomes of these is told to two URLs at once.
    weight: 3,
    arbitrary: person.map((to): Step[] => [send(to, orderUpdate), send(to, confirmation, "other")]),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        person,
        fc.constantFrom<object>(
          text("Hallo é / €"),
          { type: "image" },
          { type: "location", location: { latitude: 1, longitude: 2 } },
        ),
      )
      .map(([who, content]): Step => ({ method: "POST", path: `/_sandbox/phones/${who}/messages`, body: content })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(person, fc.constantFrom("read", "block", "unblock", "report", "stop-marketing", "resume-marketing"))
      .map(([who, type]): Step => ({ method: "POST", path: `/_sandbox/phones/${who}/actions`, body: { type } })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(person, fc.boolean(), fc.boolean()).map(
      ([who, online, autoRead]): Step => ({
        method: "PUT",
        path: `/_sandbox/phones/${who}`,
        body: { online, autoRead },
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({ duplicate: occasion, reorder: occasion, loseAnswers: occasion }).map(
      (webhooks): Step => ({
        method: "POST",
        path: "/_sandbox/faults",
        body: { webhooks, latency: { jitterMs: 300 } },
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: occasion.map(
      (when): Step => ({
        method: "POST",
        path: "/_sandbox/faults",
        body: { graph: [{ path: "/messages", code: 131000, status: 500, ...when }] },
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 60 }).map(
      (size): Step => ({
        method: "POST",
        path: "/_sandbox/crowd",
        body: { size, prefix: "+3197", profile: "strangers" },
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Step>(
      { method: "GET", path: "/v25.0/{number}" },
      { method: "GET", path: "/v25.0/1" },
      { method: "DELETE", path: "/_sandbox/faults" },
      { method: "POST", path: "/_sandbox/accounts/{account}/tokens", body: { name: "more" } },
      {
        method: "POST",
        path: "/v25.0/{account}/message_templates",
        body: {
          name: "hello",
          language: "nl",
          category: "UTILITY",
          components: [{ type: "BODY", text: "Uw bestelling ligt klaar." }],
        },
      },
    ),
  },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(0, 50, 1_000, 90_000, 3_600_000, 30 * 3_600_000)
      .map((advanceMs): Step => ({ advanceMs })),
  },
); // prettier-ignore

const script = fc.array(step, { minLength: 2, maxLength: 25 }).map((list) => list.flat());

interface Told {
  /** The log as the control face gives it, in the bytes it came in. */
  readonly log: string;
  readonly webhooks: readonly string[];
}

/** Plays a script in a fresh sandbox; at `moveAt` the world moves into another one by its snapshot. */
async function play(script: readonly Step[], subscriber: Listener, port: number, moveAt: number | null): Promise<Told> {
  const clock = manualClock(morning);
  let sandbox: Sandbox = await createSandbox({ clock, port, seed: 7, callbackUrl: subscriber.url });
  // A second URL for one of the numbers: two queues, whose order must not depend on who answers first.
  await ask(`${sandbox.url}/_sandbox/numbers/${sandbox.accounts[0]?.numbers[0]?.id}`, "PUT", "", {
    callbackUrl: `${subscriber.url}/number`,
  });
  subscriber.begin();
  const logs: string[] = [];
  const takeLog = async () => {
    logs.push(await ask(`${sandbox.url}/_sandbox/log?limit=10000`, "GET", "", undefined));
  };
  try {
    for (const [index, one] of script.entries()) {
      if (index === moveAt) {
        const snapshot = sandbox.snapshot();
        await takeLog();
        await sandbox.close();
        sandbox = await createSandbox({ clock, port, snapshot });
      }
      await carryOut(sandbox, one);
      await sandbox.quiet();
    }
    await sandbox.advance(48 * 3_600_000);
    await takeLog();
  } finally {
    await sandbox.close();
  }
  return { log: logs.join("\n"), webhooks: [...subscriber.bodies] };
}

async function carryOut(sandbox: Sandbox, one: Step): Promise<void> {
  if ("advanceMs" in one) return sandbox.advance(one.advanceMs);
  const account = sandbox.accounts[0];
  const number = account?.numbers[0]?.id ?? "";
  const others = sandbox.accounts[1];
  const path = one.path
    .replace("{number}", number)
    .replace("{other}", others?.numbers[0]?.id ?? "")
    .replace("{account}", account?.id ?? "");
  const token = (one.path.includes("{other}") ? others : account)?.token;
  await ask(sandbox.url + path, one.method, token ?? "", one.body);
}

interface Listener {
  readonly url: string;
  readonly bodies: string[];
  /** Forgets what it heard, and is slower from now on where it was quick. */
  begin(): void;
  close(): Promise<void>;
}

const listeners: Listener[] = [];

/** Somebody who listens at two URLs and is slow at one of them, each time at the other. */
async function givenListener(): Promise<Listener> {
  const bodies: string[] = [];
  let turn = 0;
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const slow = incoming.url?.endsWith("/number") === (turn % 2 === 0);
      const answer = (left: number): void => {
        if (left > 0) return void setImmediate(answer, left - 1);
        bodies.push(Buffer.concat(chunks).toString("utf8"));
        response.writeHead(200).end();
      };
      answer(slow ? 40 : 0);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const listener: Listener = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
    bodies,
    begin() {
      turn += 1;
      bodies.length = 0;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  listeners.push(listener);
  return listener;
}

/** On a connection of its own: the next sandbox on this port must not find the old one's. */
async function ask(url: string, method: string, token: string, body: unknown): Promise<string> {
  const answer = await request(url, {
    method: method as "GET",
    reset: true,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answer.body.text();
}

async function freePort(): Promise<number> {
  const sandbox = await createSandbox();
  await sandbox.close();
  return Number(new URL(sandbox.url).port);
}

describe("the same seed and the same requests at the same times", () => {
  it("give the same log and the same webhooks, byte for byte", async () => {
    const subscriber = await givenListener();
    const port = await freePort();
    await fc.assert(
      fc.asyncProperty(script, async (steps) => {
        const once = await play(steps, subscriber, port, null);
        const again = await play(steps, subscriber, port, null);
        expect(again).toEqual(once);
      }),
      { numRuns: 25 },
    );
  });

  it("also when the world moves into another sandbox in between", async () => {
    const subscriber = await givenListener();
    const port = await freePort();
    await fc.assert(
      fc.asyncProperty(script, fc.nat(), async (steps, nat) => {
        const whole = await play(steps, subscriber, port, null);
        const moved = await play(steps, subscriber, port, nat % steps.length);
        expect(moved.webhooks).toEqual(whole.webhooks);
        expect(entriesOf(moved.log)).toEqual(entriesOf(whole.log));
      }),
      { numRuns: 25 },
    );
  });
});

/** What the log says, without the numbers of its entries: a log belongs to its sandbox and does not move along. */
function entriesOf(log: string): unknown[] {
  return ["requests", "webhooks"].map((kind) =>
    log
      .split("\n")
      .flatMap((part) => (JSON.parse(part)[kind] as Record<string, unknown>[]).map(({ id: _id, ...entry }) => entry)),
  );
}
