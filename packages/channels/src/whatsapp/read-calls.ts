import { readFailure } from "./errors.ts";
import {
  instantOf,
  type Json,
  listOf,
  looksLikeUserId,
  numberOf,
  objectOf,
  phoneOf,
  present,
  required,
  textOf,
} from "./read.ts";
import type { Change, FieldReader } from "./receive.ts";

/** Calls and groups ("Calling API", "Groups API"): read, so that they show in the timeline; not yet acted upon. */
export const callAndGroupFields: readonly (readonly [string, FieldReader])[] = [
  ["calls", readCalls],
  ["group_lifecycle_update", readGroups],
  ["group_participants_update", readGroups],
  ["group_settings_update", readGroups],
  ["group_status_update", readGroups],
];

function readCalls(change: Change): void {
  const { walk, value, path, sender } = change;
  const failures = (listOf(value.errors) ?? []).map(readFailure);
  walk.each(`${path}.calls`, value.calls, (call, elementPath) => {
    const callId = required(textOf(call.id), "The id of a call");
    const event = textOf(call.event);
    const at = instantOf(call.timestamp) ?? change.at;
    const eventKey = `call:${callId}:${event ?? ""}`;
    if (event !== "connect" && event !== "terminate") {
      walk.emit({ kind: "unrecognised", eventKey, at, path: elementPath, sender, field: "calls", raw: call });
      return;
    }
    const isInbound = textOf(call.direction) === "USER_INITIATED";
    const session = objectOf(call.session);
    walk.emit({
      kind: "callEvent",
      eventKey,
      at,
      path: elementPath,
      sender,
      callId,
      event,
      ...present({
        direction: call.direction === undefined ? undefined : isInbound ? ("in" as const) : ("out" as const),
        status: textOf(call.status)?.toLowerCase(),
        party: isInbound
          ? party(call.from, call.from_user_id)
          : party(call.to, call.to_user_id ?? call.recipient_user_id),
        session: session ? { type: textOf(session.sdp_type) ?? "", sdp: textOf(session.sdp) ?? "" } : undefined,
        startedAt: instantOf(call.start_time),
        endedAt: instantOf(call.end_time),
        durationSeconds: numberOf(call.duration),
        callbackData: textOf(call.biz_opaque_callback_data),
      }),
      failures: [...(listOf(call.errors) ?? []).map(readFailure), ...failures],
    });
  });
  walk.each(`${path}.statuses`, value.statuses, (status, elementPath) => {
    const callId = required(textOf(status.id), "The id of a call");
    const word = required(textOf(status.status), "The status of a call").toLowerCase();
    walk.emit({
      kind: "callEvent",
      eventKey: `call:${callId}:status:${word}`,
      at: instantOf(status.timestamp) ?? change.at,
      path: elementPath,
      sender,
      callId,
      event: "status",
      status: word,
      ...present({
        party: party(status.recipient_id, status.recipient_user_id),
        callbackData: textOf(status.biz_opaque_callback_data),
      }),
      failures: (listOf(status.errors) ?? []).map(readFailure),
    });
  });
}

function party(number: unknown, userId: unknown) {
  const text = textOf(number);
  const identity = present({
    phone: phoneOf(number),
    userId: textOf(userId) ?? (text !== undefined && looksLikeUserId(text) ? text : undefined),
  });
  return identity.phone === undefined && identity.userId === undefined ? undefined : identity;
}

function readGroups(change: Change): void {
  const { walk, value, path, sender } = change;
  walk.eachWhole(`${path}.groups`, value.groups, (group, elementPath) => {
    walk.emit({
      kind: "groupEvent",
      eventKey: change.keyOf(group),
      at: instantOf(group.timestamp) ?? change.at,
      path: elementPath,
      sender,
      groupId: required(textOf(group.group_id), "The id of a group"),
      change: required(textOf(group.type), "What happened to the group").replace(/^group_/, ""),
      ...present({ requestId: textOf(group.request_id) }),
      failures: errorsWithin(group).map(readFailure),
      raw: group,
    });
  });
}

/** A request about a group may fail as a whole, or for single participants or settings. */
function errorsWithin(group: Json): readonly unknown[] {
  const parts = [
    group,
    ...Object.values(group).map(objectOf),
    ...(listOf(group.failed_participants) ?? []).map(objectOf),
  ];
  return parts.flatMap((part) => listOf(part?.errors) ?? []);
}
