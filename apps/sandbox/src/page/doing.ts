import type { Content, MessageView } from "./ask.ts";

/** Something of a message that opens over the chat. */
export type Opened =
  | { readonly kind: "list"; readonly message: MessageView }
  | { readonly kind: "products"; readonly message: MessageView }
  /** `flow` is the id or the name of the flow. */
  | { readonly kind: "flow"; readonly message: MessageView; readonly flow: string; readonly token: string }
  | { readonly kind: "picture"; readonly source: string; readonly caption: string };

/** What a person can do with a message on their phone. */
export interface Doing {
  reply(message: MessageView): void;
  react(message: MessageView, emoji: string): void;
  remove(message: MessageView): void;
  /** Answers a tap on a button or a row with the message the platform would send. */
  answer(message: MessageView, content: Content): void;
  open(what: Opened): void;
  played(message: MessageView): void;
}
