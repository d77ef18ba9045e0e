import { useSyncExternalStore } from "react";

/** What was typed and not sent, per conversation, kept in this browser until it leaves. */
export interface Draft {
  mode: "reply" | "note";
  reply: string;
  note: string;
  quote: { messageId: string; providerId: string; text: string; direction: "in" | "out" } | null;
}

export const emptyDraft: Draft = { mode: "reply", reply: "", note: "", quote: null };

const writeAfterMs = 400;

export class Drafts {
  readonly #key: string;
  readonly #listeners = new Set<() => void>();
  #drafts: Readonly<Record<string, Draft>>;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(organisationId: string) {
    this.#key = `loket.drafts.${organisationId}`;
    this.#drafts = this.#read();
    window.addEventListener("pagehide", () => this.#write());
  }

  #read(): Record<string, Draft> {
    try {
      return JSON.parse(localStorage.getItem(this.#key) ?? "{}") as Record<string, Draft>;
    } catch {
      return {};
    }
  }

  #write(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    try {
      localStorage.setItem(this.#key, JSON.stringify(this.#drafts));
    } catch {
      // No room: the draft lives as long as the page.
    }
  }

  get(conversationId: string): Draft {
    return this.#drafts[conversationId] ?? emptyDraft;
  }

  set(conversationId: string, change: Partial<Draft>): void {
    const next = { ...this.get(conversationId), ...change };
    const { [conversationId]: _, ...others } = this.#drafts;
    const empty = next.reply === "" && next.note === "" && next.quote === null;
    this.#drafts = empty && next.mode === "reply" ? others : { ...others, [conversationId]: next };
    this.#timer ??= setTimeout(() => this.#write(), writeAfterMs);
    for (const listener of this.#listeners) listener();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  all = (): Readonly<Record<string, Draft>> => this.#drafts;
}

export function useDraft(drafts: Drafts, conversationId: string): Draft {
  return useSyncExternalStore(drafts.subscribe, () => drafts.get(conversationId));
}
