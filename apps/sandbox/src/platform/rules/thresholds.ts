import { dayMs, hourMs, minuteMs } from "@loket/kit";

/**
 * Where the platform says that something happens and not when. **These figures are ours**, chosen so that a small honest
 * conversation never meets them and a bought list does within hours. Every one can be set: `PUT /_sandbox/rules
 * { "thresholds": { "quality": { "judgedFrom": 20 } } }`. What the platform does publish (pauses of 3 and 6 hours, limits of
 * 250 to 100,000, dates) is not here but with its rule.
 */
export const defaultThresholds = {
  /** Quality of numbers and templates, from what people did with what was delivered in the last days. */
  quality: {
    days: 7,
    /** Templates delivered within those days before anything is concluded from them. */
    judgedFrom: 100,
    /** Weighted negative reactions per delivered template from which quality is YELLOW, and RED. */
    yellowShare: 0.02,
    redShare: 0.05,
    blockedWeighs: 1,
    reportedWeighs: 2,
    stoppedWeighs: 0.5,
    /** Below this share of read templates quality is YELLOW. 0: phones of the sandbox read only when told to. */
    readShareAtLeast: 0,
    /** A reaction is laid to the last template delivered to that person within this time. */
    reactionWithinMs: 7 * dayMs,
    /** How often something of low quality is looked at again without anything happening. */
    judgedAgainMs: dayMs,
  },
  pacing: {
    /** Messages of a new template that go out before the rest waits. */
    firstPart: 1_000,
    /** The platform aims at one hour for 99 % of cases. */
    judgedAfterMs: 30 * minuteMs,
    /** Weighted negative reactions per delivered template from which what waits is dropped. */
    dropShare: 0.03,
    /** How long after a pause a utility template is paced, too. */
    utilityAfterPauseMs: 7 * dayMs,
  },
  portfolio: {
    /** Templates of a campaign that go out before the rest waits; each batch after it is twice as large. */
    firstBatch: 10_000,
    judgedAfterMs: 30 * minuteMs,
    /** A pause in sending after which the next template begins another campaign. */
    campaignEndsAfterMs: 6 * hourMs,
    /** Weighted negative reactions per template delivered today and yesterday from which what waits is dropped. */
    dropShare: 0.03,
    /** The same, from which a portfolio is paced however much it has sent in a year. */
    watchedShare: 0.02,
  },
  spam: {
    /** Templates a number of RED quality may send in an hour (131048). */
    templatesAnHour: 1_000,
  },
  limit: {
    /** The platform raises a limit "within 6 hours". */
    raisedAfterMs: 6 * hourMs,
    /** Unique people reached in 24 hours for the throughput upgrade; the platform's own figure. */
    throughputFromPeople: 100_000,
    /** The upgrade takes "up to a minute", in which sends answer 131057. */
    throughputUpgradeMs: minuteMs,
  },
  marketing: {
    /** Templates one person gets from all businesses together in 24 hours, and if they read at least half of them. */
    perPerson: 2,
    perPersonWhoReads: 4,
    /** Share of people held out of marketing templates. The platform has about 0.01; 0 keeps small tests free of surprises. */
    heldOutShare: 0,
    /** Repeated attempts within 24 hours of 131049 in a day that earn the account a strike. */
    cappedRetriesADay: 500,
  },
  category: {
    /** Sends of a utility template whose filled-in words advertise, before it is corrected. */
    sendsBeforeNotice: 20,
    /** An approved template whose own words advertise is found after this time. */
    foundAfterMs: 3 * dayMs,
    /** Corrected templates within 60 days that get the account's utility templates blocked, and for how long. */
    correctionsBeforeBlock: 3,
    blockMs: 7 * dayMs,
  },
  enforcement: {
    /** Templates delivered since the last strike before another is possible. */
    judgedFrom: 100,
    /** Weighted negative reactions per delivered template that earn a strike, and one that climbs two steps. */
    strikeShare: 0.08,
    severeShare: 0.25,
    reportsAtLeast: 3,
    strikeAtMostEveryMs: dayMs,
    strikesAgeOutMs: 365 * dayMs,
    /** From an indefinite lock without a successful appeal to the ban. */
    bannedAfterLockMs: 30 * dayMs,
    /** The platform answers appeals in 24 to 48 hours. */
    appealTakesMs: 36 * hourMs,
  },
  coexistence: {
    /** Messages of the WhatsApp Business app's history told at once. */
    messagesPerChunk: 500,
    /** How long the app may stay unopened; the platform says about 14 days. */
    unusedAfterMs: 14 * dayMs,
  },
  calls: {
    /** From the end of a call to its recording or transcript; the platform takes "typically under one minute". */
    artefactsAfterMs: 20_000,
  },
  accountReview: {
    /** How long an account waits for its review. */
    takesMs: 24 * hourMs,
  },
  consumer: {
    /** Sums of points (see consumer.ts) from which a consumer account is banned at once, or after a look at it. */
    bannedAtOnce: 100,
    bannedAfterReview: 60,
    reviewTakesMs: 12 * hourMs,
    /** Days given by a demand to stop. */
    demandAnsweredInMs: 14 * dayMs,
  },
};

export type Thresholds = typeof defaultThresholds;
