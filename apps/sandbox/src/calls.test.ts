import { dayMs, minuteMs, secondMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox } from "./given.ts";

afterEach(closeAll);

const offer = { sdp_type: "offer", sdp: "v=0" };
const answer = { sdp_type: "answer", sdp: "v=0" };
const sam = "31612345678";
const askToCall = {
  type: "interactive",
  interactive: {
    type: "call_permission_request",
    body: { text: "Mogen we bellen?" },
    action: { name: "call_permission_request" },
  },
};

async function givenCalling(): Promise<Given> {
  const given = await givenSandbox();
  await given.control("PUT", "/apps/first", { callbackUrl: given.subscriber.url });
  await given.graph("POST", `/${given.number.id}/settings`, { calling: { status: "ENABLED" } });
  await given.personWrites();
  return given;
}

async function call(given: Given, body: object) {
  return given.graph("POST", `/${given.number.id}/calls`, { messaging_product: "whatsapp", ...body });
}

async function toldAbout(given: Given): Promise<string[]> {
  await given.sandbox.quiet();
  return given.subscriber
    .values("calls")
    .map((value) => value.statuses?.[0].status ?? `${value.calls[0].event} ${value.calls[0].status ?? ""}`.trim());
}

describe("a call of the business", () => {
  it("needs permission, rings, is answered and ends", async () => {
    const given = await givenCalling();
    const connect = () =>
      call(given, { action: "connect", to: sam, session: offer, biz_opaque_callback_data: "bel-1" });
    expect((await connect()).body.error.code).toBe(138006);
    await given.send(askToCall);
    await expect(given.send(askToCall)).rejects.toThrow("138009");
    await given.control("POST", `/phones/${sam}/calls`, { type: "permit" });
    await given.sandbox.quiet();
    const reply = given.subscriber.values("messages").at(-1)?.messages[0].interactive.call_permission_reply;
    expect(reply).toMatchObject({ response: "accept", is_permanent: false, response_source: "user_action" });

    const { id } = (await connect()).body.calls[0];
    expect((await connect()).body.error.code).toBe(138003);
    await given.control("POST", `/phones/${sam}/calls`, { type: "accept", id });
    await given.sandbox.advance(90 * secondMs);
    expect((await call(given, { action: "terminate", call_id: id })).body).toMatchObject({ success: true });
    expect(await toldAbout(given)).toEqual(["RINGING", "connect", "ACCEPTED", "terminate COMPLETED"]);
    const ended = given.subscriber.values("calls").at(-1)?.calls[0];
    expect(ended).toMatchObject({
      id,
      from: given.number.number,
      to: sam,
      direction: "BUSINESS_INITIATED",
      duration: 90,
      biz_opaque_callback_data: "bel-1",
    });
    expect((await call(given, { action: "terminate", call_id: id })).body.error.code).toBe(100);
    const { permission, actions } = (await given.graph("GET", `/${given.number.id}/call_permissions?user_wa_id=${sam}`))
      .body;
    expect([permission.status, actions[0].can_perform_action, actions[1].limits[0].current_usage]).toEqual([
      "temporary",
      false,
      1,
    ]);
    await given.sandbox.advance(7 * dayMs);
    expect((await connect()).body.error.code).toBe(138006);
  });

  it("nobody takes stops ringing after a minute", async () => {
    const given = await givenCalling();
    await given.control("POST", `/phones/${sam}/calls`, { type: "permit", permanent: true });
    await call(given, { action: "connect", to: sam, session: offer });
    await given.sandbox.advance(minuteMs);
    expect(await toldAbout(given)).toEqual(["RINGING", "terminate FAILED"]);
  });
});

describe("a call of a person", () => {
  it("opens the window, is accepted and ended by either side", async () => {
    const given = await givenCalling();
    await given.sandbox.advance(2 * dayMs);
    const { id } = (await given.control("POST", `/phones/${sam}/calls`, { type: "call" })).body;
    await given.send({ type: "text", text: { body: "We nemen zo op" } });
    expect((await call(given, { action: "pre_accept", call_id: id, session: answer })).status).toBe(200);
    expect((await call(given, { action: "accept", call_id: id, session: answer })).status).toBe(200);
    await given.sandbox.advance(10 * secondMs);
    await given.control("POST", `/phones/${sam}/calls`, { type: "end", id });
    expect(await toldAbout(given)).toEqual(["connect", "terminate COMPLETED"]);
    expect(given.subscriber.values("calls")[0]?.calls[0]).toMatchObject({
      id,
      from: sam,
      to: given.number.number,
      direction: "USER_INITIATED",
      session: { sdp_type: "offer" },
    });
    expect(given.subscriber.values("messages").at(-1)?.statuses[0].status).toBe("delivered");
  });
});
