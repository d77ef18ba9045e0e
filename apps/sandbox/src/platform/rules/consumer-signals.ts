import { dayMs, minuteMs } from "@loket/kit";
import type { SignalCode } from "./codes.ts";

/** A stretch of what somebody did with an ordinary account of the app. */
export interface Activity {
  readonly messages: number;
  /** How long it took, in milliseconds. */
  readonly overMs: number;
  /** Of the messages, those to people who do not have this number in their address book. */
  readonly strangers: number;
  /** Whether "typing…" was shown before messages: software forgets it. */
  readonly typing: boolean;
  /** What sent: the app itself, a browser driven by software, a protocol library, a modified app. */
  readonly client: "app" | "browser" | "library" | "modified";
  readonly groupsCreated: number;
  readonly peopleAdded: number;
  readonly reports: number;
  readonly blocks: number;
  /** Whether it was a business talking: service, newsletters, offers. */
  readonly business: boolean;
}

interface Signal {
  readonly code: SignalCode;
  readonly name: string;
  /** When the platform can notice: at registration, while messages are sent, or from what others say about them. */
  readonly stage: "registration" | "messaging" | "feedback";
  readonly points: number;
  shows(activity: Activity, ageMs: number): boolean;
}

const perMinute = ({ messages, overMs }: Activity): number => messages / Math.max(overMs / minuteMs, 1 / 60);

/**
 * What speaks for bulk or automated use. WhatsApp's paper "Stopping Abuse" (February 2019) names the three stages and the examples
 * marked so; it says that three quarters of two million bans a month came without a recent report. The points are ours: 100
 * bans at once, 60 after a look (thresholds.ts), and they add up over thirty days.
 */
export const signals: readonly Signal[] = [
  {
    code: "registered-and-sends",
    name: "registered minutes ago and sends a hundred messages in seconds (its example)",
    stage: "registration",
    points: 100,
    shows: (activity, ageMs) => ageMs < 60 * minuteMs && activity.messages >= 100 && perMinute(activity) >= 100,
  },
  {
    code: "groups",
    name: "dozens of groups, or thousands of people added to groups (its example)",
    stage: "messaging",
    points: 100,
    shows: ({ groupsCreated, peopleAdded }) => groupsCreated >= 24 || peopleAdded >= 2_000,
  },
  {
    code: "pace",
    name: "a pace no hand keeps",
    stage: "messaging",
    points: 60,
    shows: (activity) => activity.messages >= 30 && perMinute(activity) > 30,
  },
  {
    code: "no-typing",
    name: "no typing shown before messages (its example)",
    stage: "messaging",
    points: 30,
    shows: ({ typing, messages }) => !typing && messages >= 20,
  },
  {
    code: "not-the-app",
    name: "sent by something that is not the app",
    stage: "messaging",
    points: 60,
    shows: ({ client }) => client !== "app",
  },
  {
    code: "strangers",
    name: "mostly to people who do not know the number",
    stage: "messaging",
    points: 30,
    shows: ({ strangers, messages }) => messages >= 30 && strangers * 2 >= messages,
  },
  {
    code: "young-and-busy",
    name: "a young account that sends a lot",
    stage: "registration",
    points: 30,
    shows: ({ messages }, ageMs) => ageMs < 7 * dayMs && messages >= 100,
  },
  {
    code: "business",
    name: "not personal: a business writes",
    stage: "feedback",
    points: 10,
    shows: ({ business }) => business,
  },
  {
    code: "reported",
    name: "blocked or reported by several",
    stage: "feedback",
    points: 30,
    shows: ({ reports, blocks }) => reports >= 3 || blocks >= 10,
  },
];
