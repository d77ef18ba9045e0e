import type { Instant } from "@loket/kit";
import fc from "fast-check";
import { specialCategories } from "../facts/law.ts";
import { goodsClasses } from "../facts/trade.ts";
import {
  type Content,
  contentConcerns,
  kinds,
  payloads,
  type SendRequest,
  type Template,
  type Transport,
  templateCategories,
  templateStatuses,
  transports,
} from "../request.ts";
import { around, field, maybeNot, record, seldom } from "./drawing.ts";

/** Random messages over WhatsApp, and checks of a set-up or a list. */

function templates(at: Instant): fc.Arbitrary<Template> {
  return record<Template>({
    name: fc.constant("t"),
    category: fc.constantFrom(...templateCategories),
    status: fc.oneof(
      { weight: 6, arbitrary: fc.constant("APPROVED" as const) },
      { weight: 1, arbitrary: fc.constantFrom(...templateStatuses) },
    ),
    language: field("nl", "en", "fr"),
    approvedLanguages: field<readonly string[]>(["nl"], ["en"], ["nl", "en"], []),
    defaultLanguage: fc.constantFrom(undefined, "en", "nl"),
    quality: field("GREEN", "RED", "YELLOW"),
    pausedAt: maybeNot(around(at)),
    pauseCount: fc.constantFrom(1, 2, undefined),
    heldForQualityAssessment: field(false, true),
    parametersComplete: field(true, false),
    otpButton: field(true, false),
    plainBody: field(true, false),
    longestParameter: field(6, 15, 16),
  });
}

export const goods = fc.oneof(
  fc.subarray([...goodsClasses], { minLength: 1, maxLength: 2 }),
  fc.subarray(["alcohol", "gambling", "otc-medicine", "services"] as const, { minLength: 1, maxLength: 1 }),
);
const contents: fc.Arbitrary<Content> = record<Content>({
  specific: fc.constantFrom(undefined, undefined, true, false),
  stopPath: field(true, false),
  senderNamed: field(true, false),
  sensitiveIdentifiers: field(false, true),
  protectedHealthData: field(false, true),
  impersonation: field(false, true),
  ageLimited: field(false, true),
  goods: seldom(goods),
  onlyPointsElsewhere: seldom(fc.constant(true)),
  channelInvite: field(false, true),
  concerns: seldom(fc.subarray([...contentConcerns], { minLength: 1, maxLength: 1 })),
  postalAddress: field(true, false),
  labelledAsAdvertising: field(true, false),
  privacyLink: field(false, true),
  stopWorksDays: seldom(fc.constantFrom(59, 60)),
  reveals: seldom(fc.subarray([...specialCategories], { minLength: 1, maxLength: 2 })),
});

const roads: fc.Arbitrary<Transport> = fc.oneof(
  { weight: 12, arbitrary: fc.constant("cloud-api" as const) },
  { weight: 1, arbitrary: fc.constant("on-premises-api" as const) },
  { weight: 4, arbitrary: fc.constant("business-app" as const) },
  { weight: 1, arbitrary: fc.constant("consumer-app" as const) },
  { weight: 1, arbitrary: fc.constant("public-channel" as const) },
  { weight: 1, arbitrary: fc.constantFrom(...transports) },
);

export function requests(at: Instant): fc.Arbitrary<SendRequest> {
  return record<SendRequest>({
    channel: fc.constant("whatsapp"),
    transport: roads,
    payload: fc.oneof(
      { weight: 4, arbitrary: fc.constant("template" as const) },
      { weight: 3, arbitrary: fc.constant("free-form" as const) },
      { weight: 4, arbitrary: fc.constantFrom(...payloads) },
    ),
    kind: fc.oneof(
      { weight: 1, arbitrary: fc.constantFrom("marketing" as const, "newsletter" as const) },
      { weight: 4, arbitrary: fc.constantFrom(...kinds) },
      { weight: 1, arbitrary: fc.constantFrom("setup" as const, "sales-call" as const) },
    ),
    template: fc.option(templates(at), { nil: undefined, freq: 12 }),
    fallbackTemplate: seldom(templates(at)),
    directSendCategory: field("utility", "marketing", "authentication"),
    promotional: field(false, true),
    solicited: field(false, true),
    content: fc.option(contents, { nil: undefined, freq: 12 }),
    bot: record<NonNullable<SendRequest["bot"]>>({
      firstTurn: fc.constantFrom(true, false, undefined),
      resumes: fc.constantFrom(undefined, true, false),
      saysAutomated: field(true, false),
      ai: field(true, false),
      saysAi: field(true, false),
      escalationOffered: field(true, false),
      assistantIsTheProduct: fc.constantFrom(false, undefined, true),
    }),
    group: seldom(fc.record({ participants: fc.constantFrom(2, 8, 9), everyoneJoinedByInvite: fc.boolean() })),
    native: fc.option(
      record<NonNullable<SendRequest["native"]>>({
        sentBy: fc.constantFrom(undefined, "person" as const, "app" as const, "software" as const),
        broadcastRecipients: fc.constantFrom(undefined, 1, 256, 257),
        draftsPerClick: fc.constantFrom(undefined, 1, 2),
        scheduledBy: fc.constantFrom(undefined, undefined, "app" as const, "software" as const),
      }),
      { nil: undefined, freq: 2 },
    ),
    commerce: fc.constantFrom(false, false, false, undefined, true),
    body: fc.constant(undefined),
    call: fc.option(fc.record({ numberWithheld: fc.boolean() }), { nil: undefined }),
    email: fc.constant(undefined),
    messenger: fc.constant(undefined),
    rcs: fc.constant(undefined),
    sms: fc.constant(undefined),
    telegram: fc.constant(undefined),
    webchat: fc.constant(undefined),
    text: fc.constantFrom(undefined, "Nu GRATIS brood", "Nieuwe uren"),
    audience: seldom(fc.record({ recipients: fc.constantFrom(5, 6), approvals: fc.constantFrom(0, 1) })),
    overrides: seldom(
      fc.subarray(
        [
          "own.quiet-hours",
          "core.frequency-cap",
          "core.duplicate-send",
          "own.frequency-cap",
          "own.forbidden-words",
          "own.second-pair-of-eyes",
          "whatsapp.policy.opt-in-required",
        ],
        { minLength: 1 },
      ),
    ),
  });
}
