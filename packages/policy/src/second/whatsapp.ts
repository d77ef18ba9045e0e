import { dayMs, hourMs, instant, plus, secondMs } from "@loket/kit";
import type { Restriction } from "../facts.ts";
import { isInEea, regionOfPhone } from "../regions.ts";
import type { Channel, Kind, Payload, Transport } from "../request.ts";
import type { Until } from "../verdict.ts";
import { agoUnder, all, always, any, is, least, named, not, unknown, within, yes } from "./condition.ts";
import { need, type Row } from "./row.ts";
import { anyOptIn, optIn, type Send } from "./send.ts";

/** The Business Platform: window, templates, limits, restrictions, prices. */

export const whatsapp: readonly Channel[] = ["whatsapp"];
export const platform: readonly Transport[] = ["cloud-api", "on-premises-api"];
const messages = { channel: whatsapp, transport: platform } as const;
const by = (...payload: Payload[]) => ({ ...messages, payload });
const of = (...kind: Kind[]) => ({ ...messages, kind });

const windowClosed = not(yes("send.windowOpen"));
const category = (...names: string[]) => is("request.template.category", ...names);
const status = (...names: string[]) => is("request.template.status", ...names);
const utility = any(
  all(is("request.payload", "template"), category("utility")),
  all(is("request.payload", "direct-send"), is("request.directSendCategory", "utility")),
);

/** Kinds that are about the person's own matter unless the author says otherwise. */
const aboutThePerson = is(
  "request.kind",
  "transactional",
  "auth",
  "reply",
  "bot-reply",
  "doi-confirmation",
  "opt-out-confirmation",
);
const specific = any(yes("request.content.specific"), all(unknown("request.content.specific"), aboutThePerson));

const restriction = (send: Send, ...scopes: string[]) =>
  (send.facts.account?.restrictions ?? []).filter(
    // A lock ends when the appeal is decided, whatever end it was given.
    ({ scope, until }) => scopes.includes(scope) && (scope === "lock" || until === null || until > send.at),
  );

/** The latest of the ends; what nobody dated, and a lock, ends with the appeal. */
function endOf(active: readonly Restriction[], { at }: Send): Until {
  if (active.some(({ scope, until }) => scope === "lock" || until === null)) return "event:appeal-decided";
  return active.reduce((last, { until }) => (until !== null && until > last ? until : last), at);
}

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

const excluded = ["CU", "IR", "KP", "SY"];
const excludedParts = ["UA-43", "UA-40", "UA-14", "UA-09"];
const reserved = ["GB", "JP", "KR"];
const exemptFromUserLimit = (region: string | null | undefined) =>
  region != null && (isInEea(region) || reserved.includes(region));

const permissionHolds = (permanentKnown: boolean) =>
  named("a call permission still runs", ({ facts, at }) => {
    const permission = facts.history?.callPermission;
    if (permission == null || permission.revokedAt != null || permission.grantedAt > at) return false;
    if (permission.kind === "permanent") return permanentKnown;
    return at - permission.grantedAt < 7 * dayMs;
  });
const permissionMaybeRevoked = named("nobody knows whether it was revoked", ({ facts }) => {
  const permission = facts.history?.callPermission;
  return permission != null && permission.revokedAt === undefined;
});
const callsRefused = (permanentKnown: boolean) =>
  any(
    not(permissionHolds(permanentKnown)),
    is("facts.sender.numberCountry", "US", "CA", "EG", "VN", "NG", undefined),
    not(
      named("portfolio limit of 2,000", ({ facts }) => {
        const limit = facts.account?.portfolioLimit?.limit;
        return limit === "unlimited" || (limit !== undefined && limit >= 2_000);
      }),
    ),
  );

const alsoInApp = yes("facts.sender.inBusinessApp");
const pairHeld = any(
  all(agoUnder("facts.history.lastSentAt", 6 * secondMs), not(least("facts.history.burstLeft", 1))),
  named("backing off", ({ facts, at }) => (facts.history?.pairBackoffUntil ?? 0) > at),
);

export const platformRows: readonly Row[] = [
  {
    rule: "whatsapp.cloud.service-window-24h",
    since: "2018-08-01",
    outcome: "refuse",
    where: by("free-form"),
    when: windowClosed,
    /** The form a free text would be swapped to; what stands against that form is told with it. */
    swap: ({ request: { fallbackTemplate, ...rest } }) =>
      fallbackTemplate === undefined ? null : { ...rest, payload: "template", template: fallbackTemplate },
    fits: ({ request: { fallbackTemplate, kind }, marketing }) =>
      fallbackTemplate?.status === "APPROVED" &&
      fallbackTemplate.category === (marketing ? "marketing" : kind === "auth" ? "authentication" : "utility"),
  },
  {
    rule: "whatsapp.cloud.template-not-approved",
    since: "2018-08-01",
    outcome: "hold",
    where: by("template"),
    when: status("PENDING", "IN_APPEAL"),
    waits: () => "event:template-approved",
  },
  {
    rule: "whatsapp.cloud.template-rejected",
    since: "2018-08-01",
    outcome: "refuse",
    where: by("template"),
    when: any(status("REJECTED", "DISABLED", "DELETED"), unknown("request.template")),
  },
  {
    rule: "whatsapp.cloud.template-paused",
    since: "2023-01-01",
    outcome: "hold",
    weak: true,
    where: by("template"),
    when: status("PAUSED"),
    waits: ({ request, at }) => {
      const { pausedAt, pauseCount } = request.template ?? {};
      if (pausedAt === undefined) return "event:pause-lifted";
      const ends = plus(pausedAt, (pauseCount === 1 ? 3 : 6) * hourMs);
      return ends > at ? ends : "event:pause-lifted";
    },
  },
  {
    rule: "whatsapp.cloud.template-pacing",
    since: "2023-10-12",
    outcome: "hold",
    weak: true,
    where: by("template"),
    when: all(yes("request.template.heldForQualityAssessment"), not(is("request.template.quality", "GREEN"))),
    waits: () => "event:pacing-released",
  },
  {
    rule: "whatsapp.cloud.template-category-fit",
    since: "2023-06-01",
    outcome: "refuse",
    where: by("template", "direct-send"),
    when: all(utility, any(yes("send.marketing"), not(specific))),
  },
  {
    rule: "whatsapp.cloud.template-misuse-block",
    since: "2025-04-09",
    outcome: "hold",
    weak: true,
    where: by("template"),
    when: all(
      category("utility"),
      named("utility templates blocked", (send) => restriction(send, "utility-templates").length > 0),
    ),
    waits: (send) => endOf(restriction(send, "utility-templates"), send),
    needs: [need("account.restrictions", category("utility"))],
  },
  {
    rule: "whatsapp.cloud.template-language",
    since: "2020-04-08",
    outcome: "refuse",
    where: by("template"),
    when: named(
      "no approved translation",
      // Nobody asked for a language: then no translation is the one asked for.
      ({ request: { template } }) =>
        template?.approvedLanguages !== undefined &&
        (template.language === undefined || !template.approvedLanguages.includes(template.language)),
    ),
    turns: ({ request: { template }, facts }) =>
      template?.defaultLanguage !== undefined &&
      template.approvedLanguages?.includes(template.defaultLanguage) === true &&
      facts.recipient?.languages?.includes(template.defaultLanguage) === true
        ? "change"
        : "refuse",
  },
  {
    rule: "whatsapp.cloud.template-parameters",
    since: "2018-08-01",
    outcome: "refuse",
    weak: true,
    where: by("template"),
    when: is("request.template.parametersComplete", false),
  },
  {
    rule: "whatsapp.cloud.auth-template-only-otp",
    since: "2024-04-01",
    outcome: "refuse",
    where: of("auth"),
    when: not(
      all(
        is("request.payload", "template"),
        category("authentication"),
        yes("request.template.otpButton"),
        not(is("request.template.plainBody", false)),
        named("at most 15 characters", ({ request }) => (request.template?.longestParameter ?? 0) <= 15),
      ),
    ),
  },
  {
    rule: "whatsapp.cloud.auth-needs-phone-number",
    since: "2026-05-01",
    outcome: "refuse",
    where: of("auth"),
    when: not(named("number known", ({ facts }) => facts.recipient?.phone != null)),
  },
  {
    rule: "whatsapp.cloud.bsuid-recipient",
    since: "2026-05-01",
    outcome: "change",
    where: messages,
    when: all(
      not(is("request.kind", "auth")),
      named("only the id is known", ({ facts }) => facts.recipient?.bsuid != null && facts.recipient.phone == null),
    ),
  },
  {
    rule: "whatsapp.cloud.marketing-us-paused",
    since: "2025-04-01",
    outcome: "refuse",
    where: by("template"),
    when: all(
      category("marketing"),
      named("American number", ({ facts, region }) =>
        facts.recipient?.phone == null ? region === "US" : regionOfPhone(facts.recipient.phone) === "US",
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
  {
    rule: "whatsapp.cloud.direct-send",
    since: "2026-07-31",
    outcome: "refuse",
    where: by("direct-send"),
    when: any(
      not(is("facts.account.directSend", "enabled")),
      not(is("request.directSendCategory", "utility")),
      yes("request.promotional"),
    ),
  },
  {
    rule: "whatsapp.cloud.on-prem-sunset",
    since: "2025-10-23",
    outcome: "refuse",
    where: { channel: whatsapp, transport: ["on-premises-api"] },
    when: always,
  },
  {
    rule: "whatsapp.cloud.country-excluded",
    since: "2018-08-01",
    outcome: "refuse",
    where: messages,
    when: any(
      is("send.region", ...excluded),
      is("facts.recipient.subdivision", ...excludedParts),
      is("facts.sender.establishment", ...excluded),
      is("facts.sender.subdivision", ...excludedParts),
    ),
    needs: [
      need("recipient.region", is("send.region", null)),
      need("recipient.subdivision", is("send.region", "UA")),
      need("sender.establishment"),
      need("sender.subdivision", is("facts.sender.establishment", "UA")),
    ],
  },
  {
    rule: "whatsapp.cloud.group-eligibility",
    since: "2025-10-06",
    outcome: "refuse",
    weak: true,
    where: messages,
    when: named(
      "a group that may not be",
      ({ request: { group }, facts: { sender } }) =>
        group !== undefined &&
        (sender?.officialBusinessAccount !== true ||
          sender.inBusinessApp !== false ||
          group.participants > 8 ||
          !group.everyoneJoinedByInvite),
    ),
  },
  {
    rule: "whatsapp.cloud.call-permission",
    since: "2025-07-01",
    until: "2025-11-03",
    outcome: "refuse",
    weak: true,
    where: by("call"),
    when: callsRefused(false),
    needs: [need("account.portfolioLimit")],
    asks: [["history.callPermission.revokedAt", permissionMaybeRevoked]],
  },
  {
    rule: "whatsapp.cloud.call-permission",
    since: "2025-11-03",
    outcome: "refuse",
    weak: true,
    where: by("call"),
    when: callsRefused(true),
    needs: [need("account.portfolioLimit")],
    asks: [["history.callPermission.revokedAt", permissionMaybeRevoked]],
  },
  {
    rule: "whatsapp.cloud.optin-number-moved",
    outcome: "hold",
    where: by("template"),
    when: all(
      not(is("facts.recipient.numberChangedAt", null, undefined)),
      anyOptIn,
      not(
        optIn(
          "given with the new number",
          ({ obtainedAt }, { facts }) =>
            obtainedAt !== undefined && obtainedAt > (facts.recipient?.numberChangedAt ?? obtainedAt),
        ),
      ),
    ),
    waits: () => "event:reconfirmed",
    needs: [need("recipient.numberChangedAt")],
  },
  {
    rule: "whatsapp.cloud.note-service-free",
    since: "2024-11-01",
    until: "2026-10-01",
    outcome: "note",
    where: by("free-form"),
    when: yes("send.windowOpen"),
  },
  {
    rule: "whatsapp.cloud.note-service-charged",
    since: "2026-10-01",
    outcome: "note",
    where: by("free-form"),
    when: yes("send.windowOpen"),
  },
  {
    rule: "whatsapp.cloud.note-utility-in-window",
    since: "2025-07-01",
    outcome: "note",
    where: by("template"),
    when: all(category("utility"), yes("send.windowOpen")),
  },
  {
    rule: "whatsapp.cloud.note-free-entry-point",
    since: "2022-02-01",
    until: "2026-10-01",
    outcome: "note",
    weak: true,
    where: messages,
    when: within("facts.history.adConversationRepliedAt", 72 * hourMs),
  },
  {
    rule: "whatsapp.cloud.note-free-entry-point",
    since: "2026-10-01",
    outcome: "note",
    weak: true,
    where: messages,
    when: within("facts.history.adConversationRepliedAt", 7 * dayMs),
  },
];
