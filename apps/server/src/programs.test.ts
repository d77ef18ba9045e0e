import type { PersonId } from "@loket/kit";
import { addMember } from "@loket/organisations";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiOf, signIn, until } from "./testing.ts";
import { type Conversation, type Message, type Page, type Road, startRoad } from "./testing-road.ts";

/** What colleagues and programs do over the API. */
let road: Road;
beforeAll(async () => {
  road = await startRoad();
});
afterAll(() => road?.close());

describe("care", () => {
  it("lets exactly one of many claim a conversation", async () => {
    const phone = road.newPhone();
    const { ports } = road.at.loket;
    const agents = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        const email = `claimer${index}-${phone}@bakery.example`;
        const personId = (await ports.auth.ensurePerson({
          name: `Claimer ${index}`,
          email,
          password: "correct horse",
        })) as PersonId;
        await ports.app.inOrganisation(road.organisationId, (tx) => addMember(tx, ports, { personId, role: "agent" }));
        return apiOf(road.at.url, await signIn(road.at.url, { email, password: "correct horse" }, road.organisationId));
      }),
    );
    await road.says(phone, "who takes me?");
    const conversation = await road.conversationOf(phone);
    const answers = await Promise.all(
      agents.map((call) =>
        call<{ code?: string; assigneeId?: string; member?: { name: string } }>(
          "POST",
          `conversations/${conversation.id}/claim`,
          { version: conversation.version },
        ),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const losers = answers.filter(({ status }) => status === 409);
    expect(losers).toHaveLength(7);
    expect(new Set(losers.map(({ body }) => body.member?.name)).size).toBe(1);
  });

  it("snoozes until the person writes", async () => {
    const phone = road.newPhone();
    await road.says(phone, "hello");
    const conversation = await road.conversationOf(phone);
    const until_ = new Date(road.at.loket.ports.clock.now() + 3_600_000).toISOString();
    expect(
      (
        await road.api<Conversation>("POST", `conversations/${conversation.id}/snooze`, {
          version: conversation.version,
          until: until_,
        })
      ).body.state,
    ).toBe("snoozed");
    await road.says(phone, "hello again");
    await until(async () => (await road.conversationOf(phone)).state === "needs-us", "the waking");
  });

  it("keeps notes from the customer and from nobody else", async () => {
    const phone = road.newPhone();
    await road.says(phone, "hello");
    const conversation = await road.conversationOf(phone);
    const asAgent = road.agent;
    expect(
      (
        await asAgent("POST", `conversations/${conversation.id}/notes`, {
          clientId: `n-${phone}`,
          text: "Likes raisins",
        })
      ).status,
    ).toBe(201);
    expect(
      (
        await asAgent("POST", `conversations/${conversation.id}/notes`, {
          clientId: `n-${phone}`,
          text: "Likes raisins",
        })
      ).status,
    ).toBe(201);
    const { body } = await asAgent<Page<{ kind: string }>>("GET", `conversations/${conversation.id}/timeline`);
    expect(body.items.filter(({ kind }) => kind === "note")).toHaveLength(1);
    expect((await road.shown(phone)).items).toHaveLength(1);
  });
});

describe("programs", () => {
  it("may repeat a write with the same Idempotency-Key, and get the first answer", async () => {
    const key = { "idempotency-key": "label-1" };
    const first = await road.api<{ id: string }>("POST", "labels", { name: "Repeated" }, key);
    const second = await road.api<{ id: string }>("POST", "labels", { name: "Repeated" }, key);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(await road.api("POST", "labels", { name: "Another" }, key)).toMatchObject({
      status: 422,
      body: { code: "idempotency.mismatch" },
    });
  });

  it("read the record of events from any point, as pages or as a stream, and miss nothing", async () => {
    const phone = road.newPhone();
    await road.says(phone, "an event");
    const conversation = await road.conversationOf(phone);
    const page = (
      await road.api<Page<{ id: string; type: string; message?: Message }>>("GET", "events?after=0&limit=500")
    ).body;
    expect(page.items.some(({ type, message }) => type === "message.changed" && message?.text === "an event")).toBe(
      true,
    );
    const after = page.items.at(-1)?.id ?? "0";

    const stop = new AbortController();
    const stream = await fetch(`${road.at.url}/api/v1/events`, {
      headers: { authorization: "Bearer loket_test", accept: "text/event-stream", "last-event-id": after },
      signal: stop.signal,
    });
    expect(stream.headers.get("content-type")).toContain("text/event-stream");
    const reader = stream.body?.getReader();
    await road.says(phone, "while streaming");
    let text = "";
    while (!text.includes("while streaming")) text += new TextDecoder().decode((await reader?.read())?.value);
    expect(text).toContain("event: ready");
    stop.abort();
    expect(conversation.id).not.toBe("");
  });

  it("ask the terms book with facts of their own, at any date", async () => {
    const ask = (at_: string) =>
      road.api<{ outcome: string; rules: { id: string }[] }>("POST", "verdicts", {
        request: { channel: "whatsapp", transport: "cloud-api", payload: "free-form", kind: "reply" },
        facts: { recipient: { region: "NL", phone: "+31612345678" }, lastInboundAt: "2026-11-09T10:00:00Z" },
        at: at_,
      });
    expect((await ask("2026-11-10T09:59:59.999Z")).body.rules.map(({ id }) => id)).not.toContain(
      "whatsapp.cloud.service-window-24h",
    );
    expect((await ask("2026-11-10T10:00:00Z")).body.rules.map(({ id }) => id)).toContain(
      "whatsapp.cloud.service-window-24h",
    );
  });

  it("find every route in the API's description", async () => {
    const description = (
      await road.api<{ openapi: string; paths: Record<string, Record<string, unknown>> }>("GET", "openapi.json")
    ).body;
    expect(description.openapi).toBe("3.1.0");
    for (const route of road.at.loket.routes)
      expect(
        description.paths[`/api/v1/${route.path}`]?.[route.method.toLowerCase()],
        `${route.method} ${route.path}`,
      ).toBeDefined();
    expect((await fetch(`${road.at.url}/docs/api`)).status).toBe(200);
  });

  it("get a clear problem for a bad request", async () => {
    expect(await road.api("GET", "conversations?limit=many")).toMatchObject({
      status: 400,
      body: { code: "invalid-request", errors: [{ path: "query.limit" }] },
    });
    const misspelt = { name: "Kassa", teamids: [] };
    expect(await road.api("POST", "inboxes", misspelt)).toMatchObject({
      status: 400,
      body: { code: "invalid-request" },
    });
    expect(await road.api("GET", "nothing/here")).toMatchObject({ status: 404, body: { code: "not-found" } });
    expect(await road.api("GET", "conversations?cursor=nonsense")).toMatchObject({ status: 400 });
  });
});
