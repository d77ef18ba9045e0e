import { parentUserIdOf, userIdOf } from "./identifiers.ts";
import type { Platform } from "./platform.ts";
import { inForce } from "./rules/eras.ts";
import type { Account, Body, Phone } from "./state.ts";

/** The members that hold a person's user id, each with the one for the parent's ("Business-scoped user IDs", Webhooks). */
const parents = {
  user_id: "parent_user_id",
  from_user_id: "from_parent_user_id",
  to_user_id: "to_parent_user_id",
  recipient_user_id: "parent_recipient_user_id",
  recipient_participant_user_id: "recipient_participant_parent_user_id",
  previous_user_id: "previous_parent_user_id",
} as const;

type Member = keyof typeof parents;

/** Whether webhooks name people by user ids: since April 2026, or as the fault `userIds` says. */
export function namesUserIds(platform: Platform): boolean {
  const { userIds } = platform.state.faults;
  return userIds === null ? inForce(platform, "user-ids") : userIds;
}

/** A person's user id under the member's name, and the parent's where the portfolio is linked with others; nothing in the days before. */
export function scopedIds(platform: Platform, phone: Phone, account: Account, member: Member): Body {
  if (!namesUserIds(platform)) return {};
  const { state } = platform;
  const parent = parentUserIdOf(state, phone, account.portfolioId);
  return {
    [member]: userIdOf(state, phone, account.portfolioId),
    ...(parent === null ? {} : { [parents[member]]: parent }),
  };
}

/** Whether a business sees the person's number. Without user ids there was no other way to name anybody. */
export function showsNumber(platform: Platform, phone: Phone): boolean {
  return !phone.hideNumber || !namesUserIds(platform);
}
