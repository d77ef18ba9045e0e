import { contactsCalled, patternsOf } from "@loket/contacts";
import type { Tx } from "@loket/database";

/** A condition on conversation `v`, whose last parameter stands at `place`. */
interface Found {
  readonly values: readonly unknown[];
  readonly condition: (place: number) => string;
}

/** More messages than this are not gathered. */
const atMost = 10_000;

/**
 * Conversations in which all these words were said in one message, or whose person is called so or has such a number.
 *
 * Two ways, because no one way is good for rare words and for common ones. What few hold is gathered by index, which is
 * complete, and the newest of it taken. What many hold would take long to gather and is soon met when conversations are
 * read from the newest on. Measured at ten million messages: a word in 5,000 of them is gathered in 60 ms and met within
 * 5 s; one in 70,000 is gathered in 650 ms and met within 120 ms.
 */
export async function findConversations(tx: Tx, words: string): Promise<Found> {
  const [said, called] = await Promise.all([
    tx.one<{ ids: string[]; is_all: boolean }>("select ids, is_all from conversations_saying($1, $2)", [words, atMost]),
    contactsCalled(tx, words),
  ]);
  if (said?.is_all && called)
    return {
      values: [said.ids, called],
      condition: (place) => `(v.id = any($${place - 1}::uuid[]) or v.contact_id = any($${place}::uuid[]))`,
    };
  // One each is asked for, and not whether there is any: that would be answered by reading everybody's once (5 s).
  return {
    values: [patternsOf(words), words],
    condition: (place) => `coalesce(
      (select true from contact p where p.organisation_id = v.organisation_id and p.id = v.contact_id and p.name ilike any (($${place - 1}::text[])[:1]) limit 1),
      (select true from address a where a.organisation_id = v.organisation_id and a.contact_id = v.contact_id and a.value ilike any ($${place - 1}::text[]) limit 1),
      (select true from message m where m.organisation_id = v.organisation_id and m.conversation_id = v.id and m.search @@ plainto_tsquery('simple', $${place}) limit 1), false)`,
  };
}
