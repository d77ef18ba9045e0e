import { z } from "zod";

/** A UUIDv7 in lower case. */
export const id = z.uuid();
/** RFC 3339 in UTC, with milliseconds. */
export const instant = z.iso.datetime({ offset: true });
export const locale = z.enum(["en", "nl", "de"]);
export const channel = z.enum(["whatsapp", "telegram", "email", "webchat"]);

export type Locale = z.infer<typeof locale>;
export type Channel = z.infer<typeof channel>;

/** One page of a list. `next` goes back as `?cursor=`; `null` on the last page. */
export function page<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

export const pageQuery = z.object({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** RFC 9457. `code` is stable and made for programs; `title` and `detail` are for people, `action` says what to do. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string().optional(),
  action: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  verdict: z.lazy(() => verdict).optional(),
  conversation: z.unknown().optional(),
  member: z.object({ id, name: z.string() }).nullable().optional(),
});
export type Problem = z.infer<typeof problem>;

export const remedy = z.object({ id: z.string(), label: z.string(), until: instant.optional() });

export const verdictRule = z.object({
  id: z.string(),
  outcome: z.enum(["allow", "change", "hold", "refuse"]),
  title: z.string(),
  explanation: z.string().optional(),
  clause: z.string(),
  since: z.string(),
  remedies: z.array(remedy).readonly(),
});

export const verdict = z.object({
  outcome: z.enum(["allow", "change", "hold", "refuse"]),
  /** An instant, or `event:<name>` where no instant is known; `null` where nothing is awaited. */
  until: z.string().nullable(),
  rules: z.array(verdictRule).readonly(),
  notes: z.array(z.string()).readonly(),
});
export type Verdict = z.infer<typeof verdict>;
