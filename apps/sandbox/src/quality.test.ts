import { dayMs, hourMs, minuteMs, secondMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox, orderUpdate, weekendOffer } from "./given.ts";
import type { Body } from "./platform/state.ts";

afterEach(closeAll);

const person = (index: number): string => `316${String(30_000_000 + index)}`;

/** Ten deliveries are enough to judge by, and everything is told to the subscriber. */
async function givenJudged(thresholds: Body = {}): Promise<Given> {
  const given = await givenSandbox();
  await given.control("PUT", "/apps/first", { callbackUrl: given.subscriber.url });
  await given.control("PUT", "/rules", {
    thresholds: { quality: { judgedFrom: 10 }, enforcement: { judgedFrom: 10_000 }, ...thresholds },
  });
  return given;
}

async function sendTo(given: Given, from: number, to: number, content: Body = weekendOffer): Promise<string[]> {
  const ids: string[] = [];
  for (let index = from; index < to; index++) ids.push(await given.send(content, person(index)));
  await given.sandbox.advance(secondMs);
  return ids;
}

const act = async (given: Given, index: number, type: string) => {
  await given.control("POST", `/phones/${person(index)}/actions`, { type });
  await given.sandbox.quiet();
};

async function templateNamed(given: Given, name: string): Promise<Record<string, unknown>> {
  const { items } = (await given.control("GET", "/templates")).body;
  return items.find((template: Body) => template.name === name);
}

const sendOne = async (given: Given, index: number, content: Body = weekendOffer) =>
  (
    await given.graph("POST", `/v25.0/${given.number.id}/messages`, {
      messaging_product: "whatsapp",
      to: person(index),
      ...content,
    })
  ).body;

describe("a template's quality", () => {
  it("falls with blocks, reports and stops, and is told", async () => {
    const given = await givenJudged({ quality: { judgedFrom: 10, yellowShare: 0.05, redShare: 0.9 } });
    await sendTo(given, 0, 20);
    await act(given, 0, "stop-marketing");
    expect(given.subscriber.values("message_template_quality_update")).toEqual([]);
    await act(given, 1, "block");
    expect(given.subscriber.values("message_template_quality_update")).toEqual([
      {
        previous_quality_score: "GREEN",
        new_quality_score: "YELLOW",
        message_template_id: expect.any(Number),
        message_template_name: "weekend_offer",
        message_template_language: "nl",
      },
    ]);
    expect(await templateNamed(given, "weekend_offer")).toMatchObject({ quality_score: { score: "YELLOW" } });
    // A week later nothing of it counts any more.
    await given.sandbox.advance(8 * dayMs);
    expect(await templateNamed(given, "weekend_offer")).toMatchObject({ quality_score: { score: "UNKNOWN" } });
  });

  it("falls when too few read, once that is asked for", async () => {
    const given = await givenJudged({ quality: { judgedFrom: 10, readShareAtLeast: 0.5 } });
    const scores = () =>
      given.subscriber.values("message_template_quality_update").map((value) => value.new_quality_score);
    await sendTo(given, 0, 10);
    await given.sandbox.advance(dayMs);
    expect(scores()).toEqual(["YELLOW"]);
    for (let index = 0; index < 5; index++) await act(given, index, "read");
    await given.sandbox.advance(dayMs);
    expect(scores()).toEqual(["YELLOW", "GREEN"]);
  });

  it("can be set by hand", async () => {
    const given = await givenJudged();
    const path = "/templates/weekend_offer/actions";
    await given.control("POST", path, { type: "rate", quality: "YELLOW" });
    await given.control("POST", "/templates/order_update/actions", { type: "correct-category", language: "nl" });
    await given.sandbox.quiet();
    expect(given.subscriber.values("message_template_quality_update")).toMatchObject([{ new_quality_score: "YELLOW" }]);
    expect(given.subscriber.values("template_category_update")).toMatchObject([{ correct_category: "MARKETING" }]);
    expect((await given.control("POST", path, { type: "rate" })).status).toBe(400);
  });

  it("counts a person's block once, and nothing of somebody who got no template", async () => {
    const given = await givenJudged({ quality: { judgedFrom: 10, yellowShare: 0.1, redShare: 0.9 } });
    await sendTo(given, 0, 20);
    await act(given, 0, "block");
    await act(given, 0, "block");
    await act(given, 500, "report");
    expect(given.subscriber.values("message_template_quality_update")).toEqual([]);
    await act(given, 1, "block");
    expect(given.subscriber.values("message_template_quality_update")).toHaveLength(1);
  });

  it("of RED pauses it for 3 hours, then 6, then disables it", async () => {
    const given = await givenJudged();
    const round = async (from: number) => {
      await sendTo(given, from, from + 10);
      await act(given, from, "report");
    };
    await round(0);
    expect((await sendOne(given, 99)).error.code).toBe(132015);
    await given.sandbox.advance(3 * hourMs);
    await round(10);
    await given.sandbox.advance(3 * hourMs);
    expect((await sendOne(given, 99)).error.code).toBe(132015);
    await given.sandbox.advance(3 * hourMs);
    await round(20);
    await given.sandbox.advance(30 * dayMs);
    expect((await sendOne(given, 99)).error.code).toBe(132016);
    const told = given.subscriber.values("message_template_status_update");
    expect(told.map((value) => [value.event, value.other_info?.title])).toEqual([
      ["PAUSED", "FIRST_PAUSE"],
      ["APPROVED", "UNPAUSE"],
      ["PAUSED", "SECOND_PAUSE"],
      ["APPROVED", "UNPAUSE"],
      ["DISABLED", "DISABLED"],
    ]);
  });

  it("paused nothing before 2023", async () => {
    const given = await givenJudged();
    await given.control("PUT", "/rules", { asOf: "2022-06-01" });
    await sendTo(given, 0, 10);
    await act(given, 0, "report");
    expect(await templateNamed(given, "weekend_offer")).toMatchObject({
      status: "APPROVED",
      quality_score: { score: "RED" },
    });
  });
});

describe("pacing", () => {
  const offer: Body = { type: "template", template: { name: "new_offer", language: { code: "nl" } } };

  async function givenNewTemplate(): Promise<Given> {
    const given = await givenJudged({ pacing: { firstPart: 10 } });
    await given.control("POST", `/accounts/${given.accountId}/templates`, {
      name: "new_offer",
      language: "nl",
      category: "MARKETING",
      status: "APPROVED",
      components: [{ type: "BODY", text: "Zaterdag is het brood vroeger klaar." }],
    });
    await sendTo(given, 0, 10, offer);
    return given;
  }

  it("holds what follows the first part of a new template, and releases it when people take it well", async () => {
    const given = await givenNewTemplate();
    const { id, message_status } = (await sendOne(given, 10, offer)).messages[0];
    expect(message_status).toBe("held_for_quality_assessment");
    await given.sandbox.advance(29 * minuteMs);
    expect(given.statusesOf(id)).toEqual([]);
    await given.sandbox.advance(2 * minuteMs);
    expect(given.statusesOf(id).map(({ status }) => status)).toEqual(["sent", "delivered"]);
    expect((await sendOne(given, 11, offer)).messages[0].message_status).toBe("accepted");
    expect(await templateNamed(given, "new_offer")).toMatchObject({ quality_score: { score: "GREEN" } });
  });

  it("drops what waited when they do not, until somebody unpauses it by hand", async () => {
    const given = await givenNewTemplate();
    await given.control("PUT", "/rules", { thresholds: { quality: { redShare: 1 } } });
    const { id } = (await sendOne(given, 10, offer)).messages[0];
    await act(given, 0, "block");
    await given.sandbox.advance(hourMs);
    expect(given.statusesOf(id)).toMatchObject([{ status: "failed", errors: [{ code: 132015 }] }]);
    await given.sandbox.advance(2 * dayMs);
    expect((await sendOne(given, 11, offer)).error.code).toBe(132015);
    const template = await templateNamed(given, "new_offer");
    await given.graph("POST", `/${template.id}/unpause`);
    expect((await sendOne(given, 11, offer)).messages[0].message_status).toBe("accepted");
  });

  it("drops what waited as well when the template is paused meanwhile", async () => {
    const given = await givenNewTemplate();
    const { id } = (await sendOne(given, 10, offer)).messages[0];
    await act(given, 0, "report");
    await given.sandbox.advance(hourMs);
    expect(given.statusesOf(id)).toMatchObject([{ status: "failed", errors: [{ code: 132015 }] }]);
    expect(await templateNamed(given, "new_offer")).toMatchObject({ status: "PAUSED" });
  });
});

describe("a template's category", () => {
  const misfiled = (name: string): Body => ({
    name,
    language: "nl",
    category: "UTILITY",
    components: [{ type: "BODY", text: "Vandaag 20 % korting op alle taarten in de winkel." }],
  });

  it("is marketing from approval on, where the words advertise", async () => {
    const given = await givenJudged();
    const { id } = (await given.graph("POST", `/${given.accountId}/message_templates`, misfiled("cake_day"))).body;
    await given.control("POST", `/templates/${id}/actions`, { type: "approve" });
    await given.sandbox.quiet();
    expect(given.subscriber.values("message_template_status_update")).toMatchObject([
      { event: "APPROVED", message_template_category: "MARKETING" },
    ]);
  });

  it("follows the words when they are edited", async () => {
    const given = await givenJudged();
    await given.control("PUT", `/accounts/${given.accountId}`, { review: "instant" });
    const plain = { type: "BODY", text: "Uw taart staat vandaag voor u klaar in de winkel." };
    const path = `/${given.accountId}/message_templates`;
    const created = (await given.graph("POST", path, { ...misfiled("cake_day"), components: [plain] })).body;
    expect(created.category).toBe("UTILITY");
    await given.sandbox.advance(2 * dayMs);
    const edited = await given.graph("POST", `/${created.id}`, { components: misfiled("cake_day").components });
    expect(edited.body).toMatchObject({ success: true, category: "MARKETING" });
  });

  it("is corrected with a day's notice when a review finds it, and the next time at once", async () => {
    const given = await givenJudged();
    const approve = async (name: string) => {
      const { id } = (await given.graph("POST", `/${given.accountId}/message_templates`, misfiled(name))).body;
      await given.control("POST", `/templates/${id}/actions`, { type: "approve", category: "UTILITY" });
      return id;
    };
    const id = await approve("cake_day");
    await given.sandbox.advance(3 * dayMs);
    const node = async () =>
      (await given.graph("GET", `/${id}?fields=category,correct_category,previous_category`)).body;
    expect(await node()).toMatchObject({ category: "UTILITY", correct_category: "MARKETING" });
    await given.sandbox.advance(dayMs);
    expect(await node()).toMatchObject({ category: "MARKETING", previous_category: "UTILITY" });
    const [notice, done] = given.subscriber.values("template_category_update");
    expect(notice).toEqual({
      message_template_id: Number(id),
      message_template_name: "cake_day",
      message_template_language: "nl",
      new_category: "UTILITY",
      correct_category: "MARKETING",
      category_update_timestamp: expect.any(Number),
    });
    expect(done).toMatchObject({ previous_category: "UTILITY", new_category: "MARKETING" });

    await approve("cake_night");
    await given.sandbox.advance(3 * dayMs);
    expect(given.subscriber.values("template_category_update").slice(2)).toMatchObject([
      { message_template_name: "cake_night", previous_category: "UTILITY", new_category: "MARKETING" },
    ]);
    // The third within sixty days blocks all utility templates of the account.
    await approve("cake_week");
    await given.sandbox.advance(3 * dayMs);
    expect(given.subscriber.values("account_update")).toMatchObject([
      { event: "ACCOUNT_RESTRICTION", restriction_info: [{ restriction_type: "RESTRICTED_UTILITY_TEMPLATES" }] },
    ]);
    expect((await sendOne(given, 0, orderUpdate)).error.code).toBe(131064);
    await given.sandbox.advance(7 * dayMs);
    expect((await sendOne(given, 0, orderUpdate)).messages).toHaveLength(1);
  });

  it("is corrected when it is filled with offers", async () => {
    const given = await givenJudged({ category: { sendsBeforeNotice: 3 } });
    const sneaky: Body = {
      type: "template",
      template: {
        name: "order_update",
        language: { code: "nl" },
        components: [
          {
            type: "body",
            parameters: [
              { type: "text", text: "Sam, alleen vandaag 30 % korting" },
              { type: "text", text: "K-1" },
            ],
          },
        ],
      },
    };
    await sendTo(given, 0, 2, sneaky);
    expect(given.subscriber.values("template_category_update")).toEqual([]);
    await sendTo(given, 2, 3, sneaky);
    expect(given.subscriber.values("template_category_update")).toMatchObject([
      { message_template_name: "order_update", correct_category: "MARKETING" },
    ]);
  });
});

describe("a number's quality", () => {
  const qualityOf = async (given: Given) =>
    (await given.graph("GET", `/${given.number.id}?fields=quality_rating,status`)).body;

  it("falls with blocks and reports over seven days, and recovers", async () => {
    const given = await givenJudged({ quality: { judgedFrom: 10, redShare: 0.15 } });
    await given.control("PUT", "/rules", { thresholds: { quality: { yellowShare: 0.1 } } });
    await sendTo(given, 0, 10, orderUpdate);
    await act(given, 0, "block");
    expect(await qualityOf(given)).toMatchObject({ quality_rating: "YELLOW" });
    await act(given, 1, "block");
    expect(await qualityOf(given)).toMatchObject({ quality_rating: "RED", status: "CONNECTED" });
    await given.sandbox.advance(8 * dayMs);
    expect(await qualityOf(given)).toMatchObject({ quality_rating: "GREEN" });
  });

  it("of RED flagged it before October 2025, and lowered its limit after seven days", async () => {
    const given = await givenJudged();
    await given.control("PUT", "/rules", { asOf: "2024-01-01" });
    await given.control("PUT", `/numbers/${given.number.id}`, { messagingLimit: "TIER_10K" });
    await sendTo(given, 0, 10, orderUpdate);
    await act(given, 0, "report");
    expect(await qualityOf(given)).toMatchObject({ quality_rating: "RED", status: "FLAGGED" });
    for (let day = 1; day <= 7; day++) {
      await given.control("POST", "/templates/order_update/actions", { type: "approve" });
      await sendTo(given, day * 10, day * 10 + 10, orderUpdate);
      await act(given, day * 10, "report");
      await given.sandbox.advance(dayMs);
    }
    expect(given.subscriber.values("phone_number_quality_update")).toMatchObject([
      { event: "FLAGGED", current_limit: "TIER_10K" },
      { event: "DOWNGRADE", old_limit: "TIER_10K", current_limit: "TIER_1K" },
    ]);
  });
});
