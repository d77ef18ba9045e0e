import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createIds, instant, seededRandom } from "@loket/kit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSafeFetch, type SafeFetch } from "./safe-fetch.ts";
import { type Cleared, type ClearingDecision, clear, type SendingAccount, send } from "./sending.ts";
import type { Outbound } from "./whatsapp/outbound.ts";

const ids = createIds({ now: () => instant(1_780_000_000_000) }, seededRandom(1));
const decision: ClearingDecision = { id: ids.next(), outcome: "allow", decidedAt: instant(1_780_000_000_000) };
const hello: Outbound = {
  to: { phone: "+31612345678" },
  content: { type: "text", text: { body: "Hello" } },
  callbackData: "delivery-1",
};

interface Request {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Record<string, unknown>;
}

let http: Server;
let network: SafeFetch;
let account: SendingAccount;
let requests: Request[];
let answer: (response: ServerResponse) => void;

beforeEach(async () => {
  requests = [];
  http = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const { authorization } = request.headers;
    requests.push({ path: request.url ?? "", authorization, body: JSON.parse(body) as Record<string, unknown> });
    answer(response);
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const baseUrl = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  network = createSafeFetch({ allow: [baseUrl] });
  account = { channel: "whatsapp", numberId: "100200300400500", accessToken: "token", baseUrl };
});
afterEach(async () => {
  http.closeAllConnections();
  http.close();
  await network.close();
});

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
const graphError = (status: number, code: number, headers?: Record<string, string>) =>
  json(
    status,
    {
      error: {
        message: `(#${code}) Title`,
        type: "OAuthException",
        code,
        error_data: { details: "Why." },
        fbtrace_id: "Aq",
      },
    },
    headers,
  );
const raw = (status: number, body: string) => (response: ServerResponse) =>
  response.writeHead(status, { "content-type": "text/html" }).end(body);

const cutShort = (response: ServerResponse) => {
  response.writeHead(200, { "content-length": 99 }).write('{"messages"', () => response.destroy());
};

function attempt(outbound: Outbound = hello) {
  return send(clear(decision, outbound), account, { network, timeoutMs: 300 });
}

describe("how an attempt ends", () => {
  it("accepted: with the platform's id, and what it knows of the recipient", async () => {
    answer = json(200, {
      contacts: [{ input: "+31612345678", wa_id: "31612345678" }],
      messages: [{ id: "wamid.1", message_status: "held_for_quality_assessment" }],
    });
    expect(await attempt()).toEqual({
      kind: "accepted",
      providerId: "wamid.1",
      heldForQuality: true,
      recipient: { phone: "+31612345678" },
    });
    expect(requests).toEqual([
      {
        path: "/v25.0/100200300400500/messages",
        authorization: "Bearer token",
        body: {
          messaging_product: "whatsapp",
          recipient_type: "individual",
          to: "31612345678",
          type: "text",
          text: { body: "Hello" },
          biz_opaque_callback_data: "delivery-1",
        },
      },
    ]);
  });

  it.each([
    ["throughput", 400, 130429, "sender", 1_000, {}],
    ["throughput, as some pass it on", 429, 130429, "sender", 1_000, {}],
    ["one person", 400, 131056, "pair", 6_000, {}],
    ["the application", 400, 4, "account", 60_000, {}],
    [
      "the account, with its own estimate",
      400,
      80007,
      "account",
      120_000,
      { "x-business-use-case-usage": '{"9":[{"type":"whatsapp","estimated_time_to_regain_access":2}]}' },
    ],
    ["a stated wait", 400, 130429, "sender", 7_000, { "retry-after": "7" }],
    ["maintenance", 500, 131057, "sender", 60_000, {}],
  ] as const)("retryable: too much for %s", async (_what, status, code, scope, notBeforeMs, headers) => {
    answer = graphError(status, code, headers);
    expect(await attempt()).toMatchObject({
      kind: "retryable",
      scope,
      notBeforeMs,
      failure: { code: String(code), detail: "Why." },
    });
  });

  it("retryable: a 429 without a word", async () => {
    answer = raw(429, "slow down");
    expect(await attempt()).toMatchObject({ kind: "retryable", scope: "sender", failure: { reason: "throttled" } });
  });

  it("retryable: nobody answers the door, or it was called off in time", async () => {
    const nobody = { ...account, baseUrl: "http://127.0.0.1:1" };
    const line = createSafeFetch({ allow: [nobody.baseUrl] });
    expect(await send(clear(decision, hello), nobody, { network: line })).toMatchObject({
      kind: "retryable",
      failure: { code: "line.connectionRefused", reason: "notConnected" },
    });
    await line.close();
    const calledOff = await send(clear(decision, hello), account, { network, signal: AbortSignal.abort() });
    expect(calledOff).toMatchObject({ kind: "retryable", notBeforeMs: 0, failure: { code: "line.aborted" } });
    expect(requests).toEqual([]);
  });

  it.each([
    [400, 131047, "windowClosed"],
    [400, 131049, "engagementCapped"],
    [400, 131050, "marketingStopped"],
    [400, 131026, "undeliverable"],
    [403, 368, "accountRestricted"],
    [403, 131031, "accountRestricted"],
    [400, 131048, "spamLimited"],
    [400, 131064, "spamLimited"],
    [400, 132000, "templateParameters"],
    [404, 132001, "templateMissing"],
    [400, 132015, "templatePaused"],
    [401, 190, "unauthorised"],
    [403, 10, "unauthorised"],
    [403, 210, "unauthorised"],
    [400, 100, "invalid"],
    [400, 131042, "paymentProblem"],
    [400, 999_999, "other"],
  ])("refused: HTTP %i with code %i", async (status, code, reason) => {
    answer = graphError(status, code);
    expect(await attempt()).toMatchObject({ kind: "refused", failure: { reason, code: String(code), traceId: "Aq" } });
  });

  it.each([
    ["200 without an id", json(200, { messages: [] }), "unreadableAnswer"],
    ["200 with an error", json(200, { error: { code: 100 } }), "unreadableAnswer"],
    ["200 in HTML", raw(200, "<html>"), "unreadableAnswer"],
    ["200 cut short", cutShort, "connectionLost"],
    ["HTML 502", raw(502, "<html>Bad gateway</html>"), "serverTrouble"],
    ["500 with code 131000", graphError(500, 131000), "serverTrouble"],
    ["503 with code 2", graphError(503, 2), "serverTrouble"],
    ["400 in HTML", raw(400, "<html>"), "unreadableAnswer"],
    [
      "a redirect",
      (response: ServerResponse) => response.writeHead(307, { location: "/elsewhere" }).end(),
      "unreadableAnswer",
    ],
    ["a reset", (response: ServerResponse) => response.destroy(), "connectionLost"],
    ["silence", () => {}, "timedOut"],
  ] as const)("unknown: %s", async (_what, how, reason) => {
    answer = how;
    expect(await attempt()).toMatchObject({ kind: "unknown", reason });
    expect(requests).toHaveLength(1);
  });

  it("unknown: called off after it left", async () => {
    answer = () => {};
    const outcome = send(clear(decision, hello), account, { network, signal: AbortSignal.timeout(100) });
    expect(await outcome).toMatchObject({ kind: "unknown", reason: "aborted" });
  });

  it("refused without asking: what the platform would refuse anyway", async () => {
    const outcome = await attempt({ ...hello, content: { type: "text", text: { body: "x".repeat(4097) } } });
    expect(outcome).toMatchObject({
      kind: "refused",
      failure: { code: "content.invalid", reason: "invalid", problems: [{ path: "text.body", code: "tooLong" }] },
    });
    expect(requests).toEqual([]);
  });

  it("refused: an address we do not talk to", async () => {
    const outcome = await send(clear(decision, hello), { ...account, baseUrl: "https://10.0.0.1" }, { network });
    expect(outcome).toMatchObject({ kind: "refused", failure: { code: "line.blocked" } });
  });
});

describe("clearing", () => {
  it("takes only decisions that let a message go", () => {
    for (const outcome of ["hold", "refuse", undefined]) {
      const other = { ...decision, outcome } as unknown as ClearingDecision;
      expect(() => clear(other, hello)).toThrow(TypeError);
    }
  });

  it("cannot be imitated, and what was cleared cannot be exchanged", async () => {
    const cleared = clear(decision, hello);
    const forged = { ...cleared } as Cleared;
    await expect(send(forged, account, { network })).rejects.toThrow("not cleared");
    expect(Object.isFrozen(cleared.outbound.content)).toBe(true);
    const mutable = { to: { phone: "+31612345678" }, content: { type: "text", text: { body: "judged" } } } as const;
    const kept = clear(decision, mutable);
    Object.assign(mutable.content.text, { body: "slipped in" });
    expect(kept.outbound.content).toEqual({ type: "text", text: { body: "judged" } });
  });
});
