import { dayMs, hourMs, secondMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox, givenSubscriber, orderUpdate, type Subscriber, text } from "./given.ts";
import type { Body } from "./platform/state.ts";

afterEach(closeAll);

const sam = "31612345678";

interface Shared {
  readonly given: Given;
  /** The first app, which answers customers. */
  readonly desk: Subscriber;
  /** The second, the escalation partner. */
  readonly escalation: Subscriber;
  readonly escalationToken: string;
  /** Takes, passes or releases Sam's conversation as the first app, or as another by its token. */
  control(action: Body, token?: string): Promise<number>;
}

/** A number on which Meta's own agent, a desk and an escalation partner answer; `primary` gets new conversations. */
async function givenShared(primary = "ai_agent"): Promise<Shared> {
  const given = await givenSandbox();
  const [desk, escalation] = [await givenSubscriber(), await givenSubscriber()];
  const { id } = (await given.control("POST", "/apps", { name: "Escalation desk" })).body;
  const { token } = (await given.control("POST", `/accounts/${given.accountId}/tokens`, { appId: id })).body;
  await given.graph("POST", `/${given.accountId}/subscribed_apps`, {}, token);
  await given.graph("POST", `/${given.number.id}`, { webhook_configuration: { override_callback_uri: "" } });
  await given.control("PUT", "/apps/first", { callbackUrl: desk.url });
  await given.control("PUT", `/apps/${id}`, { callbackUrl: escalation.url });
  const apps = { [given.sandbox.app.id]: "customer_service", [id]: "escalation" };
  await given.control("PUT", `/numbers/${given.number.id}`, { routing: { primary, apps } });
  desk.deliveries.length = 0;
  escalation.deliveries.length = 0;
  return {
    given,
    desk,
    escalation,
    escalationToken: token,
    async control(action, asToken = given.token) {
      const body = { messaging_product: "whatsapp", to: sam, ...action };
      const { status, body: answer } = await given.graph("POST", `/${given.number.id}/thread_control`, body, asToken);
      await given.sandbox.quiet();
      return answer.error?.code ?? status;
    },
  };
}

const fieldsOf = (subscriber: Subscriber) =>
  subscriber.deliveries
    .flatMap(({ body }) => body.entry.flatMap((entry: Body) => entry.changes))
    .map(({ field }) => field);

describe("a conversation several responders share", () => {
  it("goes to whoever holds it in messages, to the others in standby", async () => {
    const { given, desk, escalation } = await givenShared("customer_service");
    await given.personWrites(text("Is er nog brood?"));
    expect([fieldsOf(desk), fieldsOf(escalation)]).toEqual([["messages"], ["standby"]]);
    expect(escalation.values("standby")[0]).toMatchObject({
      metadata: { phone_number_id: given.number.id },
      standby: { contacts: [{ wa_id: sam }], messages: [{ from: sam, text: { body: "Is er nog brood?" } }] },
    });
    const id = await given.send(text("Ja, tot vijf uur."));
    await given.sandbox.advance(secondMs);
    expect(desk.values("messages").flatMap(({ statuses = [] }) => statuses.map((one: Body) => one.status))).toEqual([
      "sent",
      "delivered",
    ]);
    const seen = escalation.values("standby").map(({ standby }) => standby);
    expect(seen.flatMap(({ message_echoes = [] }) => message_echoes)).toMatchObject([
      { id, message: { to: sam, type: "text", text: { body: "Ja, tot vijf uur." } } },
    ]);
    expect(seen.flatMap(({ statuses = [] }) => statuses.map((one: Body) => one.status))).toEqual(["sent", "delivered"]);
  });

  it("shows those who look on the definition of a template that was sent", async () => {
    const { given, escalation } = await givenShared("customer_service");
    await given.send(orderUpdate);
    await given.sandbox.quiet();
    expect(escalation.values("standby")[0]?.standby.message_echoes[0]).toMatchObject({
      message: { type: "template", template: { name: "order_update" } },
      template: { name: "order_update", status: "APPROVED" },
    });
  });

  it("of Meta's own agent is heard in standby alone, until it is passed on", async () => {
    const { given, desk, escalation } = await givenShared();
    await given.personWrites();
    await given.control("POST", `/numbers/${given.number.id}/agent`, { to: sam, ...text("Om negen uur.") });
    await given.sandbox.advance(secondMs);
    expect(new Set([...fieldsOf(desk), ...fieldsOf(escalation)])).toEqual(new Set(["standby"]));
    await given.control("POST", `/numbers/${given.number.id}/handover`, { to: sam, metadata: "a person, please" });
    await given.personWrites(text("Hallo?"));
    expect(escalation.values("messaging_handovers")).toMatchObject([
      {
        type: "control_passed",
        recipient: { phone_number_id: given.number.id },
        sender: { phone_number: sam },
        control_passed: {
          previous_owner_role: "ai_agent",
          previous_owner_app_role: "meta_business_agent",
          new_owner_role: "escalation",
          metadata: "a person, please",
        },
      },
    ]);
    expect(escalation.values("messages").map(({ messages }) => messages[0].text.body)).toEqual(["Hallo?"]);
    expect([desk.values("messaging_handovers"), desk.values("messages")]).toEqual([[], []]);
    const again = await given.control("POST", `/numbers/${given.number.id}/agent`, { to: sam, ...text("x") });
    expect(again.status).toBe(409);
  });

  it("is taken by the escalation partner's service message, which the one before is told", async () => {
    const { given, desk, escalation, escalationToken } = await givenShared("customer_service");
    await given.personWrites();
    const message = { messaging_product: "whatsapp", to: sam, ...text("Ik neem het over.") };
    await given.graph("POST", `/${given.number.id}/messages`, message, escalationToken);
    await given.personWrites(text("Fijn"));
    expect(desk.values("messaging_handovers")).toMatchObject([
      {
        type: "control_taken",
        control_taken: {
          previous_owner_role: "customer_service",
          new_owner_role: "escalation",
          metadata: "Control taken via service message",
        },
      },
    ]);
    expect(escalation.values("messages").at(-1)?.messages[0].text.body).toBe("Fijn");
    expect(desk.values("standby").at(-1)?.standby.messages[0].text.body).toBe("Fijn");
  });

  it("is passed, taken and released by whoever may", async () => {
    const { given, desk, control, escalationToken, escalation } = await givenShared("customer_service");
    await given.personWrites();
    expect(await control({ action: "take" })).toBe(2494191);
    expect(await control({ action: "pass" }, escalationToken)).toBe(100);
    expect(await control({ action: "pass", control_pass: { target_role: "utility" } })).toBe(131009);
    expect(await control({ action: "pass", metadata: "about cake" })).toBe(200);
    expect(escalation.values("messaging_handovers")).toMatchObject([{ control_passed: { metadata: "about cake" } }]);
    expect(await control({ action: "release" }, escalationToken)).toBe(200);
    // Nobody holds it, so the next message goes to the primary again.
    await given.personWrites(text("Nog iets"));
    expect(desk.values("messages").at(-1)?.messages[0].text.body).toBe("Nog iets");
    expect(await control({ action: "take" }, escalationToken)).toBe(200);
    expect(desk.values("messaging_handovers").map(({ type }) => type)).toEqual(["control_taken"]);
  });

  it("goes back to the primary after a day without the person, and survives a snapshot until then", async () => {
    const { given, desk, escalation, control } = await givenShared("customer_service");
    await given.personWrites();
    await control({ action: "pass" });
    given.sandbox.restore(given.sandbox.snapshot());
    await given.sandbox.advance(23 * hourMs);
    await given.personWrites(text("een"));
    await given.sandbox.advance(dayMs);
    await given.personWrites(text("twee"));
    const bodies = (one: Subscriber) => one.values("messages").map(({ messages }) => messages[0].text.body);
    expect([bodies(escalation), bodies(desk)]).toEqual([["een"], ["Hallo", "twee"]]);
  });

  it("is told again to the app that has it, too, where another has to be tried again", async () => {
    const { given, desk, escalation } = await givenShared("customer_service");
    escalation.answer = (_delivery, count) => (count < 2 ? "hang up" : 200);
    await given.personWrites(text("Is er nog brood?"));
    await given.sandbox.advance(hourMs);
    const bodies = desk.values("messages").map(({ messages }) => messages[0].text.body);
    expect(bodies).toEqual(["Is er nog brood?", "Is er nog brood?", "Is er nog brood?"]);
    expect(escalation.values("standby")).toHaveLength(1);
  });

  it("is what it was on every other number", async () => {
    const { given } = await givenShared();
    const newsroom = given.sandbox.accounts[1]?.numbers[0];
    const listener = await givenSubscriber();
    await given.control("PUT", `/numbers/${newsroom?.id}`, { callbackUrl: listener.url });
    await given.control("POST", `/phones/${sam}/messages`, { to: newsroom?.id, ...text("Hallo") });
    await given.sandbox.quiet();
    expect(fieldsOf(listener)).toEqual(["messages"]);
  });
});
