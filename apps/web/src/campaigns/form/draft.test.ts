import type { Campaign, Template } from "@loket/contract";
import { describe, expect, test } from "vitest";
import {
  bodyOf,
  type Draft,
  draftOf,
  emptyDraft,
  forecastOf,
  insertName,
  joinName,
  problemsOf,
  readBy,
  splitName,
  usualExpiry,
} from "./draft.ts";

const zone = "Europe/Amsterdam";
const now = Date.parse("2026-11-22T13:00:00.000Z");

const template: Template = {
  id: "t1",
  senderId: "s1",
  name: "weekend_offer",
  language: "nl",
  category: "MARKETING",
  status: "APPROVED",
  quality: "UNKNOWN",
  parameterFormat: "POSITIONAL",
  syncedAt: "2026-11-22T00:00:00.000Z",
  components: [
    { type: "BODY", text: "Dag {{1}}, dit weekend {{2}}.", example: { body_text: [["Sam", "amandelstaven"]] } },
  ],
};
const whole: Draft = {
  ...emptyDraft("s1"),
  name: " Weekend ",
  templateId: "t1",
  values: { "body-1": "{{name}}", "body-2": "speculaas" },
  fallbacks: { "body-1": "beste klant" },
};

describe("the person's name in a value", () => {
  test("is put behind what stands there", () => {
    expect(insertName("")).toBe("{{name}}");
    expect(insertName("Dag")).toBe("Dag {{name}}");
  });

  test("carries the words for nobody's name, and gives them back", () => {
    expect(joinName("Dag {{name}}", " lezer ")).toBe("Dag {{name|lezer}}");
    expect(splitName("Dag {{name|lezer}}")).toEqual({ text: "Dag {{name}}", fallback: "lezer" });
    expect(splitName("Dag {{name}}")).toEqual({ text: "Dag {{name}}", fallback: "" });
    expect(splitName("Dag")).toEqual({ text: "Dag", fallback: "" });
  });

  test("is read by each as it concerns them", () => {
    expect(readBy(whole, "Noor")["body-1"]).toBe("Noor");
    expect(readBy(whole, null)["body-1"]).toBe("beste klant");
  });
});

describe("a draft", () => {
  test("that is whole becomes a campaign, and is found again in it", () => {
    expect(problemsOf(whole, template, zone, now)).toEqual({});
    const body = bodyOf(whole, template, zone, now);
    expect(body).toEqual({
      name: "Weekend",
      senderId: "s1",
      kind: "newsletter",
      template: {
        name: "weekend_offer",
        language: { code: "nl" },
        components: [
          {
            type: "body",
            parameters: [
              { type: "text", text: "{{name|beste klant}}" },
              { type: "text", text: "speculaas" },
            ],
          },
        ],
      },
      audience: { kind: "filter" },
      startsAt: null,
      expiresAt: "2026-11-23T13:00:00.000Z",
      canaryCount: 0,
    });
    const again = draftOf({ ...body, approvals: [] } as unknown as Campaign, [template], zone);
    expect(again).toEqual({
      ...whole,
      name: "Weekend",
      fallbacks: { "body-1": "beste klant", "body-2": "" },
      expires: { date: "2026-11-23", time: "14:00" },
    });
  });

  test("is told by field what it lacks", () => {
    expect(problemsOf(emptyDraft(null), null, zone, now)).toEqual({
      name: "needsName",
      sender: "needsSender",
      template: "needsTemplate",
    });
    const half = { ...whole, values: { "body-1": "{{name}}" }, fallbacks: {} };
    expect(problemsOf(half, template, zone, now)).toEqual({
      "words-body-1": "needsFallback",
      "value-body-2": "needsValue",
    });
    const nobody = { ...whole, audience: { ...whole.audience, kind: "contacts" as const } };
    expect(problemsOf(nobody, template, zone, now)).toEqual({ people: "needsPeople" });
  });

  test("neither starts nor ends in the past, nor ends before it starts", () => {
    const at = (date: string, time: string) => ({ date, time });
    const problems = (change: Partial<Draft>) => problemsOf({ ...whole, ...change }, template, zone, now);
    expect(problems({ starts: at("2026-11-22", "13:00") })).toEqual({ starts: "pastStart" });
    expect(problems({ starts: at("2026-11-22", "") })).toEqual({ starts: "needsStart" });
    expect(problems({ expires: at("2026-11-22", "13:30") })).toEqual({ expires: "pastExpiry" });
    expect(problems({ starts: at("2026-11-23", "09:00"), expires: at("2026-11-23", "09:00") })).toEqual({
      expires: "expiryBeforeStart",
    });
  });

  test("of news lives a day from its start, one of anything else longer", () => {
    const starts = { date: "2026-11-30", time: "09:00" };
    expect(usualExpiry({ kind: "newsletter", starts }, zone, now)).toEqual({ date: "2026-12-01", time: "09:00" });
    expect(usualExpiry({ kind: "survey", starts: null }, zone, now)).toEqual({ date: "2026-11-25", time: "14:00" });
  });

  test("is forecast before every value is known, with the template's examples", () => {
    expect(forecastOf(emptyDraft("s1"), null, zone)).toBeNull();
    const asked = forecastOf({ ...whole, values: {} }, template, zone);
    expect(JSON.stringify(asked?.template)).toContain("amandelstaven");
    expect(asked?.audience).toEqual({ kind: "filter" });
  });
});
