import type { Tx } from "@loket/database";

/** More people than this are not gathered: whoever asks for so many finds the first of them by reading on. */
const atMost = 5_000;

/**
 * People whose name, number or address holds these words; `null` where too many do. By index, which no query under
 * row-level security can be for parts of words (see the migration that makes `contacts_called`).
 */
export async function contactsCalled(tx: Tx, words: string): Promise<string[] | null> {
  const row = await tx.one<{ ids: string[]; is_all: boolean }>("select ids, is_all from contacts_called($1, $2)", [
    patternsOf(words),
    atMost,
  ]);
  return row?.is_all ? row.ids : null;
}

/** The words as they are; and, where they are a number however it is written, its digits as they are kept. */
export function patternsOf(words: string): string[] {
  const digits = /^[+\d\s()./-]+$/.test(words) ? words.replace(/[^\d]/g, "") : "";
  return [words.replace(/[\\%_]/g, (sign) => `\\${sign}`), ...(digits.length >= 3 ? [digits] : [])].map(
    (part) => `%${part}%`,
  );
}
