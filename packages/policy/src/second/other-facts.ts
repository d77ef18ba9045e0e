import { type Instant, plus } from "@loket/kit";
import fc from "fast-check";
import { present } from "../arbitraries.ts";
import { mailboxProviders } from "../facts/email.ts";
import { smsWords } from "../facts/sms.ts";
import { telegramPractices } from "../facts/telegram.ts";
import { type Facts, purposes } from "../facts.ts";
import type { Channel } from "../request.ts";
import { around, fields, flag, mostly, oneOf, orNone, whole } from "./drawing.ts";

/** The facts of one channel; those of the others decide nothing on it. */
export function channelFacts(at: Instant, channel: Channel): fc.Arbitrary<Partial<Facts>> {
  const moment = around(at);
  const soon = oneOf(-1, 0, 1, 3_000).map((ms) => plus(at, ms));
  switch (channel) {
    case "telegram":
      return whole(
        fields<NonNullable<Facts["telegram"]>>({
          startedAt: orNone(moment),
          retryAfterUntil: orNone(soon),
          groupSentAt: oneOf(
            undefined,
            [],
            Array.from({ length: 20 }, (_, index) => plus(at, -2_000 * (index + 10))),
            Array.from({ length: 21 }, (_, index) => plus(at, -2_000 * index)),
            Array.from({ length: 20 }, (_, index) => plus(at, -3_000 * (index + 1))),
          ),
          paidBroadcasts: orNone(
            fields<{ starBalance?: number; monthlyActiveUsers?: number }>({
              starBalance: oneOf(100_000, 100_000, 99_999, undefined),
              monthlyActiveUsers: oneOf(100_000, 100_000, 99_999, undefined),
            }),
          ),
          canPostMessages: flag,
          canReply: flag,
          privacyMode: flag,
          inboundFileBytes: oneOf(undefined, 20_000_000, 20_000_001, 20_971_520, 20_971_521),
          commands: oneOf(undefined, [], ["stop"], ["privacy"], ["stop", "privacy"], ["stop", "privacy"]),
          ownPrivacyPolicy: flag,
          optOutWordsHonoured: flag,
          encryptedAtRest: flag,
          keyKeptApart: flag,
          practices: mostly(
            [],
            fc.option(fc.subarray([...telegramPractices], { maxLength: 2 }), { nil: undefined, freq: 4 }),
          ),
        }),
      ).map((telegram) => present({ telegram }));
    case "messenger":
    case "instagram":
      return whole(
        fields<NonNullable<Facts["messenger"]>>({
          lastActionAt: orNone(moment),
          windowEndsAt: orNone(soon),
          comment: orNone(
            fields<NonNullable<NonNullable<Facts["messenger"]>["comment"]>>({
              at: moment as fc.Arbitrary<Instant | undefined>,
              repliedPrivatelyAt: orNone(moment),
              broadcastEndedAt: orNone(moment),
            }),
          ),
          humanAgentGranted: flag,
          utilityMessagesGranted: flag,
          declaredAutomated: flag,
          marketingToken: orNone(
            fields<NonNullable<NonNullable<Facts["messenger"]>["marketingToken"]>>({
              expiresAt: orNone(soon),
              lastUsedAt: orNone(moment),
            }),
          ),
          oneTimeToken: orNone(
            fields<NonNullable<NonNullable<Facts["messenger"]>["oneTimeToken"]>>({
              obtainedAt: moment as fc.Arbitrary<Instant | undefined>,
              usedAt: orNone(moment),
            }),
          ),
          optInAskedAt: orNone(moment),
          sameTitleAskedAt: orNone(moment),
        }),
      ).map((messenger) => present({ messenger }));
    case "email":
      return fc
        .record({
          email: whole(
            fields<NonNullable<Facts["email"]>>({
              spfPasses: flag,
              dkimPasses: flag,
              dmarcRecord: flag,
              fromAlignedWith: oneOf(undefined, [], ["spf"], ["dkim"], ["spf", "dkim"]),
              tls: flag,
              reverseDnsMatches: flag,
              bulkSenderTo: fc.option(fc.subarray([...mailboxProviders]), { nil: undefined }),
              mailboxProvider: oneOf(...mailboxProviders, undefined),
              trackingConsent: flag,
            }),
          ),
          webchat: whole(fields<NonNullable<Facts["webchat"]>>({ addressForTranscript: flag } as never)),
        })
        .map((value) => present(value) as Partial<Facts>);
    case "webchat":
      return whole(
        fields<NonNullable<Facts["webchat"]>>({
          noticeShown: flag,
          deviceStorage: oneOf(undefined, [], ["session"], ["session", "analytics"], ["marketing"]),
          storageConsent: flag,
          pageOpen: flag,
          lastActivityAt: orNone(moment),
          followUpBy: oneOf(undefined, [], ["email"], ["messenger", "push"]),
          addressForTranscript: flag,
          pushPermission: orNone(fields<{ askedAfterAction?: boolean }>({ askedAfterAction: flag })),
          contactShown: flag,
          staffed: flag,
          authenticated: flag,
          transcript: orNone(
            fields<{ endedAt: Instant; anonymous?: boolean }>({
              endedAt: moment as fc.Arbitrary<Instant | undefined> as never,
              anonymous: flag,
            }),
          ),
          keepTranscriptsMonths: oneOf(undefined, null, null, 6, 12),
          accessible: flag,
        }),
      ).map((webchat) => present({ webchat }));
    case "rcs":
      return whole(
        fields<NonNullable<Facts["rcs"]>>({
          agentUse: oneOf(undefined, "otp", "transactional", "promotional", "multi-use"),
          unsubscribedAt: orNone(moment),
          reachable: flag,
        }),
      ).map((rcs) => present({ rcs }));
    case "viber":
      return whole(
        fields<NonNullable<Facts["viber"]>>({
          sessionMessagesSent: oneOf(undefined, 0, 59, 60),
          unansweredInRow: oneOf(undefined, 0, 4, 5),
        }),
      ).map((viber) => present({ viber }));
    case "apple":
      return whole(
        fields<NonNullable<Facts["apple"]>>({
          conversation: oneOf(undefined, "active", "active", "closed", "deleted", null),
          subscribedAt: orNone(moment),
          noticeShownAt: orNone(moment),
          liveAgent: flag,
          wiredWords: fc.option(
            oneOf<("agent" | "menu" | "unsubscribe")[]>(
              ["agent", "menu", "unsubscribe"],
              ["agent", "menu"],
              ["unsubscribe"],
            ),
            { nil: undefined },
          ),
        }),
      ).map((apple) => present({ apple }));
    case "sms":
      return whole(
        fields<NonNullable<Facts["sms"]>>({
          numberType: oneOf(undefined, "long-code", "short-code", "toll-free", "alphanumeric"),
          campaignPurposes: oneOf(undefined, [], ["marketing"], [...purposes]),
          tollFreeVerified: flag,
          wiredWords: fc.option(fc.subarray([...smsWords], { minLength: 2 }), { nil: undefined }),
          ageGatedGoods: oneOf(undefined, [], ["alcohol"], ["adult", "weapons", "tobacco"]),
          numberGivenByPerson: flag,
          route: oneOf(undefined, "domestic", "international"),
          registered: oneOf(
            undefined,
            [],
            ["sender", "header"],
            ["sender", "header", "template"],
            ["sender", "header", "template"],
          ),
        }),
      ).map((sms) => present({ sms }));
    default:
      return fc.constant({});
  }
}
