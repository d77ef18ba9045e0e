/**
 * Which rule was in force when. The platform's rules carry dates; the sandbox applies those of its own clock, or of the day
 * chosen with `PUT /_sandbox/rules { asOf }`. `until` is the first day on which a rule no longer holds. The first
 * days marked `unverified` come from one source only. This file imports nothing, so that a page may read its types.
 */
export const eras = {
  "marketing-forbidden": {
    from: null,
    until: Date.UTC(2021, 8, 15),
    title: "Templates that advertise may not be sent at all",
    source: "WhatsApp Business Policy of 4 September 2019; opened to all on 15 September 2021",
  },
  "off-platform-evidence": {
    from: Date.UTC(2019, 11, 7),
    until: null,
    title: "Public claims alone are enough for a demand to stop",
    source: "Help centre, Unauthorized use of automated or bulk messaging (2019)",
  },
  "number-limit": {
    from: Date.UTC(2021, 0, 1),
    until: Date.UTC(2025, 9, 7),
    title: "Messaging limit per number",
    source: "Cloud API, Messaging limits",
    firstDay: "unverified",
  },
  "portfolio-limit": {
    from: Date.UTC(2025, 9, 7),
    until: null,
    title: "Messaging limit per business portfolio, over all its numbers",
    source: "Cloud API, Messaging limits",
  },
  "flagged-numbers": {
    from: Date.UTC(2021, 0, 1),
    until: Date.UTC(2025, 9, 7),
    title: "A number of low quality is flagged, and loses a step of its limit after seven days",
    source: "Cloud API, Messaging limits",
    firstDay: "unverified",
  },
  "template-pausing": {
    from: Date.UTC(2023, 0, 1),
    until: null,
    title: "Templates of low quality are paused, then disabled",
    source: "Cloud API, Template pausing",
    firstDay: "unverified",
  },
  "template-pacing": {
    from: Date.UTC(2023, 9, 12),
    until: null,
    title: "The first part of a new template's messages goes out, the rest waits for what people do",
    source: "Cloud API, Template pacing",
    firstDay: "unverified",
  },
  "portfolio-pacing": {
    from: Date.UTC(2025, 11, 8),
    until: null,
    title: "Campaigns of a portfolio that sends little in a year, or that people complain about, go out in batches",
    source: "Cloud API, Portfolio pacing",
  },
  "spam-limit": {
    from: Date.UTC(2021, 0, 1),
    until: null,
    title: "A number of low quality sends fewer templates (131048)",
    source: "Cloud API, Error codes",
    firstDay: "unverified",
  },
  "marketing-cap": {
    from: Date.UTC(2024, 4, 23),
    until: null,
    title: "Per-user limit of marketing templates (131049)",
    source: "Cloud API, Per-user marketing template message limits",
  },
  experiments: {
    from: Date.UTC(2023, 0, 1),
    until: null,
    title: "A share of people is held out of marketing templates (130472)",
    source: "Cloud API, Marketing message experiments",
    firstDay: "unverified",
  },
  "stop-offers": {
    from: Date.UTC(2025, 0, 1),
    until: null,
    title: "People can stop a business's offers (131050)",
    source: "Cloud API, user_preferences",
    firstDay: "unverified",
  },
  "united-states-pause": {
    from: Date.UTC(2025, 3, 1),
    until: null,
    title: "No marketing templates to United States numbers (131049)",
    source: "Cloud API, Per-user marketing template message limits",
  },
  "category-by-content": {
    from: Date.UTC(2025, 3, 9),
    until: null,
    title: "A utility template whose words advertise becomes a marketing template",
    source: "Cloud API, Template categorization",
  },
  "category-at-once": {
    from: Date.UTC(2025, 3, 16),
    until: null,
    title: "Who was corrected before gets no 24 hours' notice",
    source: "Cloud API, Template categorization",
  },
  "capped-retries": {
    from: Date.UTC(2026, 3, 30),
    until: null,
    title: "Retrying within 24 hours of 131049, over and over, counts against the account",
    source: "Cloud API, Per-user marketing template message limits",
  },
  "conversation-prices": {
    from: Date.UTC(2022, 1, 1),
    until: Date.UTC(2025, 6, 1),
    title: "Conversations of 24 hours are billed",
    source: "Cloud API, Pricing",
    firstDay: "unverified",
  },
  "message-prices": {
    from: Date.UTC(2025, 6, 1),
    until: null,
    title: "Delivered templates are billed, utility within the window free",
    source: "Cloud API, Pricing",
  },
  "user-ids": {
    from: Date.UTC(2026, 3, 1),
    until: null,
    title: "Webhooks name people by user ids, and statuses name the person",
    source: "Cloud API, Business-scoped user IDs",
    firstDay: "unverified",
  },
  "service-billed": {
    from: Date.UTC(2026, 9, 1),
    until: null,
    title: "Service messages and utility templates within the window are billed too",
    source: "Reported by several providers; Cloud API, Pricing",
  },
} as const satisfies Record<string, Era>;

export interface Era {
  readonly from: number | null;
  readonly until: number | null;
  readonly title: string;
  readonly source: string;
  readonly firstDay?: "unverified";
}

export type RuleName = keyof typeof eras;
