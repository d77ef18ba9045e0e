import type { MessageContent } from "./content.ts";

/** The plain text of a message: what lists show and search finds. Empty where it holds no words. */
export function contentText(_content: MessageContent): string {
  throw new Error("not yet");
}
