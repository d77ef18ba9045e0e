import { dayMs, hourMs, type Instant, plus } from "@loket/kit";
import type { SendRequest } from "../request.ts";
import { type Differences, optIn, template } from "../testing.ts";
import type { Example, Section, Turn } from "./index.ts";
import { check, listFrom } from "./whatsapp-app.ts";

const post = (more: Partial<SendRequest> = {}): Partial<SendRequest> => ({
  transport: "public-channel",
  kind: "channel-post",
  ...more,
});
const published = { payload: "native" } as const;

/** Consent of somebody who only follows the channel. */
function follower(now: Instant): Differences {
  return {
    request: { kind: "newsletter", payload: "template", template: template("marketing") },
    facts: { consents: [optIn("marketing", now, { kind: "channel-follow" })] },
  };
}

const channels: readonly Example[] = [
  {
    id: "V70",
    what: "a newsletter to somebody who only follows the channel",
    given: follower,
    outcome: "refuse",
    fires: [
      "whatsapp.channels.follow-is-not-consent",
      "whatsapp.policy.opt-in-required",
      "nl.tw117.consent-electronic-messages",
    ],
  },
  {
    id: "V70+",
    what: "a newsletter to somebody who follows and also signed up",
    given: (now) => ({
      ...follower(now),
      facts: { consents: [optIn("marketing", now, { kind: "channel-follow" }), optIn("marketing", now)] },
    }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wa-channel-follow-1",
    what: "an import that counts following as an opt-in",
    given: (now) => ({
      request: { kind: "import", payload: "none" },
      facts: {
        importedList: { source: "own-records" },
        consents: [optIn("marketing", now, { kind: "channel-follow" })],
      },
    }),
    outcome: "refuse",
    fires: ["whatsapp.channels.follow-is-not-consent"],
  },
  {
    id: "wa-channel-follow-2",
    what: "a set-up that does so, and keeps followers as contacts",
    given: () => check("cloud-api", "followers-as-opt-ins", "followers-as-contacts"),
    outcome: "refuse",
    fires: ["whatsapp.channels.follow-is-not-consent", "whatsapp.channels.no-dm"],
  },
  {
    id: "wa-channel-dm-1",
    what: "an import of followers",
    given: () => listFrom("channel-followers"),
    outcome: "refuse",
    fires: ["whatsapp.channels.no-dm"],
  },
  {
    id: "wa-channel-dm-2",
    what: "an order update to somebody from such a list",
    given: (now) => ({
      request: { kind: "transactional", payload: "template", template: template("utility") },
      recipient: { importedFrom: { evidenceAttached: true, source: "channel-followers" } },
      facts: { consents: [optIn("transactional", now)] },
    }),
    outcome: "refuse",
    fires: ["whatsapp.channels.no-dm"],
  },
  {
    id: "wa-channel-dm-3",
    what: "an answer to a follower who wrote",
    given: (now) => ({
      recipient: { importedFrom: { evidenceAttached: true, source: "channel-followers" } },
      facts: { lastInboundAt: plus(now, -hourMs) },
    }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wa-channel-post-1",
    what: "a post that software would publish",
    given: () => ({ request: post() }),
    outcome: "change",
    fires: ["whatsapp.channels.no-api"],
    changes: ["publish-by-hand"],
  },
  {
    id: "wa-channel-post-2",
    what: "a post that an admin publishes, about which nothing else is known",
    given: () => ({ request: post(published), facts: { suppressions: undefined } as never }),
    outcome: "allow",
    fires: [],
    notes: [],
  },
  {
    id: "wa-channel-post-3",
    what: "a post with an offer in it, which goes to nobody in particular",
    given: () => ({ request: post({ ...published, promotional: true, content: {} }) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wa-channel-person-1",
    what: "an offer to one person by way of a Channel",
    given: (now) => ({
      request: { transport: "public-channel", kind: "marketing", payload: "native" },
      facts: { consents: [optIn("marketing", now)] },
    }),
    outcome: "refuse",
    fires: ["whatsapp.channels.no-dm"],
  },
  {
    id: "wa-channel-data-1",
    what: "a post that thanks a customer by name",
    given: () => ({ request: post({ ...published, content: { concerns: ["personal-data"] } }) }),
    outcome: "refuse",
    fires: ["whatsapp.channels.no-personal-data"],
  },
  {
    id: "wa-channel-data-2",
    what: "a post with an account number",
    given: () => ({ request: post({ ...published, content: { sensitiveIdentifiers: true } }) }),
    outcome: "refuse",
    fires: ["whatsapp.channels.no-personal-data"],
  },
  {
    id: "wa-channel-content-1",
    what: "a post with somebody else's photograph",
    given: () => ({ request: post({ ...published, content: { concerns: ["rights-of-others"] } }) }),
    outcome: "refuse",
    fires: ["whatsapp.channels.content"],
  },
  {
    id: "wa-channel-content-2",
    what: "a post about copies of branded bags",
    given: () => ({ request: post({ ...published, content: { goods: ["counterfeits"] } }) }),
    outcome: "refuse",
    fires: ["whatsapp.channels.content"],
  },
  {
    id: "wa-channel-content-3",
    what: "a post about a subscription",
    given: () => ({ request: post({ ...published, content: { goods: ["digital-subscriptions"] } }) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wa-channel-trade-1",
    what: "opening hours of a shop for adults",
    given: () => ({ request: post({ ...published }), trade: { goods: ["adult"] } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wa-channel-volume-1",
    what: "the fourth post within 24 hours",
    given: (now) => ({
      request: post(published),
      facts: { publicChannel: { postedAt: [1, 2, dayMs - 1].map((ms) => plus(now, -ms)) } },
    }),
    outcome: "allow",
    fires: [],
    notes: ["whatsapp.channels.volume"],
  },
  {
    id: "wa-channel-volume-2",
    what: "the third, since one is exactly 24 hours old",
    given: (now) => ({
      request: post(published),
      facts: { publicChannel: { postedAt: [1, 2, dayMs].map((ms) => plus(now, -ms)) } },
    }),
    outcome: "allow",
    fires: [],
    notes: [],
  },
  {
    id: "wa-channel-invite-1",
    what: "an order update that invites to follow the channel",
    given: (now) => ({
      request: {
        kind: "transactional",
        payload: "template",
        template: template("utility"),
        content: { stopPath: true, senderNamed: true, specific: true, channelInvite: true },
      },
      facts: { consents: [optIn("transactional", now)] },
    }),
    outcome: "refuse",
    fires: [
      "whatsapp.cloud.template-category-fit",
      "whatsapp.policy.purpose-match",
      "nl.tw117.consent-electronic-messages",
    ],
    notes: ["whatsapp.channels.promo-invite"],
  },
  {
    id: "wa-channel-invite-2",
    what: "the link, given to somebody who asked for it",
    given: (now) => ({
      request: { solicited: true, content: { stopPath: true, senderNamed: true, channelInvite: true } },
      facts: { lastInboundAt: plus(now, -hourMs) },
    }),
    outcome: "allow",
    fires: [],
    notes: [
      "whatsapp.channels.promo-invite",
      "whatsapp.cloud.note-service-charged",
      "whatsapp.policy.inbound-is-not-opt-in",
    ],
  },
];

const sinceChannels = (rule: string, given: (moment: Instant) => Differences): Turn => [
  rule,
  "begins",
  "2023-06-08",
  given,
];

export const whatsappChannels: Section = {
  examples: channels,
  turns: [
    sinceChannels("whatsapp.channels.no-api", () => ({ request: post() })),
    sinceChannels("whatsapp.channels.no-dm", () => listFrom("channel-followers")),
    sinceChannels("whatsapp.channels.follow-is-not-consent", follower),
    sinceChannels("whatsapp.channels.no-personal-data", () => ({
      request: post({ ...published, content: { concerns: ["personal-data"] } }),
    })),
    sinceChannels("whatsapp.channels.content", () => ({
      request: post({ ...published, content: { concerns: ["harmful"] } }),
    })),
  ],
};
