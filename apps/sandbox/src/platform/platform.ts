import type { Clock, Instant } from "@loket/kit";
import { type Agenda, createAgenda } from "./agenda.ts";
import { tellCallMedia } from "./call-media.ts";
import { type Callbacks, createCallbacks, type Network } from "./callbacks.ts";
import { stopRinging } from "./calls.ts";
import { runCrowd } from "./crowd/acting.ts";
import { crowdPhone } from "./crowd/crowd.ts";
import { unpackThread } from "./crowd/paging.ts";
import { personOfNumber } from "./crowd/people.ts";
import { createErrands, type Errands } from "./errands.ts";
import { tellGroupStatus } from "./group-messages.ts";
import { createLog, type Log, type LogEntry } from "./log.ts";
import { endTyping } from "./people.ts";
import { resumeLinks, runProgress } from "./progress.ts";
import { runRule } from "./rules/run.ts";
import { parseSnapshot, readState, writeState } from "./snapshot.ts";
import {
  type Account,
  type BusinessNumber,
  emptyState,
  emptyThread,
  type Phone,
  type State,
  type Thread,
  threadKey,
} from "./state.ts";
import { dropArchived } from "./template-care.ts";
import { unpauseWhenDue } from "./templates.ts";
import { lastInstant, type TurningClock, turningClock } from "./turning-clock.ts";

/** Something a page or another listener may want to show at once. */
export type Announcement =
  | { readonly type: "thread"; readonly numberId: string; readonly phone: string }
  | { readonly type: "phone"; readonly phone: string }
  | { readonly type: "template"; readonly id: string }
  | { readonly type: "number"; readonly id: string }
  | { readonly type: "clock"; readonly offsetMs: number }
  | { readonly type: "reset" }
  | { readonly type: "faults" }
  | { readonly type: "log"; readonly entry: LogEntry };

/**
 * The imitated platform: its state and the few things it needs from outside. It opens no socket and reads no clock of its
 * own; time, the seed and the network come in as arguments, so that a test or a simulation owns them.
 */
export interface Platform {
  readonly state: State;
  readonly clock: TurningClock;
  readonly agenda: Agenda;
  readonly callbacks: Callbacks;
  readonly network: Network;
  readonly errands: Errands;
  readonly log: Log;
  now(): Instant;
  announce(announcement: Announcement): void;
  listen(listener: (announcement: Announcement) => void): () => void;
  /** Where the sandbox can be reached; media URLs begin with it. */
  baseUrl: string;
  accountOf(number: BusinessNumber): Account;
  phone(number: string): Phone;
  thread(numberId: string, phone: string): Thread;
  /** Resolves when no webhook and no file behind a link is under way. */
  quiet(): Promise<void>;
  /** Moves the clock; resolves when every webhook due by then was delivered or is waiting for its next attempt. */
  turn(ms: number): Promise<void>;
  /** Puts another state in place. */
  replace(state: State): void;
  snapshot(): string;
  restore(text: string): void;
  close(): void;
}

export interface PlatformMeans {
  readonly clock: Clock;
  readonly network: Network;
  readonly seed: number;
  readonly logLimit: number;
  /** See callbacks.ts. */
  readonly oneAtATime: boolean;
}

export function createPlatform({ clock: base, network, seed, logLimit, oneAtATime }: PlatformMeans): Platform {
  let state = emptyState(seed);
  const clock = turningClock(base);
  const listeners = new Set<(announcement: Announcement) => void>();
  const announce = (announcement: Announcement): void => {
    for (const listener of listeners) listener(announcement);
  };
  const announceClock = (): void => announce({ type: "clock", offsetMs: clock.offsetMs });
  const log = createLog(logLimit, (entry) => announce({ type: "log", entry }));

  const agenda: Agenda = createAgenda(
    () => state,
    clock,
    (task) => {
      switch (task.do) {
        case "process":
        case "deliver":
        case "read":
          return runProgress(platform, task);
        case "end-typing":
          return endTyping(platform, task.thread);
        case "drop-archived":
          return dropArchived(platform, task.templateId, task.archivedAt);
        case "stop-ringing":
          return stopRinging(platform, task.callId);
        case "call-media":
          return tellCallMedia(platform, task.callId, task.kind);
        case "group-status":
          return tellGroupStatus(platform, task.groupId, task.messageId, task.status);
        case "unpause":
          return unpauseWhenDue(platform, task.templateId, task.pauses);
        case "rule":
          return runRule(platform, task.task);
        case "crowd":
          return runCrowd(platform, task);
        case "enqueue":
          return callbacks.enqueue(task.url, task.update);
        case "resume":
          return callbacks.resume(task.url);
        case "retry":
          return callbacks.retry(task.url, task.batchId);
      }
    },
  );
  const callbacks = createCallbacks({ state: () => state, clock, agenda: () => agenda, network, log, oneAtATime });

  const errands = createErrands(oneAtATime);

  const platform: Platform = {
    get state() {
      return state;
    },
    clock,
    agenda,
    callbacks,
    network,
    errands,
    log,
    baseUrl: "http://127.0.0.1",
    now: () => clock.now(),
    announce,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    accountOf(number) {
      const account = state.accounts.get(number.accountId);
      if (!account) throw new TypeError(`Number ${number.id} belongs to no account.`);
      return account;
    },
    phone(number) {
      let phone = state.phones.get(number) ?? crowdPhone(state, number);
      if (!phone) {
        phone = {
          number,
          name: `+${number}`,
          language: "en",
          username: null,
          userId: null,
          hideNumber: false,
          onWhatsApp: true,
          online: true,
          autoRead: false,
          readReceipts: true,
          movedTo: null,
          ...state.newPhones,
        };
        state.phones.set(number, phone);
        announce({ type: "phone", phone: number });
      }
      return phone;
    },
    thread(numberId, phone) {
      const key = threadKey(numberId, phone);
      let thread = state.threads.get(key);
      if (!thread) {
        const { crowd } = state;
        const person = crowd === null ? null : personOfNumber(crowd, phone);
        if (crowd !== null && person !== null) return unpackThread(state, crowd, numberId, person, phone);
        thread = emptyThread(numberId, phone);
        state.threads.set(key, thread);
      }
      return thread;
    },
    async quiet() {
      await errands.quiet();
      await callbacks.quiet();
    },
    async turn(ms) {
      if (!(ms >= 0 && clock.now() + ms <= lastInstant))
        throw new RangeError(`The clock can not be turned by ${ms} ms.`);
      await agenda.turn(ms, () => platform.quiet(), announceClock);
      announceClock();
    },
    replace(next) {
      // Ids are never given twice, also when an earlier world comes back: whoever remembers one must not take a new
      // message for an old one. A fresh sandbox still begins where its seed says.
      next.serial = Math.max(next.serial, state.serial);
      state = next;
      callbacks.restart();
      agenda.restart();
      resumeLinks(platform);
      announce({ type: "reset" });
      announceClock();
    },
    snapshot: () => `{"version":1,"clockOffsetMs":${clock.offsetMs},"state":${writeState(state)}}`,
    restore(text) {
      const read = parseSnapshot(text);
      if (typeof read !== "object" || read === null || !("state" in read))
        throw new TypeError("This is not a snapshot of the sandbox.");
      const next = readState(read.state);
      const offsetMs = "clockOffsetMs" in read ? read.clockOffsetMs : clock.offsetMs;
      if (typeof offsetMs !== "number" || !(Math.abs(base.now() + offsetMs) <= lastInstant))
        throw new TypeError("The snapshot's clock shows no time there is.");
      clock.setOffset(offsetMs);
      platform.replace(next);
    },
    close() {
      callbacks.close();
      agenda.close();
      listeners.clear();
    },
  };
  return platform;
}
