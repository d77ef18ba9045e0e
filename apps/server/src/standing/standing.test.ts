import type { ClaimsCheck, Demand, Sender, StandingReport, StandingStep } from "@loket/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, until } from "../testing.ts";
import { type Shop, startShop } from "../testing-shop.ts";

/** What a platform says of a sender takes effect with the next send, and shows with what to do about it. */
let shop: Shop;
let owner: Api;
let numberId: string;

beforeAll(async () => {
  shop = await startShop();
  owner = await shop.as("owner");
  const world = await shop.sandbox.call<{ accounts: { numbers: { id: string }[] }[] }>("GET", "");
  numberId = world.accounts[0]?.numbers[0]?.id ?? "";
});
afterAll(() => shop?.close());

interface Verdict {
  outcome: string;
  until: string | null;
  rules: { id: string }[];
}
const standing = async () => (await owner<StandingReport>("GET", "standing")).body;
const stepCodes = (report: StandingReport): StandingStep["code"][] => [
  ...report.steps.map((step) => step.code),
  ...report.senders.flatMap(({ steps }) => steps.map((step) => step.code)),
];
const says = (code: StandingStep["code"]) =>
  until(async () => stepCodes(await standing()).includes(code), `the step ${code}`);
const isSilentOn = (code: StandingStep["code"]) =>
  until(async () => !stepCodes(await standing()).includes(code), `the end of the step ${code}`);

/** Somebody who agreed to everything, with a way to ask what the book would say to them now. */
async function consenting() {
  const phone = shop.newPhone();
  await shop.says(phone, "Hallo");
  const { contact } = await shop.conversationOf(phone);
  for (const purpose of ["marketing", "transactional"])
    await owner("POST", `contacts/${contact.id}/consents`, {
      purpose,
      channel: "whatsapp",
      action: "confirmed",
      method: "web-form",
      wordingVersion: "1",
      evidence: "form 1",
    });
  const ask = async (kind: string, promotional = false) =>
    (
      await owner<Verdict>("POST", "verdicts", {
        request: { contactId: contact.id, kind, promotional, content: { type: "text", text: { body: "x" } } },
      })
    ).body;
  return { phone, contactId: contact.id, ask };
}
/** As it is, or with changes that are made without asking. */
const goesOut = ({ outcome }: Verdict) => outcome === "allow" || outcome === "change";
const ruleIds = (verdict: Verdict) => verdict.rules.map((rule) => rule.id);

describe("what the platform says", () => {
  it("brakes marketing while quality is red, lets answers go, and lets marketing go when it is well again", async () => {
    const person = await consenting();
    expect(goesOut(await person.ask("marketing"))).toBe(true);
    await shop.sandbox.call("PUT", `numbers/${numberId}`, { quality: "RED" });
    await shop.sandbox.call("POST", `numbers/${numberId}/events`, { event: "FLAGGED", current_limit: "TIER_2K" });
    await says("quality-red");
    const held = await person.ask("marketing");
    expect(held).toMatchObject({ outcome: "hold", until: "event:quality-recovered" });
    expect(ruleIds(held)).toContain("core.quality-brake");
    expect((await person.ask("reply")).outcome).toBe("allow");
    await shop.sandbox.call("PUT", `numbers/${numberId}`, { quality: "GREEN" });
    await shop.sandbox.call("POST", `numbers/${numberId}/events`, { event: "UNFLAGGED", current_limit: "TIER_2K" });
    await isSilentOn("quality-red");
    expect(goesOut(await person.ask("marketing"))).toBe(true);
    const changes = (await standing()).senders[0]?.changes.filter(({ field }) => field === "quality");
    expect(changes?.map(({ before, after }) => [before, after])).toEqual([
      ["RED", "GREEN"],
      ["GREEN", "RED"],
    ]);
  });

  it("stops what a restriction forbids until it ends, and says until when", async () => {
    const world = await shop.sandbox.call<{ accounts: { id: string }[] }>("GET", "");
    const account = world.accounts[0]?.id ?? "";
    const endsAt = Math.floor(Date.now() / 1000) + 3 * 86_400;
    await shop.sandbox.call("POST", `accounts/${account}/events`, {
      event: "ACCOUNT_RESTRICTION",
      restriction_info: [{ restriction_type: "RESTRICTED_CUSTOMER_INITIATED_MESSAGING", expiration: String(endsAt) }],
    });
    await says("sender-restricted");
    const person = await consenting();
    const held = await person.ask("reply");
    expect(ruleIds(held)).toContain("whatsapp.cloud.account-restricted");
    expect(Date.parse(held.until ?? "")).toBe(endsAt * 1000);
    const senders = (await owner<{ items: Sender[] }>("GET", "senders")).body.items;
    expect(senders[0]?.restrictions).toMatchObject([{ restriction: "restricted_customer_initiated_messaging" }]);
    await shop.sandbox.call("POST", `accounts/${account}/events`, {
      event: "ACCOUNT_RESTRICTION",
      restriction_info: [],
    });
    await isSilentOn("sender-restricted");
    expect((await person.ask("reply")).outcome).toBe("allow");
  });

  it("keeps the history of a template with its reasons", async () => {
    const { items } = await shop.sandbox.call<{ items: { id: string; name: string; status: string }[] }>(
      "GET",
      "templates",
    );
    const template = items.find(({ status }) => status === "APPROVED");
    await shop.sandbox.call("POST", `templates/${template?.id}/actions`, { type: "pause" });
    const change = await until(
      async () =>
        (await standing()).senders[0]?.changes.find(
          ({ subject, field }) => field === "status" && subject.includes(template?.name ?? "?"),
        ),
      "the change of the template",
    );
    expect(change).toMatchObject({ before: "APPROVED", after: "PAUSED" });
    expect(stepCodes(await standing())).toContain("templates-paused");
    await shop.sandbox.call("POST", `templates/${template?.id}/actions`, { type: "unpause" });
  });

  it("is missed where webhook fields are not subscribed, which is told, and mended by a check", async () => {
    await shop.sandbox.call("PUT", "apps/first", { fields: ["messages"] });
    await shop.sandbox.call("POST", `numbers/${numberId}/events`, { event: "ONBOARDING" });
    const { ports } = shop.at.loket;
    const { lookAtSender } = await import("./watch.ts");
    await lookAtSender(ports, shop.organisationId, shop.senderId, true);
    expect(stepCodes(await standing())).toContain("fields-missing");
    expect((await standing()).senders[0]?.fieldsMissing).toContain("account_update");
    await owner("POST", `senders/${shop.senderId}/check`);
    await lookAtSender(ports, shop.organisationId, shop.senderId, true);
    expect((await standing()).senders[0]?.fieldsMissing).toEqual([]);
  });
});

describe("what people here decide", () => {
  it("stops a sender in part or whole from the next hand-over on, and lets what waited go again", async () => {
    const person = await consenting();
    await owner("POST", `senders/${shop.senderId}/stop`, { stopped: "all", reason: "A letter came" });
    const held = await person.ask("reply");
    expect(held).toMatchObject({ outcome: "hold", until: "event:sender-released" });
    expect(ruleIds(held)).toEqual(["own.sender-stopped"]);
    const { id } = await shop.conversationOf(person.phone);
    const message = { clientId: "stopped-1", type: "text", text: "Antwoord" };
    expect((await owner("POST", `conversations/${id}/messages`, message)).body).toMatchObject({ code: "policy.held" });
    await owner("POST", `senders/${shop.senderId}/stop`, { stopped: "marketing", reason: "Only advertising" });
    expect((await person.ask("reply")).outcome).toBe("allow");
    expect(ruleIds(await person.ask("marketing"))[0]).toBe("own.sender-stopped");
    await owner("POST", `senders/${shop.senderId}/release`);
    expect(goesOut(await person.ask("marketing"))).toBe(true);
    const agent = await shop.as("agent");
    expect((await agent("POST", `senders/${shop.senderId}/stop`, { stopped: "all", reason: "no" })).status).toBe(403);
  });

  it("judges contracts and practices by what the organisation says about itself", async () => {
    const ordinary = (await owner<Record<string, unknown>>("GET", "standing/profile")).body;
    expect((await standing()).setup).toEqual([]);
    await owner("PUT", "standing/profile", {
      ...ordinary,
      accountShared: true,
      chargesForWhatsApp: true,
      techProvider: true,
    });
    const ids = (await standing()).setup.map((finding) => finding.id);
    expect(ids).toEqual(expect.arrayContaining(["whatsapp.terms.own-account", "whatsapp.terms.no-resale"]));
    await owner("PUT", "standing/profile", { ...ordinary, goods: ["alcohol"] });
    const person = await consenting();
    expect(ruleIds(await person.ask("reply"))).toContain("whatsapp.goods.alcohol");
    await owner("PUT", "standing/profile", ordinary);
    expect((await person.ask("reply")).outcome).toBe("allow");
  });
});

describe("a demand to stop", () => {
  it("stops what it names at once, keeps its steps, and leaves the stop when it is answered", async () => {
    const opened = await owner<Demand>("POST", "demands", {
      fromName: "Bird & Hawk LLP",
      receivedAt: new Date(shop.at.loket.ports.clock.now() - 3_600_000).toISOString(),
      allegations: ["Bulk messages"],
      senderIds: [shop.senderId],
      stopped: "business-initiated",
    });
    expect(opened.status).toBe(201);
    expect(opened.body).toMatchObject({ holdsEvidence: true, closedAt: null });
    const [sender] = (await owner<{ items: Sender[] }>("GET", "senders")).body.items;
    expect(sender).toMatchObject({ stopped: "business-initiated", stopReason: "Bird & Hawk LLP" });
    expect(stepCodes(await standing())).toContain("demand-open");
    const { id } = opened.body;
    const marked = await owner<Demand>("POST", `demands/${id}/steps`, { step: "stop", done: true });
    expect(marked.body.steps.stop).toMatchObject({ by: "The owner" });
    const unmarked = await owner<Demand>("POST", `demands/${id}/steps`, { step: "stop", done: false });
    expect(unmarked.body.steps.stop).toBeUndefined();
    const closed = await owner<Demand>("POST", `demands/${id}/close`, { answer: "We answered with the pack." });
    expect(closed.body).toMatchObject({ holdsEvidence: false });
    expect((await owner("POST", `demands/${id}/close`, { answer: "again" })).status).toBe(404);
    expect((await owner<{ items: Sender[] }>("GET", "senders")).body.items[0]?.stopped).toBe("business-initiated");
    await owner("POST", `senders/${shop.senderId}/release`);
  });

  it.each([
    [{ receivedAt: "2999-01-01T00:00:00Z" }, 400],
    [{ senderIds: ["01990000-0000-7000-8000-000000000000"] }, 404],
    [{ fromName: " " }, 400],
  ])("is not noted with %j", async (wrong, status) => {
    const demand = { fromName: "X", receivedAt: "2026-01-01T00:00:00Z", ...wrong };
    expect((await owner("POST", "demands", demand)).status).toBe(status);
  });

  it("shows whom one could still reach elsewhere, and who of them agreed", async () => {
    const before = (await owner<{ people: number }>("GET", "standing/reachable")).body.people;
    const made = await owner<{ id: string }>("POST", "contacts", {
      name: "Reachable",
      phone: "+31655512345",
      email: "reach@example.org",
    });
    await owner("POST", `contacts/${made.body.id}/consents`, {
      purpose: "marketing",
      channel: "email",
      action: "granted",
      method: "web-form",
      wordingVersion: "1",
    });
    const reach = (
      await owner<{ people: number; byChannel: unknown[]; contacts: unknown[] }>("GET", "standing/reachable")
    ).body;
    expect(reach.people).toBe(before + 1);
    expect(reach.byChannel).toEqual([{ channel: "email", people: 1, agreed: 1 }]);
    expect(reach.contacts).toMatchObject([{ name: "Reachable", address: "reach@example.org", agreed: true }]);
  });
});

describe("public claims", () => {
  const page =
    "<html><body><p>Onbeperkt WhatsApp-berichten versturen.</p><p>Wij versturen nooit bulk zonder de API.</p>";

  it("are found in a page, with what to say instead and since when it was there", async () => {
    const first = await owner<ClaimsCheck>("POST", "claims?locale=nl", {
      source: "shop.example",
      text: page,
      html: true,
    });
    expect(first.status).toBe(201);
    const hit = first.body.hits.find(({ ruleId }) => ruleId === "claims.unlimited-sending");
    expect(hit).toMatchObject({
      severity: "block",
      ignored: null,
      sentence: "Onbeperkt WhatsApp-berichten versturen.",
    });
    expect(hit?.sayInstead).not.toBe("");
    expect(stepCodes(await standing())).toContain("claims-block");
    const second = await owner<ClaimsCheck>("POST", "claims", { source: "shop.example", text: page, html: true });
    expect(second.body.hits.find(({ ruleId }) => ruleId === "claims.unlimited-sending")?.firstSeen).toBe(first.body.at);
    await owner("POST", "claims", { source: "shop.example", text: "Vers brood, elke dag." });
    expect(stepCodes(await standing())).not.toContain("claims-block");
    expect((await owner<{ items: ClaimsCheck[] }>("GET", "claims")).body.items).toHaveLength(1);
  });
});
