import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox } from "./given.ts";
import type { Body } from "./platform/state.ts";

afterEach(closeAll);

const body = { type: "BODY", text: "Kom eens kijken." };

/** What Sam's phone gets of a template with these parts, sent with these. */
async function shown(given: Given, components: Body[], sent: Body[]): Promise<Body> {
  await given.control("PUT", `/accounts/${given.accountId}`, { review: "instant" });
  const template = { name: "proef", language: "nl", category: "MARKETING", components };
  const made = await given.graph("POST", `/${given.accountId}/message_templates`, template);
  expect(made.body).toMatchObject({ status: "APPROVED" });
  await given.send({ type: "template", template: { name: "proef", language: { code: "nl" }, components: sent } });
  await given.sandbox.advance(1_000);
  return (await given.control("GET", "/phones/31612345678/messages")).body.items.at(-1).rendered;
}

const button = (sub_type: string, parameter: Body): Body => ({
  type: "button",
  sub_type,
  index: 0,
  parameters: [parameter],
});

describe("what a phone gets of a template", () => {
  it("is the flow with where it begins, its token and its data", async () => {
    const given = await givenSandbox();
    const screen = { id: "DAY", title: "Dag", terminal: true, layout: { type: "SingleColumnLayout", children: [] } };
    const flow = await given.graph("POST", `/${given.accountId}/flows`, {
      name: "afspraak",
      categories: ["APPOINTMENT_BOOKING"],
      flow_json: JSON.stringify({ version: "7.0", screens: [screen] }),
    });
    const flowButton = {
      type: "FLOW",
      text: "Plan",
      flow_id: flow.body.id,
      flow_action: "navigate",
      navigate_screen: "DAY",
    };
    const action = { flow_token: "visit-77", flow_action_data: { name: "Sam" } };
    const rendered = await shown(
      given,
      [body, { type: "BUTTONS", buttons: [flowButton] }],
      [button("flow", { type: "action", action })],
    );
    expect(rendered.buttons).toEqual([{ ...flowButton, action }]);
  });

  it("is the offer's heading, with its end where it has one", async () => {
    const coupon = { type: "COPY_CODE", example: "BROOD20" };
    const offer = (has_expiration: boolean) => [
      body,
      { type: "LIMITED_TIME_OFFER", limited_time_offer: { text: "Tot vijf uur!", has_expiration } },
      { type: "BUTTONS", buttons: [coupon, { type: "URL", text: "Naar de winkel", url: "https://korenaar.example/" }] },
    ];
    const code = button("copy_code", { type: "coupon_code", coupon_code: "BROOD20" });
    const ends = { type: "limited_time_offer", limited_time_offer: { expiration_time_ms: 1_800_000_000_000 } };
    expect(await shown(await givenSandbox(), offer(false), [code])).toMatchObject({
      offerHeading: "Tot vijf uur!",
      buttons: [{ type: "COPY_CODE", text: "Code kopiëren", code: "BROOD20" }, { type: "URL" }],
    });
    expect(
      await shown(await givenSandbox(), offer(true), [code, { type: "limited_time_offer", parameters: [ends] }]),
    ).toMatchObject({ offerHeading: "Tot vijf uur!", offerExpiresAt: 1_800_000_000_000 });
  });

  it("is a catalogue's products with their prices, asked by the number", async () => {
    const given = await givenSandbox();
    expect((await given.control("GET", `/numbers/${given.number.id}/catalog`)).body).toEqual({ catalog: null });
    const products = [{ retailer_id: "rye", name: "Rogge", price: 3.2, currency: "EUR" }];
    await given.control("PUT", `/accounts/${given.accountId}/catalog`, { products });
    expect((await given.control("GET", `/numbers/${given.number.id}/catalog`)).body.catalog).toMatchObject({
      products,
    });
  });
});
