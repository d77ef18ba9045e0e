import { dayMs, hourMs } from "@loket/kit";
import fc from "fast-check";
import { type ProgrammeTerm, programmeTerms } from "../facts/sms.ts";
import { goodsClasses } from "../facts/trade.ts";
import type { SendRequest } from "../request.ts";
import { fields, flag, oneOf, whole } from "./drawing.ts";

/** What a message says of itself on its channel. All channels' words are drawn at once; a channel reads its own. */

export const goods = fc.option(fc.subarray([...goodsClasses], { minLength: 1, maxLength: 2 }), {
  nil: undefined,
  freq: 1,
});
export const messages: fc.Arbitrary<Partial<SendRequest>> = fields<Partial<SendRequest>>({
  body: whole(
    fields<NonNullable<SendRequest["body"]>>({
      textBytes: oneOf(undefined, 1_000, 1_001),
      largestFileBytes: oneOf(undefined, 20_000_001, 50_000_000, 50_000_001, 52_428_800, 52_428_801),
      parts: oneOf(
        undefined,
        [],
        ["image" as const],
        ["audio" as const],
        ["button" as const],
        ["file" as const],
        ["video" as const],
      ),
    }),
  ),
  call: oneOf(undefined, {}, { recordedVoice: true }, { numberWithheld: true, recordedVoice: false }),
  email: whole(
    fields<NonNullable<SendRequest["email"]>>({
      fromDomain: oneOf("shop.example", "gmail.com", undefined),
      listUnsubscribe: flag,
      listUnsubscribePost: flag,
      unsubscribeSigned: flag,
      unsubscribeLink: flag,
      misleading: oneOf(undefined, false, true),
      tracksPerson: oneOf(undefined, false, true),
    }),
  ),
  messenger: whole(
    fields<NonNullable<SendRequest["messenger"]>>({
      tag: oneOf(
        undefined,
        undefined,
        undefined,
        "HUMAN_AGENT",
        "HUMAN_AGENT",
        "ACCOUNT_UPDATE",
        "CONFIRMED_EVENT_UPDATE",
        "POST_PURCHASE_UPDATE",
      ),
      fitsTag: oneOf(undefined, true, false),
      token: oneOf(
        undefined,
        undefined,
        undefined,
        "marketing-message",
        "marketing-message",
        "one-time-notification",
        "recurring-notification",
      ),
      privateReply: oneOf(undefined, undefined, false, true),
    }),
  ),
  rcs: whole(
    fields<NonNullable<SendRequest["rcs"]>>({
      timeBound: oneOf(undefined, false, true),
      expiresAfterMs: oneOf(undefined, hourMs, 15 * dayMs, 15 * dayMs + 1),
      fallbackChannel: oneOf(undefined, "sms" as const),
    }),
  ),
  sms: whole(
    fields<NonNullable<SendRequest["sms"]>>({
      stopRoutes: oneOf(
        undefined,
        [],
        ["link" as const],
        ["answer" as const],
        ["number" as const],
        ["answer" as const, "number" as const],
      ),
      linkHosts: oneOf(undefined, [], ["bit.ly"], ["BIT.LY"], ["shop.example"], ["tinyurl.com", "shop.example"]),
      opensProgramme: oneOf(undefined, false, true),
      programmeTerms: oneOf<readonly ProgrammeTerm[] | undefined>(undefined, programmeTerms, programmeTerms.slice(1)),
      matchesRegisteredTemplate: flag,
    }),
  ),
  telegram: whole(
    fields<NonNullable<SendRequest["telegram"]>>({
      chatType: oneOf(
        undefined,
        undefined,
        "private" as const,
        "group" as const,
        "supergroup" as const,
        "channel" as const,
      ),
      messagesPerSecond: oneOf(undefined, 30, 31, 1_000, 1_001),
      paidWith: oneOf(undefined, "stars" as const, "other" as const, "other" as const),
    }),
  ),
  webchat: whole(
    fields<NonNullable<SendRequest["webchat"]>>({
      invite: fc.option(
        fields<NonNullable<NonNullable<SendRequest["webchat"]>["invite"]>>({
          shownBefore: oneOf(undefined, 0, 1),
          closedBefore: oneOf(undefined, false, true),
          coversContent: oneOf(undefined, false, true),
        }),
        { nil: undefined },
      ),
      promisesPersonNow: oneOf(undefined, false, true),
      showsAccountData: oneOf(undefined, false, true),
    }),
  ),
});
