import { platformJson } from "./callbacks.ts";
import { knownPhone } from "./crowd/crowd.ts";
import { badValue, GraphError, missing } from "./graph-error.ts";
import { findByUserId, readNumber, whatsappIdOf } from "./identifiers.ts";
import { keepMessage, newMessage } from "./messages.ts";
import { moreOf } from "./number-more.ts";
import { choiceAt, isBody, optionalObjectAt, optionalTextAt } from "./parameters.ts";
import { ControlError } from "./people.ts";
import type { Platform } from "./platform.ts";
import { processLater } from "./progress.ts";
import { holderOf, type Role, type Routing, roles } from "./routing.ts";
import { showsNumber } from "./scoped-ids.ts";
import type { Body, BusinessNumber, Message, Phone } from "./state.ts";
import { templateNode } from "./templates.ts";
import { metadataOf, numberValue, seconds, tellApps } from "./webhooks.ts";

const metadataAtMost = 2_000;
/** The id of Meta's own agent, as the platform still names it beside its role. */
const agentAppId = "445566778899001";

/**
 * `POST /{number}/thread_control` ("Thread control"): the app that holds a conversation passes it on or releases it; the escalation
 * partner takes it. Errors 100, and 2494191 for anybody else who takes.
 */
export function controlThread(platform: Platform, number: BusinessNumber, appId: string, body: Body): Body {
  if (body.messaging_product !== "whatsapp") throw missing("messaging_product");
  const routing = number.more?.routing;
  const role = routing?.apps[appId];
  if (!routing || !role)
    throw new GraphError(100, { details: "Conversation routing is not set up for this app on this phone number." });
  const phone = findPerson(platform, number, body);
  const action = choiceAt(body, "action", "", ["pass", "take", "release"]);
  const metadata = optionalTextAt(body, "metadata", "", { max: metadataAtMost });
  const thread = platform.thread(number.id, phone.number);
  if (action === "take") {
    if (role !== "escalation") throw new GraphError(2494191);
    take(platform, number, phone, metadata);
    return { messaging_product: "whatsapp", success: true };
  }
  if (holderOf(number, thread, platform.now()) !== role)
    throw new GraphError(100, { details: "This app does not hold the conversation." });
  if (action === "release") delete thread.holder;
  else {
    const target = optionalObjectAt(body, "control_pass", "");
    const to = target ? choiceAt(target, "target_role", "control_pass", roles) : "escalation";
    if (to !== "ai_agent" && !Object.values(routing.apps).includes(to))
      throw badValue(`control_pass['target_role']: nobody is ${to} on this phone number`);
    passThread(platform, number, phone, to, { metadata });
  }
  return { messaging_product: "whatsapp", success: true };
}

function findPerson(platform: Platform, number: BusinessNumber, body: Body): Phone {
  const to = optionalTextAt(body, "to", "");
  const userId = optionalTextAt(body, "recipient", "");
  if (!to && !userId) throw missing("to");
  const found = to
    ? knownPhone(platform.state, whatsappIdOf(readNumber(to, number.digits) ?? ""))
    : findByUserId(platform.state, platform.accountOf(number).portfolioId, userId ?? "");
  if (!found) throw badValue("to: is nobody this phone number has a conversation with");
  return found;
}

/** A service message of the escalation partner takes the conversation, without being asked to. Called for what an app has sent. */
export function noteSentBy(
  platform: Platform,
  number: BusinessNumber,
  appId: string,
  id: unknown,
  request: Body,
): void {
  const routing = number.more?.routing;
  const message = platform.state.messages.get(String(id));
  if (!routing || !message) return;
  message.sentBy = appId;
  const phone = platform.phone(message.phone);
  if (routing.apps[appId] === "escalation" && message.template === null)
    take(platform, number, phone, "Control taken via service message");
  tellEcho(platform, number, message, request);
}

function take(platform: Platform, number: BusinessNumber, phone: Phone, metadata: string | null): void {
  const thread = platform.thread(number.id, phone.number);
  const previous = holderOf(number, thread, platform.now());
  thread.holder = { role: "escalation", since: platform.now() };
  if (previous !== null && previous !== "escalation")
    tellHandover(platform, number, phone, "control_taken", { previous, next: "escalation", metadata, to: previous });
}

/** More to say when a conversation is passed on: a text for the next responder, and what the conversation was about. */
interface Pass {
  readonly metadata?: string | null;
  readonly summary?: string | null;
}

/** A conversation is passed to another responder, who hears of it in `messaging_handovers`. */
export function passThread(platform: Platform, number: BusinessNumber, phone: Phone, to: Role, pass: Pass): void {
  const thread = platform.thread(number.id, phone.number);
  const previous = holderOf(number, thread, platform.now());
  thread.holder = { role: to, since: platform.now() };
  tellHandover(platform, number, phone, "control_passed", { previous, next: to, to, ...pass });
}

interface Handover extends Pass {
  readonly previous: Role | null;
  readonly next: Role;
  /** Who hears of it. */
  readonly to: Role;
}

function tellHandover(
  platform: Platform,
  number: BusinessNumber,
  phone: Phone,
  type: string,
  handover: Handover,
): void {
  const { previous, next, metadata, summary } = handover;
  const byAgent = previous === "ai_agent";
  const value = {
    messaging_product: "whatsapp",
    recipient: metadataOf(number),
    sender: showsNumber(platform, phone) ? { phone_number: phone.number } : {},
    timestamp: String(seconds(platform)),
    type,
    [type]: {
      ...(byAgent ? { previous_owner_app_id: agentAppId } : {}),
      ...(byAgent && type === "control_passed" ? { previous_owner_app_role: "meta_business_agent" } : {}),
      ...(previous === null ? {} : { previous_owner_role: previous }),
      new_owner_role: next,
      ...(metadata ? { metadata } : {}),
      ...(summary ? { conversation_context: { type: "summary", summary: { text: summary } } } : {}),
    },
  };
  const field = "messaging_handovers";
  const change = platformJson({ value, field });
  const isFor = (appId: string | undefined) => number.more?.routing?.apps[appId ?? ""] === handover.to;
  // Meta's own agent has no webhooks to receive.
  if (handover.to === "ai_agent") return;
  tellApps(platform, platform.accountOf(number), number, (app) =>
    app === null || isFor(app.id) ? { field, change } : null,
  );
}

/** What the holder sent, for the apps that look on: the request as it was made ("standby", message echoes). */
function tellEcho(platform: Platform, number: BusinessNumber, message: Message, request: Body): void {
  const template = platform.state.templates.get(message.template?.id ?? "");
  const echo = {
    id: message.id,
    timestamp: String(Math.floor(message.at / 1000)),
    message: request,
    ...(template ? { template: templateNode(template, ["name", "components", "language", "status", "category"]) } : {}),
  };
  const field = "standby";
  const change = platformJson({ value: numberValue(number, { standby: { message_echoes: [echo] } }), field });
  tellApps(platform, platform.accountOf(number), number, (app) =>
    app === null || app.id === message.sentBy ? null : { field, change },
  );
}

/** Meta's own agent answers in a conversation it holds. Throws a ControlError where it does not. */
export function agentWrites(platform: Platform, number: BusinessNumber, phone: Phone, body: Body): Message {
  const thread = platform.thread(number.id, phone.number);
  if (holderOf(number, thread, platform.now()) !== "ai_agent")
    throw new ControlError("The agent does not hold this conversation.", 409);
  const type = typeof body.type === "string" ? body.type : "text";
  const content = body[type] ?? null;
  const message = newMessage(platform, number, phone, { from: "business", type, content, status: "accepted" });
  message.sentBy = "ai_agent";
  keepMessage(platform, message);
  const request = {
    messaging_product: "whatsapp",
    recipient_type: "individual",
    to: phone.number,
    type,
    [type]: content,
  };
  tellEcho(platform, number, message, request);
  processLater(platform, message);
  return message;
}

/** `{ primary?, apps? }`: who answers on a number; `null` makes it one responder again. Throws a ControlError for unknown parts. */
export function setRouting(platform: Platform, number: BusinessNumber, wanted: unknown): void {
  if (wanted === null || wanted === false) {
    moreOf(number).routing = null;
    return;
  }
  if (!isBody(wanted)) throw new ControlError("routing must be an object, or null.");
  const first = platform.state.apps.keys().next().value ?? "";
  const apps = isBody(wanted.apps) ? wanted.apps : { [first]: "escalation" };
  const routing: Routing = { primary: roleOf(wanted.primary ?? "ai_agent"), apps: {} };
  for (const [appId, role] of Object.entries(apps)) {
    if (!platform.state.apps.has(appId)) throw new ControlError(`No app ${appId}.`, 404);
    routing.apps[appId] = roleOf(role);
  }
  moreOf(number).routing = routing;
}

export function roleOf(value: unknown): Role {
  const role = roles.find((one) => one === value);
  if (!role) throw new ControlError(`A part must be one of ${roles.join(", ")}.`);
  return role;
}
