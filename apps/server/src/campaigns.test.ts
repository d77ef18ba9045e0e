import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as contract from "@loket/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { campaignCommand } from "./campaign-command.ts";
import { type Api, until } from "./testing.ts";
import { type Shop, startShop, weekendOffer } from "./testing-shop.ts";

let shop: Shop;
let owner: Api;
let editor: Api;

beforeAll(async () => {
  shop = await startShop();
  owner = await shop.as("owner");
  editor = await shop.as("editor");
});
afterAll(() => shop?.close());

type Page<T> = { items: T[] };
const inHours = (hours: number) => new Date(shop.at.loket.ports.clock.now() + hours * 3_600_000).toISOString();

/** In the order they came, which is the order they are written down in. */
async function readers(count: number) {
  const people = [];
  for (let left = count; left > 0; left--) people.push(await shop.newReader());
  return people;
}

const almonds = weekendOffer("amandelstaven");
const planFor = (contactIds: readonly string[], differences: object = {}) => ({
  name: "Weekend",
  senderId: shop.senderId,
  kind: "marketing",
  template: almonds,
  audience: { kind: "contacts", contactIds },
  expiresAt: inHours(24),
  ...differences,
});
async function planned(contactIds: readonly string[], differences: object = {}): Promise<contract.Campaign> {
  const made = await editor<contract.Campaign>("POST", "campaigns", planFor(contactIds, differences));
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return made.body;
}
const steer = (id: string, act: string, by: Api = editor) =>
  by<contract.Campaign & contract.Problem>("POST", `campaigns/${id}/${act}`);
const started = async (id: string) => {
  const { status, body } = await steer(id, "start");
  expect([status, body.detail ?? body.title]).toEqual([200, undefined]);
};
const look = async (id: string) => (await owner<contract.Campaign>("GET", `campaigns/${id}`)).body;
const inState = (id: string, state: contract.CampaignState) =>
  until(async () => {
    const campaign = await look(id);
    return campaign.state === state && campaign;
  }, `the campaign to be ${state}`);
const got = async (phone: string) => (await shop.sees(phone)).filter(({ from }) => from === "business").length;

describe("a campaign", () => {
  it("reaches everybody who agreed, once and by name, and says of everybody else why not", async () => {
    const [sam, paula] = [await shop.newReader({ name: "Sam" }), await shop.newReader({ name: "Paula" })];
    const stranger = await shop.newReader({ agreed: false });
    const nowhere = await owner<contract.ContactDetail>("POST", "contacts", {
      name: "By mail",
      email: "m@example.org",
    });
    const people = [sam.id, paula.id, stranger.id, nowhere.body.id];

    const foreseen = await editor<contract.CampaignForecast>("POST", "campaigns/forecast", {
      senderId: shop.senderId,
      kind: "marketing",
      template: almonds,
      audience: { kind: "contacts", contactIds: people },
    });
    expect(foreseen.body).toMatchObject({
      audience: 4,
      judged: 4,
      willGo: 2,
      refused: 1,
      unreachable: 1,
      problems: [],
    });
    expect(foreseen.body.reasons.map(({ ruleId }) => ruleId)).toContain("whatsapp.policy.opt-in-required");

    const { id } = await planned(people);
    expect((await steer(id, "start")).body).toMatchObject({ state: "freezing" });
    const done = await inState(id, "done");
    expect(done.progress).toMatchObject({ audience: 4, accepted: 2, refused: 1, excluded: 1, waiting: 0, toFreeze: 0 });
    await until(async () => (await look(id)).progress.delivered === 2, "both to be delivered");
    await shop.sandbox.call("POST", `phones/${sam.phone}/actions`, { type: "read" });
    await until(async () => (await look(id)).progress.read === 1, "it to be read");
    const listed = async (filter: string) =>
      (await owner<Page<contract.Delivery>>("GET", `deliveries?campaignId=${id}&${filter}`)).body.items.length;
    expect([await listed("state=accepted"), await listed("reached=delivered"), await listed("reached=read")]).toEqual([
      2, 2, 1,
    ]);
    expect(await got(sam.phone)).toBe(1);
    expect(await got(stranger.phone)).toBe(0);
    const [message] = await shop.sandbox
      .call<Page<{ rendered?: unknown }>>("GET", `phones/${sam.phone}/messages`)
      .then(({ items }) => items);
    expect(JSON.stringify(message)).toContain("Sam");

    const { body: reasons } = await owner<Page<contract.CampaignReason>>("GET", `campaigns/${id}/reasons`);
    expect(reasons.items).toContainEqual(expect.objectContaining({ reason: "no-address", by: "loket", count: 1 }));
    const against = reasons.items.find(({ by }) => by === "terms-book");
    const { body: refused } = await owner<Page<contract.Delivery>>(
      "GET",
      `deliveries?campaignId=${id}&reason=${against?.reason}`,
    );
    expect(refused.items).toMatchObject([{ contact: { id: stranger.id }, state: "refused" }]);
    expect(refused.items[0]?.verdict?.rules[0]?.explanation).toBeTruthy();
  });

  it("stands in the thread of whoever answers it, and opens no conversation before", async () => {
    const reader = await shop.newReader({ name: "Noor" });
    const { id } = await planned([reader.id]);
    await started(id);
    await inState(id, "done");
    const open = await owner<Page<contract.Conversation>>("GET", `conversations?contactId=${reader.id}`);
    expect(open.body.items).toEqual([]);
    const [offer] = (await shop.sandbox.call<Page<{ id: string }>>("GET", `phones/${reader.phone}/messages`)).items;
    await shop.sandbox.call("POST", `phones/${reader.phone}/messages`, {
      type: "text",
      text: { body: "Graag twee" },
      context: { message_id: offer?.id },
    });
    const conversation = await shop.conversationOf(reader.phone);
    const { body } = await owner<Page<contract.TimelineItem>>("GET", `conversations/${conversation.id}/timeline`);
    const messages = body.items.flatMap((item) => (item.kind === "message" ? [item.message] : []));
    expect(messages).toMatchObject([
      {
        direction: "out",
        type: "template",
        author: { name: "Weekend" },
        content: { template: { name: "weekend_offer" } },
      },
      {
        direction: "in",
        text: "Graag twee",
        repliesTo: { messageId: messages[0]?.id, text: "Weekend", direction: "out" },
      },
    ]);
    expect(JSON.stringify(messages[0]?.content)).toContain("Noor");
  });

  it("counts nobody twice when the same people are written down again", async () => {
    const people = await readers(3);
    const { id } = await planned(people.map((one) => one.id));
    await started(id);
    await inState(id, "done");
    await shop.at.loket.ports.worker.inOrganisation(shop.organisationId, (tx) =>
      tx.query(
        "update campaign set state = 'freezing', is_frozen = false, frozen_to = null, ended_at = null where organisation_id = $1 and id = $2",
        [tx.organisationId, id],
      ),
    );
    const again = await inState(id, "done");
    expect(again.progress).toMatchObject({ audience: 3, accepted: 3 });
    for (const { phone } of people) expect(await got(phone)).toBe(1);
  });

  it("stands still at once when it is paused, goes on with the rest, and ends when it is cancelled", async () => {
    const people = await readers(4);
    const { id } = await planned(
      people.map((one) => one.id),
      { startsAt: inHours(1) },
    );
    await started(id);
    await inState(id, "running");
    expect((await look(id)).progress).toMatchObject({ waiting: 4, accepted: 0 });
    expect((await steer(id, "pause")).body).toMatchObject({ state: "paused", brake: "member" });
    expect((await steer(id, "pause")).status).toBe(409);
    await shop.sandbox.call("POST", "clock", { advance: "2h" });
    await until(async () => Date.parse((await look(id)).startsAt ?? "") < shop.at.loket.ports.clock.now(), "the hour");
    expect((await look(id)).progress).toMatchObject({ waiting: 4, accepted: 0 });
    await steer(id, "resume");
    expect((await inState(id, "done")).progress.accepted).toBe(4);

    const others = await readers(2);
    const { id: second } = await planned(
      others.map((one) => one.id),
      { startsAt: inHours(1) },
    );
    await started(second);
    await inState(second, "running");
    await steer(second, "cancel");
    await until(async () => (await look(second)).endedAt, "the rows to be called off");
    expect((await look(second)).progress).toMatchObject({ cancelled: 2, waiting: 0 });
    expect((await steer(second, "resume")).status).toBe(409);
  });

  it("does not leave for somebody who stops after it was started", async () => {
    const [stays, stops] = [await shop.newReader(), await shop.newReader()];
    const { id } = await planned([stays.id, stops.id], { startsAt: inHours(1) });
    await started(id);
    await inState(id, "running");
    await owner("POST", `contacts/${stops.id}/suppressions`, { scope: "marketing", channel: "whatsapp" });
    await shop.sandbox.call("POST", "clock", { advance: "2h" });
    expect((await inState(id, "done")).progress).toMatchObject({ accepted: 1, refused: 1 });
    expect(await got(stops.phone)).toBe(0);
  });

  it("is braked for everybody by what is about the sender, loses nobody, and goes on", async () => {
    const people = await readers(3);
    const { id } = await planned(
      people.map((one) => one.id),
      { startsAt: inHours(1) },
    );
    await started(id);
    await inState(id, "running");
    await owner("POST", `senders/${shop.senderId}/stop`, { stopped: "marketing", reason: "A letter came" });
    await shop.sandbox.call("POST", "clock", { advance: "2h" });
    const paused = await inState(id, "paused");
    expect(paused).toMatchObject({ brake: "sender", progress: { waiting: 3, refused: 0 } });
    expect(paused.brakeWords).toBeTruthy();
    await owner("POST", `senders/${shop.senderId}/release`);
    await steer(id, "resume");
    expect((await inState(id, "done")).progress.accepted).toBe(3);
  });

  it("sends a few first, and stops by itself when too many of them fail", async () => {
    const people = await readers(6);
    const [first] = people;
    for (const { phone } of people.slice(0, 2))
      await shop.sandbox.call("PUT", `phones/${phone}`, { onWhatsApp: false });
    const { id } = await planned(
      people.map((one) => one.id),
      { canaryCount: 2 },
    );
    await started(id);
    await until(async () => (await look(id)).progress.failed === 2, "the first two to fail");
    expect((await look(id)).progress).toMatchObject({ waiting: 4 });
    expect((await look(id)).inCanary).toBe(true);
    await shop.sandbox.call("POST", "clock", { advance: "2m" });
    expect(await inState(id, "paused")).toMatchObject({ brake: "failures", progress: { waiting: 4 } });
    expect(await got(first?.phone ?? "")).toBe(0);
    await steer(id, "cancel");
  });

  it("expires instead of arriving late", async () => {
    const people = await readers(2);
    const { id } = await planned(
      people.map((one) => one.id),
      { startsAt: inHours(2), expiresAt: inHours(3) },
    );
    await started(id);
    await inState(id, "running");
    await shop.sandbox.call("POST", "clock", { advance: "4h" });
    expect((await inState(id, "done")).progress).toMatchObject({ expired: 2, accepted: 0 });
  });

  it("adds up also when it is cancelled before everybody was written down", async () => {
    const people = await readers(3);
    const { id } = await planned(people.map((one) => one.id));
    await Promise.all([started(id), steer(id, "cancel")]);
    await steer(id, "cancel");
    const { progress } = await until(async () => {
      const now = await look(id);
      return now.endedAt !== null && now;
    }, "its end");
    expect(progress.accepted + progress.cancelled + progress.uncertain).toBe(3);
  });

  it("is not held up by another to the same people that stands still", async () => {
    const people = await readers(2);
    const ids = people.map((one) => one.id);
    const later = await planned(ids, { startsAt: inHours(2) });
    await started(later.id);
    await inState(later.id, "running");
    const now = await planned(ids);
    await started(now.id);
    expect((await inState(now.id, "done")).progress).toMatchObject({ accepted: 2 });
    await steer(later.id, "cancel");
  });
});

describe("by command", () => {
  const command = async (...words: string[]) => {
    const said: string[] = [];
    const env = { LOKET_API_TOKEN: "loket_test", LOKET_URL: shop.at.url };
    const code = await campaignCommand(words, env, "", (line) => said.push(line));
    return { code, said: said.join("\n") };
  };

  it("is foreseen, made, started, watched and asked about", async () => {
    const [reader, stranger] = [await shop.newReader(), await shop.newReader({ agreed: false })];
    const folder = mkdtempSync(join(tmpdir(), "loket-campaign-"));
    const file = join(folder, "plan.json");
    writeFileSync(file, JSON.stringify(planFor([reader.id, stranger.id])));
    expect((await command("forecast", file)).said).toContain("of 2: 1 would go, 0 be held, 1 be refused");
    const made = await command("create", file);
    rmSync(folder, { recursive: true });
    const id = made.said.split(" ")[0] ?? "";
    expect(await command("start", id)).toMatchObject({ code: 0, said: expect.stringContaining("freezing") });
    await inState(id, "done");
    expect((await command("show", id, "--watch")).said).toContain("done");
    expect((await command("deliveries", id, "--state", "refused")).said).toMatch(/^refused {2}Reader {2}\S+\.\S+$/);
    expect((await command("list", "--state", "done")).said).toContain(id);
    expect(await command("start", id)).toMatchObject({ code: 1, said: expect.stringContaining("is done") });
  });

  it("says what was asked wrongly, and that nobody answers", async () => {
    expect(await command("fly")).toMatchObject({ code: 2, said: expect.stringContaining("Use: loket campaign") });
    expect(await command("create", "/nowhere.json")).toMatchObject({
      code: 2,
      said: expect.stringContaining("/nowhere.json"),
    });
    const silent = await campaignCommand(
      ["list"],
      { LOKET_API_TOKEN: "x", LOKET_URL: "http://127.0.0.1:9" },
      "",
      () => {},
    );
    expect(silent).toBe(3);
  });
});

describe("planning", () => {
  it("says what is wrong with it before anybody is written to", async () => {
    const reader = await shop.newReader();
    const refused = async (differences: object, by: Api = editor) => {
      const { status, body } = await by<contract.Problem>("POST", "campaigns", planFor([reader.id], differences));
      return [status, body.code, body.action === undefined];
    };
    expect(await refused({ template: { ...almonds, components: [] } })).toEqual([422, "campaign.template", false]);
    expect(await refused({ template: { ...almonds, name: "nowhere" } })).toEqual([422, "campaign.template", false]);
    expect(await refused({ kind: "transactional" })).toEqual([422, "campaign.kind", false]);
    expect(await refused({ senderId: reader.id })).toEqual([422, "campaign.no-sender", false]);
    expect(await refused({}, await shop.as("agent"))).toEqual([403, "forbidden", false]);
    const empty = await planned([reader.id], { audience: { kind: "filter", language: "fy" } });
    expect((await steer(empty.id, "start")).body).toMatchObject({ code: "campaign.empty" });
    const late = await planned([reader.id], { expiresAt: inHours(-1) });
    expect((await steer(late.id, "start")).body).toMatchObject({ code: "campaign.too-late" });
  });

  it("changes a draft and nothing that was started", async () => {
    const reader = await shop.newReader();
    const { id } = await planned([reader.id], { startsAt: inHours(1) });
    const changed = await editor<contract.Campaign>("PATCH", `campaigns/${id}`, { name: "Sunday" });
    expect(changed.body).toMatchObject({ name: "Sunday", audience: { contactIds: [reader.id] } });
    await started(id);
    const refused = await editor<contract.Problem>("PATCH", `campaigns/${id}`, { name: "Monday" });
    expect([refused.status, refused.body.code]).toEqual([409, "campaign.begun"]);
    await steer(id, "cancel");
  });

  it("asks for a second pair of eyes where the house wants one, and not the author's own", async () => {
    await owner("POST", "own-rules", { kind: "second-pair-of-eyes", settings: { above: 1 }, state: "active" });
    const people = await readers(2);
    const { id } = await planned(people.map((one) => one.id));
    const refused = await steer(id, "start");
    expect(refused.status).toBe(422);
    expect(refused.body.verdict?.rules.map((rule) => rule.id)).toContain("own.second-pair-of-eyes");
    expect((await steer(id, "approve")).body).toMatchObject({ code: "campaign.own" });
    expect((await steer(id, "approve", owner)).body.approvals).toHaveLength(1);
    await started(id);
    expect((await inState(id, "done")).progress.accepted).toBe(2);
  });
});
