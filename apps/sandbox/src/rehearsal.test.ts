import { dayMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox } from "./given.ts";
import type { Body } from "./platform/state.ts";

afterEach(closeAll);

/** The story of docs/rehearsal.md: the same campaign, day after day, to a bought list and to people who asked for it. */

const perDay = 200;

async function givenSender(profile: string, size: number): Promise<{ given: Given; people: string[] }> {
  const given = await givenSandbox();
  await given.control("PUT", "/apps/first", { callbackUrl: given.subscriber.url });
  await given.control("PUT", `/accounts/${given.accountId}`, { review: "instant" });
  await given.control("PUT", `/numbers/${given.number.id}`, { throughputPerSecond: 1_000 });
  await given.control("POST", "/crowd", { size, seed: 3, prefix: "+3165", profile });
  const people = (await given.control("GET", `/crowd/numbers?limit=${size}`)).body.items as string[];
  return { given, people };
}

/** Whoever sends without asking does not read errors either: a refused template is replaced, a refused day is tried again. */
async function sendForDays(given: Given, people: string[], days: number): Promise<string[]> {
  const diary: string[] = [];
  let heard = 0;
  let next = 0;
  let template = await newTemplate(given, 0);
  for (let day = 1; day <= days; day++) {
    let outcome = "sent";
    for (let count = 0; count < perDay && outcome === "sent" && next < people.length; count++) {
      const answer = await send(given, people[next] ?? "", template);
      if (answer.error) outcome = String(answer.error.code);
      else next += 1;
    }
    if (outcome === "132016") template = await newTemplate(given, day);
    if (outcome !== "sent") diary.push(`day ${day}: refused with ${outcome}`);
    await given.sandbox.advance(dayMs);
    const told = given.subscriber.deliveries.slice(heard);
    heard = given.subscriber.deliveries.length;
    for (const { body } of told)
      for (const entry of body.entry ?? [])
        for (const change of entry.changes ?? []) {
          const said = inWords(change);
          if (said !== null) diary.push(`day ${day}: ${said}`);
        }
  }
  return diary;
}

async function newTemplate(given: Given, day: number): Promise<string> {
  const name = `offer_of_day_${day}`;
  const components = [{ type: "BODY", text: "Dit weekend bakken we amandelstaven. Kom zaterdag langs." }];
  const answer = await given.graph("POST", `/${given.accountId}/message_templates`, {
    name,
    language: "nl",
    category: "MARKETING",
    components,
  });
  expect(answer.status).toBe(200);
  return name;
}

async function send(given: Given, to: string, name: string): Promise<Record<string, { code: number }>> {
  const content = { type: "template", template: { name, language: { code: "nl" } } };
  return (
    await given.graph("POST", `/v25.0/${given.number.id}/messages`, { messaging_product: "whatsapp", to, ...content })
  ).body;
}

interface Change {
  readonly field: string;
  readonly value: {
    event?: string;
    previous_quality_score?: string;
    new_quality_score?: string;
    other_info?: { title: string };
    ban_info?: { waba_ban_state: string };
  };
}

function inWords({ field, value }: Change): string | null {
  switch (field) {
    case "message_template_quality_update":
      return `template ${value.previous_quality_score} to ${value.new_quality_score}`;
    case "message_template_status_update":
      return value.event === "PAUSED" || value.event === "DISABLED" ? `template ${value.other_info?.title}` : null;
    case "account_update":
      return value.event === "DISABLED_UPDATE" ? `account ${value.ban_info?.waba_ban_state}` : `account ${value.event}`;
    default:
      return null;
  }
}

const firstDayOf = (diary: string[], what: string): number =>
  Number(/day (\d+)/.exec(diary.find((line) => line.includes(what)) ?? "")?.[1] ?? Number.POSITIVE_INFINITY);

const standingOf = async (given: Given): Promise<Record<string, Body & Body[]>> =>
  (await given.control("GET", "/standing")).body.accounts[0];

describe("the rehearsal", () => {
  it("a bought list: paused, warned, restricted, locked, banned, each later than the one before and by itself", async () => {
    const { given, people } = await givenSender("strangers", 4_000);
    const diary = await sendForDays(given, people, 90);
    const steps = [
      "FIRST_PAUSE",
      "ACCOUNT_VIOLATION",
      "ACCOUNT_RESTRICTION",
      "SCHEDULE_FOR_DISABLE",
      "account DISABLE",
    ];
    const days = steps.map((what) => firstDayOf(diary, what));
    expect(days).toEqual([...days].sort((one, other) => one - other));
    expect(days[0]).toBe(1);
    expect(days[4]).toBeLessThan(90);
    expect(diary.at(-1)).toBe("day 90: refused with 131031");

    const account = await standingOf(given);
    expect(account).toMatchObject({ banState: "disabled", next: "Disabled. Only an appeal can bring it back." });
    expect(account.strikes?.map(({ rung }) => rung)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(account.numbers).toMatchObject([{ status: "BANNED", limit: { tier: "TIER_2K" } }]);
  });

  it("people who asked for it: the same days bring a good template, a higher limit and no strike", async () => {
    const { given, people } = await givenSender("shop", 1_400);
    const diary = await sendForDays(given, people, 7);
    expect(diary).toEqual(["day 2: template UNKNOWN to GREEN"]);
    const account = await standingOf(given);
    expect(account).toMatchObject({ banState: "none", restrictions: [], strikes: [] });
    expect(account.numbers).toMatchObject([
      { status: "CONNECTED", quality: "GREEN", limit: { tier: "TIER_10K", next: "TIER_100K" } },
    ]);
  });
});
