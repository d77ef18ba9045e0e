import type { Channel } from "../request.ts";
import { all, any, holds, is, named, not, unknown, yes } from "./condition.ts";
import { need, type Row } from "./row.ts";
import type { Send } from "./send.ts";

/** What carriers ask. Their rules for American numbers hold in the territories too. */

export const unitedStates = ["US", "PR", "VI", "GU", "MP", "AS"];
const sms: { channel: readonly Channel[] } = { channel: ["sms"] };
const us = { ...sms, region: unitedStates };
const texts = { payload: ["free-form", "template"] } as const;
const marketing = yes("send.marketing");
const numberType = (...types: string[]) => is("facts.sms.numberType", ...types);

const stopped = named(
  "stopped by word",
  ({ facts, optOuts }: Send) => facts !== undefined && optOuts.some(({ source }) => source === "keyword"),
);
const wired = (...words: string[]) => all(...words.map((word) => holds("facts.sms.wiredWords", word)));

const shaft = ["adult", "alcohol", "tobacco", "weapons"];
/** A number that is registered for nothing is not registered. The last word after a stop belongs to whatever campaign there is. */
const outsideCampaign = named("outside the campaign", ({ facts, purpose, request }: Send) => {
  const registered = facts.sms?.campaignPurposes ?? [];
  return request.kind === "opt-out-confirmation" ? registered.length === 0 : !registered.includes(purpose);
});
const ungated = named("restricted goods without an age gate", ({ request, facts, ageYears }: Send) =>
  (request.content?.goods ?? []).some(
    (goods) =>
      shaft.includes(goods) &&
      (facts.sms?.ageGatedGoods?.includes(goods) !== true || (goods === "alcohol" && (ageYears ?? 0) < 21)),
  ),
);
const shorteners = [
  "bit.ly",
  "tinyurl.com",
  "goo.gl",
  "ow.ly",
  "t.co",
  "is.gd",
  "buff.ly",
  "rebrand.ly",
  "cutt.ly",
  "tiny.cc",
];

export const smsRows: readonly Row[] = [
  {
    rule: "sms.stop-honoured",
    outcome: "refuse",
    where: sms,
    when: all(yes("send.byBusiness"), not(is("request.kind", "opt-out-confirmation")), stopped),
    instead: ["core.opt-out-wins", "eu.gdpr.object-direct-marketing"],
  },
  {
    rule: "sms.help-response",
    outcome: "hold",
    where: sms,
    when: all(marketing, not(wired("help", "info"))),
    waits: () => "event:help-ready",
  },
  {
    rule: "sms.optin-confirmation",
    outcome: "change",
    weak: true,
    where: { ...sms, region: [...unitedStates, "CA"] },
    when: all(
      yes("request.sms.opensProgramme"),
      not(
        all(...["name", "frequency", "rates", "help", "stop"].map((term) => holds("request.sms.programmeTerms", term))),
      ),
    ),
  },
  {
    rule: "sms.us.10dlc-registered",
    since: "2023-08-31",
    outcome: "refuse",
    weak: true,
    where: { ...us, ...texts },
    when: all(numberType("long-code"), outsideCampaign),
    needs: [need("sms.numberType")],
  },
  {
    rule: "sms.us.tollfree-verified",
    since: "2024-01-31",
    outcome: "refuse",
    weak: true,
    where: { ...us, region: [...unitedStates, "CA"], ...texts },
    when: all(numberType("toll-free"), not(yes("facts.sms.tollFreeVerified"))),
    needs: [need("sms.numberType")],
  },
  { rule: "sms.us.shaft", outcome: "refuse", where: us, when: any(ungated, holds("request.content.concerns", "hate")) },
  {
    rule: "sms.sender-cannot-receive",
    outcome: "change",
    where: sms,
    when: all(
      marketing,
      any(numberType("alphanumeric"), unknown("facts.sms.numberType")),
      not(holds("request.sms.stopRoutes", "link", "number")),
    ),
  },
  {
    rule: "sms.link-shortener",
    outcome: "change",
    weak: true,
    where: us,
    when: named("a shared shortener", ({ request }) =>
      (request.sms?.linkHosts ?? hostsIn(request.text)).some((host) => shorteners.includes(host.toLowerCase())),
    ),
  },
  {
    rule: "sms.ca-french-keywords",
    outcome: "hold",
    where: { ...sms, region: ["CA"] },
    when: all(marketing, not(wired("arret", "aide"))),
    waits: () => "event:keywords-ready",
  },
];

function hostsIn(text: string | undefined): readonly string[] {
  return [...(text ?? "").matchAll(/https?:\/\/([^/\s?#]+)/gi)].map(([, host = ""]) => host);
}
