import type { Instant } from "@loket/kit";
import { badValue, GraphError, missing, unknownObject } from "./graph-error.ts";
import { readNumber, uniqueText, whatsappIdOf } from "./identifiers.ts";
import { imageSize } from "./image-size.ts";
import { type File, receiveMedia } from "./media.ts";
import { moreOf } from "./number-more.ts";
import { choiceAt, listAt, objectsAt, optionalTextAt, textAt } from "./parameters.ts";
import { ControlError } from "./people.ts";
import type { Platform } from "./platform.ts";
import { scopedIds } from "./scoped-ids.ts";
import type { Body, BusinessNumber, Phone } from "./state.ts";
import { numberValue, seconds, tell } from "./webhooks.ts";

/** A group of a number and up to eight people, who come in by its link alone ("Groups API"). */
export interface Group {
  readonly id: string;
  readonly numberId: string;
  subject: string;
  description: string;
  /** The id of the file, and what webhooks say of it. */
  picture?: { readonly mediaId: string; readonly mimeType: string; readonly sha256: string };
  readonly joinApprovalMode: "auto_approve" | "approval_required";
  readonly createdAt: Instant;
  invite: string;
  suspended: boolean;
  readonly participants: Set<string>;
  /** Who asks to come in, by the request's id. */
  readonly joinRequests: Map<string, { phone: string; at: Instant }>;
  lastInboundAt: Instant | null;
  readonly messages: Map<string, GroupMessage>;
}

/** A message in a group: one id, and a status for each participant. */
export interface GroupMessage {
  readonly id: string;
  /** The writer's number; `null` for the business. */
  readonly from: string | null;
  readonly type: string;
  readonly content: unknown;
  readonly at: Instant;
  readonly recipients: string[];
  readonly category: string;
  readonly callbackData: string | null;
  status: "accepted" | "sent" | "delivered" | "read" | "failed" | "received";
}

const participantsAtMost = 8;
const groupsAtMost = 10_000;
const linkPrefix = "https://chat.whatsapp.com/";

/** `POST /{number}/groups`; the rest is told in `group_lifecycle_update`. Errors 100, 131009, 131211, 131215. */
export function createGroup(platform: Platform, number: BusinessNumber, body: Body): Body {
  if (body.messaging_product !== "whatsapp") throw missing("messaging_product");
  const subject = textAt(body, "subject", "", { min: 1, max: 128 });
  const description = optionalTextAt(body, "description", "", { max: 2048 }) ?? "";
  const mode =
    body.join_approval_mode === undefined
      ? "auto_approve"
      : choiceAt(body, "join_approval_mode", "", ["auto_approve", "approval_required"] as const);
  if (!moreOf(number).official) throw new GraphError(131215);
  if (groupsOf(platform, number).length >= groupsAtMost) throw new GraphError(131211);
  const group: Group = {
    id: Buffer.from(`capi_group:${uniqueText(platform.state, "0123456789", 18)}`).toString("base64url"),
    numberId: number.id,
    subject,
    description,
    joinApprovalMode: mode,
    createdAt: platform.now(),
    invite: newInvite(platform),
    suspended: false,
    participants: new Set(),
    joinRequests: new Map(),
    lastInboundAt: null,
    messages: new Map(),
  };
  platform.state.groups.set(group.id, group);
  const requestId = newRequestId(platform);
  tellGroup(platform, group, "group_lifecycle_update", {
    type: "group_create",
    request_id: requestId,
    subject,
    ...(description ? { description } : {}),
    invite_link: linkPrefix + group.invite,
    join_approval_mode: mode,
  });
  return { messaging_product: "whatsapp", request_id: requestId };
}

export function groupsOf(platform: Platform, number: BusinessNumber): Group[] {
  return [...platform.state.groups.values()].filter(({ numberId }) => numberId === number.id);
}

/**
 * `POST /{group}`: subject, description and picture (`file` of a form); told in `group_settings_update`. Errors 100, 131209 for a
 * picture that is not square, 131210 for one of less than 192 pixels.
 */
export function changeGroup(platform: Platform, group: Group, body: Body, file?: File): Body {
  const subject = optionalTextAt(body, "subject", "", { min: 1, max: 128 });
  const description = optionalTextAt(body, "description", "", { max: 2048 });
  if (subject === null && description === null && !file)
    throw new GraphError(100, {
      message: "(#100) At least one of subject, description, profile_picture_file is required.",
    });
  const picture = file && readPicture(file);
  if (subject !== null) group.subject = subject;
  if (description !== null) group.description = description;
  const requestId = newRequestId(platform);
  if (picture) {
    const { id: mediaId, mimeType, sha256 } = receiveMedia(platform, picture, null);
    group.picture = { mediaId, mimeType, sha256 };
  }
  const { mimeType: mime_type, sha256 } = group.picture ?? {};
  const updated = (text: string | null) => (text === null ? {} : { text, update_successful: true });
  tellGroup(platform, group, "group_settings_update", {
    type: "group_settings_update",
    request_id: requestId,
    ...(picture ? { profile_picture: { mime_type, sha256, update_successful: true } } : {}),
    ...(subject === null ? {} : { group_subject: updated(subject) }),
    ...(description === null ? {} : { group_description: updated(description) }),
  });
  return { messaging_product: "whatsapp", request_id: requestId, success: true };
}

const pictureAtLeast = 192;
const pictureBytesAtMost = 5 * 1024 * 1024;

function readPicture(file: File): File {
  const size = imageSize(file.bytes);
  if (!size || !/^image\/jpe?g$/.test(file.mimeType))
    throw new GraphError(100, { details: "The picture of a group must be a JPEG." });
  if (file.bytes.length > pictureBytesAtMost)
    throw new GraphError(100, { details: "The picture of a group must be at most 5 MB." });
  if (size.width !== size.height) throw new GraphError(131209);
  if (size.width < pictureAtLeast) throw new GraphError(131210);
  return file;
}

/** `DELETE /{group}`; told in `group_lifecycle_update`. */
export function deleteGroup(platform: Platform, group: Group): Body {
  platform.state.groups.delete(group.id);
  const requestId = newRequestId(platform);
  tellGroup(platform, group, "group_lifecycle_update", { type: "group_delete", request_id: requestId });
  return { messaging_product: "whatsapp", request_id: requestId, success: true };
}

export function inviteLink(group: Group): Body {
  return { messaging_product: "whatsapp", invite_link: linkPrefix + group.invite };
}

/** A new link; the old one leads nowhere from now on. */
export function resetInvite(platform: Platform, group: Group): Body {
  group.invite = newInvite(platform);
  return inviteLink(group);
}

export function listJoinRequests(group: Group): Body[] {
  return [...group.joinRequests].map(([id, { phone, at }]) => ({
    join_request_id: id,
    wa_id: phone,
    creation_timestamp: Math.floor(at / 1000),
  }));
}

/** Approves or rejects requests to join. Those that do not exist are told as failed; 131213 when none does. */
export function decideJoinRequests(platform: Platform, group: Group, body: Body, approve: boolean): Body {
  const ids = listAt(body, "join_requests", "").map(String);
  const known = ids.filter((id) => group.joinRequests.has(id));
  const unknown = ids.filter((id) => !group.joinRequests.has(id));
  if (known.length === 0) throw new GraphError(131213);
  const requestId = newRequestId(platform);
  for (const id of known) {
    const request = group.joinRequests.get(id);
    group.joinRequests.delete(id);
    if (approve && request) letIn(platform, group, platform.phone(request.phone), requestId);
  }
  return {
    messaging_product: "whatsapp",
    [approve ? "approved_join_requests" : "rejected_join_requests"]: known,
    failed_join_requests: unknown.map((id) => ({
      join_request_id: id,
      errors: [{ code: 131213, message: "Join request does not exist", title: "Join request does not exist" }],
    })),
  };
}

/** `DELETE /{group}/participants`. Errors 131201 (some), 131202, 131204, 131212 (none was in). */
export function removeParticipants(platform: Platform, group: Group, body: Body): Body {
  const inputs = objectsAt(listAt(body, "participants", ""), "participants").map(({ item, path }) =>
    textAt(item, "user", path, { min: 1 }),
  );
  if (inputs.length > participantsAtMost) throw new GraphError(131204);
  const digits = inputs.map((input) => whatsappIdOf(readNumber(input) ?? input));
  if (new Set(digits).size < digits.length) throw new GraphError(131202);
  const inside = digits.filter((one) => group.participants.has(one));
  if (inside.length === 0) throw new GraphError(131212);
  for (const one of inside) group.participants.delete(one);
  const failed = inputs.filter((_, index) => !inside.includes(digits[index] ?? ""));
  const requestId = newRequestId(platform);
  const error = { code: 131212, message: "Not a participant", title: "Not a participant" };
  tellGroup(platform, group, "group_participants_update", {
    type: "group_participants_remove",
    request_id: requestId,
    initiated_by: "business",
    removed_participants: inside.map((one) => ({ wa_id: one, input: inputs[digits.indexOf(one)] })),
    ...(failed.length > 0 ? { failed_participants: failed.map((input) => ({ input, errors: [error] })) } : {}),
  });
  const answer = { messaging_product: "whatsapp", request_id: requestId };
  if (failed.length > 0) throw new GraphError(131201, { beside: answer });
  return answer;
}

/** A person follows an invite link: in at once, or asking to be let in. Throws a ControlError where the link is not in force. */
export function joinByLink(platform: Platform, phone: Phone, link: string): Group {
  const group = [...platform.state.groups.values()].find(
    ({ id, invite }) => link === linkPrefix + invite || link === invite || link === id,
  );
  if (!group) throw new ControlError(`${link} leads to no group.`, 404);
  if (group.participants.has(phone.number)) return group;
  if (group.participants.size >= participantsAtMost) throw new ControlError("The group is full.", 409);
  if (group.joinApprovalMode === "auto_approve") {
    letIn(platform, group, phone, null);
    return group;
  }
  const id = uniqueText(platform.state, "0123456789abcdef", 24);
  group.joinRequests.set(id, { phone: phone.number, at: platform.now() });
  tellGroup(platform, group, "group_participants_update", {
    type: "group_join_request_created",
    join_request_id: id,
    wa_id: phone.number,
  });
  return group;
}

/** A person leaves, or takes a request to join back. */
export function leaveGroup(platform: Platform, phone: Phone, group: Group): void {
  for (const [id, request] of group.joinRequests) {
    if (request.phone !== phone.number) continue;
    group.joinRequests.delete(id);
    tellGroup(platform, group, "group_participants_update", {
      type: "group_join_request_revoked",
      join_request_id: id,
      wa_id: phone.number,
    });
  }
  if (!group.participants.delete(phone.number)) return;
  tellGroup(platform, group, "group_participants_update", {
    type: "group_participants_remove",
    initiated_by: "participant",
    removed_participants: [{ wa_id: phone.number, input: phone.number }],
  });
}

/** The platform suspends a group or clears it, told in `group_status_update`. */
export function suspendGroup(platform: Platform, group: Group, suspended: boolean): void {
  group.suspended = suspended;
  tellGroup(platform, group, "group_status_update", { type: suspended ? "group_suspend" : "group_suspend_cleared" });
}

/** The group a number may write to. Errors 131020, 131041, 131207. */
export function writableGroup(platform: Platform, number: BusinessNumber, id: string): Group {
  const group = platform.state.groups.get(id);
  if (group?.numberId !== number.id) throw new GraphError(131041);
  if (group.suspended) throw new GraphError(131207);
  if (group.participants.size === 0) throw new GraphError(131020);
  return group;
}

export function groupNode(group: Group): Body {
  return {
    id: group.id,
    messaging_product: "whatsapp",
    subject: group.subject,
    description: group.description,
    suspended: group.suspended,
    creation_timestamp: Math.floor(group.createdAt / 1000),
    join_approval_mode: group.joinApprovalMode,
    participants: [...group.participants].map((wa_id) => ({ wa_id })),
    total_participant_count: group.participants.size,
  };
}

export const groupFields = [
  "messaging_product",
  "subject",
  "description",
  "suspended",
  "creation_timestamp",
  "join_approval_mode",
];

export function findGroup(platform: Platform, accountIds: readonly string[], id: string): Group {
  const group = platform.state.groups.get(id);
  const number = platform.state.numbers.get(group?.numberId ?? "");
  if (!group || !number || !accountIds.includes(number.accountId)) throw unknownObject("get", id);
  return group;
}

/** Pins are kept in the group's chat: for 1 to 30 days, three at a time ("Pin messages in groups"). */
export function readPin(group: Group, pin: Body): Body {
  const type = choiceAt(pin, "type", "pin", ["pin", "unpin"]);
  const id = textAt(pin, "message_id", "pin", { min: 1 });
  if (!group.messages.has(id)) throw badValue(`pin['message_id']: ${id} is not a message of this group`);
  if (type === "unpin") return { type, message_id: id };
  const days = Number(pin.expiration_days);
  if (!Number.isInteger(days) || days < 1 || days > 30) throw badValue("pin['expiration_days']: must be 1 to 30");
  return { type, message_id: id, expiration_days: days };
}

function letIn(platform: Platform, group: Group, phone: Phone, requestId: string | null): void {
  group.participants.add(phone.number);
  const number = platform.state.numbers.get(group.numberId);
  const ids = number ? scopedIds(platform, phone, platform.accountOf(number), "user_id") : {};
  tellGroup(platform, group, "group_participants_update", {
    type: "group_participants_add",
    ...(requestId === null ? {} : { request_id: requestId }),
    reason: "invite_link",
    added_participants: [{ wa_id: phone.number, ...ids }],
  });
}

function tellGroup(platform: Platform, group: Group, field: string, more: Body): void {
  const number = platform.state.numbers.get(group.numberId);
  if (!number) return;
  const groups = [{ timestamp: String(seconds(platform)), group_id: group.id, ...more }];
  tell(platform, platform.accountOf(number), field, numberValue(number, { groups }), number);
  platform.announce({ type: "number", id: number.id });
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

function newInvite(platform: Platform): string {
  return uniqueText(platform.state, letters, 22);
}

function newRequestId(platform: Platform): string {
  return uniqueText(platform.state, letters, 24);
}
