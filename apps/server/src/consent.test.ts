import type { Agreement, ContactDetail, Problem, Wording } from "@loket/contract";
import { readEntries } from "@loket/evidence/ledger";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "./testing.ts";
import { type Shop, startShop } from "./testing-shop.ts";

/** Consent over the whole road: asked in the conversation, given and taken back on the phone, kept with its proof. */
let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop?.close());

const personOf = async (phone: string) => {
  const { contact } = await shop.conversationOf(phone);
  return (await shop.api<ContactDetail>("GET", `contacts/${contact.id}`)).body;
};
const answerOf = ({ agreements }: ContactDetail, purpose: string, topic: string | null = null) =>
  agreements.find((one) => one.purpose === purpose && one.channel === "whatsapp" && one.topic === topic);
const becomes = (phone: string, purpose: string, state: Agreement["state"]) =>
  until(async () => {
    const answer = answerOf(await personOf(phone), purpose);
    return answer?.state === state && answer;
  }, `${purpose} to be ${state}`);
const fromUs = async (phone: string) =>
  (await shop.sees(phone)).filter(({ from }) => from === "business").map(({ text }) => text);
const seesFromUs = (phone: string, count: number) =>
  until(async () => {
    const seen = await fromUs(phone);
    return seen.length >= count && seen;
  }, `${count} messages on the phone`);
const saysAndIsHeard = async (phone: string, words: string) => {
  await shop.says(phone, words);
  const { id } = await shop.conversationOf(phone);
  await until(
    async () =>
      (
        await shop.api<{ items: { direction: string; text: string }[] }>("GET", `conversations/${id}/messages`)
      ).body.items.some((message) => message.direction === "in" && message.text === words),
    `"${words}" to arrive`,
  );
  return id;
};
const entriesAbout = async (
  type: "consent.requested" | "consent.confirmed" | "wording.published" | "restriction.lifted",
) =>
  shop.at.loket.ports.worker.inOrganisation(shop.organisationId, (tx) =>
    readEntries(tx, shop.at.loket.ports.keys, { types: [type], limit: 1_000 }),
  );

const question = "Mogen we je via WhatsApp aanbiedingen van Bakery sturen? Antwoord JA.";
let published = 0;
const publish = async (more: Record<string, unknown> = {}) =>
  shop.api<Wording>("POST", "wordings", {
    version: `nl-${++published}`,
    language: "nl",
    text: question,
    purpose: "marketing",
    channels: ["whatsapp"],
    namesBusiness: true,
    namesChannel: true,
    ...more,
  });
const ask = async (conversationId: string, wordingId: string) =>
  shop.api("POST", `conversations/${conversationId}/consent-question`, { clientId: `q ${conversationId}`, wordingId });

describe("words people agree to", () => {
  it("are published with the digest of their page, on record, and never a second time under one version", async () => {
    const { status, body } = await publish({ version: "page", landingUrl: `${shop.sandbox.url}/` });
    expect(status).toBe(201);
    expect(body.landingVersion).toMatch(/^sha256:[0-9a-f]{64}$/);
    const again = await publish({ version: "page", text: "Other words" });
    expect([again.status, (again.body as unknown as Problem).code]).toEqual([409, "wording.exists"]);
    const entry = await until(
      async () => (await entriesAbout("wording.published")).find(({ contents }) => contents?.body.wording === body.id),
      "the wording in the ledger",
    );
    expect(entry.contents?.body).toMatchObject({ text: question, landingVersion: body.landingVersion });
  });

  it("whose page cannot be read are not published", async () => {
    const { status, body } = await publish({ landingUrl: "https://127.0.0.1:1/" });
    expect([status, (body as unknown as Problem).code]).toEqual([422, "wording.page-unreachable"]);
  });
});

describe("a question for consent in the conversation", () => {
  it("is answered by JA as the next word: confirmed, class A, with the wording and the message as proof", async () => {
    const phone = shop.newPhone();
    const wording = (await publish()).body;
    const id = await saysAndIsHeard(phone, "Hebben jullie nog brood?");
    const asked = await ask(id, wording.id);
    expect(asked.status).toBe(201);
    expect(await seesFromUs(phone, 1)).toEqual([question]);
    await becomes(phone, "marketing", "asked");
    const { id: providerId } = await shop.says(phone, "Ja, graag!");
    const answer = await becomes(phone, "marketing", "confirmed");
    expect(answer).toMatchObject({ evidenceClass: "A", method: "inbound-message", wordingId: wording.id });
    const [given] = (await personOf(phone)).consents;
    expect(given).toMatchObject({ action: "confirmed", evidence: providerId, wordingVersion: wording.version });
    const kept = await until(
      async () =>
        (await entriesAbout("consent.confirmed")).find(({ contents }) => contents?.body.consent === given?.id),
      "the consent in the ledger",
    );
    expect(kept.contents?.body).toMatchObject({ evidence: "A", proof: providerId, wording: wording.version });
  });

  it("is left unanswered by anything else, and a yes after that is just a word", async () => {
    const phone = shop.newPhone();
    const id = await saysAndIsHeard(phone, "Hallo");
    await ask(id, (await publish()).body.id);
    await seesFromUs(phone, 1);
    await saysAndIsHeard(phone, "Hoe laat gaan jullie open?");
    await saysAndIsHeard(phone, "Ja");
    expect(answerOf(await personOf(phone), "marketing")?.state).toBe("asked");
  });

  it("is not open any more when a colleague wrote after it, nor a day later", async () => {
    const [later, interrupted] = [shop.newPhone(), shop.newPhone()];
    const wording = (await publish()).body;
    const ids = await Promise.all([saysAndIsHeard(later, "Hallo"), saysAndIsHeard(interrupted, "Hallo")]);
    for (const id of ids) await ask(id, wording.id);
    await Promise.all([seesFromUs(later, 1), seesFromUs(interrupted, 1)]);
    await shop.api("POST", `conversations/${ids[1]}/messages`, {
      clientId: `m ${ids[1]}`,
      type: "text",
      text: "Zal ik een brood voor je wegleggen?",
    });
    await seesFromUs(interrupted, 2);
    await saysAndIsHeard(interrupted, "Ja");
    await shop.sandbox.call("POST", "clock", { advance: "25h" });
    await saysAndIsHeard(later, "Ja");
    for (const phone of [later, interrupted]) expect(answerOf(await personOf(phone), "marketing")?.state).toBe("asked");
  });

  it("is judged like every message: outside the service window it is refused", async () => {
    const phone = shop.newPhone();
    const id = await saysAndIsHeard(phone, "Hallo");
    await shop.sandbox.call("POST", "clock", { advance: "25h" });
    const { status, body } = await ask(id, (await publish()).body.id);
    expect([status, (body as unknown as Problem).code]).toEqual([422, "policy.refused"]);
    expect((await personOf(phone)).consents).toEqual([]);
  });
});

describe("an opt-out", () => {
  it("by word is confirmed once, in the person's language, with the way back; START brings back what it stopped", async () => {
    const phone = shop.newPhone();
    await saysAndIsHeard(phone, "STOP");
    const [confirmation] = await seesFromUs(phone, 1);
    expect(confirmation).toBe(
      "Bakery: je bent afgemeld; we sturen je uit onszelf geen berichten meer via WhatsApp. Stuur START om je weer aan te melden.",
    );
    const stop = await becomes(phone, "all", "stopped");
    expect(stop.method).toBe("keyword");
    await saysAndIsHeard(phone, "stop");
    await saysAndIsHeard(phone, "afmelden nieuwsbrief");
    expect(await fromUs(phone)).toHaveLength(1);
    await shop.sandbox.call("POST", "clock", { advance: "2s" });
    await saysAndIsHeard(phone, "START");
    expect(await becomes(phone, "marketing", "confirmed")).toMatchObject({ evidenceClass: "A" });
    expect((await personOf(phone)).suppressions.filter((one) => one.liftedAt === null)).toEqual([]);
  });

  it("of one purpose names that purpose", async () => {
    const phone = shop.newPhone();
    await saysAndIsHeard(phone, "afmelden nieuwsbrief");
    expect(await seesFromUs(phone, 1)).toEqual([
      "Bakery: je krijgt geen aanbiedingen meer via WhatsApp. Stuur START om je weer aan te melden.",
    ]);
    expect((await personOf(phone)).suppressions).toMatchObject([{ scope: "marketing", source: "keyword" }]);
  });

  it("by button counts as one by word", async () => {
    const phone = shop.newPhone();
    await saysAndIsHeard(phone, "Hallo");
    await shop.sandbox.call("POST", `phones/${phone}/messages`, {
      type: "button",
      button: { text: "STOP", payload: "STOP" },
    });
    expect(await becomes(phone, "all", "stopped")).toMatchObject({ method: "button" });
    await seesFromUs(phone, 1);
  });

  it("told to a colleague is confirmed as well, and START does not undo it", async () => {
    const phone = shop.newPhone();
    await saysAndIsHeard(phone, "Wil je me niet meer schrijven over aanbiedingen, dank je wel alvast daarvoor");
    const { id } = await personOf(phone);
    const stop = { scope: "marketing", channel: "whatsapp" };
    expect((await shop.api("POST", `contacts/${id}/suppressions`, stop)).status).toBe(201);
    await seesFromUs(phone, 1);
    await saysAndIsHeard(phone, "START");
    const person = await personOf(phone);
    expect(answerOf(person, "marketing")).toMatchObject({ state: "stopped", method: "agent" });
    expect(person.consents).toEqual([]);
  });

  it("by complaint or block is kept in silence", async () => {
    for (const source of ["complaint", "block"]) {
      const phone = shop.newPhone();
      await saysAndIsHeard(phone, "Hallo");
      const { id } = await personOf(phone);
      await shop.api("POST", `contacts/${id}/suppressions`, { scope: "all", channel: "all", source });
      expect((await personOf(phone)).suppressions).toMatchObject([{ source, scope: "all" }]);
      expect(await fromUs(phone)).toEqual([]);
    }
  });

  it("in WhatsApp itself outlasts a later consent here, until it is undone there", async () => {
    const phone = shop.newPhone();
    await saysAndIsHeard(phone, "START");
    await becomes(phone, "marketing", "confirmed");
    await shop.sandbox.call("POST", `phones/${phone}/actions`, { type: "stop-marketing" });
    expect(await becomes(phone, "marketing", "stopped")).toMatchObject({ method: "platform-preference" });
    expect(await fromUs(phone)).toEqual([]);
    await saysAndIsHeard(phone, "START");
    await becomes(phone, "marketing", "stopped");
  });

  it("is not confirmed where the organisation switched that off", async () => {
    await shop.api("PUT", "consent-settings", { confirmOptOuts: false });
    const phone = shop.newPhone();
    await saysAndIsHeard(phone, "STOP");
    await becomes(phone, "all", "stopped");
    await shop.api("PUT", "consent-settings", { confirmOptOuts: true });
    expect(await fromUs(phone)).toEqual([]);
  });
});

describe("a word that may have been an opt-out", () => {
  it("is cleared by somebody who asked: it was none", async () => {
    const phone = shop.newPhone();
    await saysAndIsHeard(phone, "opzeggen");
    const { id } = await until(async () => {
      const person = await personOf(phone);
      return person.clarifyingSince !== null && person;
    }, "marketing to wait");
    const cleared = await shop.api<ContactDetail>("POST", `contacts/${id}/clarification`, { meant: "no-opt-out" });
    expect([cleared.status, cleared.body.clarifyingSince, cleared.body.suppressions]).toEqual([200, null, []]);
    const again = await shop.api<Problem>("POST", `contacts/${id}/clarification`, { meant: "no-opt-out" });
    expect([again.status, again.body.code]).toEqual([409, "clarification.none"]);
    await until(
      async () => (await entriesAbout("restriction.lifted")).some(({ contents }) => contents?.body.wasOptOut === false),
      "it in the ledger",
    );
  });

  it("or was one, and is then recorded and confirmed", async () => {
    const phone = shop.newPhone();
    await saysAndIsHeard(phone, "annuleren");
    const { id } = await personOf(phone);
    const meant = { meant: "opt-out", scope: "marketing", channel: "whatsapp" };
    await shop.api("POST", `contacts/${id}/clarification`, meant);
    expect(await personOf(phone)).toMatchObject({ clarifyingSince: null, suppressions: [{ source: "agent" }] });
    await seesFromUs(phone, 1);
  });
});

it("a record by hand is no message of the person, whatever it claims", async () => {
  const created = await shop.api<ContactDetail>("POST", "contacts", { name: "Paper", phone: "+31612340001" });
  const { body } = await shop.api<ContactDetail>("POST", `contacts/${created.body.id}/consents`, {
    purpose: "marketing",
    channel: "whatsapp",
    action: "granted",
    method: "inbound-message",
  });
  expect(body.agreements).toMatchObject([{ state: "agreed", evidenceClass: "C" }]);
});
