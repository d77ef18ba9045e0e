import { dayMs } from "@loket/kit";
import { placeOf } from "../places.ts";
import type { DayHours, Weekday } from "../zone.ts";
import {
  advertising,
  customer,
  euConsent,
  noCallConsent,
  noExpress,
  salesCall,
  soft,
  toPerson,
} from "./advertising.ts";
import { firstPermitted } from "./clock.ts";
import { all, any, type Condition, is, named, not, yes } from "./condition.ts";
import type { Row } from "./row.ts";
import type { Send } from "./send.ts";
import { unitedStates } from "./sms.ts";

/** France, Austria, Belgium, Spain, Italy, Poland, Switzerland, Turkey, India, Brazil, and what senders' own laws say. */

export const marketing = yes("send.marketing");
export const optedOut = named("opted out", ({ optOuts }: Send) => optOuts.length > 0);

const asksFirst = all(is("request.kind", "opt-in-request"), yes("send.byBusiness"));
/** What has to keep to hours: calls that sell as well, whoever asked for them; not the last word after a stop. */
export const disturbs = any(
  all(marketing, not(yes("request.solicited")), not(is("request.kind", "opt-out-confirmation"))),
  asksFirst,
  is("request.kind", "sales-call"),
);

const purchase = all(customer, soft("purchase"));

const national = (rule: string, region: string, since: string | undefined, when: Condition, isWeak = true): Row => ({
  rule,
  ...(since === undefined ? {} : { since }),
  ...(isWeak ? { weak: true as const } : {}),
  outcome: "refuse",
  where: { region: [region] },
  when,
  ...(["CH", "TR"].includes(region) ? {} : { instead: euConsent }),
});

/** The clocks somebody may live by: as declared, else as number and place allow. */
export const clocks = ({ facts, region }: Send): readonly string[] => {
  const declared = facts.recipient?.timeZones ?? [];
  return declared.length > 0 ? declared : placeOf(region, facts.recipient).zones;
};

type Hours = (weekday: Weekday, date: string, send: Send) => DayHours;
/** The first instant at which all of the clocks show a permitted time. */
export const permittedAt =
  (hours: Hours, zonesOf: (send: Send) => readonly string[] = clocks) =>
  (send: Send) => {
    const zones = zonesOf(send);
    return zones.length === 0 ? null : firstPermitted(send.at, zones, (weekday, date) => hours(weekday, date, send));
  };
export const outside = (hours: Hours, zonesOf: (send: Send) => readonly string[] = clocks) =>
  named("outside the hours", (send) => permittedAt(hours, zonesOf)(send) !== send.at);
export const untilPermitted =
  (hours: Hours, zonesOf: (send: Send) => readonly string[] = clocks) =>
  (send: Send) =>
    permittedAt(hours, zonesOf)(send) ?? ("event:time-zone-known" as const);
export const between = (from: number, to: number): DayHours => ({ from: from * 60, to: to * 60 });

/** Days after Easter Sunday: Monday, Ascension, Whit Monday. */
const movable = [1, 39, 50];
const fixed = ["01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25"];
/** Moselle, Bas-Rhin and Haut-Rhin, the latter two also as one, keep Good Friday and the day after Christmas besides. */
const alsaceMoselle = ["FR-57", "FR-67", "FR-68", "FR-6AE"];
function isFrenchHoliday(date: string, { facts }: Send): boolean {
  const keepsMore = alsaceMoselle.includes(facts.recipient?.subdivision ?? "");
  if ([...fixed, ...(keepsMore ? ["12-26"] : [])].includes(date.slice(5))) return true;
  const sunday = easter(Number(date.slice(0, 4)));
  return [...movable, ...(keepsMore ? [-2] : [])].some(
    (days) => new Date(sunday + days * dayMs).toISOString().slice(0, 10) === date,
  );
}
/** Easter Sunday by Gauss, with his numbers for the years 1900 to 2099. */
function easter(year: number): number {
  const golden = year % 19;
  const moon = (19 * golden + 24) % 30;
  const sunday = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + 5) % 7;
  const isTooLate = sunday === 6 && (moon === 29 || (moon === 28 && golden > 10));
  return Date.UTC(year, 2, 22 + moon + sunday - (isTooLate ? 7 : 0));
}
const frenchHours: Hours = (weekday, date, send) =>
  weekday === "sun" || isFrenchHoliday(date, send) ? null : between(8, 22);
const indianHours: Hours = () => between(10, 21);
const indianClock = () => ["Asia/Kolkata"];

export const franceRows: readonly Row[] = [
  national("fr.cpce.consent", "FR", "2004-06-22", all(advertising, toPerson, noExpress, not(purchase)), false),
  {
    rule: "fr.sms.stop-mention",
    since: "2004-06-22",
    outcome: "change",
    weak: true,
    where: { region: ["FR"], channel: ["sms"] },
    when: all(
      marketing,
      named("no free STOP line", ({ request }) => request.sms?.stopRoutes?.some((route) => route !== "link") !== true),
    ),
  },
  {
    rule: "fr.sms.hours",
    outcome: "hold",
    weak: true,
    where: { region: ["FR"], channel: ["sms", "rcs"] },
    when: all(disturbs, outside(frenchHours)),
    waits: untilPermitted(frenchHours),
  },
];

const noStopOrSender = any(not(yes("request.content.senderNamed")), not(yes("request.content.stopPath")));
export const neighbourRows: readonly Row[] = [
  // Alike in all four: the texts do not say whether companies are people here. The book follows what each country's law says
  // of them: only Belgium lets a company be written to. An Austrian on the list of refusals may still consent.
  national(
    "at.tkg174.consent",
    "AT",
    "2021-11-01",
    all(advertising, noExpress, any(not(customer), not(is("facts.recipient.onRefusalList", false)))),
  ),
  national("be.wer.consent", "BE", undefined, all(advertising, toPerson, noExpress, not(customer))),
  national("es.lssi21.consent", "ES", "2002-10-12", all(advertising, noExpress, not(customer))),
  national(
    "it.codice130.consent",
    "IT",
    "2004-01-01",
    all(advertising, noExpress, not(all(is("request.channel", "email"), customer))),
  ),
  // Whoever agreed to messages did not agree to be called, and the other way round.
  national("pl.pke398.consent", "PL", "2024-11-10", any(all(salesCall, noCallConsent), all(advertising, noExpress))),
  national("ch.uwg3.consent", "CH", "2007-04-01", all(advertising, any(all(noExpress, not(customer)), noStopOrSender))),
  national("tr.iys.registry", "TR", "2020-01-01", all(advertising, any(optedOut, not(yes("send.express.inRegistry"))))),
];

const indianText = { region: ["IN"], channel: ["sms"] } as const;
const domestic = not(is("facts.sms.route", "international"));
const registered = named("registered", ({ facts }) =>
  (["sender", "header", "template"] as const).every((part) => facts.sms?.registered?.includes(part) === true),
);
const leavingIsHarder = named("leaving is harder than joining", ({ facts }) => {
  const steps = facts.law?.signUp;
  return (
    steps?.joinSteps === undefined ||
    steps.leaveSteps === undefined ||
    steps.leaveSteps > steps.joinSteps ||
    steps.leaveOnSameChannel !== true
  );
});

export const asiaAndBrazilRows: readonly Row[] = [
  {
    rule: "in.tcccpr.dlt",
    since: "2019-02-28",
    outcome: "refuse",
    where: indianText,
    when: all(domestic, not(all(registered, yes("request.sms.matchesRegisteredTemplate")))),
  },
  { rule: "in.tcccpr.suffix", since: "2025-05-06", outcome: "note", where: indianText, when: domestic },
  {
    rule: "in.tcccpr.promo-hours",
    since: "2010-01-01",
    outcome: "hold",
    weak: true,
    where: { region: ["IN"], channel: ["sms", "rcs"] },
    when: all(disturbs, outside(indianHours, indianClock)),
    waits: untilPermitted(indianHours, indianClock),
  },
  {
    rule: "in.dpdp.consent",
    since: "2027-05-13",
    outcome: "refuse",
    where: { region: ["IN"] },
    // Who asked for the message is answered for that reason; how easily one leaves has to be known.
    when: all(
      marketing,
      not(yes("request.solicited")),
      not(noExpress),
      any(not(yes("send.express.itemisedNotice")), leavingIsHarder),
    ),
  },
  {
    rule: "br.lgpd.basis",
    since: "2020-09-18",
    outcome: "refuse",
    weak: true,
    where: { region: ["BR"] },
    when: all(advertising, noExpress, not(all(yes("facts.law.interestsWeighed"), yes("request.content.stopPath")))),
  },
  {
    rule: "br.lgpd.revocation",
    since: "2020-09-18",
    outcome: "refuse",
    weak: true,
    where: { region: ["BR"] },
    when: all(marketing, yes("send.byBusiness"), not(is("request.kind", "opt-out-confirmation")), optedOut),
    instead: ["core.opt-out-wins"],
  },
];

const home = (law: string, countries: readonly string[]): Row => ({
  rule: `${law}.home-law`,
  outcome: "note",
  when: all(advertising, is("facts.sender.establishment", ...countries), not(is("send.region", null, ...countries))),
});
export const homeRows: readonly Row[] = [
  home("ch", ["CH"]),
  home("tr", ["TR"]),
  home("us", unitedStates),
  home("ca", ["CA"]),
  home("in", ["IN"]),
  home("br", ["BR"]),
];
