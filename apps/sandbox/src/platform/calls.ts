import { dayMs, type Instant, minuteMs, plus, secondMs } from "@loket/kit";
import { type CallMedia, planCallMedia, readCallMedia } from "./call-media.ts";
import { existingThread, knownPhone } from "./crowd/crowd.ts";
import { GraphError, missing, wrongType } from "./graph-error.ts";
import { findByUserId, readNumber, uniqueText, whatsappIdOf } from "./identifiers.ts";
import { moreOf } from "./number-more.ts";
import { choiceAt, isBody, objectAt, optionalTextAt, textAt } from "./parameters.ts";
import { ControlError } from "./people.ts";
import type { Platform } from "./platform.ts";
import { scopedIds } from "./scoped-ids.ts";
import { type Body, type BusinessNumber, type Phone, threadKey } from "./state.ts";
import { contactOf, numberValue, seconds, tell } from "./webhooks.ts";

/** A call between a number and a person ("Calling API"). No sound goes anywhere: the descriptions of sessions are passed on as they come. */
export interface Call {
  readonly id: string;
  readonly numberId: string;
  readonly phone: string;
  readonly by: "business" | "person";
  readonly callbackData: string | null;
  state: "ringing" | "connected" | "ended";
  startedAt: Instant | null;
  /** What it is to leave behind. */
  media?: CallMedia[];
}

/** What a person allowed one number, and how often it asked and got through; by thread key. */
export interface CallPermission {
  until: Instant | "always" | null;
  asked: Instant[];
  connected: Instant[];
  /** When the permission was looked up; five times a second at most. */
  lookedUp: Instant[];
}

const permissionLastsMs = 7 * dayMs;
const ringsMs = minuteMs;
const limits = { askedPerDay: 1, askedPerWeek: 2, connectedPerDay: 10, lookedUpPerSecond: 5 };

/** `POST /{number}/calls`. Errors 100, 138000, 138001, 138003, 138006, 138012. */
export function callAction(platform: Platform, number: BusinessNumber, body: Body): Body {
  if (body.messaging_product !== "whatsapp") throw missing("messaging_product");
  const action = choiceAt(body, "action", "", ["connect", "pre_accept", "accept", "reject", "terminate"]);
  const calling = moreOf(number).settings.calling;
  if (!isBody(calling) || String(calling.status).toUpperCase() !== "ENABLED") throw new GraphError(138000);
  if (action === "connect") return connect(platform, number, body);
  const id = textAt(body, "call_id", "", { min: 1 });
  const call = platform.state.calls.get(id);
  if (call?.numberId !== number.id || call.state === "ended")
    throw new GraphError(100, { details: `call_id: ${id} is not a call under way.` });
  if (action === "pre_accept" || action === "accept") {
    readSession(body, "answer");
    if (call.by !== "person") throw new GraphError(100, { details: "Only a call of a person can be accepted." });
    call.media = readCallMedia(body);
    if (action === "accept") pickUp(platform, call);
  } else end(platform, call, action === "reject" ? "FAILED" : call.startedAt === null ? "FAILED" : "COMPLETED");
  return { messaging_product: "whatsapp", success: true };
}

function connect(platform: Platform, number: BusinessNumber, body: Body): Body {
  const to = optionalTextAt(body, "to", "");
  const userId = optionalTextAt(body, "recipient", "");
  if (!to && !userId) throw missing("to");
  readSession(body, "offer");
  const callbackData = optionalTextAt(body, "biz_opaque_callback_data", "", { max: 512 });
  const media = readCallMedia(body);
  const digits = to ? readNumber(to, number.digits) : null;
  const phone = to
    ? knownPhone(platform.state, whatsappIdOf(digits ?? ""))
    : findByUserId(platform.state, platform.accountOf(number).portfolioId, userId ?? "");
  const thread = phone ? existingThread(platform.state, number.id, phone.number) : undefined;
  if (!phone?.onWhatsApp || phone.movedTo !== null || thread?.blockedByPerson) throw new GraphError(138001);
  const now = platform.now();
  const permission = permissionOf(platform, number, phone);
  if (permission.until === null || (permission.until !== "always" && permission.until <= now))
    throw new GraphError(138006);
  const underWay = [...platform.state.calls.values()].some(
    (call) => call.numberId === number.id && call.phone === phone.number && call.state !== "ended",
  );
  if (underWay) throw new GraphError(138003);
  if (within(permission.connected, now, dayMs) >= limits.connectedPerDay) throw new GraphError(138012);
  const call = newCall(platform, number, phone, "business", callbackData);
  if (media.length > 0) call.media = media;
  tellCallStatus(platform, call, "RINGING");
  return { messaging_product: "whatsapp", calls: [{ id: call.id }] };
}

/** A person calls: told in `calls` with the session's description; the customer service window opens. */
export function personCalls(platform: Platform, number: BusinessNumber, phone: Phone): Call {
  const call = newCall(platform, number, phone, "person", null);
  platform.thread(number.id, phone.number).lastInboundAt = platform.now();
  tellCall(platform, call, { event: "connect", session: { sdp_type: "offer", sdp: description(call) } });
  return call;
}

/** A person answers, rejects or ends a call of the business. */
export function personAnswers(platform: Platform, id: string, action: "accept" | "reject" | "end"): Call {
  const call = platform.state.calls.get(id);
  if (!call || call.state === "ended") throw new ControlError(`No call ${id} is under way.`, 404);
  if (action === "accept") {
    if (call.by === "person") throw new ControlError("A person does not accept their own call.");
    tellCall(platform, call, { event: "connect", session: { sdp_type: "answer", sdp: description(call) } });
    tellCallStatus(platform, call, "ACCEPTED");
    pickUp(platform, call);
  } else {
    if (action === "reject") tellCallStatus(platform, call, "REJECTED");
    end(platform, call, call.startedAt === null ? "FAILED" : "COMPLETED");
  }
  return call;
}

/** Nobody took it for a minute. */
export function stopRinging(platform: Platform, id: string): void {
  const call = platform.state.calls.get(id);
  if (call?.state === "ringing") end(platform, call, "FAILED");
}

/** The person allows calls, for seven days or for good, or no longer; the message that says so is written by `personWrites`. */
export function permitCalls(platform: Platform, number: BusinessNumber, phone: Phone, reply: Body): Body {
  const permission = permissionOf(platform, number, phone);
  const accepts = reply.response !== "reject";
  const permanent = accepts && reply.is_permanent === true;
  const until = plus(platform.now(), permissionLastsMs);
  permission.until = !accepts ? null : permanent ? "always" : until;
  return {
    response: accepts ? "accept" : "reject",
    ...(accepts ? { is_permanent: permanent } : {}),
    ...(accepts && !permanent ? { expiration_timestamp: Math.floor(until / 1000) } : {}),
    response_source: "user_action",
  };
}

/** A permission is asked for: once in 24 hours and twice in seven days (138009). */
export function noteCallRequest(platform: Platform, number: BusinessNumber, phone: Phone): void {
  const permission = permissionOf(platform, number, phone);
  const now = platform.now();
  if (
    within(permission.asked, now, dayMs) >= limits.askedPerDay ||
    within(permission.asked, now, 7 * dayMs) >= limits.askedPerWeek
  )
    throw new GraphError(138009);
  permission.asked = [...permission.asked.filter((at) => now - at < 7 * dayMs), now];
}

/** `GET /{number}/call_permissions`. Error 613 beyond five look-ups a second. */
export function showCallPermission(platform: Platform, number: BusinessNumber, query: Body): Body {
  const input = optionalTextAt(query, "user_wa_id", "") ?? optionalTextAt(query, "recipient", "");
  if (input === null) throw missing("user_wa_id");
  const phone =
    knownPhone(platform.state, whatsappIdOf(readNumber(input, number.digits) ?? "")) ??
    findByUserId(platform.state, platform.accountOf(number).portfolioId, input);
  if (!phone) throw new GraphError(100, { details: `${input} is nobody this number knows.` });
  const permission = permissionOf(platform, number, phone);
  const now = platform.now();
  permission.lookedUp = permission.lookedUp.filter((at) => now - at < secondMs);
  if (permission.lookedUp.length >= limits.lookedUpPerSecond) throw new GraphError(613);
  permission.lookedUp.push(now);
  const { until } = permission;
  const open = until === "always" || (until !== null && until > now);
  const day = within(permission.asked, now, dayMs);
  const week = within(permission.asked, now, 7 * dayMs);
  const connected = within(permission.connected, now, dayMs);
  return {
    messaging_product: "whatsapp",
    permission: {
      status: !open ? "no_permission" : until === "always" ? "permanent" : "temporary",
      ...(open && until !== "always" && until !== null ? { expiration_time: Math.floor(until / 1000) } : {}),
    },
    actions: [
      {
        action_name: "send_call_permission_request",
        can_perform_action: day < limits.askedPerDay && week < limits.askedPerWeek,
        limits: [
          { time_period: "PT24H", max_allowed: limits.askedPerDay, current_usage: day },
          { time_period: "P7D", max_allowed: limits.askedPerWeek, current_usage: week },
        ],
      },
      {
        action_name: "start_call",
        can_perform_action: open && connected < limits.connectedPerDay,
        limits: [{ time_period: "PT24H", max_allowed: limits.connectedPerDay, current_usage: connected }],
      },
    ],
  };
}

export function permissionOf(platform: Platform, number: BusinessNumber, phone: Phone): CallPermission {
  const key = threadKey(number.id, phone.number);
  let permission = platform.state.callPermissions.get(key);
  if (!permission) {
    permission = { until: null, asked: [], connected: [], lookedUp: [] };
    platform.state.callPermissions.set(key, permission);
  }
  return permission;
}

function readSession(body: Body, type: "offer" | "answer"): void {
  const session = objectAt(body, "session", "");
  if (choiceAt(session, "sdp_type", "session", ["offer", "answer"]) !== type)
    throw wrongType("session['sdp_type']", `"${type}"`);
  textAt(session, "sdp", "session", { min: 1 });
}

function newCall(
  platform: Platform,
  number: BusinessNumber,
  phone: Phone,
  by: Call["by"],
  callbackData: string | null,
): Call {
  const unique = uniqueText(platform.state, "0123456789ABCDEF", 32);
  const call: Call = {
    id: `wacid.${Buffer.from(`\x1c\x18${phone.number}\x15\x12\x18\x20${unique}`, "latin1").toString("base64")}`,
    numberId: number.id,
    phone: phone.number,
    by,
    callbackData,
    state: "ringing",
    startedAt: null,
  };
  platform.state.calls.set(call.id, call);
  platform.agenda.plan(ringsMs, { do: "stop-ringing", callId: call.id });
  return call;
}

function pickUp(platform: Platform, call: Call): void {
  call.state = "connected";
  call.startedAt = platform.now();
  const number = platform.state.numbers.get(call.numberId);
  if (!number || call.by === "person") return;
  const permission = permissionOf(platform, number, platform.phone(call.phone));
  permission.connected = [...permission.connected.filter((at) => platform.now() - at < dayMs), platform.now()];
}

function end(platform: Platform, call: Call, status: "COMPLETED" | "FAILED"): void {
  call.state = "ended";
  const now = platform.now();
  const { startedAt } = call;
  if (startedAt !== null) planCallMedia(platform, call.id, call.media ?? []);
  tellCall(platform, call, {
    event: "terminate",
    status,
    ...(startedAt === null
      ? {}
      : {
          start_time: String(Math.floor(startedAt / 1000)),
          end_time: String(Math.floor(now / 1000)),
          duration: Math.floor((now - startedAt) / 1000),
        }),
    ...(call.callbackData === null ? {} : { biz_opaque_callback_data: call.callbackData }),
  });
}

function tellCall(platform: Platform, call: Call, more: Body): void {
  const number = platform.state.numbers.get(call.numberId);
  if (!number) return;
  const byPerson = call.by === "person";
  tellCalls(platform, number, call, {
    calls: [
      {
        id: call.id,
        from: byPerson ? call.phone : number.digits,
        to: byPerson ? number.digits : call.phone,
        timestamp: String(seconds(platform)),
        direction: byPerson ? "USER_INITIATED" : "BUSINESS_INITIATED",
        ...more,
      },
    ],
  });
}

function tellCallStatus(platform: Platform, call: Call, status: "RINGING" | "ACCEPTED" | "REJECTED"): void {
  const number = platform.state.numbers.get(call.numberId);
  if (!number) return;
  const account = platform.accountOf(number);
  tellCalls(platform, number, call, {
    statuses: [
      {
        id: call.id,
        type: "call",
        status,
        timestamp: String(seconds(platform)),
        recipient_id: call.phone,
        ...scopedIds(platform, platform.phone(call.phone), account, "recipient_user_id"),
        ...(call.callbackData === null ? {} : { biz_opaque_callback_data: call.callbackData }),
      },
    ],
  });
}

function tellCalls(platform: Platform, number: BusinessNumber, call: Call, more: Body): void {
  const account = platform.accountOf(number);
  const contacts = [contactOf(platform, platform.phone(call.phone), account)];
  tell(platform, account, "calls", numberValue(number, { contacts, ...more }), number);
  platform.announce({ type: "thread", numberId: call.numberId, phone: call.phone });
}

function within(times: readonly Instant[], now: Instant, ms: number): number {
  return times.filter((at) => now - at < ms).length;
}

/** A session description that no codec will ever read. */
function description(call: Call): string {
  return `v=0\r\no=- ${call.phone} 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n`;
}
