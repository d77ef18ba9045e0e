import type { Content, MessageView } from "./ask.ts";

/** Something of a message that opens over the chat. */
export type Opened =
  | { readonly kind: "list"; readonly message: MessageView }
  /** `action` names a product, or sections of them. */
  | { readonly kind: "products"; readonly message: MessageView; readonly action: Content }
  | { readonly kind: "flow"; readonly message: MessageView; readonly start: FlowStart }
  | { readonly kind: "picture"; readonly source: string; readonly caption: string };

/** Which flow a message opens, and how it begins. */
export interface FlowStart {
  /** Id or name of the flow. */
  readonly flow: string;
  readonly token: string;
  /** The endpoint says which screen is the first, not the message. */
  readonly asks: boolean;
  /** The first screen; empty for the flow's own first. */
  readonly screen: string;
  readonly data: Content;
}

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
