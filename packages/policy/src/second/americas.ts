import { purposes, type Suppression } from "../facts.ts";
import { placeOf } from "../places.ts";
import { type Channel, kinds } from "../request.ts";
import type { Weekday } from "../zone.ts";
import { advertising, noExpress } from "./advertising.ts";
import { all, any, is, least, named, not, unknown, yes } from "./condition.ts";
import { confirmed } from "./core.ts";
import { disturbs, marketing, optedOut, outside, untilPermitted } from "./laws-elsewhere.ts";
import { monthsAfter } from "./months.ts";
import { need, type Row } from "./row.ts";
import { isWithdrawn, type Send, standing } from "./send.ts";
import { unitedStates } from "./sms.ts";
import { none } from "./telegram.ts";

/** The United States with its territories, some of its states, and Canada. */

const us = { region: unitedStates } as const;
const calls: readonly Channel[] = ["sms", "rcs", "phone"];
const noConfirmation = not(is("request.kind", "opt-out-confirmation"));

const written = named("written consent", ({ express }: Send) => {
  const terms = express?.written;
  return (
    express?.namesBusiness === true &&
    terms?.signed === true &&
    terms.namesNumber === true &&
    terms.saysAutomated === true &&
    express.flaws !== undefined &&
    !express.flaws.includes("condition-of-service")
  );
});

const lives = (state: string) =>
  named(
    `may live in ${state}`,
    ({ facts, region }: Send) => region === "US" && placeOf(region, facts.recipient).subdivisions.includes(state),
  );

/** Where the number already tells the state, nothing has to be asked. */
const stateUntold = named(
  "neither number nor residence tells the state",
  ({ facts, region }: Send) => placeOf(region, facts.recipient).subdivisions.length === 0,
);

type Week = (weekday: Weekday) => { readonly from: number; readonly to: number };
const isWeekend = (weekday: Weekday) => weekday === "sat" || weekday === "sun";
const quiet = (rule: string, state: string, since: string | undefined, week: Week, isWeak: boolean): Row => ({
  rule,
  ...(since === undefined ? {} : { since }),
  ...(isWeak ? { weak: true as const } : {}),
  outcome: "hold",
  where: { region: ["US"], channel: calls },
  when: all(
    disturbs,
    lives(state),
    outside((weekday) => week(weekday)),
  ),
  waits: untilPermitted((weekday) => week(weekday)),
  needs: [need("recipient.subdivision", all(disturbs, stateUntold))],
});
const day: Week = () => ({ from: 8 * 60, to: 21 * 60 });

const noOptIn = named("no opt-in for any purpose", ({ facts, at, request }: Send) =>
  purposes.every((purpose) => standing(facts, purpose, request.channel, at, ["express"]) === null),
);
/** What a person said, as opposed to what a network or a platform reports. */
const said: readonly Suppression["source"][] = ["keyword", "button", "link", "agent", "complaint", "law-request"];
/** All texts and calls of the caller are one, so a stop to any of them counts; a later sign-up for this purpose lifts it. */
const revokedAnything = named("a stop to any kind of text or call", ({ facts, at, express }: Send) => {
  const concerns = (channel: Channel | "all") => channel === "all" || calls.includes(channel);
  const stops = [
    ...(facts.suppressions ?? []).filter(({ source, channel }) => said.includes(source) && concerns(channel)),
    ...(facts.consents ?? [])
      .filter((record) => isWithdrawn(record, at) && concerns(record.channel))
      .map(({ withdrawnAt = Number.POSITIVE_INFINITY }) => ({ at: withdrawnAt })),
  ];
  return stops.some((stop) => !(express?.obtainedAt !== undefined && express.obtainedAt > stop.at));
});

export const americaRows: readonly Row[] = [
  {
    rule: "us.tcpa.pewc",
    since: "2013-10-16",
    outcome: "refuse",
    where: { ...us, channel: calls, payload: ["free-form", "template", "call"] },
    when: all(
      any(
        all(is("request.channel", "sms", "rcs"), advertising),
        all(is("request.channel", "phone"), yes("request.call.recordedVoice"), disturbs),
      ),
      not(written),
    ),
  },
  {
    rule: "us.tcpa.consent-transactional",
    since: "2013-10-16",
    outcome: "refuse",
    weak: true,
    where: { ...us, channel: ["sms"], payload: ["free-form", "template"] },
    when: all(
      not(any(marketing, is("request.kind", "opt-in-request"))),
      yes("send.byBusiness"),
      noConfirmation,
      noOptIn,
      none("facts.lastInboundAt"),
      not(yes("facts.sms.numberGivenByPerson")),
    ),
  },
  {
    rule: "us.tcpa.quiet-hours",
    since: "1992-12-20",
    outcome: "hold",
    weak: true,
    where: { region: [...unitedStates, "unknown"], channel: calls },
    when: all(disturbs, outside(day)),
    waits: untilPermitted(day),
    // Asked of every text and call, since by the number goes not only the clock but whose law it is.
    needs: [need("recipient.phone")],
  },
  quiet("us.state.fl-quiet-hours", "US-FL", "2021-07-01", () => ({ from: 8 * 60, to: 20 * 60 }), false),
  quiet("us.state.ok-quiet-hours", "US-OK", "2022-11-01", () => ({ from: 8 * 60, to: 20 * 60 }), true),
  quiet(
    "us.state.tx-quiet-hours",
    "US-TX",
    "2025-09-01",
    (weekday) => ({ from: (weekday === "sun" ? 12 : 9) * 60, to: 21 * 60 }),
    false,
  ),
  quiet("us.state.ct-quiet-hours", "US-CT", "2023-10-01", () => ({ from: 9 * 60, to: 20 * 60 }), false),
  quiet(
    "us.state.ri-quiet-hours",
    "US-RI",
    undefined,
    (weekday) => (isWeekend(weekday) ? { from: 600, to: 1_020 } : { from: 540, to: 1_080 }),
    true,
  ),
  {
    rule: "us.state.va-optout-10y",
    since: "2026-01-01",
    outcome: "note",
    where: {
      region: ["US"],
      channel: ["sms"],
      kind: kinds.filter((kind) => kind !== "import"),
    },
    when: all(lives("US-VA"), least("facts.law.optOutsKeptYears", 0), not(least("facts.law.optOutsKeptYears", 10))),
  },
  {
    rule: "us.tcpa.revocation",
    since: "2025-04-11",
    outcome: "refuse",
    where: { ...us, channel: ["sms", "phone"] },
    when: all(yes("send.byBusiness"), noConfirmation, optedOut),
    instead: ["sms.stop-honoured", "core.opt-out-wins", "eu.gdpr.object-direct-marketing"],
  },
  {
    rule: "us.tcpa.no-exclusive-route",
    since: "2025-04-11",
    outcome: "refuse",
    where: { region: [...unitedStates, "unknown"], channel: calls, kind: ["setup"] },
    when: named(
      "one way at most",
      ({ facts }) => facts.law?.optOutWays !== undefined && facts.law.optOutWays.length < 2,
    ),
    needs: [need("law.optOutWays")],
  },
  {
    rule: "us.tcpa.one-confirmation",
    since: "2025-04-11",
    outcome: "refuse",
    where: { ...us, channel: ["sms", "rcs"], kind: ["opt-out-confirmation"] },
    when: confirmed,
    instead: ["core.opt-out-confirmation-once"],
  },
  {
    rule: "us.tcpa.revoke-all",
    since: "2027-01-31",
    outcome: "refuse",
    where: { ...us, channel: calls },
    when: all(yes("send.byBusiness"), noConfirmation, revokedAnything),
  },
  {
    rule: "us.canspam.opt-out",
    since: "2004-01-01",
    outcome: "refuse",
    where: { ...us, channel: ["email"] },
    when: all(marketing, yes("send.byBusiness"), noConfirmation, optedOut),
    instead: ["core.opt-out-wins"],
  },
  {
    rule: "us.canspam.postal-address",
    since: "2004-01-01",
    outcome: "change",
    where: { ...us, channel: ["email"] },
    when: all(marketing, not(yes("request.content.postalAddress"))),
  },
  {
    rule: "us.canspam.identify-ad",
    since: "2004-01-01",
    outcome: "change",
    where: { ...us, channel: ["email"] },
    when: all(marketing, noExpress, not(yes("request.content.labelledAsAdvertising"))),
  },
  {
    rule: "us.canspam.no-consent-needed",
    since: "2004-01-01",
    outcome: "note",
    where: { ...us, channel: ["email"] },
    when: marketing,
  },
];

const within = (path: "lastPurchaseAt" | "lastInquiryAt", months: number) =>
  named(`${path} in the last ${months} months`, ({ facts, at }: Send) => {
    const moment = facts.recipient?.[path];
    return moment != null && moment <= at && at < monthsAfter(moment, months);
  });
const recordWithin = named("a record of a sale or of conduct that still runs", ({ facts, at, request }: Send) => {
  const sale = standing(facts, "marketing", request.channel, at, ["soft"]);
  const conduct = standing(facts, "marketing", request.channel, at, ["implied"]);
  const runs = (moment: number | undefined, months: number) =>
    moment !== undefined && moment <= at && at < monthsAfter(moment, months);
  return (sale?.soft?.obtainedInSale === true && runs(sale.obtainedAt, 24)) || runs(conduct?.obtainedAt, 6);
});
const implied = any(
  recordWithin,
  within("lastPurchaseAt", 24),
  within("lastInquiryAt", 6),
  yes("facts.recipient.publishedForSuchMessages"),
);
const canada = { region: ["CA"], payload: ["free-form", "template", "direct-send", "native"] } as const;

export const canadaRows: readonly Row[] = [
  {
    rule: "ca.casl.consent",
    since: "2014-07-01",
    outcome: "refuse",
    where: canada,
    when: all(advertising, not(is("request.kind", "opt-in-request")), noExpress, not(implied)),
  },
  {
    rule: "ca.casl.request-is-cem",
    since: "2014-07-01",
    outcome: "refuse",
    where: { ...canada, kind: ["opt-in-request"] },
    when: all(advertising, noExpress, not(implied)),
  },
  {
    rule: "ca.casl.identify-and-unsubscribe",
    since: "2014-07-01",
    outcome: "change",
    where: canada,
    when: all(
      any(marketing, is("request.kind", "opt-in-request")),
      any(
        not(yes("request.content.senderNamed")),
        not(yes("request.content.postalAddress")),
        not(yes("request.content.stopPath")),
        all(not(unknown("request.content.stopWorksDays")), not(least("request.content.stopWorksDays", 60))),
      ),
    ),
  },
  {
    rule: "ca.casl.unsubscribe-10bd",
    since: "2014-07-01",
    outcome: "refuse",
    where: canada,
    when: all(marketing, yes("send.byBusiness"), noConfirmation, optedOut),
    instead: ["core.opt-out-wins"],
  },
];
