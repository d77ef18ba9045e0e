import { readPhone } from "@loket/contacts";
import { createIds, dayMs, hourMs, type Id, type Instant, instant, minuteMs, seededRandom } from "@loket/kit";
import { readKeyword } from "@loket/policy";
import { describe, expect, test } from "vitest";
import { bakeryPast } from "./bakery.ts";
import { drawPicture } from "./pictures.ts";
import { radioPast } from "./radio.ts";
import type { Step } from "./story.ts";
import { tables, type Unfolded, unfold } from "./unfold.ts";
import { agencyOperators, type DemoOrganisation, demoOrganisations } from "./world.ts";

const pasts = { bakery: bakeryPast, radio: radioPast };
const morning = instant(Date.parse("2026-11-23T08:30:00Z"));

function past(key: keyof typeof pasts, now: Instant = morning): Unfolded {
  const organisation = organisationOf(key);
  const names = new Set([
    ...organisation.members.map(({ name }) => name),
    ...demoOrganisations
      .flatMap(({ members }) => members)
      .filter(({ email }) => agencyOperators.some((operator) => operator.email === email && operator.client === key))
      .map(({ name }) => name),
  ]);
  const labels = new Set(organisation.labels.map(({ name }) => name));
  const known = (known: ReadonlySet<string>, name: string) => {
    expect(known).toContain(name);
    return name;
  };
  return unfold(pasts[key], {
    now,
    timeZone: organisation.timeZone,
    ids: createIds({ now: () => now }, seededRandom(7)),
    organisationId: "organisation" as Id<"organisation">,
    senderId: "sender" as Id<"sender">,
    inboxId: "inbox" as Id<"inbox">,
    memberId: (name) => known(names, name),
    labelId: (name) => known(labels, name),
    userId: (phone) => `NL.${phone.replace(/\D/g, "")}`,
    file: (picture) => ({ id: `media ${picture}`, bytes: new Uint8Array([137]) }),
    render: (content) => ({ text: content.template.name, rendered: {} }),
  });
}

function organisationOf(key: keyof typeof pasts): DemoOrganisation {
  const found = demoOrganisations.find((candidate) => candidate.key === key);
  if (!found) throw new Error(`There is no ${key}.`);
  return found;
}
const stepsOf = (key: keyof typeof pasts): Step[] =>
  pasts[key].people.flatMap(({ conversations }) => conversations.flat());
const valuesOf = (rows: readonly Record<string, unknown>[], column: string) => new Set(rows.map((row) => row[column]));
const ms = (iso: unknown): number => Date.parse(String(iso));

describe.each(["bakery", "radio"] as const)("the %s's past", (key) => {
  const { rows, phones } = past(key);

  test("has conversations in every state, held by several, by nobody, and labelled", () => {
    expect(valuesOf(rows.conversation, "state")).toEqual(new Set(["needs-us", "waiting", "snoozed", "done"]));
    expect(valuesOf(rows.conversation, "assignee_id").size).toBeGreaterThan(4);
    const open = rows.conversation.filter(({ state }) => state === "needs-us");
    expect(open.some(({ assignee_id }) => assignee_id === null)).toBe(true);
    expect(open.some(({ assignee_id }) => assignee_id !== null)).toBe(true);
    expect(rows.conversation_label.length).toBeGreaterThan(4);
    expect(rows.note.length).toBeGreaterThan(3);
  });

  test("ties a state to its time, as the tables ask", () => {
    for (const row of rows.conversation) {
      expect(row.state === "snoozed").toBe(row.snoozed_until !== null);
      expect(row.state === "done").toBe(row.closed_at !== null);
      if (row.snoozed_until !== null) expect(ms(row.snoozed_until)).toBeGreaterThan(morning);
    }
    for (const row of rows.message) expect(row.status === "received").toBe(row.direction === "in");
  });

  test("lets some wait for minutes and some for hours, and windows end in 90 and in 20 minutes", () => {
    const waits = rows.conversation.flatMap((row) => (row.waiting_since ? [morning - ms(row.waiting_since)] : []));
    expect(waits.some((wait) => wait < 10 * minuteMs)).toBe(true);
    expect(waits.some((wait) => wait > 3 * hourMs && wait < dayMs)).toBe(true);
    const left = rows.leg.map((row) => Math.round((ms(row.last_inbound_at) + dayMs - morning) / minuteMs));
    expect(left).toContain(90);
    expect(left).toContain(20);
    expect(left.some((minutes) => minutes < 0)).toBe(true);
    for (const minutes of [90, 20]) {
      const leg = rows.leg[left.indexOf(minutes)];
      expect(rows.conversation.find(({ address_id }) => address_id === leg?.address_id)?.state).toBe("needs-us");
    }
  });

  test("knows people of every consent", () => {
    const { people } = pasts[key];
    const marketing = people.map(({ consents = [] }) => consents.findLast(({ purpose }) => purpose === "marketing"));
    expect(new Set(marketing.flatMap((entry) => entry?.action ?? []))).toEqual(
      new Set(["granted", "confirmed", "withdrawn"]),
    );
    expect(people.some(({ consents }) => consents === undefined)).toBe(true);
    expect(people.some(({ consents }) => consents?.every(({ purpose }) => purpose === "transactional"))).toBe(true);
    for (const row of rows.consent.filter(({ action }) => action === "confirmed")) {
      expect(row.wording_version).toBeTruthy();
      expect(row.evidence).toBeTruthy();
    }
    expect(valuesOf(rows.suppression, "source")).toContain("keyword");
    expect(valuesOf(rows.suppression, "source")).toContain("platform-preference");
    expect(valuesOf(rows.suppression, "source")).toContain(key === "bakery" ? "agent" : "button");
  });

  test("stops exactly those whose words the terms book reads as a stop", () => {
    const { homeCountry } = organisationOf(key);
    const stops = new Set(rows.suppression.map((row) => row.source_message_id));
    for (const row of rows.message) {
      if (row.direction !== "in" || !["text", "button", "interactive"].includes(String(row.type))) continue;
      const reading = readKeyword(String(row.text), {
        channel: "whatsapp",
        language: key === "bakery" ? "nl" : "de",
        region: homeCountry,
        now: morning,
      });
      const isStop = ["certain", "certain-narrow", "probable"].includes(reading.class);
      expect(`${row.text}: ${isStop}`).toBe(`${row.text}: ${stops.has(row.id)}`);
    }
  });

  test("says nothing twice under one id, and shows phones what Loket has", () => {
    const ids = tables.flatMap((table) => rows[table].flatMap(({ id }) => (id === undefined ? [] : [id])));
    expect(new Set(ids).size).toBe(ids.length);
    const onPhones = phones.flatMap(({ messages }) => messages);
    expect(new Set(onPhones.map(({ id }) => id)).size).toBe(onPhones.length);
    const changes = new Set(["reaction", "edit", "revoke"]);
    expect(
      onPhones.filter(({ type }) => !changes.has(String(type))).map(({ id, timestamp }) => [id, timestamp]),
    ).toEqual(rows.message.map((row) => [row.provider_id, ms(row.sent_at)]));
    const outbound = new Map(
      rows.message.filter(({ direction }) => direction === "out").map((row) => [row.provider_id, row]),
    );
    for (const message of onPhones.filter(({ from }) => from === "business"))
      expect(message.status).toBe(outbound.get(message.id)?.status);
  });

  test("closes no window on the phones that is open here, nor the other way round", () => {
    const legs = new Map(rows.leg.map((row) => [row.address_id, row]));
    for (const { phone, messages } of phones) {
      const address = rows.address.find(({ value }) => value === phone || value === `NL.${phone.slice(1)}`);
      const lastAt = Math.max(
        ...messages.filter(({ from }) => from === "phone").map(({ timestamp }) => Number(timestamp)),
      );
      const here = ms(legs.get(address?.id)?.last_inbound_at);
      if (lastAt > morning - dayMs) expect(lastAt).toBe(here);
      else expect(here > morning - dayMs).toBe(false);
    }
  });

  test("gives everybody one real-looking number of their own", () => {
    const numbers = pasts[key].people.map(({ phone }) => phone);
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const number of numbers) expect(readPhone(number)?.e164).toBe(number);
  });

  test("reopens within three days and begins anew after them", () => {
    for (const contact of rows.contact) {
      const own = rows.conversation.filter(({ contact_id }) => contact_id === contact.id);
      for (const [index, row] of own.slice(1).entries()) {
        expect(own[index]?.state).toBe("done");
        expect(ms(row.opened_at) - ms(own[index]?.closed_at)).toBeGreaterThan(3 * dayMs);
      }
    }
    for (const reopened of rows.activity.filter(({ kind }) => kind === "reopened")) {
      const closed = rows.activity.find(
        ({ kind, conversation_id }) => kind === "closed" && conversation_id === reopened.conversation_id,
      );
      expect(ms(reopened.created_at) - ms(closed?.created_at)).toBeLessThan(3 * dayMs);
    }
  });

  test("is the same for the same moment", () => {
    expect(past(key)).toEqual(past(key));
  });
});

test("holds every kind of message, and what happens to messages", () => {
  const all = [...stepsOf("bakery"), ...stepsOf("radio")];
  expect(new Set(all.map(({ kind }) => kind))).toEqual(
    new Set(["message", "reaction", "edit", "deletion", "note", "claim", "assign", "label", "snooze", "wake", "close"]),
  );
  const messages = all.filter((step) => step.kind === "message");
  expect(new Set(messages.map(({ content }) => content.type))).toEqual(
    new Set(["text", "image", "location", "contacts", "interactive", "button", "template"]),
  );
  expect(new Set(messages.flatMap(({ failure }) => failure ?? []))).toEqual(new Set(["131047", "131026"]));
  const texts = messages.flatMap(({ content }) => (content.type === "text" ? [content.text.body] : []));
  expect(texts.some((text) => text.length > 800)).toBe(true);
  expect(texts.some((text) => /^\p{Extended_Pictographic}+$/u.test(text))).toBe(true);
  expect(texts.some((text) => /\p{Script=Arabic}/u.test(text))).toBe(true);
  expect(texts.some((text) => /\p{Script=Hebrew}/u.test(text))).toBe(true);
});

test("draws every picture as a PNG of its own", () => {
  const pictures = (["cake", "bread", "road", "river"] as const).map((picture) => Buffer.from(drawPicture(picture)));
  for (const bytes of pictures) expect(bytes.subarray(1, 4).toString()).toBe("PNG");
  expect(new Set(pictures.map((bytes) => bytes.toString("base64"))).size).toBe(pictures.length);
});

test("is told in Dutch, English and German, to a shop's and a newsroom's worth of people", () => {
  const languages = new Set([...bakeryPast.people, ...radioPast.people].map(({ language }) => language));
  for (const language of ["nl", "en", "de"]) expect(languages).toContain(language);
  expect(bakeryPast.people.length).toBeGreaterThanOrEqual(22);
  expect(bakeryPast.people.length).toBeLessThanOrEqual(30);
  expect(radioPast.people.length).toBeGreaterThanOrEqual(18);
  expect(radioPast.people.length).toBeLessThanOrEqual(24);
  for (const { people } of Object.values(pasts)) expect(people.some(({ hidden }) => hidden)).toBe(true);
});

/** Midnight, noon, the nights when the clocks change: whenever somebody starts the demo, its past must lie in order. */
const starts = [
  ...Array.from({ length: 24 }, (_, hour) => instant(Date.parse("2026-11-23T00:00:30Z") + hour * hourMs)),
  instant(Date.parse("2026-03-29T01:30:00Z")),
  instant(Date.parse("2026-10-25T00:30:00Z")),
  instant(Date.parse("2026-11-05T23:10:00Z")),
];

test.each(["bakery", "radio"] as const)("the %s's past runs forward and ends before now, whenever now is", (key) => {
  for (const now of starts) {
    const { rows, phones } = past(key, now);
    for (const { phone, messages } of phones) {
      const times = messages.map(({ timestamp }) => Number(timestamp));
      expect([phone, ...times]).toEqual([phone, ...times.toSorted((one, other) => one - other)]);
      for (const time of times) expect(time).toBeLessThan(now);
    }
    for (const table of ["note", "activity", "message"] as const) {
      const byConversation = Map.groupBy(rows[table], ({ conversation_id }) => conversation_id);
      for (const own of byConversation.values()) {
        const times = own.map(({ created_at }) => ms(created_at));
        expect(times).toEqual(times.toSorted((one, other) => one - other));
        expect(Math.max(...times)).toBeLessThan(now);
      }
    }
    for (const { status_times } of rows.message) {
      const times = Object.values(status_times as Record<string, number>);
      expect(times).toEqual(times.toSorted((one, other) => one - other));
      for (const time of times) expect(time).toBeLessThanOrEqual(now);
    }
  }
});
