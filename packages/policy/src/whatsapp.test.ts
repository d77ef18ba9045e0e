import { hourMs, plus } from "@loket/kit";
import { describe, expect, it } from "vitest";
import type { GoodsClass } from "./facts/trade.ts";
import { goodsClasses } from "./facts/trade.ts";
import { parseJudgement } from "./parse.ts";
import type { RemedyId } from "./rule.ts";
import { whatsappConsumerRules } from "./rules/whatsapp-consumer.ts";
import { openings } from "./rules/whatsapp-goods-places.ts";
import { decide } from "./terms-book.ts";
import { type Differences, ordinaryAt, ordinarySend } from "./testing.ts";
import type { Verdict } from "./verdict.ts";

const asked = { lastInboundAt: plus(ordinaryAt, -hourMs) };

function judge(differences: Differences, options: Parameters<typeof decide>[3] = {}): Verdict {
  const { request, facts, at } = ordinarySend(differences);
  return decide(request, facts, at, options);
}

describe("goods on WhatsApp", () => {
  it("are open in places that are written as codes, and the list says when it was reviewed", () => {
    expect(openings.reviewed).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    for (const countries of Object.values(openings.countries)) {
      expect(countries).toEqual([...new Set(countries)].sort());
      for (const country of countries) expect(country).toMatch(/^[A-Z]{2}$/);
    }
  });

  it("of every class are sold nowhere, save the ordinary ones", () => {
    const sold = goodsClasses.filter((goods) => {
      const verdict = judge({ request: { content: { goods: [goods] }, commerce: true }, facts: asked });
      return verdict.outcome === "allow";
    });
    expect(sold).toEqual<GoodsClass[]>(["services"]);
  });

  it("whose row rests on one weak source wait for review, but not what the policy names itself", () => {
    const outcome = (goods: GoodsClass) =>
      judge(
        { request: { content: { goods: [goods] }, commerce: true }, facts: asked },
        { lowConfidence: "hold-for-review" },
      );
    expect(outcome("supplements")).toMatchObject({ outcome: "hold", until: "event:reviewed" });
    const unsafe = outcome("unsafe-supplements");
    expect(unsafe.outcome).toBe("refuse");
    expect(unsafe.findings.map(({ rule }) => rule.id)).toContain("whatsapp.policy.restricted-goods");
  });

  it("with an age limit are no marketing for minors on any channel", () => {
    const offer = (goods: GoodsClass) =>
      judge({
        request: { channel: "email", transport: "smtp", kind: "marketing", content: { goods: [goods] } },
        recipient: { birthDate: "2009-11-11" },
      }).findings.map(({ rule }) => rule.id);
    expect(offer("alcohol")).toContain("core.known-minor");
    expect(offer("services")).not.toContain("core.known-minor");
  });
});

it("the way out stands with everything that is closed to businesses", () => {
  const way: readonly RemedyId[] = [
    "stop-unofficial-use",
    "choose-number",
    "verify-business",
    "embedded-signup",
    "import-without-consents",
    "let-people-sign-up",
    "file-templates",
    "start-small",
    "remove-claims",
    "keep-shutdown-log",
  ];
  for (const { id, versions } of whatsappConsumerRules) {
    if (id === "whatsapp.consumer.legal-action-2019") continue;
    for (const { remedies } of versions)
      expect(
        remedies.filter((remedy) => way.includes(remedy)),
        id,
      ).toEqual(way);
  }
});

describe("posts on a Channel", () => {
  it("take the road of Channels unless somebody says otherwise", () => {
    const parsed = parseJudgement({ request: { channel: "whatsapp", kind: "channel-post" } });
    expect(parsed).toMatchObject({
      ok: true,
      value: { request: { transport: "public-channel", payload: "free-form" } },
    });
  });

  it("are many by the organisation's own measure", () => {
    const post = {
      request: { kind: "channel-post", transport: "public-channel", payload: "native" },
      facts: { publicChannel: { postedAt: [plus(ordinaryAt, -1)] } },
    } as const;
    const notes = (channelPostsPerDay: number) => judge(post, { channelPostsPerDay }).notes.map(({ rule }) => rule.id);
    expect([notes(2), notes(1)]).toEqual([[], ["whatsapp.channels.volume"]]);
  });
});
