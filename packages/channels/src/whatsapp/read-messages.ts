import type { Instant } from "@loket/kit";
import { readFailure } from "./errors.ts";
import type { DeliveryStatus, Identity, MessageReceived, Pricing, Referral } from "./events.ts";
import {
  booleanOf,
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
  Unreadable,
} from "./read.ts";
import { readContent } from "./read-content.ts";
import type { Change, FieldReader } from "./receive.ts";

/** The fields in which people, and what became of our messages, are spoken of. */
export const messageFields: readonly (readonly [string, FieldReader])[] = [
  ["messages", readMessages],
  ["user_preferences", readPreferences],
  ["smb_message_echoes", (change) => readEchoes(change, change.value.message_echoes, `${change.path}.message_echoes`)],
  ["message_echoes", (change) => readEchoes(change, change.value.message_echoes, `${change.path}.message_echoes`)],
  ["smb_app_state_sync", readContactSync],
  ["history", readHistory],
  ["standby", readStandby],
  ["messaging_handovers", readHandover],
];

function readMessages(change: Change): void {
  const { walk, value, path } = change;
  const contacts = readContacts(value);
  walk.eachWhole(`${path}.messages`, value.messages, (message, at) => readMessage(change, contacts, message, at));
  walk.each(`${path}.statuses`, value.statuses, (status, at) => readStatus(change, contacts, status, at));
  walk.each(`${path}.errors`, value.errors, (error, at) =>
    walk.emit({
      kind: "platformError",
      eventKey: change.keyOf(error),
      at: change.at,
      path: at,
      sender: change.sender,
      failure: readFailure(error),
    }),
  );
}

function readMessage(change: Change, contacts: readonly Identity[], message: Json, path: string): void {
  const { walk, sender } = change;
  const providerId = required(textOf(message.id), "The id of a message");
  const from = readSender(message, contacts);
  if (!isKnown(from)) throw new Unreadable("The message names neither a number nor a user id of who wrote it.");
  const at = instantOf(message.timestamp) ?? change.at;
  const base = { eventKey: `message:${providerId}`, at, path, sender };
  const group = present({ groupId: textOf(message.group_id) });

  const system = objectOf(message.system);
  if (message.type === "system" && system && readIdentityChange(change, message, system, from, base)) return;

  if (message.type === "edit") {
    const edit = objectOf(message.edit) ?? {};
    const targetProviderId = required(textOf(edit.original_message_id), "The message that was edited");
    const content = readContent(objectOf(edit.message) ?? {});
    walk.emit({ kind: "messageEdited", ...base, providerId, targetProviderId, from, content, ...group, raw: message });
    return;
  }
  if (message.type === "revoke") {
    const targetProviderId = required(textOf(objectOf(message.revoke)?.original_message_id), "The deleted message");
    walk.emit({ kind: "messageDeleted", ...base, providerId, targetProviderId, from, ...group, raw: message });
    return;
  }
  const content = readContent(message);
  if (content.type === "reaction") {
    const { message_id: targetProviderId, emoji } = content.reaction;
    walk.emit({
      kind: "reactionChanged",
      ...base,
      providerId,
      targetProviderId,
      from,
      emoji: emoji === "" ? null : emoji,
      ...group,
    });
    return;
  }
  walk.emit({
    kind: "messageReceived",
    ...base,
    providerId,
    from,
    content,
    ...readContext(message),
    ...present({ referral: readReferral(message) }),
    ...group,
    raw: message,
  });
}

type ContextMembers = Pick<MessageReceived, "repliesTo" | "forwarded" | "referredProduct">;

/** What the message refers to: the one it quotes, a product, or that it was passed on. */
function readContext(message: Json): ContextMembers {
  const context = objectOf(message.context);
  const id = textOf(context?.id);
  const product = objectOf(context?.referred_product);
  const productId = textOf(product?.product_retailer_id);
  return present({
    repliesTo: id === undefined ? undefined : { providerId: id, ...present({ from: textOf(context?.from) }) },
    forwarded:
      booleanOf(context?.frequently_forwarded) === true
        ? ("often" as const)
        : booleanOf(context?.forwarded) === true
          ? ("once" as const)
          : undefined,
    referredProduct:
      productId === undefined ? undefined : { productId, ...present({ catalogId: textOf(product?.catalog_id) }) },
  });
}

function readReferral(message: Json): Referral | undefined {
  const referral = objectOf(message.referral);
  if (!referral) return undefined;
  return present({
    sourceUrl: textOf(referral.source_url),
    sourceId: textOf(referral.source_id),
    sourceType: textOf(referral.source_type),
    headline: textOf(referral.headline),
    body: textOf(referral.body),
    mediaType: textOf(referral.media_type),
    imageUrl: textOf(referral.image_url),
    videoUrl: textOf(referral.video_url),
    thumbnailUrl: textOf(referral.thumbnail_url),
    clickId: textOf(referral.ctwa_clid),
    welcomeText: textOf(objectOf(referral.welcome_message)?.text),
  });
}

/** Whether the system message was one of those that say a person is now someone else to the platform. */
function readIdentityChange(
  change: Change,
  message: Json,
  system: Json,
  from: Identity,
  base: { readonly eventKey: string; readonly at: Instant; readonly path: string; readonly sender: Change["sender"] },
): boolean {
  const providerId = required(textOf(message.id), "The id of a message");
  const common = { ...base, ...present({ note: textOf(system.body) }), providerId, raw: message };
  const userIdAfter = textOf(system.user_id);
  const before: Identity = {
    ...from,
    ...present({
      userId: textOf(system.previous_user_id) ?? from.userId,
      parentUserId: textOf(system.previous_parent_user_id) ?? from.parentUserId,
    }),
  };
  switch (textOf(system.type)) {
    case "user_changed_number":
    case "customer_changed_number": {
      const phone = phoneOf(system.wa_id) ?? phoneOf(system.new_wa_id);
      const after = present({ phone, userId: userIdAfter, parentUserId: textOf(system.parent_user_id) });
      if (!isKnown(after)) throw new Unreadable("The change of number names no new number.");
      change.walk.emit({ kind: "identityChanged", ...common, change: "phone", before, after });
      return true;
    }
    case "user_changed_user_id": {
      const userId = required(userIdAfter, "The new user id");
      const after = present({
        phone: phoneOf(system.wa_id) ?? from.phone,
        userId,
        parentUserId: textOf(system.parent_user_id),
      });
      change.walk.emit({ kind: "identityChanged", ...common, change: "userId", before, after });
      return true;
    }
    case "customer_identity_changed": {
      const identity = objectOf(message.identity) ?? objectOf(system.identity) ?? {};
      const hash = required(textOf(identity.hash), "The new identity's hash");
      change.walk.emit({
        kind: "identityChanged",
        ...common,
        change: "identityKey",
        before: from,
        after: { ...from, identityKeyHash: hash },
        identityKey: {
          hash,
          ...present({
            acknowledged: booleanOf(identity.acknowledged),
            createdAt: instantOf(identity.created_timestamp),
          }),
        },
      });
      return true;
    }
    default:
      return false;
  }
}

// Who is who

function readContacts(value: Json): readonly Identity[] {
  return (listOf(value.contacts) ?? []).map((raw) => {
    const contact = objectOf(raw) ?? {};
    const profile = objectOf(contact.profile);
    return present({
      phone: phoneOf(contact.wa_id),
      userId: textOf(contact.user_id),
      parentUserId: textOf(contact.parent_user_id),
      username: textOf(profile?.username) ?? textOf(contact.username),
      name: textOf(profile?.name),
      identityKeyHash: textOf(contact.identity_key_hash),
    });
  });
}

/**
 * A number where it is shown, a user id since those exist, both as far as known. Some relay a user id in the place of
 * the number, so the place alone decides nothing.
 */
function readSender(message: Json, contacts: readonly Identity[]): Identity {
  const from = textOf(message.from);
  const inPlaceOfNumber = from !== undefined && looksLikeUserId(from) ? from : undefined;
  return completed(
    present({
      phone: phoneOf(from),
      userId: textOf(message.from_user_id) ?? inPlaceOfNumber,
      parentUserId: textOf(message.from_parent_user_id),
    }),
    contacts,
  );
}

/** With what the contacts beside it know of the same person. The only contact is taken for them where nothing contradicts. */
function completed(identity: Identity, contacts: readonly Identity[]): Identity {
  const isSame = (contact: Identity) =>
    (identity.userId !== undefined && contact.userId === identity.userId) ||
    (identity.phone !== undefined && contact.phone === identity.phone);
  const contradicts = (contact: Identity) =>
    (identity.userId !== undefined && contact.userId !== undefined && contact.userId !== identity.userId) ||
    (identity.phone !== undefined && contact.phone !== undefined && contact.phone !== identity.phone);
  const [only] = contacts;
  const match = contacts.find(isSame) ?? (contacts.length === 1 && only && !contradicts(only) ? only : undefined);
  return { ...match, ...identity };
}

function isKnown(identity: Identity): boolean {
  return identity.phone !== undefined || identity.userId !== undefined;
}

// What became of our messages

const statusWords: ReadonlySet<string> = new Set<DeliveryStatus>(["sent", "delivered", "read", "played", "failed"]);

function isDeliveryStatus(word: string): word is DeliveryStatus {
  return statusWords.has(word);
}

function readStatus(change: Change, contacts: readonly Identity[], status: Json, path: string): void {
  const { walk, sender } = change;
  const providerId = required(textOf(status.id), "The id of a status");
  const word = required(textOf(status.status), "The word of a status").toLowerCase();
  const at = instantOf(status.timestamp) ?? change.at;
  if (!isDeliveryStatus(word)) {
    const eventKey = `status:${providerId}:${word}`;
    walk.emit({ kind: "unrecognised", eventKey, at, path, sender, field: "messages.statuses", raw: status });
    return;
  }
  const isGroup = status.recipient_type === "group";
  const participant = isGroup ? readParticipant(status, contacts) : undefined;
  const recipient = isGroup ? undefined : readRecipient(status, contacts);
  const error = listOf(status.errors)?.[0];
  const eventKey = ["status", providerId, word, participant?.userId ?? participant?.phone]
    .filter((part) => part !== undefined)
    .join(":");
  walk.emit({
    kind: "statusChanged",
    eventKey,
    at,
    path,
    sender,
    providerId,
    status: word,
    ...present({
      callbackData: typeof status.biz_opaque_callback_data === "string" ? status.biz_opaque_callback_data : undefined,
      recipient,
      failure: word === "failed" || error !== undefined ? readFailure(error) : undefined,
      pricing: readPricing(status),
      conversation: readWindow(status),
      groupId: isGroup ? textOf(status.recipient_id) : undefined,
      participant,
    }),
  });
}

function readRecipient(status: Json, contacts: readonly Identity[]): Identity | undefined {
  const id = textOf(status.recipient_id);
  const identity = completed(
    present({
      phone: phoneOf(id),
      userId: textOf(status.recipient_user_id) ?? (id !== undefined && looksLikeUserId(id) ? id : undefined),
      parentUserId: textOf(status.parent_recipient_user_id) ?? textOf(status.recipient_parent_user_id),
      identityKeyHash: textOf(status.recipient_identity_key_hash),
    }),
    contacts,
  );
  return isKnown(identity) ? identity : undefined;
}

function readParticipant(status: Json, contacts: readonly Identity[]): Identity | undefined {
  const identity = completed(
    present({
      phone: phoneOf(status.recipient_participant_id) ?? phoneOf(status.participant_recipient_id),
      userId: textOf(status.recipient_participant_user_id) ?? textOf(status.participant_recipient_user_id),
      parentUserId: textOf(status.recipient_participant_parent_user_id),
    }),
    contacts,
  );
  return isKnown(identity) ? identity : undefined;
}

function readPricing(status: Json): Pricing | undefined {
  const pricing = objectOf(status.pricing);
  if (!pricing) return undefined;
  return present({
    billable: booleanOf(pricing.billable),
    model: textOf(pricing.pricing_model),
    type: textOf(pricing.type),
    category: textOf(pricing.category)?.replaceAll("-", "_"),
  });
}

function readWindow(
  status: Json,
): { readonly id: string; readonly origin?: string; readonly expiresAt?: Instant } | undefined {
  const conversation = objectOf(status.conversation);
  const id = textOf(conversation?.id);
  if (id === undefined) return undefined;
  return {
    id,
    ...present({
      origin: textOf(objectOf(conversation?.origin)?.type)?.replaceAll("-", "_"),
      expiresAt: instantOf(conversation?.expiration_timestamp),
    }),
  };
}

// What people told the platform rather than us

function readPreferences(change: Change): void {
  const { walk, value, path, sender } = change;
  const contacts = readContacts(value);
  walk.each(`${path}.user_preferences`, value.user_preferences, (preference, elementPath) => {
    const choice = required(textOf(preference.value), "The choice of a preference");
    const category = textOf(preference.category) ?? "";
    const at = instantOf(preference.timestamp) ?? change.at;
    const from = completed(present({ phone: phoneOf(preference.wa_id), userId: textOf(preference.user_id) }), contacts);
    const base = { eventKey: change.keyOf(preference), at, path: elementPath, sender };
    if (category !== "marketing_messages" || (choice !== "stop" && choice !== "resume" && choice !== "signup")) {
      walk.emit({ kind: "unrecognised", ...base, field: change.field, raw: preference });
      return;
    }
    if (!isKnown(from)) throw new Unreadable("The preference names nobody.");
    walk.emit({
      kind: "preferenceChanged",
      ...base,
      category: "marketing",
      choice,
      from,
      ...present({ detail: textOf(preference.detail), signupId: textOf(preference.signup_id) }),
    });
  });
}

// What the business itself did in its own app

function readEchoes(change: Change, list: unknown, listPath: string): void {
  const { walk, value, sender } = change;
  const contacts = readContacts(value);
  walk.eachWhole(listPath, list, (message, path) => {
    const providerId = required(textOf(message.id), "The id of an echo");
    const to = completed(
      present({
        phone: phoneOf(message.to),
        userId: textOf(message.to_user_id),
        parentUserId: textOf(message.to_parent_user_id),
      }),
      contacts,
    );
    if (!isKnown(to)) throw new Unreadable("The echo names nobody it was sent to.");
    const { repliesTo } = readContext(message);
    walk.emit({
      kind: "messageEchoed",
      eventKey: `echo:${providerId}`,
      at: instantOf(message.timestamp) ?? change.at,
      path,
      sender,
      providerId,
      to,
      echo: readEcho(message),
      ...present({ repliesTo }),
      raw: message,
    });
  });
}

function readEcho(message: Json) {
  if (message.type === "edit") {
    const edit = objectOf(message.edit) ?? {};
    const targetProviderId = required(textOf(edit.original_message_id), "The message that was edited");
    return { of: "edit", targetProviderId, content: readContent(objectOf(edit.message) ?? {}) } as const;
  }
  if (message.type === "revoke") {
    const targetProviderId = required(textOf(objectOf(message.revoke)?.original_message_id), "The deleted message");
    return { of: "deletion", targetProviderId } as const;
  }
  return { of: "message", content: readContent(message) } as const;
}

function readContactSync(change: Change): void {
  const { walk, value, path, sender } = change;
  walk.each(`${path}.state_sync`, value.state_sync, (item, elementPath) => {
    const raw = objectOf(item.contact) ?? {};
    const contact = present({
      phone: phoneOf(raw.phone_number),
      userId: textOf(raw.user_id),
      username: textOf(raw.username),
      name: textOf(raw.full_name) ?? textOf(raw.first_name),
      firstName: textOf(raw.first_name),
    });
    if (!isKnown(contact)) throw new Unreadable("The contact has neither a number nor a user id.");
    walk.emit({
      kind: "contactSynced",
      eventKey: change.keyOf(item),
      at: instantOf(objectOf(item.metadata)?.timestamp) ?? change.at,
      path: elementPath,
      sender,
      action: item.action === "remove" ? "remove" : "add",
      contact,
    });
  });
}

/** The past arrives in chunks, its files afterwards, in changes of their own with a bare list of messages. */
function readHistory(change: Change): void {
  const { walk, value, path, sender } = change;
  walk.each(`${path}.history`, value.history, (chunk, chunkPath) => {
    const metadata = objectOf(chunk.metadata);
    const phase = present({ phase: numberOf(metadata?.phase), progress: numberOf(metadata?.progress) });
    walk.each(`${chunkPath}.errors`, chunk.errors, (error, errorPath) =>
      walk.emit({
        kind: "historyImported",
        eventKey: change.keyOf(error),
        at: change.at,
        path: errorPath,
        sender,
        ...phase,
        item: { of: "declined", failure: readFailure(error) },
        raw: error,
      }),
    );
    walk.each(`${chunkPath}.threads`, chunk.threads, (thread, threadPath) => {
      const context = objectOf(thread.context);
      const contact = present({
        phone: phoneOf(context?.wa_id) ?? phoneOf(thread.id),
        userId: textOf(context?.user_id),
        username: textOf(context?.username),
      });
      walk.eachWhole(`${threadPath}.messages`, thread.messages, (message, messagePath) =>
        readPastMessage(change, contact, message, messagePath, phase),
      );
    });
    if (metadata) {
      walk.emit({
        kind: "historyImported",
        eventKey: change.keyOf({ metadata, path: chunkPath }),
        at: change.at,
        path: chunkPath,
        sender,
        ...phase,
        item: { of: "progress" },
        raw: metadata,
      });
    }
  });
  const contacts = readContacts(value);
  walk.eachWhole(`${path}.messages`, value.messages, (message, messagePath) => {
    const isOurs = phoneOf(message.from) !== undefined && phoneOf(message.from) === sender.phone;
    const contact = isOurs ? present({ phone: phoneOf(message.to) }) : readSender(message, contacts);
    readPastMessage(change, contact, message, messagePath, {});
  });
}

function readPastMessage(
  change: Change,
  contact: Identity,
  message: Json,
  path: string,
  phase: { readonly phase?: number; readonly progress?: number },
): void {
  const { walk, sender } = change;
  const providerId = required(textOf(message.id), "The id of a message");
  if (!isKnown(contact)) throw new Unreadable("The message of the past belongs to nobody.");
  const from = phoneOf(message.from);
  const isOurs =
    from !== undefined && (from === sender.phone || (contact.phone !== undefined && from !== contact.phone));
  walk.emit({
    kind: "historyImported",
    eventKey: `history:${providerId}:${textOf(message.type) ?? ""}`,
    at: instantOf(message.timestamp) ?? change.at,
    path,
    sender,
    ...phase,
    item: {
      of: "message",
      providerId,
      direction: isOurs ? "out" : "in",
      contact,
      content: readContent(message),
      ...present({ status: textOf(objectOf(message.history_context)?.status)?.toLowerCase() }),
    },
    raw: message,
  });
}

// While the platform's own agent holds the conversation

/** The shapes seen so far put the lists under `standby`; older drafts put them beside it. Both are read. */
function readStandby(change: Change): void {
  const { walk, value, path, sender } = change;
  const contacts = readContacts(value);
  const standby = objectOf(value.standby);
  const places: readonly (readonly [Json, string])[] = standby
    ? [
        [standby, `${path}.standby`],
        [value, path],
      ]
    : [[value, path]];
  const before = walk.events.length + walk.setAside.length;
  for (const [place, placePath] of places) {
    walk.eachWhole(`${placePath}.messages`, place.messages, (message, elementPath) => {
      const contact = readSender(message, contacts);
      walk.emit({
        kind: "standby",
        eventKey: `standby:${textOf(message.id) ?? change.keyOf(message)}`,
        at: instantOf(message.timestamp) ?? change.at,
        path: elementPath,
        sender,
        direction: "in",
        ...present({ providerId: textOf(message.id), contact: isKnown(contact) ? contact : undefined }),
        content: readContent(message),
        raw: message,
      });
    });
    walk.eachWhole(`${placePath}.message_echoes`, place.message_echoes, (echo, elementPath) => {
      const message = objectOf(echo.message) ?? echo;
      const contact = completed(present({ phone: phoneOf(message.to), userId: textOf(message.to_user_id) }), contacts);
      const providerId = textOf(echo.id) ?? textOf(message.id);
      walk.emit({
        kind: "standby",
        eventKey: `standby:${providerId ?? change.keyOf(echo)}`,
        at: instantOf(echo.timestamp) ?? instantOf(message.timestamp) ?? change.at,
        path: elementPath,
        sender,
        direction: "out",
        ...present({ providerId, contact: isKnown(contact) ? contact : undefined }),
        content: readContent(message),
        raw: echo,
      });
    });
    walk.each(`${placePath}.statuses`, place.statuses, (status, at) => readStatus(change, contacts, status, at));
  }
  if (walk.events.length + walk.setAside.length === before) {
    const eventKey = change.keyOf(value);
    walk.emit({ kind: "standby", eventKey, at: change.at, path, sender, direction: "unknown", raw: value });
  }
}

function readHandover(change: Change): void {
  const { walk, value, path, sender } = change;
  const type = required(textOf(value.type), "The kind of handover");
  const passed = objectOf(value[type]) ?? {};
  const person = objectOf(value.sender) ?? {};
  const contact = present({
    phone: phoneOf(person.phone_number) ?? phoneOf(person.wa_id),
    userId: textOf(person.user_id),
    username: textOf(person.username),
  });
  if (!isKnown(contact)) throw new Unreadable("The handover names nobody.");
  walk.emit({
    kind: "handover",
    eventKey: change.keyOf(value),
    at: instantOf(value.timestamp) ?? change.at,
    path,
    sender,
    change: type,
    contact,
    ...present({
      previousOwner: textOf(passed.previous_owner_role) ?? textOf(passed.previous_owner_app_role),
      newOwner: textOf(passed.new_owner_role) ?? textOf(passed.new_owner_app_role),
      reason: readReason(passed.metadata),
    }),
    raw: value,
  });
}

function readReason(metadata: unknown): string | undefined {
  if (typeof metadata !== "string") return textOf(objectOf(metadata)?.reason);
  try {
    return textOf(objectOf(JSON.parse(metadata))?.reason) ?? textOf(metadata);
  } catch {
    return textOf(metadata);
  }
}
