import type { Conversation, TimelineItem } from "@loket/contract";
import { type RefObject, useEffect, useRef } from "react";
import type { Seen } from "./outbox.ts";
import { seenIds } from "./timeline.ts";

/** What came in later than this before Enter was pressed, nobody can have read. */
const readingMs = 1_000;

/**
 * What the person has had the time to see. It follows the screen a second behind, so that an answer written while a
 * colleague's was landing is held and not sent on top of it.
 */
export function useSeen(conversation: Conversation, items: readonly TimelineItem[] | undefined): RefObject<Seen> {
  const seen = useRef<Seen>({ version: conversation.version, ids: [] });
  const known = useRef<string | null>(null);
  const { id, version } = conversation;
  useEffect(() => {
    if (!items) return;
    const now: Seen = { version, ids: seenIds(items) };
    if (known.current !== id) {
      known.current = id; // just opened: all of it is what one looks at
      seen.current = now;
      return;
    }
    const timer = setTimeout(() => {
      seen.current = now;
    }, readingMs);
    return () => clearTimeout(timer);
  }, [id, version, items]);
  return seen;
}
