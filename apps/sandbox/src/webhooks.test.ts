import { dayMs, hourMs, minuteMs, secondMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, givenSandbox, givenSubscriber, orderUpdate, signatureOf, text } from "./given.ts";

afterEach(closeAll);

describe("a webhook", () => {
  it("is signed over exactly the bytes that are sent, written as the platform writes JSON", async () => {
    const given = await givenSandbox();
    await given.personWrites(text("Prijs 1/2 für Öl 👍"));
    const [delivery] = given.subscriber.deliveries;
    expect(delivery?.raw).toContain(String.raw`1\/2 f\u00fcr \u00d6l \ud83d\udc4d`);
    expect(delivery?.raw).toMatch(/^[\x20-\x7e]+$/);
    expect(delivery?.headers["x-hub-signature-256"]).toBe(signatureOf(delivery?.raw ?? "", given.sandbox.app.secret));
    expect(delivery?.headers["content-type"]).toBe("application/json");
    expect(delivery?.body).toMatchObject({
      object: "whatsapp_business_account",
      entry: [{ id: given.accountId, changes: [{ field: "messages" }] }],
    });
    expect(delivery?.body.entry[0]).not.toHaveProperty("time");
  });

  it("goes to the phone's callback, else the account's, else the app's; other fields always to the app's", async () => {
    const given = await givenSandbox();
    const [account, app] = [await givenSubscriber(), await givenSubscriber()];
    await given.graph("POST", `/${given.accountId}/subscribed_apps`, {
      override_callback_uri: account.url,
      verify_token: account.verifyToken,
    });
    const appToken = `${given.sandbox.app.id}|${given.sandbox.app.secret}`;
    const subscribed = await given.graph(
      "POST",
      `/${given.sandbox.app.id}/subscriptions`,
      {
        object: "whatsapp_business_account",
        callback_url: app.url,
        verify_token: app.verifyToken,
        fields: "messages,message_template_status_update",
      },
      appToken,
    );
    expect(subscribed.body).toEqual({ success: true });

    await given.personWrites();
    expect([given.subscriber, account, app].map((one) => one.deliveries.length)).toEqual([1, 0, 0]);
    await given.graph("POST", `/${given.number.id}`, { webhook_configuration: { override_callback_uri: "" } });
    await given.personWrites();
    expect([given.subscriber, account, app].map((one) => one.deliveries.length)).toEqual([1, 1, 0]);
    await given.graph("POST", `/${given.accountId}/subscribed_apps`);
    await given.personWrites();
    await given.control("POST", "/templates/easter_preorder/actions", { type: "approve" });
    await given.control("POST", `/accounts/${given.accountId}/events`, { event: "ACCOUNT_VIOLATION" });
    await given.sandbox.quiet();
    expect([given.subscriber, account, app].map((one) => one.deliveries.length)).toEqual([1, 1, 2]);
    expect(app.deliveries[1]?.body.entry[0]).toMatchObject({
      time: expect.any(Number),
      changes: [{ field: "message_template_status_update" }],
    });

    await given.graph("DELETE", `/${given.accountId}/subscribed_apps`);
    await given.personWrites();
    expect([given.subscriber, account, app].map((one) => one.deliveries.length)).toEqual([1, 1, 2]);
    const { webhooks } = (await given.control("GET", "/log")).body;
    expect(webhooks.at(-1)).toMatchObject({ url: null, status: null, field: "messages" });
  });

  it("is not set up where the handshake fails", async () => {
    const given = await givenSandbox();
    for (const configuration of [
      { override_callback_uri: given.subscriber.url, verify_token: "another token" },
      { override_callback_uri: "http://127.0.0.1:9/nobody", verify_token: "x" },
    ]) {
      const answer = await given.graph("POST", `/v25.0/${given.number.id}`, { webhook_configuration: configuration });
      expect(answer.status).toBe(400);
      expect(answer.body.error).toMatchObject({
        code: 2200,
        message: expect.stringContaining("(#2200) Callback verification failed"),
      });
    }
    const node = await given.graph("GET", `/v25.0/${given.number.id}?fields=webhook_configuration`);
    expect(node.body.webhook_configuration).toEqual({ phone_number: given.subscriber.url });
  });
});

describe("delivery", () => {
  it("is tried again, the same bytes in order, until the subscriber answers 200", async () => {
    const given = await givenSandbox();
    given.subscriber.answer = (_delivery, count) => (count < 3 ? "hang up" : 200);
    await given.personWrites(text("een"));
    await given.personWrites(text("twee"));
    await given.sandbox.advance(minuteMs);
    const { deliveries } = given.subscriber;
    expect(deliveries.map(({ answered }) => answered)).toEqual([0, 0, 0, 200, 200]);
    expect(new Set(deliveries.slice(0, 4).map(({ raw }) => raw)).size).toBe(1);
    expect(given.subscriber.values("messages").map((value) => value.messages[0].text.body)).toEqual(["een", "twee"]);
    const { webhooks } = (await given.control("GET", "/log")).body;
    expect(webhooks.map((entry: { attempt: number; status: number | null }) => [entry.attempt, entry.status])).toEqual([
      [1, null],
      [2, null],
      [3, null],
      [4, 200],
      [1, 200],
    ]);
  });

  it("takes only 200 for an answer", async () => {
    const given = await givenSandbox();
    given.subscriber.answer = (_delivery, count) => [204, 301, 500][count] ?? 200;
    await given.personWrites();
    await given.sandbox.advance(minuteMs);
    expect(given.subscriber.deliveries.map(({ answered }) => answered)).toEqual([204, 301, 500, 200]);
  });

  it("does not let a body the subscriber refuses silence the rest", async () => {
    const given = await givenSandbox();
    given.subscriber.answer = ({ raw }) => (raw.includes("poison") ? 500 : 200);
    await given.personWrites(text("poison"));
    await given.personWrites(text("food"));
    await given.sandbox.advance(10 * secondMs);
    expect(given.subscriber.values("messages").map((value) => value.messages[0].text.body)).toEqual(["food"]);
    given.subscriber.answer = () => 200;
    await given.sandbox.advance(hourMs);
    expect(given.subscriber.values("messages").map((value) => value.messages[0].text.body)).toEqual(["food", "poison"]);
  });

  it("gives up at the horizon", async () => {
    const given = await givenSandbox();
    await given.control("POST", "/faults", { retry: { delaysMs: [1000], horizonMs: 5000 } });
    given.subscriber.answer = () => "hang up";
    await given.personWrites();
    await given.sandbox.advance(hourMs);
    expect(given.subscriber.deliveries).toHaveLength(6);
    expect((await given.control("GET", "")).body.webhooks).toMatchObject([{ queued: 0, waiting: false }]);
  });

  it("is tried ever more rarely, for seven days", async () => {
    const given = await givenSandbox();
    given.subscriber.answer = () => "hang up";
    await given.personWrites();
    await given.sandbox.advance(8 * dayMs);
    const { webhooks } = (await given.control("GET", "/log?limit=1000")).body;
    const at = webhooks.map((entry: { at: string }) => Date.parse(entry.at));
    const pauses = at.slice(1).map((time: number, index: number) => time - at[index]);
    expect(pauses).toEqual([...pauses].sort((one, other) => one - other));
    expect([pauses[0], pauses.at(-1)]).toEqual([250, hourMs]);
    const lasted = at.at(-1) - at[0];
    expect([lasted <= 7 * dayMs, lasted > 7 * dayMs - 2 * hourMs]).toEqual([true, true]);
  });

  it("to a dead endpoint delays no other", async () => {
    const given = await givenSandbox();
    const dead = await givenSubscriber();
    dead.answer = () => "hang up";
    const newsroom = given.sandbox.accounts[1];
    const number = newsroom?.numbers[0];
    await given.graph(
      "POST",
      `/${number?.id}`,
      { webhook_configuration: { override_callback_uri: dead.url, verify_token: dead.verifyToken } },
      newsroom?.token,
    );
    await given.control("POST", "/phones/31612345678/messages", { to: number?.id, ...text("Hallo Radio") });
    await given.personWrites(text("Hallo bakker"));
    expect(given.subscriber.deliveries).toHaveLength(1);
  });

  it("gathers what waits into one body of at most a thousand updates", async () => {
    const given = await givenSandbox();
    given.subscriber.answer = (_delivery, count) => (count === 0 ? "hang up" : 200);
    for (const body of ["1", "2", "3", "4"]) await given.personWrites(text(body));
    await given.sandbox.advance(minuteMs);
    expect(given.subscriber.deliveries.map(({ body }) => body.entry[0].changes.length)).toEqual([1, 1, 3]);

    await given.control("POST", "/faults", { batch: { max: 2 } });
    given.subscriber.deliveries.length = 0;
    for (const body of ["5", "6", "7"]) await given.personWrites(text(body));
    await given.sandbox.quiet();
    expect(
      Math.max(...given.subscriber.deliveries.map(({ body }) => body.entry[0].changes.length)),
    ).toBeLessThanOrEqual(2);
  });

  it("puts no more than a thousand updates, of several accounts and fields, in one body", async () => {
    const given = await givenSandbox();
    await given.control("PUT", "/apps/first", { callbackUrl: given.subscriber.url });
    given.subscriber.answer = () => "hang up";
    const decision = { field: "account_review_update", decision: "APPROVED" };
    const [bakery, newsroom] = given.sandbox.accounts;
    for (let count = 0; count < 501; count++)
      for (const account of [bakery, newsroom])
        await given.control("POST", `/accounts/${account?.id}/events`, decision);
    given.subscriber.deliveries.length = 0;
    given.subscriber.answer = () => 200;
    await given.control("POST", "/webhooks/retry");
    const changes = given.subscriber.deliveries.map(({ body }) =>
      body.entry.flatMap((entry: { changes: unknown[] }) => entry.changes),
    );
    expect(Math.max(...changes.map((one) => one.length))).toBe(1_000);
    expect(changes.flat()).toHaveLength(1_002);
  });

  it("is repeated by hand from the log, the same bytes with the same signature", async () => {
    const given = await givenSandbox();
    await given.personWrites();
    const { webhooks } = (await given.control("GET", "/log")).body;
    const elsewhere = await givenSubscriber();
    await given.control("POST", "/webhooks/redeliver", { id: webhooks[0].id });
    await given.control("POST", "/webhooks/redeliver", { id: webhooks[0].id, url: elsewhere.url });
    const [first, again, there] = [...given.subscriber.deliveries, ...elsewhere.deliveries];
    for (const delivery of [again, there]) {
      expect(delivery?.raw).toBe(first?.raw);
      expect(delivery?.headers["x-hub-signature-256"]).toBe(first?.headers["x-hub-signature-256"]);
    }
    expect((await given.control("POST", "/webhooks/redeliver", { id: 999 })).status).toBe(404);
  });

  it("goes on when the endpoint proves in a handshake that it lives", async () => {
    const given = await givenSandbox();
    given.subscriber.answer = () => "hang up";
    await given.personWrites();
    given.subscriber.answer = () => 200;
    const configuration = { override_callback_uri: given.subscriber.url, verify_token: given.subscriber.verifyToken };
    await given.graph("POST", `/${given.number.id}`, { webhook_configuration: configuration });
    await given.sandbox.quiet();
    expect(given.subscriber.values()).toHaveLength(1);
  });

  it("can be tried at once by hand", async () => {
    const given = await givenSandbox();
    given.subscriber.answer = () => "hang up";
    await given.personWrites();
    given.subscriber.answer = () => 200;
    await given.control("POST", "/webhooks/retry");
    expect(given.subscriber.values()).toHaveLength(1);
  });
});

describe("faults of the way back", () => {
  it("repeat, lose answers, delay and reorder, as asked", async () => {
    const given = await givenSandbox();
    await given.control("POST", "/faults", { webhooks: { duplicate: { next: 1 } } });
    await given.personWrites(text("dubbel"));
    expect(given.subscriber.deliveries.map(({ raw }) => raw.includes("dubbel"))).toEqual([true, true]);

    await given.control("POST", "/faults", { webhooks: { duplicate: null, loseAnswers: { next: 2 } } });
    await given.personWrites(text("kwijt"));
    await given.sandbox.advance(minuteMs);
    expect(given.subscriber.deliveries.filter(({ raw }) => raw.includes("kwijt"))).toHaveLength(3);

    await given.control("POST", "/faults", { webhooks: { loseAnswers: null, reorder: { next: 1 } } });
    await given.personWrites(text("eerst"));
    await given.personWrites(text("daarna"));
    await given.sandbox.advance(2 * secondMs);
    expect(
      given.subscriber
        .values()
        .slice(-2)
        .map((value) => value.messages[0].text.body),
    ).toEqual(["daarna", "eerst"]);

    await given.control("POST", "/faults", { webhooks: { reorder: null, delayMs: 5_000 } });
    const before = given.subscriber.deliveries.length;
    await given.personWrites(text("later"));
    await given.sandbox.advance(4_999);
    expect(given.subscriber.deliveries).toHaveLength(before);
    await given.sandbox.advance(1);
    expect(given.subscriber.deliveries).toHaveLength(before + 1);
  });

  it("make a message fail the way they say", async () => {
    const given = await givenSandbox();
    await given.control("POST", "/faults", { messages: [{ code: 131049, next: 1, to: "+31612345678" }] });
    const first = await given.send(orderUpdate);
    const second = await given.send(orderUpdate);
    await given.sandbox.advance(secondMs);
    expect(given.statusesOf(first)).toMatchObject([{ status: "failed", errors: [{ code: 131049 }] }]);
    expect(given.statusesOf(second).at(-1)).toMatchObject({ status: "delivered" });
  });
});

describe("raw webhooks", () => {
  it("carry any value or body, signed", async () => {
    const given = await givenSandbox();
    await given.control("POST", "/webhooks", {
      phoneNumberId: given.number.id,
      field: "messages",
      value: { messages: [{ id: "wamid.odd", type: "interactive" }] },
    });
    await given.control("POST", "/webhooks", {
      phoneNumberId: given.number.id,
      body: { object: "something else", entry: [] },
    });
    await given.control("POST", "/webhooks", { phoneNumberId: given.number.id, body: "not JSON at all é" });
    const [value, body, odd] = given.subscriber.deliveries;
    expect(value?.body.entry[0].changes[0].value).toMatchObject({
      metadata: { phone_number_id: given.number.id },
      messages: [{ id: "wamid.odd" }],
    });
    expect(body?.body).toEqual({ object: "something else", entry: [] });
    expect(odd?.raw).toBe("not JSON at all é");
    for (const delivery of [value, body, odd]) {
      expect(delivery?.headers["x-hub-signature-256"]).toBe(signatureOf(delivery?.raw ?? "", given.sandbox.app.secret));
    }
  });
});
