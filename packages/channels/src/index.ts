/**
 * Channels: the translation between platforms and us.
 *
 *   what a channel can do      capabilities
 *   what is said               MessageContent, contentText, checkOutbound
 *   what a platform tells us   InboundEvent, Identity, Received (read by `@loket/channels/whatsapp`: `receive`)
 *   templates                  Template, checkTemplateSend, fillTemplate, renderTemplate, templateVariables
 *   how a send ended           SendOutcome, Failure, explainError
 *   the road out               Network, createSafeFetch
 */
export { type Capabilities, type ChannelKind, capabilities } from "./capabilities.ts";
export { createSafeFetch, type SafeFetch } from "./safe-fetch.ts";
export type { MessageContent } from "./whatsapp/content.ts";
export { contentText } from "./whatsapp/content-text.ts";
export { explainError } from "./whatsapp/errors.ts";
export type { Identity, InboundEvent, Received } from "./whatsapp/events.ts";
export type { Network } from "./whatsapp/network.ts";
export { checkOutbound, type Outbound } from "./whatsapp/outbound.ts";
export type { Failure, SendOutcome } from "./whatsapp/outcome.ts";
export {
  checkTemplateSend,
  fillTemplate,
  renderTemplate,
  type Template,
  templateVariables,
} from "./whatsapp/templates.ts";
