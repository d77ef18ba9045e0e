import { describe, expect, it } from "vitest";
import { examplesOfSections } from "./cases/index.ts";
import { parseJudgement } from "./parse.ts";
import { decide } from "./terms-book.ts";
import { at, ordinaryAt, ordinarySend } from "./testing.ts";

const reply = { channel: "whatsapp", kind: "reply" };

function failuresOf(json: unknown): { path: string; message: string }[] {
  const parsed = parseJudgement(json);
  return parsed.ok ? [] : parsed.failure;
}

describe("a judgement in JSON", () => {
  it("becomes request, facts and instant", () => {
    const parsed = parseJudgement({
      request: { ...reply, template: { category: "utility", status: "APPROVED", lang: "nl" }, promotional: false },
      facts: {
        recipient: { region: "uk", phone: "+447700900123", birthDate: null },
        lastInboundAt: "2026-11-10T09:00:00+01:00",
        consent: { status: "granted", kind: "express", purpose: "marketing", channel: "all" },
        suppression: [{ purpose: "all", channel: "all", at: "2026-11-01T00:00:00Z", source: "keyword" }],
        account: { restrictions: [{ scope: "lock" }], portfolioLimit: { limit: "unlimited", used: 3 } },
      },
      at: "2026-11-10T10:00:00Z",
    });
    expect(parsed).toEqual({
      ok: true,
      value: {
        request: {
          channel: "whatsapp",
          transport: "cloud-api",
          payload: "template",
          kind: "reply",
          template: { category: "utility", status: "APPROVED", language: "nl" },
          promotional: false,
        },
        facts: {
          recipient: { region: "GB", phone: "+447700900123", birthDate: null },
          lastInboundAt: at("2026-11-10T08:00:00Z"),
          consents: [{ status: "granted", kind: "express", purposes: ["marketing"], channel: "all" }],
          suppressions: [{ purpose: "all", channel: "all", at: at("2026-11-01T00:00:00Z"), source: "keyword" }],
          account: { restrictions: [{ scope: "lock", until: null }], portfolioLimit: { limit: "unlimited", used: 3 } },
        },
        at: at("2026-11-10T10:00:00Z"),
      },
    });
  });

  it("has one usual payload for each channel", () => {
    const payloadOf = (request: object) => {
      const parsed = parseJudgement({ request });
      return parsed.ok ? parsed.value.request.payload : null;
    };
    const template = { category: "utility", status: "APPROVED" };
    expect(payloadOf({ channel: "phone", kind: "sales-call" })).toBe("call");
    expect(payloadOf({ channel: "phone", kind: "setup" })).toBe("none");
    expect(payloadOf({ channel: "sms", kind: "marketing" })).toBe("free-form");
    expect(payloadOf({ channel: "sms", kind: "marketing", template })).toBe("template");
  });

  it("may leave facts and instant to whoever asks", () => {
    expect(parseJudgement({ request: reply })).toMatchObject({ ok: true, value: { facts: null, at: null } });
  });

  it("says null for what is known to be none, and leaves out what is not known", () => {
    const parsed = parseJudgement({
      request: reply,
      facts: { lastInboundAt: null, suppressions: null, recipient: { phone: null, region: null } },
    });
    expect(parsed).toMatchObject({ ok: true, value: { facts: { lastInboundAt: null, recipient: { phone: null } } } });
    expect(parsed.ok && parsed.value.facts).not.toHaveProperty("suppressions");
    expect(parsed.ok && parsed.value.facts?.recipient).not.toHaveProperty("region");
  });

  it.each(examplesOfSections)("gives the same verdict as the facts it was written from: $id", (example) => {
    const { at: now } = ordinarySend({ at: example.at ?? ordinaryAt });
    const { request, facts, at: moment } = ordinarySend({ ...example.given(now), at: now });
    const asText = (_name: string, value: unknown) =>
      typeof value === "number" && value > 1e11 ? new Date(value).toISOString() : value;
    const parsed = parseJudgement(JSON.parse(JSON.stringify({ request, facts, at: moment }, asText)));
    if (!parsed.ok || parsed.value.facts === null) throw new Error(JSON.stringify(parsed));
    expect(parsed.value).toEqual({ request, facts, at: moment });
    expect(decide(parsed.value.request, parsed.value.facts, moment)).toEqual(decide(request, facts, moment));
  });

  it("accepts the caller's own names in the request where told which", () => {
    const json = { request: { ...reply, contactId: "0190" } };
    expect(failuresOf(json)[0]?.path).toBe("request.contactId");
    expect(parseJudgement(json, { alsoInRequest: ["contactId"] }).ok).toBe(true);
  });
});

describe("what is wrong is named, with what to write instead", () => {
  const wrong: readonly [string, unknown, string, RegExp][] = [
    ["nothing", null, "", /object with request/],
    ["a list", [], "", /object with request/],
    ["no request", {}, "request", /not an object/],
    ["no kind", { request: { channel: "whatsapp" } }, "request.kind", /Missing/],
    ["an unknown channel", { request: { ...reply, channel: "fax" } }, "request.channel", /one of whatsapp, telegram/],
    ["a misspelt fact", { request: reply, facts: { supressions: [] } }, "facts.supressions", /suppressions/],
    ["a derived fact", { request: reply, facts: { windowOpen: true } }, "facts.windowOpen", /lastInboundAt/],
    ["a local time", { request: reply, at: "2026-11-10T10:00" }, "at", /offset/],
    ["a number for a time", { request: reply, facts: { lastInboundAt: 5 } }, "facts.lastInboundAt", /RFC 3339/],
    ["a text for yes", { request: { ...reply, promotional: "no" } }, "request.promotional", /neither true nor false/],
    [
      "a day that is none",
      { request: reply, facts: { recipient: { birthDate: "2010-02-30" } } },
      "facts.recipient.birthDate",
      /1980-04-01/,
    ],
    [
      "a national number",
      { request: reply, facts: { recipient: { phone: "0612345678" } } },
      "facts.recipient.phone",
      /E\.164/,
    ],
    [
      "a country by name",
      { request: reply, facts: { recipient: { region: "Holland" } } },
      "facts.recipient.region",
      /ISO 3166/,
    ],
    [
      "half a limit",
      { request: reply, facts: { account: { portfolioLimit: { limit: 250 } } } },
      "facts.account.portfolioLimit.used",
      /Missing/,
    ],
    [
      "a wrong entry",
      { request: reply, facts: { consents: [{ status: "maybe" }] } },
      "facts.consents[0].status",
      /granted, withdrawn/,
    ],
    ["a name from the prototype", { request: { ...reply, constructor: 1 } }, "request.constructor", /Unknown/],
    ["a name beside them", { request: reply, time: "now" }, "time", /request, facts and at/],
  ];

  it.each(wrong)("%s", (_what, json, path, message) => {
    expect(failuresOf(json)).toContainEqual({ path, message: expect.stringMatching(message) });
  });
});
