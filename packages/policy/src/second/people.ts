import { dayMs, hourMs, type Instant, minuteMs, plus } from "@loket/kit";
import fc from "fast-check";
import { listSources } from "../facts/imported-list.ts";
import { specialCategories } from "../facts/law.ts";
import { type Consent, type Facts, type Purpose, purposes, type Suppression, type WrittenConsent } from "../facts.ts";
import { around, field, maybeNot, orNone, record, seldom } from "./drawing.ts";

/** Random people: where they live, what they agreed to, what they stopped. */

type Where = readonly [region: string, phone: string];
const home: readonly Where[] = [
  ["NL", "+31612345678"],
  ["DE", "+4915112345678"],
  ["GB", "+447700900123"],
];
/** Countries with a law of their own in the book, of the EEA without one, and of the openings. */
const abroad: readonly Where[] = [
  ["FR", "+33612345678"],
  ["AT", "+436641234567"],
  ["BE", "+32470123456"],
  ["ES", "+34612345678"],
  ["IT", "+393401234567"],
  ["PL", "+48512345678"],
  ["CH", "+41791234567"],
  ["TR", "+905321234567"],
  ["US", "+12125550100"],
  ["CA", "+14165550100"],
  ["IN", "+919812345678"],
  ["BR", "+5511987654321"],
  ["SE", "+46701234567"],
  ["DK", "+4520123456"],
  ["NO", "+4790123456"],
  ["MX", "+525512345678"],
  ["AU", "+61412345678"],
  ["JP", "+819012345678"],
  ["KR", "+821012345678"],
  ["CU", "+5351234567"],
  ["UA", "+380501234567"],
];
const places = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...home) },
  { weight: 3, arbitrary: fc.constantFrom(...abroad) },
);

export function recipients(at: Instant): fc.Arbitrary<NonNullable<Facts["recipient"]>> {
  return fc
    .record({
      place: places,
      /** Somebody who moved and kept the number, or who has a number and an id. */
      before: places,
      told: fc.constantFrom("all", "all", "all", "all", "all", "number", "id", "both", "moved", "id-moved", "nothing"),
      rest: record<NonNullable<Facts["recipient"]>>({
        region: fc.constant(undefined),
        phone: fc.constant(undefined),
        bsuid: fc.constant(undefined),
        subdivision: field<string | null>(null, "UA-43", "UA-14"),
        kind: field("natural" as const, "legal" as const, "legal" as const),
        birthDate: field<string | null>("1980-04-01", null, "2015-06-30", "2009-03-01", "2008-07-07"),
        languages: field<readonly string[]>(["nl", "en"], ["nl"], ["de"]),
        importedFrom: field<(NonNullable<Facts["recipient"]>["importedFrom"] & object) | null>(
          null,
          fc.record({ evidenceAttached: fc.boolean(), source: fc.constantFrom(...listSources) }),
          { evidenceAttached: false },
        ),
        numberChangedAt: field<Instant | null>(null, around(at)),
        publishedForSuchMessages: fc.constantFrom(undefined, true, false),
        timeZones: field<readonly string[]>(["Europe/Amsterdam"], ["America/New_York", "Asia/Tokyo"], []),
        clarifyingSince: field<Instant | null>(null, around(at)),
        lastPurchaseAt: fc.oneof(
          fc.constant(null),
          fc.constant(undefined),
          around(at),
          fc.integer({ min: 1080, max: 1110 }).map((days) => plus(at, -days * dayMs)),
        ),
        lastInquiryAt: field<Instant | null>(null, around(at)),
        lastActivityAt: field<Instant | null>(null, around(at)),
        privacyInformedAt: fc.oneof(fc.constant(null), fc.constant(undefined), around(at)),
        onRefusalList: field(false, true),
      }),
    })
    .map(({ place: [region, phone], before: [formerRegion, formerPhone], told, rest }) => {
      const bsuid = `${region}.1`;
      if (told === "nothing") return rest;
      if (told === "number") return { ...rest, phone };
      if (told === "both") return { ...rest, phone, bsuid: `${formerRegion}.1` };
      if (told === "moved") return { ...rest, region, phone: formerPhone };
      if (told === "id-moved") return { ...rest, region, phone: null, bsuid: `${formerRegion}.1` };
      if (told === "id") return { ...rest, phone: null, bsuid };
      return { ...rest, region, phone, bsuid: null };
    });
}

const otherMethods = ["paper", "in-person", "phone", "email", "sms", "other"] as const;

export function consents(at: Instant): fc.Arbitrary<Consent> {
  const flags = fc.constantFrom(true, true, true, true, true, true, false, undefined);
  return record<Consent>({
    status: fc.constantFrom(
      "granted" as const,
      "granted" as const,
      "granted" as const,
      "granted" as const,
      "withdrawn" as const,
    ),
    kind: fc.constantFrom(
      "express" as const,
      "express" as const,
      "express" as const,
      "soft" as const,
      "soft" as const,
      "implied" as const,
      "channel-follow" as const,
    ),
    purposes: fc.oneof(fc.subarray<Purpose>([...purposes], { minLength: 1 }), fc.constant(purposes)),
    channel: fc.constantFrom("whatsapp" as const, "whatsapp" as const, "all" as const, "email" as const),
    method: field<NonNullable<Consent["method"]>>("inbound-message", "web-form", "web-form", ...otherMethods),
    obtainedAt: maybeNot(around(at)),
    withdrawnAt: seldom(around(at)),
    wordingVersion: maybeNot(fc.constant("1")),
    evidenceRef: maybeNot(fc.constant("e")),
    namesBusiness: flags,
    namesChannel: flags,
    confirmedAt: fc.option(around(at), { nil: undefined }),
    confirmedBy: fc.constantFrom(undefined, "email" as const, "sms" as const, "phone" as const, "whatsapp" as const),
    flaws: field<NonNullable<Consent["flaws"]>>([], ["pre-ticked"], ["condition-of-service"], ["hidden-in-terms"]),
    thirdPartyForm: flags,
    soft: fc.option(
      record<NonNullable<Consent["soft"]>>({
        obtainedInSale: flags,
        purchase: flags,
        ownSimilarProducts: flags,
        objectionOfferedAtCollection: flags,
        objectionOfferedEachTime: flags,
        charitableSupport: fc.constantFrom(undefined, true, true),
      }),
      { nil: undefined, freq: 5 },
    ),
    written: maybeNot(record<WrittenConsent>({ signed: flags, namesNumber: flags, saysAutomated: flags })),
    guardianAgreed: fc.constantFrom(undefined, false, true),
    explicitFor: fc.constantFrom(undefined, ["health" as const], specialCategories),
    itemisedNotice: flags,
    inRegistry: flags,
  });
}

/** Somebody who showed interest in a charity's aims and for the most part bought nothing from it. */
export const supporters = (at: Instant): fc.Arbitrary<readonly Consent[]> =>
  fc
    .record({ obtainedAt: around(at), obtainedInSale: seldom(fc.constant(true)) })
    .map(({ obtainedAt, obtainedInSale }) => [
      {
        status: "granted",
        kind: "soft",
        purposes: ["marketing"],
        channel: "all",
        obtainedAt,
        soft: {
          ...(obtainedInSale === undefined ? {} : { obtainedInSale }),
          ownSimilarProducts: true,
          objectionOfferedAtCollection: true,
          objectionOfferedEachTime: true,
          charitableSupport: true,
        },
      },
    ]);

/** An opt-in that nothing is wrong with. */
export function good(at: Instant): Consent {
  return {
    status: "granted",
    kind: "express",
    purposes,
    channel: "all",
    method: "inbound-message",
    obtainedAt: plus(at, -90 * dayMs),
    wordingVersion: "1",
    evidenceRef: "e",
    namesBusiness: true,
    namesChannel: true,
    thirdPartyForm: true,
    flaws: [],
    confirmedAt: plus(at, -90 * dayMs),
    confirmedBy: "whatsapp",
    written: { signed: true, namesNumber: true, saysAutomated: true },
    itemisedNotice: true,
    inRegistry: true,
  };
}

export function suppressions(at: Instant): fc.Arbitrary<Suppression> {
  return record<Suppression>({
    purpose: fc.constantFrom(...purposes, "all" as const),
    channel: fc.constantFrom("whatsapp" as const, "all" as const, "email" as const),
    at: fc.oneof(
      around(at),
      fc.constantFrom(minuteMs, 5 * minuteMs, hourMs).map((ms) => plus(at, -ms)),
    ),
    source: fc.constantFrom(
      "keyword" as const,
      "button" as const,
      "link" as const,
      "agent" as const,
      "complaint" as const,
      "bounce" as const,
      "block" as const,
      "platform-preference" as const,
      "law-request" as const,
    ),
    confirmationSentAt: orNone(around(at)),
  });
}
