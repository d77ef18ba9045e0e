import { describe, expect, test } from "vitest";
import {
  fillIn,
  isComplete,
  readTemplate,
  renderSent,
  sentValues,
  templateContent,
  templateSend,
} from "./templates.ts";

const order = {
  name: "order_ready",
  language: "nl",
  parameterFormat: "POSITIONAL" as const,
  components: [
    { type: "HEADER", format: "TEXT", text: "Hallo {{1}}" },
    {
      type: "BODY",
      text: "Bestelling {{1}} staat klaar tot {{2}}. Nummer {{1}}.",
      example: { body_text: [["1042", "18:00"]] },
    },
    { type: "FOOTER", text: "De Korenaar" },
    { type: "BUTTONS", buttons: [{ type: "URL", text: "Bekijk", url: "https://x.example/{{1}}", example: ["1042"] }] },
  ],
};

describe("a template as a form", () => {
  const form = readTemplate(order);

  test("asks for each value once, in each place", () => {
    expect(form.fields.map((field) => field.id)).toEqual(["header-1", "body-1", "body-2", "button-0-1"]);
    expect(form.fields.map((field) => field.example)).toEqual(["", "1042", "18:00", "1042"]);
  });

  test("shows what is filled in, and what is still to come", () => {
    expect(fillIn(form.body, "body", { "body-1": "77" })).toBe("Bestelling 77 staat klaar tot {{2}}. Nummer 77.");
  });

  test("becomes the platform's own parameters", () => {
    const values = { "header-1": "Maria", "body-1": "77", "body-2": "17:00", "button-0-1": "77" };
    expect(isComplete(form, values, false)).toBe(true);
    expect(templateSend(order, form, values, "c1")).toEqual({
      clientId: "c1",
      type: "template",
      template: {
        name: "order_ready",
        language: { code: "nl" },
        components: [
          { type: "header", parameters: [{ type: "text", text: "Maria" }] },
          {
            type: "body",
            parameters: [
              { type: "text", text: "77" },
              { type: "text", text: "17:00" },
            ],
          },
          { type: "button", sub_type: "url", index: "0", parameters: [{ type: "text", text: "77" }] },
        ],
      },
    });
  });

  test("names its parameters where the template does", () => {
    const named = {
      ...order,
      parameterFormat: "NAMED" as const,
      components: [{ type: "BODY", text: "Dag {{first_name}}" }],
    };
    const send = templateSend(named, readTemplate(named), { "body-first_name": "Noor" }, "c1");
    expect(send).toMatchObject({
      template: {
        components: [{ type: "body", parameters: [{ type: "text", parameter_name: "first_name", text: "Noor" }] }],
      },
    });
  });

  test("is not complete without the file its header needs", () => {
    const picture = readTemplate({
      components: [
        { type: "HEADER", format: "IMAGE" },
        { type: "BODY", text: "Kijk" },
      ],
    });
    expect(picture.headerFile).toBe("image");
    expect(isComplete(picture, {}, false)).toBe(false);
    expect(isComplete(picture, {}, true)).toBe(true);
  });

  test("finds its values again in what was made of them", () => {
    const values = { "header-1": "Maria", "body-1": "77", "body-2": "17:00", "button-0-1": "77" };
    expect(sentValues(form, templateContent(order, form, values))).toEqual(values);
  });

  test("reads as it was sent", () => {
    const sent = renderSent(order, {
      components: [
        { type: "header", parameters: [{ type: "text", text: "Maria" }] },
        {
          type: "body",
          parameters: [
            { type: "text", text: "77" },
            { type: "text", text: "17:00" },
          ],
        },
      ],
    });
    expect(sent.headerText).toBe("Hallo Maria");
    expect(sent.body).toBe("Bestelling 77 staat klaar tot 17:00. Nummer 77.");
  });
});
