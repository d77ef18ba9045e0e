import { z } from "zod";
import { id, instant } from "./common.ts";

/** Ask before sending. Without `facts` they are gathered for `request.contactId`; with them the judgement is pure. */
export const verdictAsk = z.object({
  request: z.looseObject({ contactId: id.optional(), senderId: id.optional() }),
  facts: z.record(z.string(), z.unknown()).optional(),
  at: instant.optional(),
});

export const rule = z.object({
  id: z.string(),
  title: z.string(),
  explanation: z.string(),
  clause: z.string(),
  source: z.array(z.string()),
  confidence: z.enum(["high", "medium", "low"]),
  versions: z.array(z.object({ from: z.string(), to: z.string().nullable() })),
});
