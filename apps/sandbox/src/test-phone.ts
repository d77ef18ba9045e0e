import { systemClock } from "@loket/kit";
import { numberFor, phoneOf } from "./control/find.ts";
import { existingThread } from "./platform/crowd/crowd.ts";
import {
  ControlError,
  personBlocks,
  personPrefers,
  personReads,
  personReports,
  personWrites,
  setUpPhone,
} from "./platform/people.ts";
import type { Platform } from "./platform/platform.ts";
import { type SeenMessage, seenLater, seenMessage, type Wanted, whyNotSeen } from "./platform/seen.ts";
import type { Body, BusinessNumber, Phone, PhoneSettings } from "./platform/state.ts";
import { findTap, reactTo, tap, whyNoTap } from "./platform/taps.ts";

/** How long a test waits for a message, in real milliseconds, unless it says otherwise. */
const patienceMs = 5_000;

export interface Matcher {
  /** The message's type: `text`, `template`, `interactive`, … */
  readonly type?: string;
  /** Found anywhere in what the phone shows: body, header, caption, footer, buttons. */
  readonly text?: string | RegExp;
  /** Only messages that came after the one with this id. */
  readonly after?: string;
  /** Only from this business number (its id or its digits). */
  readonly from?: string;
}

export interface Patience {
  /** Real time, not the sandbox's. Default 5,000. */
  readonly timeoutMs?: number;
}

/**
 * A person's phone in a test. What the person does resolves when your webhooks have answered; the ids are those of the
 * person's messages. Where something is not there (a button, a message), the error says what is.
 */
export interface TestPhone {
  readonly number: string;
  /** Writes a text, to the first business number unless `to` (id or digits) names another. */
  says(text: string, options?: { to?: string }): Promise<string>;
  /** Writes any message in the Cloud API's field names: `{ type: "image", image: { caption } }`; without bytes, a sample. */
  sends(message: Body & { type: string }, options?: { to?: string }): Promise<string>;
  /** Waits for a message of the business; a text or pattern is looked for in its words. Rejects when it does not come. */
  sees(wanted?: string | RegExp | Matcher, patience?: Patience): Promise<SeenMessage>;
  /** Waits for a reply button or quick reply with this title, and taps it. */
  taps(button: string, patience?: Patience): Promise<string>;
  /** Waits for a list with this row, and chooses it. */
  chooses(row: string, patience?: Patience): Promise<string>;
  /** Reacts to a message, or to the newest; `""` takes the reaction back. */
  reacts(emoji: string, messageId?: string): Promise<string>;
  /** Opens the chats: everything delivered becomes read. Answers how many did. */
  reads(): Promise<number>;
  blocks(options?: { to?: string }): Promise<void>;
  unblocks(options?: { to?: string }): Promise<void>;
  reports(options?: { to?: string }): Promise<void>;
  stopsOffers(options?: { to?: string }): Promise<void>;
  resumesOffers(options?: { to?: string }): Promise<void>;
  /** Changes settings: `{ online: false }`, `{ onWhatsApp: false }`, `{ autoRead: true }`, `{ hideNumber: true }`, … */
  is(settings: PhoneSettings): Promise<void>;
}

/** Waits for a message that fits, at most `timeoutMs` of real time. Throws a `ControlError` that tells what was there instead. */
export async function waitForMessage(
  platform: Platform,
  wanted: Wanted,
  { timeoutMs = patienceMs }: Patience = {},
): Promise<SeenMessage> {
  const message = await within(timeoutMs, (until) => seenLater(platform, wanted, until));
  if (!message) throw new ControlError(whyNotSeen(platform, wanted), 408);
  return seenMessage(platform, message);
}

async function within<T>(timeoutMs: number, wait: (until: AbortSignal) => Promise<T>): Promise<T> {
  const patience = new AbortController();
  const done = new AbortController();
  void systemClock.sleep(timeoutMs, done.signal).then(() => patience.abort());
  try {
    return await wait(patience.signal);
  } finally {
    done.abort();
  }
}

export function testPhone(platform: Platform, text: string): TestPhone {
  const phone = (): Phone => phoneOf(platform, text);
  const number = phone().number;
  const to = (options?: { to?: string }): BusinessNumber => numberFor(platform, options?.to);
  const heard = async <T>(result: T): Promise<T> => {
    await platform.callbacks.quiet();
    return result;
  };
  const sends = (message: Body, options?: { to?: string }): Promise<string> =>
    heard(personWrites(platform, phone(), to(options), message)?.id ?? "");

  async function tapsOn(kind: "button" | "row", title: string, { timeoutMs = patienceMs }: Patience = {}) {
    if (!findTap(platform, phone(), kind, title)) {
      const came = await within(timeoutMs, async (until) => {
        while (!until.aborted) {
          if (findTap(platform, phone(), kind, title)) return true;
          await changed(platform, number, until);
        }
        return false;
      });
      if (!came) throw new ControlError(whyNoTap(platform, phone(), kind, title), 408);
    }
    return heard(tap(platform, phone(), kind, title));
  }

  return {
    number,
    says: (words, options) => sends({ type: "text", text: { body: words } }, options),
    sends,
    sees(wanted = {}, patience) {
      const matcher: Matcher = typeof wanted === "string" || wanted instanceof RegExp ? { text: wanted } : wanted;
      const { from, ...rest } = matcher;
      const numberId = from === undefined ? {} : { numberId: numberFor(platform, from).id };
      return waitForMessage(platform, { ...rest, ...numberId, phone: number }, patience);
    },
    taps: (title, patience) => tapsOn("button", title, patience),
    chooses: (title, patience) => tapsOn("row", title, patience),
    reacts: async (emoji, messageId) => heard(reactTo(platform, phone(), emoji, messageId)),
    async reads() {
      let read = 0;
      for (const one of platform.state.numbers.values())
        if (existingThread(platform.state, one.id, number)) read += personReads(platform, phone(), one);
      return heard(read);
    },
    blocks: async (options) => heard(personBlocks(platform, phone(), to(options), true)),
    unblocks: async (options) => heard(personBlocks(platform, phone(), to(options), false)),
    reports: async (options) => heard(personReports(platform, phone(), to(options))),
    stopsOffers: async (options) => heard(personPrefers(platform, phone(), to(options), "stop")),
    resumesOffers: async (options) => heard(personPrefers(platform, phone(), to(options), "resume")),
    is: async (settings) => void (await heard(setUpPhone(platform, phone(), { ...settings }))),
  };
}

/** Resolves when something happens between this phone and a business, or when `until` aborts. */
function changed(platform: Platform, phone: string, until: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      stop();
      until.removeEventListener("abort", finish);
      resolve();
    };
    const stop = platform.listen((announcement) => {
      if (announcement.type === "thread" && announcement.phone === phone) finish();
    });
    until.addEventListener("abort", finish);
  });
}
