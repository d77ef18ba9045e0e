import type { Kind, Transport } from "../request.ts";
import { all, is, named, not, yes } from "./condition.ts";
import { monthsAfter } from "./months.ts";
import { need, type Row } from "./row.ts";
import { anyOptIn, optIn } from "./send.ts";
import { platform, whatsapp } from "./whatsapp.ts";

/** The Messaging Policy, which binds the Platform and the Business App alike. */

export const business: readonly Transport[] = [...platform, "business-app"];
const messages = { channel: whatsapp, transport: business } as const;
const bot: { readonly kind: readonly Kind[] } = { kind: ["bot-reply"] };

const begins = all(yes("send.byBusiness"), not(is("request.kind", "opt-out-confirmation")));
const namesBusiness = optIn("names this business", (record) => record.namesBusiness === true);
/** Nobody knows yet whether one does: then that is asked for. */
const mayNameBusiness = optIn("may name this business", (record) => record.namesBusiness === undefined);

export const policyRows: readonly Row[] = [
  {
    rule: "whatsapp.policy.opt-in-required",
    since: "2018-01-01",
    outcome: "refuse",
    where: messages,
    when: all(begins, not(namesBusiness), not(mayNameBusiness)),
    asks: [["consents[].namesBusiness", all(begins, mayNameBusiness, not(namesBusiness))]],
  },
  {
    rule: "whatsapp.policy.opt-in-form-third-party",
    since: "2018-08-01",
    until: "2020-07-09",
    outcome: "refuse",
    where: messages,
    when: all(begins, anyOptIn, not(optIn("in the form of then", (record) => record.thirdPartyForm === true))),
  },
  {
    rule: "whatsapp.policy.opt-in-form-names-whatsapp",
    since: "2020-07-09",
    until: "2024-11-01",
    outcome: "refuse",
    weak: true,
    where: messages,
    when: all(
      begins,
      anyOptIn,
      not(optIn("names both", (record) => record.namesBusiness === true && record.namesChannel === true)),
    ),
  },
  {
    rule: "whatsapp.policy.inbound-is-not-opt-in",
    since: "2018-08-01",
    outcome: "note",
    where: messages,
    // Also once the window has closed: the person wrote, and that is all there is.
    when: all(
      named("wrote once", ({ facts }) => facts.lastInboundAt != null),
      not(anyOptIn),
    ),
  },
  {
    rule: "whatsapp.policy.purpose-match",
    since: "2018-01-01",
    outcome: "refuse",
    where: messages,
    when: all(yes("send.byBusiness"), yes("send.marketing"), anyOptIn, is("send.express", null)),
  },
  {
    rule: "whatsapp.policy.transactional-only",
    since: "2018-08-01",
    until: "2021-09-15",
    outcome: "refuse",
    where: { channel: whatsapp, transport: platform, payload: ["template"] },
    when: yes("send.marketing"),
  },
  {
    rule: "whatsapp.policy.opt-out-honoured",
    since: "2018-01-01",
    outcome: "refuse",
    where: messages,
    when: all(
      begins,
      named("asked to stop", ({ optOuts }) => optOuts.length > 0),
    ),
    instead: ["core.opt-out-wins", "eu.gdpr.object-direct-marketing"],
  },
  {
    rule: "whatsapp.policy.human-escalation",
    since: "2020-01-01",
    outcome: "change",
    weak: true,
    where: { ...messages, ...bot },
    when: not(yes("request.bot.escalationOffered")),
  },
  {
    rule: "whatsapp.policy.sensitive-identifiers",
    since: "2018-01-01",
    outcome: "refuse",
    where: messages,
    when: yes("request.content.sensitiveIdentifiers"),
  },
  {
    rule: "whatsapp.policy.health-information",
    since: "2018-01-01",
    outcome: "refuse",
    weak: true,
    where: messages,
    when: yes("request.content.protectedHealthData"),
  },
  {
    rule: "whatsapp.policy.no-impersonation",
    since: "2018-01-01",
    outcome: "refuse",
    where: messages,
    when: yes("request.content.impersonation"),
  },
  {
    rule: "whatsapp.policy.profile-contact",
    since: "2018-01-01",
    outcome: "hold",
    where: messages,
    when: is("facts.sender.profileHasContact", false),
    waits: () => "event:profile-complete",
    needs: [need("sender.profileHasContact")],
  },
  {
    rule: "whatsapp.policy.no-surprise-volume",
    since: "2018-01-01",
    outcome: "note",
    where: messages,
    when: all(
      yes("send.byBusiness"),
      yes("send.marketing"),
      named("half a year of silence after the sign-up", ({ express, facts, at }) => {
        if (express?.obtainedAt === undefined || at < monthsAfter(express.obtainedAt, 6)) return false;
        const last = Math.max(facts.history?.lastSentAt ?? 0, facts.lastInboundAt ?? 0);
        return last <= express.obtainedAt;
      }),
    ),
  },
  {
    rule: "whatsapp.policy.political",
    since: "2018-01-01",
    outcome: "refuse",
    weak: true,
    where: messages,
    when: is("facts.sender.kind", "political"),
    needs: [need("sender.kind")],
  },
  {
    rule: "whatsapp.policy.government-needs-partner",
    since: "2022-01-01",
    outcome: "refuse",
    weak: true,
    where: messages,
    when: all(is("facts.sender.kind", "public-body"), not(yes("facts.sender.viaSolutionProvider"))),
    needs: [need("sender.kind")],
  },
];
