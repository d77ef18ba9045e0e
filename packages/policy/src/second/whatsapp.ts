import { dayMs, hourMs } from "@loket/kit";
import type { Restriction } from "../facts.ts";
import type { Channel, Kind, Payload, Transport } from "../request.ts";
import type { Until } from "../verdict.ts";
import { all, always, any, is, named, not, within, yes } from "./condition.ts";
import { need, type Row } from "./row.ts";
import { anyOptIn, optIn, type Send } from "./send.ts";

/** The Business Platform: its words, and what it carries, to whom, and what it costs. */

export const whatsapp: readonly Channel[] = ["whatsapp"];
export const platform: readonly Transport[] = ["cloud-api", "on-premises-api"];
export const messages = { channel: whatsapp, transport: platform } as const;
export const by = (...payload: Payload[]) => ({ ...messages, payload });
export const of = (...kind: Kind[]) => ({ ...messages, kind });
export const windowClosed = not(yes("send.windowOpen"));
export const category = (...names: string[]) => is("request.template.category", ...names);

export const restriction = (send: Send, ...scopes: string[]) =>
  (send.facts.account?.restrictions ?? []).filter(
    // A lock ends when the appeal is decided, whatever end it was given.
    ({ scope, until }) => scopes.includes(scope) && (scope === "lock" || until === null || until > send.at),
  );

/** The latest of the ends; what nobody dated, and a lock, ends with the appeal. */
export function endOf(active: readonly Restriction[], { at }: Send): Until {
  if (active.some(({ scope, until }) => scope === "lock" || until === null)) return "event:appeal-decided";
  return active.reduce((last, { until }) => (until !== null && until > last ? until : last), at);
}

const excluded = ["CU", "IR", "KP", "SY"];
const excludedParts = ["UA-43", "UA-40", "UA-14", "UA-09"];

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

export const platformRows: readonly Row[] = [
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
