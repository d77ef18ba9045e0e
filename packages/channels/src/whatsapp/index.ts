/** WhatsApp's Cloud API, with no knowledge of the product around it. */
export * from "./client.ts";
export * from "./content.ts";
export { contentText } from "./content-text.ts";
export { type ErrorEntry, errorEntries, errorEntry, explainError, type Language } from "./errors.ts";
export * from "./events.ts";
export { answerHandshake, type HandshakeAnswer } from "./handshake.ts";
export {
  checkMedia,
  type MediaFile,
  type MediaKind,
  type MediaRule,
  mediaRules,
  sniffMediaType,
} from "./media-rules.ts";
export type * from "./network.ts";
export { checkOutbound, type Outbound, type Recipient, toGraphBody } from "./outbound.ts";
export type * from "./outcome.ts";
export { receive } from "./receive.ts";
export { sign, verify } from "./signature.ts";
export * from "./templates.ts";
