import type { StreamNotice } from "@loket/contract";
import { useSyncExternalStore } from "react";

type PresenceNotice = Extract<StreamNotice, { type: "presence" }>;
export type Present = PresenceNotice["members"][number];

const nobody: readonly Present[] = [];

/** Who looks at what, as the stream last said. Each notice is whole: it replaces what was known of that conversation. */
export class Presence {
  readonly #listeners = new Set<() => void>();
  #byConversation: ReadonlyMap<string, readonly Present[]> = new Map();

  take(notice: PresenceNotice, ownMemberId: string): void {
    const others = notice.members.filter((member) => member.memberId !== ownMemberId);
    const next = new Map(this.#byConversation);
    if (others.length > 0) next.set(notice.conversationId, others);
    else next.delete(notice.conversationId);
    this.#byConversation = next;
    for (const listener of this.#listeners) listener();
  }

  /** After a break nobody's presence is known: better none than a stale one. */
  clear(): void {
    this.#byConversation = new Map();
    for (const listener of this.#listeners) listener();
  }

  in(conversationId: string): readonly Present[] {
    return this.#byConversation.get(conversationId) ?? nobody;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

export function usePresent(presence: Presence, conversationId: string): readonly Present[] {
  return useSyncExternalStore(presence.subscribe, () => presence.in(conversationId));
}
