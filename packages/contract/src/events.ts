import { z } from "zod";
import { id, instant } from "./common.ts";
import { contact } from "./contacts.ts";
import { activity, conversation, message, note, template } from "./conversations.ts";
import { sender } from "./organisations.ts";

export const standingSubject = z.enum([
  "override",
  "shadow-run",
  "own-rule",
  "wording",
  "import",
  "erasure",
  "pack",
  "checkpoint",
  "demand",
  "claims",
  "sender",
]);

/**
 * One thing that changed, in the form a screen needs: the whole object as it is now. Applying the same event twice, or
 * a newer one first, ends in the same state: objects replace objects with the same id.
 */
export const event = z.discriminatedUnion("type", [
  z.object({ id: z.string(), at: instant, type: z.literal("conversation.changed"), conversation }),
  z.object({ id: z.string(), at: instant, type: z.literal("message.changed"), conversationId: id, message }),
  z.object({ id: z.string(), at: instant, type: z.literal("note.added"), conversationId: id, note }),
  z.object({ id: z.string(), at: instant, type: z.literal("activity.added"), conversationId: id, activity }),
  z.object({ id: z.string(), at: instant, type: z.literal("contact.changed"), contact }),
  z.object({ id: z.string(), at: instant, type: z.literal("sender.changed"), sender }),
  z.object({ id: z.string(), at: instant, type: z.literal("template.changed"), template }),
  /** A campaign began, stood still, went on or ended. Its counts change all the time and are asked for. */
  z.object({ id: z.string(), at: instant, type: z.literal("campaign.changed"), campaignId: id }),
  /** Something on the pages of standing changed: who shows it asks for it anew. */
  z.object({ id: z.string(), at: instant, type: z.literal("standing.changed"), what: standingSubject, subjectId: id }),
]);
export type LoketEvent = z.infer<typeof event>;

/**
 * Said by the stream itself, without an id: `ready` after the catch-up, `reload` when the cursor is older than what is
 * kept (fetch everything anew, then go on from `after`), `presence` for who looks at or types in what.
 */
export const streamNotice = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready"), after: z.string() }),
  z.object({ type: z.literal("reload"), after: z.string() }),
  /** What time it is here: screens count windows down by it, not by a clock of their own that may be wrong. */
  z.object({ type: z.literal("now"), at: instant }),
  z.object({
    type: z.literal("presence"),
    conversationId: id,
    members: z.array(z.object({ memberId: id, name: z.string(), doing: z.enum(["viewing", "replying"]) })),
  }),
]);
export type StreamNotice = z.infer<typeof streamNotice>;

export const presenceChange = z.object({ doing: z.enum(["viewing", "replying", "left"]) });
