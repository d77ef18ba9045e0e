import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "../scripts/programs.ts";
import { apiToken, conversationWith, isAlive, type RunningLoket, run, startLoket, until } from "./support.ts";

/** The face that is promised to the outside, by plain HTTP alone. */
let loket: RunningLoket;
const ending: RunningLoket[] = [];
beforeAll(async () => {
  loket = await startLoket();
});
afterAll(async () => {
  for (const one of ending) await one.close();
  await loket?.close();
});

const text = async (url: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(url, { headers });
  return { status: answer.status, type: answer.headers.get("content-type") ?? "", body: await answer.text() };
};

describe("what Loket says of itself", () => {
  it("prints where the desk and the phones are, how to sign in, and a token", () => {
    expect(loket.said()).toContain(loket.url);
    expect(loket.said()).toContain(loket.sandboxUrl);
    expect(loket.said()).toMatch(/sign in\s+\S+@\S+ \/ \S+/);
    expect(loket.said()).toContain(apiToken);
  });

  it("is alive, ready and measured", async () => {
    expect((await text(`${loket.url}/healthz`)).status).toBe(200);
    expect((await text(`${loket.url}/readyz`)).status).toBe(200);
    const metrics = await text(`${loket.url}/metrics`);
    expect(metrics.status).toBe(200);
    expect(metrics.body).toMatch(/^# TYPE \w+ (counter|gauge|histogram)/m);
  });

  it("describes its API for programs and for people", async () => {
    const description = (await loket.api("GET", "openapi.json")).body;
    expect(description.openapi).toBe("3.1.0");
    for (const path of [
      "conversations",
      "conversations/{id}/messages",
      "contacts",
      "senders",
      "templates",
      "verdicts",
      "events",
    ])
      expect(Object.keys(description.paths)).toContain(`/api/v1/${path}`);
    const page = await text(`${loket.url}/docs/api`);
    expect(page).toMatchObject({ status: 200, type: expect.stringContaining("text/html") });
    expect(page.body.length).toBeGreaterThan(500);
  });

  it("serves the desk, and keeps everything else behind the sign-in", async () => {
    const page = await text(`${loket.url}/`);
    expect(page).toMatchObject({ status: 200, type: expect.stringContaining("text/html") });
    const answer = await text(`${loket.url}/api/v1/conversations`);
    expect(answer).toMatchObject({ status: 401, type: expect.stringContaining("application/problem+json") });
    expect(JSON.parse(answer.body)).toMatchObject({ code: expect.any(String), status: 401 });
    expect((await text(`${loket.url}/api/v1/conversations`, { authorization: "Bearer wrong" })).status).toBe(401);
  });
});

describe("a conversation by plain HTTP", () => {
  it("goes from the phone to the ticks", async () => {
    const person = await loket.newPerson("Wouter by wire");
    await person.says("Is er nog roggebrood?");
    const conversation = await conversationWith(loket, person);
    expect(conversation).toMatchObject({
      state: "needs-us",
      assigneeId: null,
      contact: { name: "Wouter by wire", addresses: expect.any(Array) },
      windowEndsAt: expect.stringMatching(/Z$/),
      lastMessageAt: expect.stringMatching(/Z$/),
    });
    const sent = await loket.api("POST", `conversations/${conversation.id}/messages`, {
      clientId: "wire-1",
      type: "text",
      text: "Nog twee. Zal ik er een wegleggen?",
    });
    expect(sent).toMatchObject({
      status: 201,
      body: { direction: "out", type: "text", text: "Nog twee. Zal ik er een wegleggen?" },
    });
    const again = await loket.api("POST", `conversations/${conversation.id}/messages`, {
      clientId: "wire-1",
      type: "text",
      text: "Nog twee. Zal ik er een wegleggen?",
    });
    expect(again.body.id).toBe(sent.body.id);
    const status = async () => {
      const { items } = (await loket.api("GET", `conversations/${conversation.id}/messages`)).body;
      expect(items.map((item: { direction: string }) => item.direction)).toEqual(["in", "out"]);
      return items[1].status;
    };
    await until(async () => (await status()) === "delivered", "two ticks");
    await person.does("read");
    await until(async () => (await status()) === "read", "blue ticks");
    expect(await person.sees()).toMatchObject([
      { from: "phone", text: "Is er nog roggebrood?" },
      { from: "business", text: "Nog twee. Zal ik er een wegleggen?", status: "read" },
    ]);
    const log = (await loket.sandbox("GET", "log?limit=10000")).body;
    const requests = log.requests.filter(
      ({ method, path, body }: { method: string; path: string; body: { to?: string } }) =>
        method === "POST" && path.endsWith("/messages") && body?.to?.endsWith(person.number),
    );
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ status: 200, answer: { messaging_product: "whatsapp" } });
    expect(log.webhooks[0]).toMatchObject({ url: expect.stringContaining("/webhooks/whatsapp/"), status: 200 });
  });

  it("is told as events, page by page or as a stream that goes on where it broke off", async () => {
    const events = async () => {
      const found: { id: string; type: string }[] = [];
      for (let after = "0"; ; ) {
        const page = (await loket.api("GET", `events?after=${after}&limit=100`)).body;
        found.push(...page.items);
        if (page.next === null) return found;
        after = page.next;
      }
    };
    const person = await loket.newPerson("Erna by event");
    await person.says("first of all");
    const conversation = await conversationWith(loket, person);
    const known = await events();
    expect(JSON.stringify(known)).toContain("first of all");
    const last = known.at(-1)?.id ?? "";

    const follow = async (after: string, wanted: string) => {
      const stop = new AbortController();
      const answer = await fetch(`${loket.url}/api/v1/events`, {
        headers: { authorization: `Bearer ${apiToken}`, accept: "text/event-stream", "last-event-id": after },
        signal: stop.signal,
      });
      expect(answer.headers.get("content-type")).toContain("text/event-stream");
      const reader = answer.body?.getReader();
      const decoder = new TextDecoder();
      let said = "";
      while (!said.includes(wanted)) said += decoder.decode((await reader?.read())?.value, { stream: true });
      stop.abort();
      return said;
    };
    const open = follow(last, "second of all");
    await person.says("second of all");
    const said = await open;
    expect(said).not.toContain('first of all","status');
    const cursor = /^id: (\d+)$/m.exec(said)?.[1] ?? "";
    expect(cursor).not.toBe("");
    await person.says("third of all");
    await until(
      async () => (await loket.api("GET", `conversations/${conversation.id}/messages`)).body.items.length === 3,
      "the third",
    );
    expect(await follow(cursor, "third of all")).toContain("third of all");
  });

  it("asks before it sends, of its own contacts and of any facts at any date", async () => {
    const person = await loket.newPerson("Vera by verdict");
    await person.says("hello");
    const conversation = await conversationWith(loket, person);
    const sender = (await loket.api("GET", "senders")).body.items[0];
    const asked = await loket.api("POST", "verdicts", {
      request: { contactId: conversation.contact.id, senderId: sender.id, payload: "free-form", kind: "reply" },
    });
    expect(asked).toMatchObject({
      status: 200,
      body: { outcome: "allow", rules: expect.any(Array), notes: expect.any(Array) },
    });
    const pure = await loket.api("POST", "verdicts", {
      request: { channel: "whatsapp", transport: "cloud-api", payload: "free-form", kind: "reply" },
      facts: { recipient: { region: "NL", phone: "+31612345678" }, lastInboundAt: "2026-11-09T10:00:00Z" },
      at: "2026-11-10T10:00:00Z",
    });
    expect(pure.body.outcome).toBe("refuse");
    expect(pure.body.rules[0]).toMatchObject({
      id: "whatsapp.cloud.service-window-24h",
      title: expect.any(String),
      clause: expect.any(String),
      since: expect.any(String),
      remedies: expect.any(Array),
    });
    expect((await person.sees()).filter(({ from }) => from === "business")).toEqual([]);
  });

  it("takes webhooks exactly as the platform calls them, and no others", async () => {
    const world = (await loket.sandbox("GET", "")).body;
    const { callbackUrl, verifyToken, secret } = world.apps[0];
    const challenge = await text(
      `${callbackUrl}?hub.mode=subscribe&hub.verify_token=${encodeURIComponent(verifyToken)}&hub.challenge=4711`,
    );
    expect(challenge).toMatchObject({ status: 200, body: "4711" });
    expect(
      (await text(`${callbackUrl}?hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=4711`)).status,
    ).toBeGreaterThanOrEqual(400);
    const body = JSON.stringify({ object: "whatsapp_business_account", entry: [] });
    const post = (signature: string) =>
      fetch(callbackUrl, {
        method: "POST",
        headers: { "content-type": "application/json", "x-hub-signature-256": signature },
        body,
      });
    expect((await post(`sha256=${createHmac("sha256", secret).update(body).digest("hex")}`)).status).toBe(200);
    expect((await post(`sha256=${createHmac("sha256", "guessed").update(body).digest("hex")}`)).status).toBe(401);
  });

  it("can be kept as a snapshot of the sandbox and brought back", async () => {
    const person = await loket.newPerson("Sien by snapshot");
    await person.says("before");
    const snapshot = await text(`${loket.sandboxUrl}/_sandbox/snapshot`);
    expect(snapshot.status).toBe(200);
    await person.says("after");
    expect((await person.sees()).map((each) => each.text)).toEqual(["before", "after"]);
    expect((await loket.sandbox("PUT", "snapshot", snapshot.body)).status).toBe(200);
    expect((await person.sees()).map((each) => each.text)).toEqual(["before"]);
  });

  it("hears what people write after a snapshot was brought back", async () => {
    const person = await loket.newPerson("Stijn by snapshot");
    const snapshot = await text(`${loket.sandboxUrl}/_sandbox/snapshot`);
    await person.says("before it was brought back");
    const conversation = await conversationWith(loket, person);
    expect((await loket.sandbox("PUT", "snapshot", snapshot.body)).status).toBe(200);
    await person.says("after it was brought back");
    await until(
      async () =>
        (await loket.api("GET", `conversations/${conversation.id}/messages`)).body.items.some(
          (item: { text: string }) => item.text === "after it was brought back",
        ),
      "the message after the snapshot was brought back",
      10_000,
    );
  });
});

describe("starting and ending", () => {
  it("takes the token it was given from the moment it says it is ready", () => {
    expect(loket.statusWhenReady).toBe(200);
  });

  it("keeps a second one off its data, and says why", async () => {
    const second = run("apps/server/src/main.ts", {
      LOKET_DATA_DIR: loket.place.dataDir,
      LOKET_PORT: String(await freePort()),
      SANDBOX_PORT: String(await freePort()),
    });
    const { code } = await second.ended;
    expect(code).toBeGreaterThan(0);
    expect(second.said()).toMatch(/already runs on/);
    expect((await loket.api("GET", "conversations?limit=1")).status).toBe(200);
  });

  it("ends cleanly when asked, survives a kill -9, leaves no database behind, and has everything afterwards", async () => {
    const first = loket;
    const { place } = first;
    const databasePid = () =>
      Number(readFileSync(join(place.dataDir, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
    const isGone = async (url: string) => (await fetch(url).catch(() => "gone")) === "gone";
    const itemsOf = async (one: RunningLoket, id: string): Promise<{ text: string; status: string }[]> =>
      (await one.api("GET", `conversations/${id}/messages`)).body.items;
    const person = await first.newPerson("Karel who stays");
    await person.says("remember me");
    const { id } = await conversationWith(first, person);

    const endedDatabase = databasePid();
    expect(isAlive(endedDatabase)).toBe(true);
    expect(await first.end("SIGTERM")).toEqual({ code: 0, signal: null });
    expect(isAlive(endedDatabase)).toBe(false);
    expect(await isGone(`${first.sandboxUrl}/_sandbox`)).toBe(true);

    const second = await startLoket(place);
    ending.push(second);
    expect((await itemsOf(second, id)).map(({ text: words }) => words)).toEqual(["remember me"]);
    expect(await person.sees()).toHaveLength(1);
    const answered = await second.api("POST", `conversations/${id}/messages`, {
      clientId: "kept",
      type: "text",
      text: "We do.",
    });
    expect(answered.status).toBe(201);
    const killedDatabase = databasePid();
    await second.end("SIGKILL");
    await until(() => !isAlive(killedDatabase), "the database to follow");
    await until(() => isGone(`${second.sandboxUrl}/_sandbox`), "the sandbox to follow");

    const third = await startLoket(place);
    ending.push(third);
    const settled = await until(async () => {
      const message = (await itemsOf(third, id))[1];
      return message && ["delivered", "uncertain", "failed"].includes(message.status) && message;
    }, "what became of the answer");
    // Either it left, once; or nobody can know, and then it says so rather than leave twice.
    expect(["delivered", "uncertain"]).toContain(settled.status);
    const arrived = (await person.sees()).filter(({ from }) => from === "business");
    expect(arrived.map(({ text: words }) => words)).toEqual(
      settled.status === "delivered" ? ["We do."] : expect.any(Array),
    );
    expect(arrived.length).toBeLessThanOrEqual(1);
  });
});
