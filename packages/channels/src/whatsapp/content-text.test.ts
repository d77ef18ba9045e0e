import { describe, expect, it } from "vitest";
import type { MessageContent } from "./content.ts";
import { contentText } from "./content-text.ts";

const cases: readonly [string, MessageContent, string][] = [
  ["text", { type: "text", text: { body: "Hi" } }, "Hi"],
  ["image with words", { type: "image", image: { id: "5", caption: "This one" } }, "This one"],
  ["image without", { type: "image", image: { id: "5" } }, ""],
  ["document", { type: "document", document: { id: "5", caption: "Plan", filename: "plan.pdf" } }, "Plan\nplan.pdf"],
  ["voice note", { type: "audio", audio: { id: "5", voice: true } }, ""],
  [
    "place with a name",
    { type: "location", location: { latitude: 1, longitude: 2, name: "Dam", address: "Amsterdam" } },
    "Dam\nAmsterdam",
  ],
  ["place without", { type: "location", location: { latitude: 52.3, longitude: 4.9 } }, "52.3, 4.9"],
  [
    "card",
    { type: "contacts", contacts: [{ name: { formatted_name: "Kim" }, phones: [{ phone: "+31 6 1" }] }] },
    "Kim, +31 6 1",
  ],
  ["tap", { type: "button", button: { text: "Track", payload: "T-1" } }, "Track"],
  [
    "reply",
    {
      type: "interactive",
      interactive: { type: "list_reply", list_reply: { id: "a", title: "14:00", description: "with Noor" } },
    },
    "14:00\nwith Noor",
  ],
  [
    "form",
    {
      type: "interactive",
      interactive: {
        type: "nfm_reply",
        nfm_reply: { body: "Sent", response_json: '{"flow_token":"x","slot":"f-14","deep":{}}' },
      },
    },
    "slot: f-14",
  ],
  [
    "form that cannot be read",
    { type: "interactive", interactive: { type: "nfm_reply", nfm_reply: { body: "Sent", response_json: "{" } } },
    "Sent",
  ],
  [
    "question",
    {
      type: "interactive",
      interactive: {
        type: "button",
        header: { type: "text", text: "Fitting" },
        body: { text: "Keep?" },
        footer: { text: "STOP" },
        action: { buttons: [] },
      },
    },
    "Fitting\nKeep?\nSTOP",
  ],
  [
    "order",
    {
      type: "order",
      order: {
        catalog_id: "8",
        text: "Thanks",
        product_items: [{ product_retailer_id: "SKU-1", quantity: 2, item_price: 1, currency: "EUR" }],
      },
    },
    "Thanks\n2 × SKU-1",
  ],
  [
    "template",
    {
      type: "template",
      template: {
        name: "eta",
        language: { code: "nl" },
        components: [{ type: "body", parameters: [{ type: "text", text: "Sam" }] }],
      },
    },
    "eta\nSam",
  ],
  ["remark", { type: "system", system: { body: "Changed" } }, "Changed"],
  ["unsupported", { type: "unsupported", unsupported: { type: "poll" } }, ""],
  ["unrecognised", { type: "unrecognised", raw: { secret: "kept, not shown" } }, ""],
];

describe("the words of a message", () => {
  it.each(cases)("%s", (_name, content, expected) => expect(contentText(content)).toBe(expected));
});
