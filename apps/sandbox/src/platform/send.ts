import { checkProducts } from "./catalogue.ts";
import { type MessageType, messageTypes, readContent } from "./content.ts";
import { badValue, GraphError, missing } from "./graph-error.ts";
import { sendToGroup } from "./group-messages.ts";
import { findByUserId, readNumber, userIdOf, whatsappIdOf } from "./identifiers.ts";
import { usableMedia } from "./media.ts";
import { keepMessage, newMessage } from "./messages.ts";
import { choiceAt, objectAt, optionalListAt, optionalObjectAt, optionalTextAt, textAt } from "./parameters.ts";
import type { Platform } from "./platform.ts";
import { processLater } from "./progress.ts";
import { takePairSlot, takeThroughput } from "./rates.ts";
import { inForce } from "./rules/eras.ts";
import { isUpgrading } from "./rules/messaging-limit.ts";
import { holdForPacing } from "./rules/pacing.ts";
import { holdForPortfolio } from "./rules/portfolio-pacing.ts";
import {
  checkInteractive,
  checkMarketingRoad,
  checkName,
  checkRecipient,
  refuseDirectSend,
  refusePayments,
} from "./special-checks.ts";
import type { Account, Body, BusinessNumber, Phone, Template } from "./state.ts";
import { fillTemplate } from "./template-parameters.ts";

/**
 * `POST /{phone-number-id}/messages` and `/marketing_messages`: checks in the order shape, account, number, recipient,
 * template, pace, and then accepts. Accepting is all an answer of 200 says; what becomes of the message is told by statuses.
 */
export function sendMessage(
  platform: Platform,
  number: BusinessNumber,
  body: Body,
  via: "messages" | "marketing_messages",
): Body {
  checkProduct(body);
  if (isForGroup(body)) return sendToGroup(platform, number, body, () => templateForGroup(platform, number, body));
  refusePayments(body.interactive);
  const type: MessageType =
    body.type === undefined || body.type === null ? "text" : choiceAt(body, "type", "", messageTypes);
  const recipient = readRecipient(body);
  const callbackData = optionalTextAt(body, "biz_opaque_callback_data", "", { max: 512 });
  const context = readContext(body, type);
  const check = (id: string, kind: string, path: string) => void usableMedia(platform, number, id, kind, path);
  const content = type === "template" ? null : readContent(type, body, check);
  const request = type === "template" ? readTemplateRequest(body) : null;
  const account = platform.accountOf(number);
  refuseDirectSend(platform, account, body);
  checkAccount(platform, account, request !== null);
  checkNumber(number);
  checkName(number);
  if (isUpgrading(platform, number)) throw new GraphError(131057);

  const phone = findRecipient(platform, number, account, recipient);
  checkRecipient(platform, number, phone, body);
  const template = request ? findTemplate(platform, account, request) : null;
  const rendered = template && request ? fillTemplate(template, request.components, check) : null;
  if (via === "marketing_messages") checkMarketingMessages(account, template);
  checkMarketingRoad(account, template, via);
  if (template?.category === "AUTHENTICATION" && recipient.userId !== null) throw new GraphError(131062);
  if (template && account.restrictions.some(isUtilityRestriction(template, platform))) throw new GraphError(131064);

  if (type === "interactive") checkInteractive(platform, number, phone, content);
  if (type === "interactive" || request) checkProducts(platform, account.id, request?.components ?? content);
  const thread = platform.thread(number.id, phone.number);
  const now = platform.now();
  takePairSlotThenThroughput(number, thread, now);

  const message = newMessage(platform, number, phone, {
    from: "business",
    type,
    content: request ? request.raw : content,
    status: "accepted",
    context,
    callbackData,
    byUserId: recipient.userId !== null,
    via,
    template:
      template && rendered
        ? { id: template.id, category: template.category, ttlSeconds: template.ttlSeconds, rendered: { ...rendered } }
        : null,
  });
  keepMessage(platform, message);
  const held =
    template !== null && (holdForPacing(platform, template, message) || holdForPortfolio(platform, number, message));
  if (!held) processLater(platform, message);
  return {
    messaging_product: "whatsapp",
    contacts: [
      recipient.userId === null
        ? { input: recipient.input, wa_id: phone.number }
        : { input: recipient.input, user_id: userIdOf(platform.state, phone, account.portfolioId) },
    ],
    messages: [
      {
        id: message.id,
        ...(template ? { message_status: held ? "held_for_quality_assessment" : "accepted" } : {}),
      },
    ],
  };
}

/** Marks a person's message, and those before it, as read; may show that an answer is being typed ("Typing indicators"). */
export function markRead(platform: Platform, number: BusinessNumber, body: Body): Body {
  checkProduct(body);
  if (body.status !== "read") throw new GraphError(100, { message: "(#100) Param status must be one of {READ}." });
  const id = textAt(body, "message_id", "");
  const message = platform.state.messages.get(id);
  if (message?.from !== "phone" || message.numberId !== number.id)
    throw badValue(`message_id: ${id} is not a message received by this number`);
  const typing = optionalObjectAt(body, "typing_indicator", "");
  if (typing) choiceAt(typing, "type", "typing_indicator", ["text"]);
  const thread = platform.thread(number.id, message.phone);
  for (const earlierId of thread.messageIds) {
    const earlier = platform.state.messages.get(earlierId);
    if (earlier?.from === "phone" && earlier.status === "delivered") {
      earlier.status = "read";
      earlier.history.push({ status: "read", at: platform.now() });
    }
    if (earlierId === id) break;
  }
  if (typing) startTyping(platform, number, message.phone);
  platform.announce({ type: "thread", numberId: number.id, phone: message.phone });
  return { success: true };
}

const typingLastsMs = 25_000;

function startTyping(platform: Platform, number: BusinessNumber, phone: string): void {
  const thread = platform.thread(number.id, phone);
  thread.typingUntil = (platform.now() + typingLastsMs) as typeof thread.typingUntil;
  platform.agenda.plan(typingLastsMs, { do: "end-typing", thread: `${number.id}:${phone}` });
}

function checkProduct(body: Body): void {
  if (body.messaging_product === undefined || body.messaging_product === null) throw missing("messaging_product");
  choiceAt(body, "messaging_product", "", ["whatsapp"]);
}

interface Recipient {
  readonly input: string;
  readonly userId: string | null;
}

function readRecipient(body: Body): Recipient {
  if (body.recipient_type !== undefined && body.recipient_type !== null) {
    choiceAt(body, "recipient_type", "", ["individual", "group"]);
  }
  // Numbers are accepted as JSON numbers too.
  const to = typeof body.to === "number" ? String(body.to) : optionalTextAt(body, "to", "");
  if (to) return { input: to, userId: null };
  const userId = optionalTextAt(body, "recipient", "");
  if (userId) return { input: userId, userId };
  throw missing("to");
}

function isForGroup(body: Body): boolean {
  return typeof body.recipient_type === "string" && body.recipient_type.toLowerCase() === "group";
}

/** A template in a group: no authentication, and priced by its own category ("Groups pricing"). */
function templateForGroup(platform: Platform, number: BusinessNumber, body: Body) {
  const account = platform.accountOf(number);
  checkAccount(platform, account, true);
  const request = readTemplateRequest(body);
  const template = findTemplate(platform, account, request);
  if (template.category === "AUTHENTICATION")
    throw new GraphError(131051, { details: "Authentication templates can not be sent to groups." });
  const check = (id: string, kind: string, path: string) => void usableMedia(platform, number, id, kind, path);
  const rendered = fillTemplate(template, request.components, check);
  return { content: { ...request.raw, rendered }, category: `group_${template.category.toLowerCase()}` };
}

function readContext(body: Body, type: MessageType): Body | null {
  const context = optionalObjectAt(body, "context", "");
  if (!context) return null;
  if (type === "reaction") throw badValue("context: is not allowed in a reaction");
  return { id: textAt(context, "message_id", "context", { min: 1 }) };
}

function checkAccount(platform: Platform, account: Account, byTemplate: boolean): void {
  if (account.banState === "disabled") throw new GraphError(131031);
  if (account.decision !== undefined && account.decision !== "APPROVED")
    throw new GraphError(131031, { details: `The review of this account: ${account.decision}.` });
  const now = platform.now() / 1000;
  const types = account.restrictions
    .filter(({ expiration }) => expiration === undefined || expiration > now)
    .map((one) => one.restriction_type);
  if (byTemplate && types.includes("RESTRICTED_BIZ_INITIATED_MESSAGING")) throw new GraphError(368);
  if (types.includes("RESTRICTED_CUSTOMER_INITIATED_MESSAGING")) throw new GraphError(131031);
}

function isUtilityRestriction(template: Template, platform: Platform) {
  return ({ restriction_type, expiration }: { restriction_type: string; expiration?: number }) =>
    template.category === "UTILITY" &&
    restriction_type === "RESTRICTED_UTILITY_TEMPLATES" &&
    (expiration === undefined || expiration * 1000 > platform.now());
}

function checkNumber(number: BusinessNumber): void {
  if (["PENDING", "DISCONNECTED", "MIGRATED"].includes(number.status)) throw new GraphError(133010);
  if (number.status === "BANNED") throw new GraphError(131031);
}

function findRecipient(platform: Platform, number: BusinessNumber, account: Account, recipient: Recipient): Phone {
  const { state } = platform;
  if (recipient.userId !== null) {
    const phone = findByUserId(state, account.portfolioId, recipient.userId);
    if (phone) return phone;
    throw badValue(`recipient: ${recipient.userId} is not a user id of this business portfolio`);
  }
  const digits = readNumber(recipient.input, number.digits);
  if (digits === null) throw badValue(`to: ${recipient.input} is not a valid phone number`);
  if (digits === number.digits)
    throw new GraphError(131021, { details: "Recipient phone number can not be the same as the sender phone number." });
  return platform.phone(whatsappIdOf(digits));
}

interface TemplateRequest {
  readonly name: string;
  readonly language: string;
  readonly components: unknown[];
  readonly raw: Body;
}

function readTemplateRequest(body: Body): TemplateRequest {
  const template = objectAt(body, "template", "");
  const name = textAt(template, "name", "template", { min: 1 });
  const language = objectAt(template, "language", "template");
  return {
    name,
    language: textAt(language, "code", "template['language']", { min: 1 }),
    components: optionalListAt(template, "components", "template") ?? [],
    raw: template,
  };
}

function findTemplate(platform: Platform, account: Account, { name, language }: TemplateRequest): Template {
  let found: Template | null = null;
  for (const template of platform.state.templates.values()) {
    if (template.accountId === account.id && template.name === name && template.language === language) found = template;
  }
  if (found?.status === "PAUSED") throw new GraphError(132015);
  if (found?.status === "DISABLED") throw new GraphError(132016);
  if (found?.status !== "APPROVED" && found?.status !== "PENDING_DELETION") {
    throw new GraphError(132001, { details: `template name (${name}) does not exist in ${language}` });
  }
  // Nothing that advertised could be approved in those days ("Business Policy" until 15 September 2021).
  if (found.category === "MARKETING" && inForce(platform, "marketing-forbidden"))
    throw new GraphError(132001, { details: `template name (${name}) does not exist in ${language}` });
  return found;
}

function checkMarketingMessages(account: Account, template: Template | null): void {
  if (template?.category !== "MARKETING")
    throw new GraphError(134100, { details: "Only marketing template messages are supported." });
  if (account.marketingMessages !== "ONBOARDED") {
    throw new GraphError(134102, { details: "The account has not been onboarded to the Marketing Messages API." });
  }
}

function takePairSlotThenThroughput(number: BusinessNumber, thread: ReturnType<Platform["thread"]>, now: number): void {
  const pairAt = thread.pairAt;
  takePairSlot(number, thread, now);
  try {
    takeThroughput(number, now);
  } catch (error) {
    thread.pairAt = pairAt;
    throw error;
  }
}
