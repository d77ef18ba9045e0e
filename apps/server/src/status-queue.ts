import type { ReceiptId } from "@loket/kit";

export interface StatusQueue {
  /** Receipts that have statuses waiting here. */
  readonly receiptIds: ReadonlySet<ReceiptId>;
  add(receiptIds: readonly ReceiptId[], work: () => Promise<void>): void;
  /** Resolves when no more than so many receipts wait. Rejects with what broke off the work. */
  room(most: number): Promise<void>;
}

/**
 * Statuses are worked behind everything else, one batch after another: there are three of them to each message that
 * leaves, and what somebody writes, above all a STOP, must not wait until thousands of them are through.
 */
export function createStatusQueue(): StatusQueue {
  const receiptIds = new Set<ReceiptId>();
  let last: Promise<void> = Promise.resolve();
  let broken: { readonly error: unknown } | null = null;
  let wake = () => {};
  return {
    receiptIds,
    add(ids, work) {
      for (const id of ids) receiptIds.add(id);
      last = last.then(async () => {
        try {
          if (!broken) await work();
        } catch (error) {
          broken = { error };
        }
        for (const id of ids) receiptIds.delete(id);
        wake();
      });
    },
    async room(most) {
      while (receiptIds.size > most && !broken)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      if (broken) throw broken.error;
    },
  };
}
