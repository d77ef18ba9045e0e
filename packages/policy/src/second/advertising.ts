import type { Consent, SoftOptIn } from "../facts.ts";
import { all, any, is, named, not, yes } from "./condition.ts";
import { type Send, standing } from "./send.ts";

/** What European laws on unasked-for advertising have in common: who it is for, and what it may rest on. */

export const advertising = yes("send.advertising");
export const noExpress = is("send.express", null);
export const legal = yes("send.legalPerson");
export const toPerson = not(legal);
export const noStopAddress = any(not(yes("request.content.senderNamed")), not(yes("request.content.stopPath")));

export const soft = (...names: (keyof SoftOptIn)[]) =>
  named(`existing customer: ${names.join(", ")}`, (send) => {
    const terms = softRecord(send)?.soft;
    return terms !== undefined && names.every((name) => terms[name] === true);
  });

/** The record of an existing customer who did not object. */
export const softRecord = ({ facts, optOuts, request, at }: Send): Consent | null =>
  optOuts.length > 0 ? null : standing(facts, "marketing", request.channel, at, ["soft"]);

export const customer = soft(
  "obtainedInSale",
  "ownSimilarProducts",
  "objectionOfferedAtCollection",
  "objectionOfferedEachTime",
);

/** Express consent that stands and is what a marketing message rests on. */
export const rests = all(yes("send.marketing"), not(yes("request.solicited")), not(noExpress));

/** A sales call, or whatever else sells by a call: what a message is for counts more than its label. */
export const salesCall = any(
  is("request.kind", "sales-call"),
  all(is("request.payload", "call"), yes("send.marketing"), not(yes("request.solicited"))),
);
export const callConsent = ({ facts, request, at }: Send) =>
  standing(facts, "sales-call", request.channel, at, ["express"]);

export const noCallConsent = named("no consent to calls", (send) => callConsent(send) === null);

/** What a national rule is told instead of. */
export const euConsent = ["eu.eprivacy.consent-electronic-mail"];
export const hints = ["eu.eprivacy.identity-and-stop-address", "core.marketing-stop-hint"];
