import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hourMs, manualClock, secondMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, givenSandbox, morning, orderUpdate, text } from "./given.ts";
import { createSandbox } from "./index.ts";
import type { Body } from "./platform/state.ts";
import { keepStateFile, readStateFile } from "./state-file.ts";

afterEach(closeAll);

describe("the world", () => {
  it("says why it refuses, with a code for whoever says it in another language", async () => {
    const given = await givenSandbox();
    const sam = "/phones/31612345678";
    await given.control("POST", `${sam}/actions`, { type: "block" });
    const cases: [string, string, object, string][] = [
      ["POST", `${sam}/messages`, { type: "text", text: { body: "?" } }, "blocked"],
      ["POST", `${sam}/actions`, { type: "change-number", to: "31612345678" }, "same-number"],
      ["POST", `${sam}/actions`, { type: "change-number", to: "soon" }, "not-a-number"],
      ["POST", `${sam}/links`, { link: "https://wa.me/1" }, "link-nowhere"],
      ["POST", "/clock", { to: "2019-12-08T00:00:00Z" }, "clock-backward"],
      ["POST", "/crowd", { size: 0 }, "crowd-size"],
      ["PUT", "/rules", { asOf: "soon" }, "not-a-day"],
    ];
    for (const [method, path, body, reason] of cases) {
      const { status, body: answer } = await given.control(method, path, body);
      expect([path, status >= 400, answer.error]).toEqual([path, true, { message: expect.any(String), reason }]);
    }
  });

  it("is the same for the same seed, another for another", async () => {
    const [one, same, other] = [await givenSandbox(), await givenSandbox(), await givenSandbox({ seed: 7 })];
    expect(same.sandbox.accounts).toEqual(one.sandbox.accounts);
    expect(same.sandbox.app).toEqual(one.sandbox.app);
    expect(other.token).not.toBe(one.token);
    const ids = await Promise.all([one, same].map((given) => given.personWrites()));
    expect(ids[0]).toBe(ids[1]);
    const world = (await one.control("GET", "")).body;
    expect(world).toMatchObject({
      apps: [
        {
          id: one.sandbox.app.id,
          secret: one.sandbox.app.secret,
          accessToken: `${one.sandbox.app.id}|${one.sandbox.app.secret}`,
        },
      ],
      accounts: [
        {
          id: one.accountId,
          name: "Bakkerij De Korenaar",
          tokens: [{ token: one.token }],
          numbers: [{ id: one.number.id, displayNumber: "+31 10 808 0101" }],
        },
        { name: "Radio Isarwelle Newsroom", numbers: [{ displayNumber: "+49 89 2555 0140" }] },
      ],
    });
    expect(world.phones.map((phone: Body) => phone.name)).toEqual([
      "Sam de Vries",
      "Noor El Amrani",
      "Jonas Huber",
      "Lena Brandl",
      "Kit",
    ]);
  });

  it("takes new accounts, numbers and people", async () => {
    const given = await givenSandbox();
    const account = (
      await given.control("POST", "/accounts", {
        name: "Fietsenmaker",
        displayNumber: "+31 20 808 0103",
        review: "instant",
      })
    ).body;
    const created = await given.graph(
      "POST",
      `/${account.id}/message_templates`,
      {
        name: "ready",
        language: "nl",
        category: "UTILITY",
        components: [{ type: "BODY", text: "Uw fiets staat klaar." }],
      },
      account.token,
    );
    expect(created.body.status).toBe("APPROVED");
    const sent = await given.graph(
      "POST",
      `/${account.numbers[0].id}/messages`,
      {
        messaging_product: "whatsapp",
        to: "0612340000",
        type: "template",
        template: { name: "ready", language: { code: "nl" } },
      },
      account.token,
    );
    expect(sent.body.contacts).toEqual([{ input: "0612340000", wa_id: "31612340000" }]);
    expect((await given.control("PUT", "/phones/+31612340000", { name: "Daan", language: "nl" })).body).toMatchObject({
      number: "31612340000",
      name: "Daan",
    });
    expect((await given.control("PUT", "/phones/31612340000", { hideNumber: "yes" })).status).toBe(400);
    expect((await given.control("GET", "/phones/31699999999")).status).toBe(404);
    expect((await given.control("GET", "/nothing")).status).toBe(404);
  });
});

describe("history", () => {
  const past = (hours: number) => String(Math.floor(morning / 1000) - hours * 3600);

  it("is put in place without telling anyone, and the window follows", async () => {
    const given = await givenSandbox();
    const messages = [
      { id: "wamid.OLD2", from: "business", ...text("Met slagroom?"), timestamp: past(29), status: "read" },
      { id: "wamid.OLD1", from: "phone", ...text("Mag ik een taart?"), timestamp: past(30) },
      { from: "phone", ...text("Graag"), timestamp: past(23), context: { id: "wamid.OLD2" } },
    ];
    const { ids } = (await given.control("POST", "/phones/31612345678/history", { to: given.number.id, messages }))
      .body;
    expect(ids).toEqual(["wamid.OLD1", "wamid.OLD2", expect.stringMatching(/^wamid\./)]);
    await given.sandbox.quiet();
    expect(given.subscriber.deliveries).toEqual([]);
    const { items } = (await given.control("GET", "/phones/31612345678/messages")).body;
    expect(items).toMatchObject([
      { id: "wamid.OLD1", from: "phone", timestamp: past(30) },
      { id: "wamid.OLD2", from: "business", status: "read" },
      { text: { body: "Graag" }, context: { id: "wamid.OLD2" } },
    ]);
    const inTime = await given.send(text("Doen we"));
    await given.sandbox.advance(hourMs);
    const late = await given.send(text("Nog iets?"));
    await given.sandbox.advance(secondMs);
    expect([given.statusesOf(inTime).at(-1)?.status, given.statusesOf(late).at(-1)?.status]).toEqual([
      "delivered",
      "failed",
    ]);
  });

  it("fills in templates sent in the past and keeps reactions of both sides", async () => {
    const given = await givenSandbox();
    const messages = [
      { id: "wamid.T", from: "business", ...orderUpdate, timestamp: past(3) },
      { id: "wamid.P", from: "phone", ...text("Fijn"), timestamp: past(2) },
      { from: "phone", type: "reaction", reaction: { message_id: "wamid.T", emoji: "👍" }, timestamp: past(1) },
      { from: "business", type: "reaction", reaction: { message_id: "wamid.P", emoji: "❤️" }, timestamp: past(1) },
    ];
    await given.control("POST", "/phones/31612345678/history", { messages });
    expect((await given.control("GET", "/phones/31612345678/messages")).body.items).toMatchObject([
      {
        rendered: { body: "Dag Sam, uw bestelling K-1042 ligt klaar in de winkel. Tot straks!" },
        reactions: { phone: "👍" },
      },
      { text: { body: "Fijn" }, reactions: { business: "❤️" } },
    ]);
  });

  it("imported twice stands there once", async () => {
    const given = await givenSandbox();
    const body = { messages: [{ id: "wamid.OLD1", from: "phone", ...text("Hallo"), timestamp: past(1) }] };
    for (let count = 0; count < 2; count++) await given.control("POST", "/phones/31612345678/history", body);
    expect((await given.control("GET", "/phones/31612345678/messages")).body.items).toHaveLength(1);
  });
});

describe("the clock", () => {
  it("is turned by words, and every webhook due by then has been delivered when it answers", async () => {
    const given = await givenSandbox();
    const id = await given.send(orderUpdate);
    const clock = (await given.control("POST", "/clock", { advance: "25h" })).body;
    expect(clock.now).toBe("2026-11-23T09:00:00.000Z");
    expect(given.statusesOf(id).map(({ status, timestamp }) => [status, timestamp])).toEqual([
      ["sent", "1795334400"],
      ["delivered", "1795334400"],
    ]);
    expect((await given.control("POST", "/clock", { to: "2026-11-23T10:00:00Z" })).body.now).toBe(
      "2026-11-23T10:00:00.000Z",
    );
    expect((await given.control("POST", "/clock", { advance: "soon" })).status).toBe(400);
    expect((await given.control("POST", "/clock", { advance: "-1h" })).status).toBe(400);
  });
});

describe("the log", () => {
  it("keeps every request with its answer and every webhook with its attempt, page by page", async () => {
    const given = await givenSandbox();
    await given.personWrites();
    await given.graph("GET", "/v25.0/foo");
    const { requests, webhooks, next } = (await given.control("GET", "/log")).body;
    expect(requests).toMatchObject([
      {
        method: "POST",
        path: `/v25.0/${given.number.id}`,
        status: 200,
        answer: { success: true },
        body: { webhook_configuration: {} },
      },
      { method: "GET", path: "/v25.0/foo", status: 400, answer: { error: { code: 2500 } } },
    ]);
    expect(webhooks).toMatchObject([
      {
        url: given.subscriber.url,
        field: "messages",
        status: 200,
        attempt: 1,
        at: "2026-11-22T08:00:00.000Z",
        body: { object: "whatsapp_business_account" },
      },
    ]);
    expect((await given.control("GET", `/log?after=${next}`)).body).toMatchObject({ requests: [], webhooks: [] });
    const first = (await given.control("GET", "/log?limit=1")).body;
    expect([first.requests.length + first.webhooks.length, first.more]).toEqual([1, true]);
    expect(JSON.stringify(requests)).not.toContain(given.token);
  });

  it("forgets the oldest", async () => {
    const given = await givenSandbox({ logLimit: 5 });
    for (let count = 0; count < 12; count++) await given.graph("GET", `/v25.0/foo${count}`);
    const { requests } = (await given.control("GET", "/log")).body;
    expect(requests.map(({ path }: Body) => path)).toEqual([7, 8, 9, 10, 11].map((count) => `/v25.0/foo${count}`));
  });
});

describe("faults of the Graph API", () => {
  it("strike as often as they say", async () => {
    const given = await givenSandbox();
    const ask = () =>
      given.graph("POST", `/v25.0/${given.number.id}/messages`, {
        messaging_product: "whatsapp",
        to: "31612345678",
        ...orderUpdate,
      });
    await given.control("POST", "/faults", {
      graph: [{ path: "/messages", code: 130429, headers: { "retry-after": "3" }, next: 2 }],
    });
    const answers = [await ask(), await ask(), await ask()];
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 200]);
    expect(answers[0]?.headers.get("retry-after")).toBe("3");
    expect(answers[0]?.body.error).toMatchObject({ code: 130429, message: "(#130429) Rate limit hit" });

    await given.control("POST", "/faults", { graph: [{ every: 3, status: 500, code: 131000 }] });
    const statuses: number[] = [];
    for (let count = 0; count < 6; count++) statuses.push((await ask()).status);
    expect(statuses).toEqual([200, 200, 500, 200, 200, 500]);

    await given.control("POST", "/faults", { graph: [{ html: true, next: 1 }] });
    expect((await ask()).body.text).toContain("<html>");
    expect((await given.control("POST", "/faults", { weather: [] })).status).toBe(400);
    await given.control("DELETE", "/faults");
    expect((await given.control("GET", "/faults")).body.graph).toEqual([]);
  });

  it("close the connection before or after the message was accepted", async () => {
    const given = await givenSandbox();
    await given.personWrites();
    const ask = () => given.send(text("aangenomen?"));
    await given.control("POST", "/faults", { graph: [{ path: "/messages", close: "before", next: 1 }] });
    await expect(ask()).rejects.toThrow("fetch failed");
    await given.control("POST", "/faults", { graph: [{ path: "/messages", close: "after", next: 1 }] });
    await expect(ask()).rejects.toThrow("fetch failed");
    await given.sandbox.advance(secondMs);
    const statuses = given.subscriber.values("messages").flatMap((value) => value.statuses ?? []);
    expect(statuses.map(({ status }: Body) => status)).toEqual(["sent", "delivered"]);
  });
});

describe("snapshots", () => {
  it("carry phones, windows, templates, media and what is still to happen", async () => {
    const given = await givenSandbox();
    await given.personWrites({ type: "image" });
    const mediaId = given.subscriber.values()[0]?.messages[0].image.id;
    await given.control("POST", "/templates/easter_preorder/actions", { type: "approve" });
    const id = await given.send(text("onderweg"));
    const snapshot = given.sandbox.snapshot();

    const clock = manualClock(morning);
    const restored = await createSandbox({ clock, snapshot });
    try {
      expect(restored.snapshot()).toBe(snapshot);
      await restored.advance(secondMs);
      expect(given.statusesOf(id).map(({ status }) => status)).toEqual(["sent", "delivered"]);
      const node = await fetch(`${restored.url}/${mediaId}`, { headers: { authorization: `Bearer ${given.token}` } });
      const file = await fetch(((await node.json()) as { url: string }).url, {
        headers: { authorization: `Bearer ${given.token}` },
      });
      expect(
        Buffer.from(await file.arrayBuffer())
          .subarray(1, 4)
          .toString(),
      ).toBe("PNG");
    } finally {
      await restored.close();
    }
  });

  it("can be taken and put back over HTTP; reset leads back to the beginning", async () => {
    const given = await givenSandbox();
    await given.personWrites();
    const snapshot = JSON.stringify((await given.control("GET", "/snapshot")).body);
    await given.control("POST", "/clock", { advance: "2h" });
    await given.control("POST", "/reset", { keepSubscriptions: true });
    expect((await given.control("GET", "/phones/31612345678/messages")).body.items).toEqual([]);
    expect((await given.control("GET", "/clock")).body.now).toBe("2026-11-22T08:00:00.000Z");
    await given.personWrites(text("nog altijd geabonneerd"));
    expect(given.subscriber.deliveries).toHaveLength(2);
    expect((await given.control("PUT", "/snapshot", snapshot)).status).toBe(200);
    expect((await given.control("GET", "/phones/31612345678/messages")).body.items).toHaveLength(1);
    expect((await given.control("PUT", "/snapshot", { nonsense: true })).status).toBe(400);
  });

  it("are kept in a file, written aside and renamed, so that a restart goes on where it was", async () => {
    const folder = await mkdtemp(join(tmpdir(), "sandbox-"));
    const path = join(folder, "state.json");
    try {
      expect(await readStateFile(path)).toBeNull();
      const given = await givenSandbox();
      const file = keepStateFile(given.sandbox, path);
      given.subscriber.answer = () => "hang up";
      await given.personWrites(text("bewaar mij"));
      await file.finish();
      expect(await readdir(folder)).toEqual(["state.json"]);
      await given.sandbox.close();

      given.subscriber.answer = () => 200;
      const restarted = await createSandbox({ clock: manualClock(morning), snapshot: await readFile(path, "utf8") });
      await restarted.advance(secondMs);
      expect(given.subscriber.values("messages").map((value) => value.messages[0].text.body)).toEqual(["bewaar mij"]);
      await restarted.close();
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe("the event stream", () => {
  it("says that something changed", async () => {
    const given = await givenSandbox();
    const response = await fetch(`${given.sandbox.url}/_sandbox/events`);
    const reader = response.body?.getReader();
    const decoder = new TextDecoder();
    let heard = "";
    const until = async (words: string) => {
      while (!heard.includes(words)) heard += decoder.decode((await reader?.read())?.value);
    };
    await until("event: hello");
    await given.personWrites();
    await until(`event: thread\ndata: {"type":"thread","numberId":"${given.number.id}","phone":"31612345678"}`);
    await until("event: log");
    await reader?.cancel();
  });
});

describe("the pages", () => {
  it("and every module they import are served, types stripped", async () => {
    const given = await givenSandbox();
    const seen = new Set<string>();
    const visit = async (path: string): Promise<void> => {
      if (seen.has(path)) return;
      seen.add(path);
      const response = await fetch(given.sandbox.url + path);
      expect([path, response.status]).toEqual([path, 200]);
      expect(response.headers.get("content-type")).toContain("javascript");
      const source = await response.text();
      for (const [, name] of source.matchAll(/from "\.\/([a-z-]+\.ts)"/g)) await visit(`/_page/${name}`);
    };
    for (const [path, entry] of [
      ["/", "phones"],
      ["/console", "console"],
    ]) {
      const page = await (await fetch(given.sandbox.url + path)).text();
      expect(page).toContain(`src="/_page/${entry}.ts"`);
      for (const [, library] of page.matchAll(/":"(\/_page\/lib\/[a-z]+\.mjs)"/g)) await visit(library ?? "");
      await visit(`/_page/${entry}.ts`);
    }
    expect(seen.size).toBeGreaterThan(10);
    for (const path of ["/_page/base.css", "/_page/inter.woff2", "/favicon.ico"])
      expect((await fetch(given.sandbox.url + path)).status).toBe(200);
    expect((await fetch(`${given.sandbox.url}/_page/nothing.ts`)).status).toBe(404);
  });
});
