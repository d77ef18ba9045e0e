import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "./testing.ts";
import { type Conversation, type Message, type Page, type Road, startRoad } from "./testing-road.ts";

/** What goes out, and what people said that they want. */
let road: Road;
beforeAll(async () => {
  road = await startRoad();
});
afterAll(() => road?.close());

describe("an answer", () => {
  it("after the window is refused with the rule and a way out, and by the same words when asked before", async () => {
    const phone = road.newPhone();
    await road.says(phone, "hello");
    const conversation = await road.conversationOf(phone);
    await road.sandbox.call("POST", "clock", { advance: "25h" });
    const refused = await until(async () => {
      const answer = await road.api<{
        code: string;
        verdict: { outcome: string; rules: { id: string; remedies: { id: string; label: string }[] }[] };
      }>("POST", `conversations/${conversation.id}/messages`, {
        clientId: `late-${phone}`,
        type: "text",
        text: "Too late",
      });
      return answer.status === 422 && answer;
    }, "a refusal");
    expect(refused.body.code).toBe("policy.refused");
    expect(refused.body.verdict.rules[0]).toMatchObject({ id: "whatsapp.cloud.service-window-24h" });
    expect(refused.body.verdict.rules[0]?.remedies.map(({ id }) => id)).toContain("use-template");
    const asked = await road.api<{ rules: unknown[] }>("POST", "verdicts", {
      request: { contactId: conversation.contact.id, senderId: road.senderId },
    });
    expect(asked.body.rules).toEqual(refused.body.verdict.rules);
    expect(await road.messagesOf(conversation)).toHaveLength(1);

    const template = await road.api<Message>("POST", `conversations/${conversation.id}/messages`, {
      clientId: `t-${phone}`,
      type: "template",
      template: { name: "order_update", language: { code: "nl" }, components: [] },
    });
    expect(template.status).toBe(422); // nobody agreed to hear about orders, and the template wants its values
    await road.api("POST", `contacts/${conversation.contact.id}/consents`, {
      purpose: "transactional",
      channel: "whatsapp",
      action: "granted",
      method: "web-form",
      wordingVersion: "2026-01",
      evidence: "form 12",
    });
    const stored = (
      await road.api<
        Page<{ name: string; language: string; status: string; components: { type: string; text?: string }[] }>
      >("GET", `templates?road.senderId=${road.senderId}`)
    ).body.items;
    const utility = stored.find(
      ({ name, status, language }) => name === "order_update" && status === "APPROVED" && language === "nl",
    );
    const count = new Set(utility?.components.find(({ type }) => type === "BODY")?.text?.match(/\{\{\w+\}\}/g)).size;
    const sent = await road.api<Message>("POST", `conversations/${conversation.id}/messages`, {
      clientId: `t2-${phone}`,
      type: "template",
      template: {
        name: "order_update",
        language: { code: "nl" },
        components: [
          {
            type: "body",
            parameters: Array.from({ length: count }, (_, index) => ({ type: "text", text: `value ${index}` })),
          },
        ],
      },
    });
    expect(sent.body).toMatchObject({ type: "template", status: "queued" });
    await road.messageWith(
      conversation,
      ({ type, status }) => type === "template" && status === "delivered",
      "the delivered template",
    );
  });

  it("is one message however often its client id comes", async () => {
    const phone = road.newPhone();
    await road.says(phone, "hello");
    const conversation = await road.conversationOf(phone);
    const answers = await Promise.all(
      Array.from({ length: 12 }, () =>
        road.api<Message>("POST", `conversations/${conversation.id}/messages`, {
          clientId: `same-${phone}`,
          type: "text",
          text: "once",
        }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    await road.messageWith(conversation, ({ status }) => status === "delivered", "the delivery");
    expect((await road.shown(phone)).items.filter(({ from }) => from === "business")).toHaveLength(1);
  });

  it("is handed over in the order it was written", async () => {
    const phone = road.newPhone();
    await road.says(phone, "count for me");
    const conversation = await road.conversationOf(phone);
    for (let index = 0; index < 8; index++)
      await road.api("POST", `conversations/${conversation.id}/messages`, {
        clientId: `o-${phone}-${index}`,
        type: "text",
        text: String(index),
      });
    await until(async () => (await road.shown(phone)).items.length === 9, "all eight on the phone");
    expect((await road.shown(phone)).items.slice(1).map(({ text }) => text?.body)).toEqual([
      "0",
      "1",
      "2",
      "3",
      "4",
      "5",
      "6",
      "7",
    ]);
  });

  it("whose outcome got lost stays uncertain until a status settles it, and is never sent again", async () => {
    const phone = road.newPhone();
    await road.says(phone, "hello");
    const conversation = await road.conversationOf(phone);
    await road.sandbox.call("POST", "faults", faultLosingTheAnswer);
    await road.api("POST", `conversations/${conversation.id}/messages`, {
      clientId: `lost-${phone}`,
      type: "text",
      text: "did it arrive?",
    });
    const settled = await road.messageWith(
      conversation,
      ({ status, direction }) => direction === "out" && ["delivered", "read"].includes(status),
      "the settled message",
    );
    expect(settled.statusTimes.uncertain).toBeDefined();
    expect((await road.shown(phone)).items.filter(({ from }) => from === "business")).toHaveLength(1);
    const { rows } = await road.at.database.admin.query(
      "select a.outcome from attempt a join delivery d on d.id = a.delivery_id join message m on m.delivery_id = d.id where m.client_id = $1",
      [`lost-${phone}`],
    );
    expect(rows).toEqual([{ outcome: "accepted" }]);
  });

  it("that the platform refuses later says why and what to do", async () => {
    const phone = road.newPhone();
    await road.says(phone, "hello");
    const conversation = await road.conversationOf(phone);
    await road.sandbox.call("POST", `phones/${phone}/actions`, { type: "block" });
    await road.api("POST", `conversations/${conversation.id}/messages`, {
      clientId: `b-${phone}`,
      type: "text",
      text: "are you there?",
    });
    const failed = await road.messageWith(conversation, ({ status }) => status === "failed", "the failure");
    expect(failed.failure).toMatchObject({ code: "131026", nextStep: "check-number" });
  });

  it("that the channel would not take is refused before anything is stored", async () => {
    const phone = road.newPhone();
    await road.says(phone, "hello");
    const conversation = await road.conversationOf(phone);
    const tooMany = {
      type: "button",
      body: { text: "Pick" },
      action: {
        buttons: Array.from({ length: 4 }, (_, index) => ({
          type: "reply",
          reply: { id: String(index), title: `Choice ${index}` },
        })),
      },
    };
    const answer = await road.api<{ code: string; errors: { path: string }[] }>(
      "POST",
      `conversations/${conversation.id}/messages`,
      { clientId: `x-${phone}`, type: "interactive", interactive: tooMany },
    );
    expect(answer).toMatchObject({ status: 400, body: { code: "invalid-content" } });
    expect(answer.body.errors[0]?.path).toContain("buttons");
    expect(await road.messagesOf(conversation)).toHaveLength(1);
  });

  it("typed against an older state of the conversation is answered with the newer one", async () => {
    const phone = road.newPhone();
    await road.says(phone, "hello");
    const seen = await road.conversationOf(phone);
    await road.says(phone, "wait, I mean something else");
    await until(async () => (await road.messagesOf(seen)).length === 2, "the second message");
    const answer = await road.api<{ code: string; conversation: Conversation }>(
      "POST",
      `conversations/${seen.id}/messages`,
      { clientId: `st-${phone}`, type: "text", text: "to the first", version: seen.version },
    );
    expect(answer).toMatchObject({ status: 409, body: { code: "conversation.changed" } });
    expect(answer.body.conversation.version).toBeGreaterThan(seen.version);
  });
});

/** The platform takes the next message, and the connection breaks before its answer. */
const faultLosingTheAnswer = { graph: [{ path: "/messages", close: "after", next: 1 }] };

describe("what people want", () => {
  it.each([
    ["STOP", 422],
    ["Stop aub", 422],
    ["niet meer bellen maar wel appen", 201],
  ])("%j, and then a template: %i", async (text, expected) => {
    const phone = road.newPhone();
    await road.says(phone, "hello");
    const conversation = await road.conversationOf(phone);
    for (const purpose of ["transactional", "marketing"]) {
      await road.api("POST", `contacts/${conversation.contact.id}/consents`, {
        purpose,
        channel: "whatsapp",
        action: "confirmed",
        method: "inbound-message",
        wordingVersion: "1",
        evidence: "wamid.x",
        at: new Date(road.at.loket.ports.clock.now() - 3_600_000).toISOString(),
      });
    }
    await road.says(phone, text);
    await road.messageWith(conversation, (message) => message.text === text, text);
    const stored = (
      await road.api<
        Page<{ name: string; language: string; status: string; components: { type: string; text?: string }[] }>
      >("GET", `templates?road.senderId=${road.senderId}`)
    ).body.items;
    const utility = stored.find(({ name, language }) => name === "order_update" && language === "nl");
    const count = new Set(utility?.components.find(({ type }) => type === "BODY")?.text?.match(/\{\{\w+\}\}/g)).size;
    const answer = await road.api<{ code: string; verdict: { rules: { id: string }[] } }>(
      "POST",
      `conversations/${conversation.id}/messages`,
      {
        clientId: `stop-${phone}`,
        type: "template",
        template: {
          name: "order_update",
          language: { code: "nl" },
          components: [
            { type: "body", parameters: Array.from({ length: count }, () => ({ type: "text", text: "x" })) },
          ],
        },
      },
    );
    expect(answer.status).toBe(expected);
    if (expected === 422)
      expect(answer.body.verdict.rules.map(({ id }) => id)).toContain("whatsapp.policy.opt-out-honoured");
  });

  it("said inside WhatsApp stops marketing and nothing else", async () => {
    const phone = road.newPhone();
    await road.says(phone, "hello");
    const conversation = await road.conversationOf(phone);
    await road.sandbox.call("POST", `phones/${phone}/actions`, { type: "stop-marketing" });
    const detail = await until(async () => {
      const { body } = await road.api<{ suppressions: { scope: string; source: string }[] }>(
        "GET",
        `contacts/${conversation.contact.id}`,
      );
      return body.suppressions.length > 0 && body;
    }, "the suppression");
    expect(detail.suppressions).toMatchObject([{ scope: "marketing", source: "platform-preference" }]);
    expect(
      (
        await road.api("POST", `conversations/${conversation.id}/messages`, {
          clientId: `pm-${phone}`,
          type: "text",
          text: "still here",
        })
      ).status,
    ).toBe(201);
  });
});
