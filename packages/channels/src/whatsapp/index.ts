/** WhatsApp's Cloud API, with no knowledge of the product around it. */
export { type CallResult, type ClientOptions, createWhatsAppClient, type WhatsAppClient } from "./client.ts";
export * from "./content.ts";
export { type ErrorEntry, errorEntry, explainError, type Language } from "./errors.ts";
export * from "./events.ts";
export { answerHandshake, type HandshakeAnswer } from "./handshake.ts";
export { type MediaKind, type MediaRule, mediaRules } from "./media-rules.ts";
export type * from "./network.ts";
export { checkOutbound, type Outbound, type Recipient } from "./outbound.ts";
export type * from "./outcome.ts";
export { receive } from "./receive.ts";
export { sign, verify } from "./signature.ts";
export {
  checkTemplateSend,
  fillTemplate,
  parseTemplate,
  type RenderedTemplate,
  renderTemplate,
  type Template,
  type TemplateButton,
  type TemplateComponent,
  type TemplateVariable,
  templateVariables,
} from "./templates.ts";
