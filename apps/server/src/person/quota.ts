import type { Clock } from "@loket/kit";

const mostKept = 10_000;

/** How often one visitor may come within a while. Kept in this process alone: enough against somebody who tries keys. */
export function createQuota(clock: Clock, limit: { readonly most: number; readonly perMs: number }) {
  const used = new Map<string, { count: number; endsAtMs: number }>();
  return {
    /** False where it was too often. */
    take(key: string): boolean {
      const nowMs = clock.monotonicMs();
      const held = used.get(key);
      if (held && held.endsAtMs > nowMs) {
        held.count += 1;
        return held.count <= limit.most;
      }
      if (used.size >= mostKept)
        for (const [each, { endsAtMs }] of used) if (endsAtMs <= nowMs || used.size >= mostKept) used.delete(each);
      used.set(key, { count: 1, endsAtMs: nowMs + limit.perMs });
      return true;
    },
  };
}
