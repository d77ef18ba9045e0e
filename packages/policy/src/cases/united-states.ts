import { dayMs, hourMs, type Instant, minuteMs, plus } from "@loket/kit";
import type { Consent, Suppression } from "../facts.ts";
import type { Content } from "../request.ts";
import { at, type Differences, optIn } from "../testing.ts";
import type { Example, Section, Turn } from "./index.ts";
import { bySms, newYorker, offerBySms, stopOfTexts } from "./sms.ts";

type Request = NonNullable<Differences["request"]>;
type Recipient = NonNullable<Differences["recipient"]>;

const somebodyIn = (areaCode: number, differences: Recipient = {}): Recipient => ({
  region: "US",
  phone: `+1${areaCode}5550100`,
  timeZones: [],
  ...differences,
});
const texan = somebodyIn(512);
const afternoon = "2026-11-10T14:00:00-05:00";

const offer = (now: Instant, recipient: Recipient): Differences => offerBySms(now, { recipient });
const offerWith = (now: Instant, consent: Partial<Consent>): Differences =>
  bySms(
    { kind: "marketing" },
    { recipient: newYorker, facts: { consents: [optIn("marketing", now, { channel: "sms", ...consent })] } },
  );

const signed = { signed: true, namesNumber: true, saysAutomated: true };

function call(now: Instant, request: Request = {}, consents: readonly Consent[] = []): Differences {
  return {
    request: { channel: "phone", transport: "other", payload: "call", kind: "sales-call", ...request },
    recipient: newYorker,
    facts: { consents: consents.length > 0 ? consents : [optIn("sales-call", now, { channel: "phone" })] },
  };
}

function byMail(content: Content, differences: Differences = {}): Differences {
  return {
    recipient: { region: "US", phone: null, timeZones: [] },
    ...differences,
    request: {
      channel: "email",
      transport: "smtp",
      kind: "marketing",
      content: { stopPath: true, senderNamed: true, postalAddress: true, labelledAsAdvertising: true, ...content },
      ...differences.request,
    },
  };
}
const optedOutByMail = (moment: Instant, source: Suppression["source"] = "agent") => ({
  suppressions: [{ purpose: "marketing", channel: "email", at: moment, source } as const],
});

const setUp = (differences: Differences = {}): Differences =>
  bySms({ kind: "setup", payload: "none" }, { recipient: newYorker, ...differences });
const confirmation = (now: Instant, agoMs: number, entry: Partial<Suppression> = {}, request: Request = {}) =>
  bySms(
    { kind: "opt-out-confirmation", ...request },
    {
      recipient: newYorker,
      facts: {
        lastInboundAt: plus(now, -agoMs),
        ...stopOfTexts(plus(now, -agoMs), { confirmationSentAt: null, ...entry }),
      },
    },
  );
/** A delivery update to somebody who once stopped the offers. */
const narrowlyStopped = (now: Instant, entry: Partial<Suppression> = {}, consents: readonly Consent[] = []) =>
  bySms(
    { kind: "transactional" },
    {
      recipient: newYorker,
      sms: { numberGivenByPerson: true },
      facts: { consents, ...stopOfTexts(plus(now, -10 * dayMs), { purpose: "marketing", ...entry }) },
    },
  );

const examples: readonly Example[] = [
  {
    id: "tcpa-written-1",
    what: "an offer with written consent",
    at: afternoon,
    given: (now) => offerWith(now, {}),
    outcome: "allow",
    fires: [],
    notes: ["eu.home-law"],
  },
  {
    id: "tcpa-written-2",
    what: "an offer nobody agreed to",
    at: afternoon,
    given: () => bySms({ kind: "marketing" }, { recipient: newYorker }),
    outcome: "refuse",
    fires: ["us.tcpa.pewc"],
  },
  {
    id: "tcpa-written-3",
    what: "a consent that does not say that texts come automatically",
    at: afternoon,
    given: (now) => offerWith(now, { written: { ...signed, saysAutomated: false } }),
    outcome: "refuse",
    fires: ["us.tcpa.pewc"],
  },
  {
    id: "tcpa-written-4",
    what: "a consent that a purchase depended on",
    at: afternoon,
    given: (now) => offerWith(now, { flaws: ["condition-of-service"] }),
    outcome: "refuse",
    fires: ["us.tcpa.pewc"],
  },
  {
    id: "tcpa-written-5",
    what: "the same by RCS",
    at: afternoon,
    given: (now) => {
      const consent = optIn("marketing", now, { channel: "rcs", written: { ...signed, signed: false } });
      return {
        request: { channel: "rcs", transport: "other", kind: "marketing" },
        recipient: newYorker,
        facts: { consents: [consent] },
      };
    },
    outcome: "refuse",
    fires: ["us.tcpa.pewc"],
  },
  {
    id: "tcpa-written-6",
    what: "a text typed on a phone is not automated",
    at: afternoon,
    given: (now) =>
      bySms(
        { kind: "marketing", payload: "native" },
        { recipient: newYorker, facts: { lastInboundAt: plus(now, -dayMs) } },
      ),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tcpa-written-7",
    what: "a recorded voice without that form",
    at: afternoon,
    given: (now) =>
      call(now, { call: { recordedVoice: true } }, [
        optIn("sales-call", now, { channel: "phone", written: { ...signed, namesNumber: false } }),
      ]),
    outcome: "refuse",
    fires: ["us.tcpa.pewc"],
  },
  {
    id: "tcpa-written-8",
    what: "a person who calls",
    at: afternoon,
    given: (now) => call(now, {}, [optIn("sales-call", now, { channel: "phone", written: {} })]),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tcpa-number-1",
    what: "a delivery update to a number from nowhere",
    given: () => bySms({ kind: "transactional" }, { recipient: newYorker }),
    outcome: "refuse",
    fires: ["us.tcpa.consent-transactional"],
  },
  {
    id: "tcpa-number-2",
    what: "to a number given at checkout, at night",
    given: () => bySms({ kind: "transactional" }, { recipient: newYorker, sms: { numberGivenByPerson: true } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tcpa-number-3",
    what: "to somebody who once wrote from it",
    given: (now) =>
      bySms({ kind: "transactional" }, { recipient: newYorker, facts: { lastInboundAt: plus(now, -90 * dayMs) } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V99",
    what: "an offer to New York at half past nine in the evening",
    at: "2026-11-10T21:30:00-05:00",
    given: (now) => offer(now, newYorker),
    outcome: "hold",
    until: "2026-11-11T13:00:00.000Z",
    fires: ["us.tcpa.quiet-hours"],
  },
  {
    id: "tcpa-hours-1",
    what: "the last millisecond before nine",
    at: "2026-11-10T20:59:59.999-05:00",
    given: (now) => offer(now, newYorker),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tcpa-hours-2",
    what: "nine",
    at: "2026-11-10T21:00:00-05:00",
    given: (now) => offer(now, newYorker),
    outcome: "hold",
    until: "2026-11-11T13:00:00.000Z",
    fires: ["us.tcpa.quiet-hours"],
  },
  {
    id: "tcpa-hours-3",
    what: "the last millisecond before eight",
    at: "2026-11-10T07:59:59.999-05:00",
    given: (now) => offer(now, newYorker),
    outcome: "hold",
    until: "2026-11-10T13:00:00.000Z",
    fires: ["us.tcpa.quiet-hours"],
  },
  {
    id: "tcpa-hours-4",
    what: "eight",
    at: "2026-11-10T08:00:00-05:00",
    given: (now) => offer(now, newYorker),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tcpa-hours-5",
    what: "the evening before the clocks go forward",
    at: "2026-03-07T22:00:00-05:00",
    given: (now) => offer(now, newYorker),
    outcome: "hold",
    until: "2026-03-08T12:00:00.000Z",
    fires: ["us.tcpa.quiet-hours"],
  },
  {
    id: "tcpa-hours-6",
    what: "the evening before the clocks go back",
    at: "2026-10-31T22:00:00-04:00",
    given: (now) => offer(now, newYorker),
    outcome: "hold",
    until: "2026-11-01T13:00:00.000Z",
    fires: ["us.tcpa.quiet-hours"],
  },
  {
    id: "tcpa-hours-7",
    what: "a New Yorker who moved to Colorado, before both are up",
    at: "2026-11-10T09:00:00-05:00",
    given: (now) => offer(now, { ...newYorker, subdivision: "US-CO" }),
    outcome: "hold",
    until: "2026-11-10T15:00:00.000Z",
    fires: ["us.tcpa.quiet-hours"],
  },
  {
    id: "tcpa-hours-8",
    what: "and after the later of both has gone to bed",
    at: "2026-11-10T20:30:00-07:00",
    given: (now) => offer(now, { ...newYorker, subdivision: "US-CO" }),
    outcome: "hold",
    until: "2026-11-11T15:00:00.000Z",
    fires: ["us.tcpa.quiet-hours"],
  },
  {
    id: "tcpa-hours-9",
    what: "a zone they declared settles it",
    at: "2026-11-10T09:00:00-05:00",
    given: (now) => offer(now, { ...newYorker, timeZones: ["America/New_York"] }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tcpa-hours-10",
    what: "a number that tells no place: eight in Los Angeles",
    at: "2026-11-10T10:59:59.999-05:00",
    given: (now) => offer(now, somebodyIn(888)),
    outcome: "hold",
    until: "2026-11-10T16:00:00.000Z",
    fires: ["us.tcpa.quiet-hours"],
  },
  {
    id: "tcpa-hours-11",
    what: "from then on it is day everywhere",
    at: "2026-11-10T11:00:00-05:00",
    given: (now) => offer(now, somebodyIn(888)),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tcpa-hours-12",
    what: "no number at all, in winter: eight in Honolulu",
    at: "2026-11-10T12:00:00-05:00",
    given: (now) => offer(now, { region: "US", phone: null, timeZones: [] }),
    outcome: "hold",
    until: "2026-11-10T18:00:00.000Z",
    fires: ["us.tcpa.quiet-hours"],
  },
  {
    id: "tcpa-hours-13",
    what: "no number at all, in summer",
    at: "2026-07-10T13:30:00-04:00",
    given: (now) => offer(now, { region: "US", phone: null, timeZones: [] }),
    outcome: "hold",
    until: "2026-07-10T18:00:00.000Z",
    fires: ["us.tcpa.quiet-hours"],
  },
  {
    id: "tcpa-hours-14",
    what: "nobody knows the country: American hours",
    at: "2026-11-10T12:00:00-05:00",
    given: (now) => offer(now, { region: undefined, phone: "+999123456", timeZones: [] } as never),
    outcome: "hold",
    until: "2026-11-10T18:00:00.000Z",
    fires: ["us.tcpa.quiet-hours"],
    notes: ["core.region-unknown-strictest"],
  },
  {
    id: "tcpa-hours-15",
    what: "nobody knows the country: German consent",
    at: "2026-11-10T14:00:00-05:00",
    given: () => bySms({ kind: "marketing" }, { recipient: { region: undefined, phone: "+999123456" } as never }),
    outcome: "refuse",
    fires: ["de.uwg7.consent-electronic-mail"],
  },
  {
    id: "tcpa-hours-16",
    what: "an answer the person asked for comes at any hour",
    at: "2026-11-10T23:00:00-05:00",
    given: (now) =>
      offerBySms(now, {
        recipient: newYorker,
        request: { solicited: true },
        facts: { lastInboundAt: plus(now, -minuteMs) },
      }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tcpa-hours-17",
    what: "a delivery update does too",
    at: "2026-11-10T23:00:00-05:00",
    given: () => bySms({ kind: "transactional" }, { recipient: newYorker, sms: { numberGivenByPerson: true } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tcpa-hours-18",
    what: "a sales call in the evening",
    at: "2026-11-10T21:30:00-05:00",
    given: (now) => call(now),
    outcome: "hold",
    until: "2026-11-11T13:00:00.000Z",
    fires: ["us.tcpa.quiet-hours"],
  },
  {
    id: "tcpa-hours-19",
    what: "Puerto Rico has its own evening",
    at: "2026-11-10T21:00:00-04:00",
    given: (now) => offer(now, { region: "PR", phone: "+17875550100", timeZones: [] }),
    outcome: "hold",
    until: "2026-11-11T12:00:00.000Z",
    fires: ["us.tcpa.quiet-hours"],
  },
  {
    id: "tcpa-hours-20",
    what: "an American number of somebody who lives in Germany",
    at: "2026-11-10T22:00:00+01:00",
    given: (now) => offer(now, { region: "DE", phone: "+12125550100", timeZones: [] }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V100",
    what: "Texas on a Sunday morning",
    at: "2026-11-08T10:00:00-06:00",
    given: (now) => offer(now, texan),
    outcome: "hold",
    until: "2026-11-08T18:00:00.000Z",
    fires: ["us.state.tx-quiet-hours"],
  },
  {
    id: "us-tx-1",
    what: "Texas on a Sunday at noon",
    at: "2026-11-08T12:00:00-06:00",
    given: (now) => offer(now, texan),
    outcome: "allow",
    fires: [],
  },
  {
    id: "us-tx-2",
    what: "Texas on a Monday, a millisecond before nine",
    at: "2026-11-09T08:59:59.999-06:00",
    given: (now) => offer(now, texan),
    outcome: "hold",
    until: "2026-11-09T15:00:00.000Z",
    fires: ["us.state.tx-quiet-hours"],
  },
  {
    id: "us-tx-3",
    what: "Saturday evening: both laws, and the later end of both",
    at: "2026-11-07T21:00:00-06:00",
    given: (now) => offer(now, texan),
    outcome: "hold",
    until: "2026-11-08T18:00:00.000Z",
    fires: ["us.tcpa.quiet-hours", "us.state.tx-quiet-hours"],
  },
  {
    id: "us-tx-4",
    what: "El Paso keeps another clock",
    at: "2026-11-08T12:00:00-06:00",
    given: (now) => offer(now, somebodyIn(915)),
    outcome: "hold",
    until: "2026-11-08T19:00:00.000Z",
    fires: ["us.state.tx-quiet-hours"],
  },
  {
    id: "us-tx-5",
    what: "a declared Texan with a number from New York",
    at: "2026-11-08T10:00:00-06:00",
    given: (now) => offer(now, { ...newYorker, subdivision: "US-TX", timeZones: ["America/Chicago"] }),
    outcome: "hold",
    until: "2026-11-08T18:00:00.000Z",
    fires: ["us.state.tx-quiet-hours"],
  },
  {
    id: "us-fl-1",
    what: "Florida, a millisecond before eight in the evening",
    at: "2026-11-10T19:59:59.999-05:00",
    given: (now) => offer(now, somebodyIn(305)),
    outcome: "allow",
    fires: [],
  },
  {
    id: "us-fl-2",
    what: "Florida at eight",
    at: "2026-11-10T20:00:00-05:00",
    given: (now) => offer(now, somebodyIn(305)),
    outcome: "hold",
    until: "2026-11-11T13:00:00.000Z",
    fires: ["us.state.fl-quiet-hours"],
  },
  {
    id: "us-fl-3",
    what: "its west keeps Central time, or may",
    at: "2026-11-10T08:30:00-05:00",
    given: (now) => offer(now, somebodyIn(850)),
    outcome: "hold",
    until: "2026-11-10T14:00:00.000Z",
    fires: ["us.tcpa.quiet-hours", "us.state.fl-quiet-hours"],
  },
  {
    id: "us-ok-1",
    what: "Oklahoma at eight in the evening",
    at: "2026-11-10T20:00:00-06:00",
    given: (now) => offer(now, somebodyIn(405)),
    outcome: "hold",
    until: "2026-11-11T14:00:00.000Z",
    fires: ["us.state.ok-quiet-hours"],
  },
  {
    id: "us-ok-2",
    what: "Oklahoma at eight in the morning",
    at: "2026-11-10T08:00:00-06:00",
    given: (now) => offer(now, somebodyIn(405)),
    outcome: "allow",
    fires: [],
  },
  {
    id: "us-ct-1",
    what: "Connecticut before nine",
    at: "2026-11-10T08:30:00-05:00",
    given: (now) => offer(now, somebodyIn(203)),
    outcome: "hold",
    until: "2026-11-10T14:00:00.000Z",
    fires: ["us.state.ct-quiet-hours"],
  },
  {
    id: "us-ct-2",
    what: "Connecticut at nine",
    at: "2026-11-10T09:00:00-05:00",
    given: (now) => offer(now, somebodyIn(203)),
    outcome: "allow",
    fires: [],
  },
  {
    id: "us-ri-1",
    what: "Rhode Island on a Friday at six, until Saturday at ten",
    at: "2026-11-13T18:00:00-05:00",
    given: (now) => offer(now, somebodyIn(401)),
    outcome: "hold",
    until: "2026-11-14T15:00:00.000Z",
    fires: ["us.state.ri-quiet-hours"],
  },
  {
    id: "us-ri-2",
    what: "Rhode Island on a Saturday, a millisecond before five",
    at: "2026-11-14T16:59:59.999-05:00",
    given: (now) => offer(now, somebodyIn(401)),
    outcome: "allow",
    fires: [],
  },
  {
    id: "us-ri-3",
    what: "hours that zones half a world apart never share",
    at: "2026-11-10T14:00:00-05:00",
    given: (now) => offer(now, somebodyIn(401, { timeZones: ["America/New_York", "Australia/Perth"] })),
    outcome: "hold",
    until: "event:time-zone-known",
    fires: ["us.tcpa.quiet-hours", "us.state.ri-quiet-hours"],
  },
  {
    id: "us-va-1",
    what: "opt-outs in Virginia that are forgotten after nine years",
    at: afternoon,
    given: (now) => offerBySms(now, { recipient: somebodyIn(804), law: { optOutsKeptYears: 9 } }),
    outcome: "allow",
    fires: [],
    notes: ["us.state.va-optout-10y", "eu.home-law"],
  },
  {
    id: "us-va-3",
    what: "the same of any text, of the last one too",
    at: afternoon,
    given: (now) =>
      bySms(
        { kind: "opt-out-confirmation" },
        {
          recipient: somebodyIn(804),
          law: { optOutsKeptYears: 9 },
          facts: {
            lastInboundAt: plus(now, -minuteMs),
            ...stopOfTexts(plus(now, -minuteMs), { confirmationSentAt: null }),
          },
        },
      ),
    outcome: "allow",
    fires: [],
    notes: ["us.state.va-optout-10y"],
  },
  {
    id: "us-va-2",
    what: "opt-outs that are kept for ten",
    at: afternoon,
    given: (now) => offerBySms(now, { recipient: somebodyIn(804), law: { optOutsKeptYears: 10 } }),
    outcome: "allow",
    fires: [],
    notes: ["eu.home-law"],
  },
  {
    id: "V112",
    what: "written consent to offers, and a bare STOP to a billing text",
    at: "2026-12-20T10:00:00-05:00",
    given: (now) => offerBySms(now, { recipient: newYorker, facts: stopOfTexts(at("2026-12-01T15:00:00Z")) }),
    outcome: "refuse",
    fires: ["us.tcpa.revocation"],
  },
  {
    id: "tcpa-revocation-1",
    what: "said to a colleague on the phone",
    at: afternoon,
    given: (now) =>
      offerBySms(now, {
        recipient: newYorker,
        facts: stopOfTexts(plus(now, -dayMs), { source: "agent", channel: "all" }),
      }),
    outcome: "refuse",
    fires: ["us.tcpa.revocation"],
  },
  {
    id: "tcpa-revocation-2",
    what: "binds calls too where it meant everything",
    at: afternoon,
    given: (now) => ({
      ...call(now),
      facts: {
        consents: [optIn("sales-call", now, { channel: "phone" })],
        ...stopOfTexts(plus(now, -dayMs), { channel: "all" }),
      },
    }),
    outcome: "refuse",
    fires: ["us.tcpa.revocation"],
  },
  {
    id: "tcpa-revocation-3",
    what: "a later sign-up lifts it",
    at: afternoon,
    given: (now) => offerBySms(now, { recipient: newYorker, facts: stopOfTexts(plus(now, -100 * dayMs)) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tcpa-ways-1",
    what: "a programme that takes STOP and nothing else",
    given: () => setUp({ law: { optOutWays: ["keyword"] } }),
    outcome: "refuse",
    fires: ["us.tcpa.no-exclusive-route"],
  },
  {
    id: "tcpa-ways-2",
    what: "one that takes a second way",
    given: () => setUp({ law: { optOutWays: ["keyword", "email"] } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tcpa-ways-3",
    what: "the same programme for the Netherlands",
    given: () => bySms({ kind: "setup", payload: "none" }, { law: { optOutWays: ["keyword"] } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tcpa-confirmation-1",
    what: "a confirmation after five minutes",
    given: (now) => confirmation(now, 5 * minuteMs),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tcpa-confirmation-2",
    what: "a millisecond later",
    given: (now) => confirmation(now, 5 * minuteMs + 1),
    outcome: "refuse",
    fires: ["us.tcpa.one-confirmation"],
  },
  {
    id: "tcpa-confirmation-3",
    what: "a second one",
    given: (now) => confirmation(now, minuteMs, { confirmationSentAt: plus(now, -1) }),
    outcome: "refuse",
    fires: ["us.tcpa.one-confirmation"],
  },
  {
    id: "tcpa-confirmation-4",
    what: "with an invitation to a channel of news in it",
    given: (now) =>
      confirmation(now, minuteMs, {}, { content: { stopPath: true, senderNamed: true, channelInvite: true } }),
    outcome: "refuse",
    fires: ["us.tcpa.one-confirmation", "us.tcpa.pewc"],
  },
  {
    id: "tcpa-all-1",
    what: "a stop to offers, on the last day on which it could stay narrow",
    at: "2027-01-30T23:59:59.999Z",
    given: (now) => narrowlyStopped(now),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tcpa-all-2",
    what: "and on the first day on which it ends everything",
    at: "2027-01-31T00:00:00Z",
    given: (now) => narrowlyStopped(now),
    outcome: "refuse",
    fires: ["us.tcpa.revoke-all"],
  },
  {
    id: "tcpa-all-3",
    what: "a consent to delivery updates since",
    at: "2027-02-10T14:00:00-05:00",
    given: (now) =>
      narrowlyStopped(now, {}, [optIn("transactional", now, { channel: "sms", obtainedAt: plus(now, -dayMs) })]),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tcpa-all-4",
    what: "a stop to calls ends the texts",
    at: "2027-02-10T14:00:00-05:00",
    given: (now) => narrowlyStopped(now, { purpose: "sales-call", channel: "phone" }),
    outcome: "refuse",
    fires: ["us.tcpa.revoke-all"],
  },
  {
    id: "tcpa-all-5",
    what: "a number that no longer exists is no word of the person",
    at: "2027-02-10T14:00:00-05:00",
    given: (now) => narrowlyStopped(now, { source: "bounce" }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tcpa-all-6",
    what: "a withdrawn consent to offers",
    at: "2027-02-10T14:00:00-05:00",
    given: (now) =>
      narrowlyStopped(now, { channel: "email" }, [
        optIn("marketing", now, { channel: "sms", status: "withdrawn", withdrawnAt: plus(now, -dayMs) }),
      ]),
    outcome: "refuse",
    fires: ["us.tcpa.revoke-all"],
  },
  {
    id: "V98",
    what: "commercial mail to the United States that nobody agreed to",
    at: "2026-11-10T10:00:00-05:00",
    given: () => byMail({}),
    outcome: "allow",
    fires: [],
    notes: ["us.canspam.no-consent-needed", "eu.home-law"],
  },
  {
    id: "spam-address-1",
    what: "without a postal address",
    given: () => byMail({ postalAddress: false }),
    outcome: "change",
    fires: ["us.canspam.postal-address"],
    changes: ["add-postal-address"],
  },
  {
    id: "spam-address-2",
    what: "an invoice needs none",
    given: () => byMail({ postalAddress: false }, { request: { kind: "transactional" } }),
    outcome: "allow",
    fires: [],
    notes: ["email.transactional-no-header-needed"],
  },
  {
    id: "spam-label-1",
    what: "not recognisable as advertising",
    given: () => byMail({ labelledAsAdvertising: false }),
    outcome: "change",
    fires: ["us.canspam.identify-ad"],
    changes: ["label-as-advertising"],
  },
  {
    id: "spam-label-2",
    what: "to somebody who signed up",
    given: (now) =>
      byMail(
        { labelledAsAdvertising: false },
        { facts: { consents: [optIn("marketing", now, { channel: "email" })] } },
      ),
    outcome: "allow",
    fires: [],
  },
  {
    id: "spam-stop-1",
    what: "after an opt-out by telephone",
    given: (now) => byMail({}, { facts: optedOutByMail(plus(now, -hourMs)) }),
    outcome: "refuse",
    fires: ["us.canspam.opt-out"],
  },
  {
    id: "spam-stop-2",
    what: "after an opt-out by link",
    given: (now) => byMail({}, { facts: optedOutByMail(plus(now, -hourMs), "link") }),
    outcome: "refuse",
    fires: ["email.unsubscribe-honoured"],
  },
  {
    id: "spam-stop-3",
    what: "an invoice after a stop to offers",
    given: (now) => byMail({}, { request: { kind: "transactional" }, facts: optedOutByMail(plus(now, -hourMs)) }),
    outcome: "allow",
    fires: [],
  },
];

const atNight = (recipient: Recipient) => (moment: Instant) => offerBySms(moment, { recipient });
/** Declared far to the east, so that it is night wherever a day begins. */
const asleep = { timeZones: ["Europe/Amsterdam"] };

const turns: readonly Turn[] = [
  ["us.tcpa.pewc", "begins", "2013-10-16", () => bySms({ kind: "marketing" }, { recipient: newYorker })],
  [
    "us.tcpa.consent-transactional",
    "begins",
    "2013-10-16",
    () => bySms({ kind: "transactional" }, { recipient: newYorker }),
  ],
  ["us.tcpa.quiet-hours", "begins", "1992-12-20", atNight({ ...newYorker, ...asleep })],
  ["us.state.fl-quiet-hours", "begins", "2021-07-01", atNight(somebodyIn(305, asleep))],
  ["us.state.ok-quiet-hours", "begins", "2022-11-01", atNight(somebodyIn(405, asleep))],
  ["us.state.tx-quiet-hours", "begins", "2025-09-01", atNight(somebodyIn(512, asleep))],
  ["us.state.ct-quiet-hours", "begins", "2023-10-01", atNight(somebodyIn(203, asleep))],
  [
    "us.tcpa.revocation",
    "begins",
    "2025-04-11",
    (moment) => bySms({ kind: "transactional" }, { recipient: newYorker, facts: stopOfTexts(plus(moment, -dayMs)) }),
  ],
  [
    "sms.stop-honoured", // told by the American rule from then on
    "ends",
    "2025-04-11",
    (moment) => bySms({ kind: "transactional" }, { recipient: newYorker, facts: stopOfTexts(plus(moment, -dayMs)) }),
  ],
  ["us.tcpa.no-exclusive-route", "begins", "2025-04-11", () => setUp({ law: { optOutWays: ["keyword"] } })],
  ["us.tcpa.one-confirmation", "begins", "2025-04-11", (moment) => confirmation(moment, hourMs)],
  ["us.tcpa.revoke-all", "begins", "2027-01-31", (moment) => narrowlyStopped(moment)],
  ["us.canspam.opt-out", "begins", "2004-01-01", (moment) => byMail({}, { facts: optedOutByMail(plus(moment, -1)) })],
  ["us.canspam.postal-address", "begins", "2004-01-01", () => byMail({ postalAddress: false })],
  ["us.canspam.identify-ad", "begins", "2004-01-01", () => byMail({ labelledAsAdvertising: false })],
];

export const unitedStates: Section = { examples, turns };
