import { dayMs, secondMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox, jpegOf, orderUpdate, text } from "./given.ts";

afterEach(closeAll);

const sam = "31612345678";
const noor = "31687654321";

interface GivenGroup extends Given {
  readonly group: string;
  readonly link: string;
  sendToGroup(content: object): ReturnType<Given["graph"]>;
  /** A person joins, leaves, reads or writes. */
  does(phone: string, action: object): ReturnType<Given["control"]>;
}

async function givenGroup(mode = "auto_approve"): Promise<GivenGroup> {
  const given = await givenSandbox();
  await given.control("PUT", "/apps/first", { callbackUrl: given.subscriber.url });
  await given.control("PUT", `/numbers/${given.number.id}`, { officialBusinessAccount: true });
  const body = { messaging_product: "whatsapp", subject: "Bakclub", join_approval_mode: mode };
  const { request_id } = (await given.graph("POST", `/${given.number.id}/groups`, body)).body;
  await given.sandbox.quiet();
  const created = given.subscriber.values("group_lifecycle_update")[0]?.groups[0];
  expect(created).toMatchObject({ type: "group_create", request_id, subject: "Bakclub", join_approval_mode: mode });
  return {
    ...given,
    group: created.group_id,
    link: created.invite_link,
    sendToGroup: (content) =>
      given.graph("POST", `/${given.number.id}/messages`, {
        messaging_product: "whatsapp",
        recipient_type: "group",
        to: created.group_id,
        ...content,
      }),
    does: (phone, action) => given.control("POST", `/phones/${phone}/groups`, { group: created.group_id, ...action }),
  };
}

async function changesOf(given: Given, field: string): Promise<Record<string, unknown>[]> {
  await given.sandbox.quiet();
  return given.subscriber.values(field).map((value) => value.groups[0]);
}

describe("a group", () => {
  it("is joined by its link, written in by both sides, and told of per participant", async () => {
    const given = await givenGroup();
    await given.does(sam, { type: "join", link: given.link });
    await given.control("POST", `/phones/${noor}/links`, { link: given.link });
    const early = (await given.sendToGroup(text("Te vroeg"))).body.messages[0];
    expect(early.group_id).toBe(given.group);
    await given.sandbox.advance(secondMs);
    expect(
      given.statusesOf(early.id).map(({ status, errors }) => [status, (errors as { code: number }[])[0]?.code]),
    ).toEqual([
      ["failed", 131047],
      ["failed", 131047],
    ]);

    await given.does(sam, { type: "write", message: text("Wie bakt er mee?") });
    const { id } = (await given.sendToGroup(text("Wij!"))).body.messages[0];
    await given.sandbox.advance(secondMs);
    await given.does(noor, { type: "read" });
    await given.sandbox.quiet();
    const statuses = given.statusesOf(id);
    expect(statuses.map(({ status }) => status)).toEqual(["sent", "sent", "delivered", "delivered", "read", "read"]);
    expect(statuses[0]).toMatchObject({
      recipient_id: given.group,
      recipient_type: "group",
      recipient_participant_id: sam,
      pricing: { category: "group_service" },
    });
    const inbound = given.subscriber.values("messages").find((value) => value.messages)?.messages[0];
    expect(inbound).toMatchObject({ group_id: given.group, from: sam, text: { body: "Wie bakt er mee?" } });
  });

  it("takes templates at any time, pins, and nothing interactive", async () => {
    const given = await givenGroup();
    await given.does(sam, { type: "join" });
    const { id } = (await given.sendToGroup(orderUpdate)).body.messages[0];
    await given.sandbox.advance(secondMs);
    expect(given.statusesOf(id).map(({ status }) => status)).toEqual(["sent", "delivered"]);
    const pin = (expiration_days: number) =>
      given.sendToGroup({ type: "pin", pin: { type: "pin", message_id: id, expiration_days } });
    expect([(await pin(7)).status, (await pin(31)).body.error.code]).toEqual([200, 131009]);
    expect((await given.sendToGroup({ type: "interactive", interactive: {} })).body.error.code).toBe(131051);
  });

  it("that needs approval lets in whom the business approves", async () => {
    const given = await givenGroup("approval_required");
    await given.does(sam, { type: "join" });
    await given.does(noor, { type: "join" });
    const { data } = (await given.graph("GET", `/${given.group}/join_requests`)).body;
    const [first, second] = data.map((one: { join_request_id: string }) => one.join_request_id);
    const decide = (method: string, ids: string[]) =>
      given.graph(method, `/${given.group}/join_requests`, { messaging_product: "whatsapp", join_requests: ids });
    expect((await decide("POST", [first, "nobody"])).body).toMatchObject({
      approved_join_requests: [first],
      failed_join_requests: [{ join_request_id: "nobody" }],
    });
    expect((await decide("DELETE", [second])).body.rejected_join_requests).toEqual([second]);
    const fields = "subject,participants,total_participant_count";
    expect((await given.graph("GET", `/${given.group}?fields=${fields}`)).body).toEqual({
      id: given.group,
      subject: "Bakclub",
      participants: [{ wa_id: sam }],
      total_participant_count: 1,
    });
    expect((await changesOf(given, "group_participants_update")).map(({ type }) => type)).toEqual([
      "group_join_request_created",
      "group_join_request_created",
      "group_participants_add",
    ]);
  });

  it("loses people and its link, is renamed, suspended and deleted", async () => {
    const given = await givenGroup();
    await given.does(sam, { type: "join" });
    await given.does(noor, { type: "join" });
    const removed = await given.graph("DELETE", `/${given.group}/participants`, {
      messaging_product: "whatsapp",
      participants: [{ user: sam }, { user: "31600000001" }],
    });
    expect([removed.status, removed.body.error.code, removed.body.request_id]).toEqual([
      206,
      131201,
      expect.any(String),
    ]);
    await given.does(noor, { type: "leave" });
    expect(await changesOf(given, "group_participants_update")).toMatchObject([
      { type: "group_participants_add" },
      { type: "group_participants_add" },
      {
        initiated_by: "business",
        removed_participants: [{ wa_id: sam }],
        failed_participants: [{ input: "31600000001" }],
      },
      { initiated_by: "participant", removed_participants: [{ wa_id: noor }] },
    ]);
    const { invite_link } = (await given.graph("POST", `/${given.group}/invite_link`, {})).body;
    expect(invite_link).not.toBe(given.link);
    expect((await given.does(sam, { type: "join", link: given.link })).status).toBe(404);
    await given.does(sam, { type: "join", link: invite_link });

    await given.graph("POST", `/${given.group}`, { messaging_product: "whatsapp", subject: "Broodclub" });
    expect(await changesOf(given, "group_settings_update")).toMatchObject([{ group_subject: { text: "Broodclub" } }]);
    await given.control("PUT", `/groups/${given.group}`, { suspended: true });
    expect((await given.sendToGroup(text("Hallo"))).body.error.code).toBe(131207);
    expect(await changesOf(given, "group_status_update")).toMatchObject([{ type: "group_suspend" }]);
    expect((await given.graph("DELETE", `/${given.group}`)).body).toMatchObject({ success: true });
    expect((await given.sendToGroup(text("Hallo"))).body.error.code).toBe(131041);
    await given.sandbox.advance(dayMs);
    expect((await given.graph("GET", `/${given.group}`)).body.error.code).toBe(2500);
  });

  it("has a picture, told in its settings and kept for phones", async () => {
    const given = await givenGroup();
    const { status, body } = await given.graph("POST", `/${given.group}`, jpegOf(400, 400));
    expect([status, body]).toEqual([
      200,
      { messaging_product: "whatsapp", request_id: expect.any(String), success: true },
    ]);
    expect(await changesOf(given, "group_settings_update")).toMatchObject([
      { profile_picture: { mime_type: "image/jpeg", sha256: expect.any(String), update_successful: true } },
    ]);
    const { picture } = (await given.control("GET", `/groups/${given.group}`)).body;
    expect((await given.control("GET", `/media/${picture}`)).headers.get("content-type")).toBe("image/jpeg");
  });
});
