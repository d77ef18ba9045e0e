import { dayMs, instant, plus, secondMs } from "@loket/kit";
import { isInEea, regionOfPhone } from "../regions.ts";
import { agoUnder, all, any, is, least, named, not, unknown, yes } from "./condition.ts";
import { need, type Row } from "./row.ts";
import type { Send } from "./send.ts";
import { by, category, endOf, messages, restriction, windowClosed } from "./whatsapp.ts";

/** The Business Platform: how much, how fast, and whether at all an account may send. */

const limitReached = (which: "numberLimit" | "portfolioLimit") =>
  named(`${which} reached`, ({ facts }) => {
    const limit = facts.account?.[which];
    return (
      limit !== undefined &&
      limit.limit !== "unlimited" &&
      limit.used >= limit.limit &&
      limit.includesRecipient !== true
    );
  });

/** Only people outside their windows are counted. */
const counted = all(yes("send.byBusiness"), windowClosed);

const limitWait = (which: "numberLimit" | "portfolioLimit") => (send: Send) => {
  const oldest = send.facts.account?.[which]?.oldestCountedAt;
  return oldest != null && oldest + dayMs > send.at ? plus(oldest, dayMs) : plus(send.at, dayMs);
};

const reserved = ["GB", "JP", "KR"];

const exemptFromUserLimit = (region: string | null | undefined) =>
  region != null && (isInEea(region) || reserved.includes(region));

const alsoInApp = yes("facts.sender.inBusinessApp");

const pairHeld = any(
  all(agoUnder("facts.history.lastSentAt", 6 * secondMs), not(least("facts.history.burstLeft", 1))),
  named("backing off", ({ facts, at }) => (facts.history?.pairBackoffUntil ?? 0) > at),
);

export const limitRows: readonly Row[] = [
  {
    rule: "whatsapp.cloud.marketing-us-paused",
    since: "2025-04-01",
    outcome: "refuse",
    where: by("template"),
    when: all(
      category("marketing"),
      // The text goes by the number. Where that is not known, an American id or residence may stand for one.
      named("American number", ({ facts: { recipient }, region }) =>
        recipient?.phone == null
          ? region === "US" || recipient?.bsuid?.startsWith("US.") === true
          : regionOfPhone(recipient.phone) === "US",
      ),
    ),
    needs: [need("recipient.phone", category("marketing"))],
  },
  {
    rule: "whatsapp.cloud.marketing-per-user-limit",
    since: "2024-05-23",
    outcome: "hold",
    where: by("template"),
    when: all(
      category("marketing"),
      windowClosed,
      agoUnder("facts.history.marketingLimitHitAt", dayMs),
      not(
        named(
          "exempt",
          ({ region, facts }) => exemptFromUserLimit(region) || exemptFromUserLimit(facts.sender?.numberCountry),
        ),
      ),
    ),
    waits: ({ facts }) => {
      const hit = facts.history?.marketingLimitHitAt;
      return hit == null ? null : plus(hit, dayMs);
    },
    needs: [need("history.marketingLimitHitAt", category("marketing"))],
  },
  {
    rule: "whatsapp.cloud.user-stopped-marketing",
    since: "2025-01-01",
    outcome: "refuse",
    weak: true,
    where: by("template"),
    when: all(
      category("marketing"),
      named("stopped inside WhatsApp", ({ facts }) => {
        const { marketingPreference: preference, marketingStoppedErrorAt: error } = facts.history ?? {};
        if (preference?.value === "stop") return true;
        return error != null && !(preference?.value === "resume" && preference.at > error);
      }),
    ),
    needs: [
      need("history.marketingStoppedErrorAt", category("marketing")),
      need("history.marketingPreference", category("marketing")),
    ],
  },
  {
    rule: "whatsapp.cloud.number-messaging-limit",
    since: "2021-01-01",
    until: "2025-10-07",
    outcome: "hold",
    where: messages,
    weak: true,
    when: all(counted, limitReached("numberLimit")),
    waits: limitWait("numberLimit"),
    needs: [need("account.numberLimit", counted)],
  },
  {
    rule: "whatsapp.cloud.portfolio-messaging-limit",
    since: "2025-10-07",
    outcome: "hold",
    where: messages,
    when: all(counted, limitReached("portfolioLimit")),
    waits: limitWait("portfolioLimit"),
    needs: [need("account.portfolioLimit", counted)],
  },
  {
    rule: "whatsapp.cloud.pair-rate",
    since: "2022-04-01",
    outcome: "hold",
    where: messages,
    when: pairHeld,
    waits: ({ facts: { history = {} }, at }) => {
      const spaced =
        history.lastSentAt != null && !((history.burstLeft ?? 0) >= 1) ? plus(history.lastSentAt, 6 * secondMs) : at;
      const backoff = history.pairBackoffUntil ?? at;
      return instant(Math.max(spaced, backoff));
    },
    needs: [need("history.lastSentAt"), need("history.pairBackoffUntil")],
  },
  {
    rule: "whatsapp.cloud.throughput",
    since: "2022-04-01",
    outcome: "hold",
    where: messages,
    when: any(
      named(
        "as fast as it may",
        ({ facts: { history } }) =>
          history?.sentInLastSecond !== undefined && history.sentInLastSecond >= (history.throughputPerSecond ?? 80),
      ),
      all(alsoInApp, least("facts.history.sentInLastSecond", 20)),
    ),
    waits: ({ at }) => plus(at, secondMs),
    needs: [
      need("history.sentInLastSecond"),
      need("history.throughputPerSecond", all(not(alsoInApp), least("facts.history.sentInLastSecond", 20))),
    ],
  },
  {
    rule: "whatsapp.cloud.account-restricted",
    since: "2018-08-01",
    outcome: "hold",
    where: messages,
    when: named(
      "restricted",
      (send) => restriction(send, "all", "lock", ...(send.byBusiness ? ["business-initiated"] : [])).length > 0,
    ),
    waits: (send) => {
      const active = restriction(send, "all", "lock", ...(send.byBusiness ? ["business-initiated"] : []));
      return endOf(active, send);
    },
    needs: [need("account.restrictions")],
  },
  {
    rule: "whatsapp.cloud.account-disabled",
    since: "2018-08-01",
    outcome: "refuse",
    where: messages,
    when: yes("facts.account.disabled"),
    needs: [need("account.disabled")],
  },
  {
    rule: "whatsapp.cloud.no-payment-method",
    since: "2026-10-01",
    outcome: "refuse",
    where: by("free-form"),
    when: all(
      yes("send.windowOpen"),
      is("facts.account.paymentMethod", false),
      least("facts.account.serviceMessagesThisMonth", 1_000),
    ),
    needs: [
      need(
        "account.paymentMethod",
        all(
          yes("send.windowOpen"),
          any(
            unknown("facts.account.serviceMessagesThisMonth"),
            least("facts.account.serviceMessagesThisMonth", 1_000),
          ),
        ),
      ),
      need("account.serviceMessagesThisMonth", all(yes("send.windowOpen"), not(yes("facts.account.paymentMethod")))),
    ],
  },
];
