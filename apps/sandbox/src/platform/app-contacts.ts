import { openBusinessApp } from "./app-connection.ts";
import { moreOf } from "./number-more.ts";
import { ControlError } from "./people.ts";
import type { Platform } from "./platform.ts";
import { scopedIds, showsNumber } from "./scoped-ids.ts";
import type { Body, BusinessNumber, Phone } from "./state.ts";
import { numberValue, seconds, tell } from "./webhooks.ts";

/** The address book of a number that is also on the WhatsApp Business app, told in `smb_app_state_sync`. */

/** Everybody in the book: whom the number has a chat with, by their own name, and who was put there, by that name. */
export function tellContacts(platform: Platform, number: BusinessNumber): void {
  const added = moreOf(number).businessApp?.contacts ?? {};
  const names = new Map<string, string>();
  for (const thread of platform.state.threads.values()) {
    if (thread.numberId === number.id && thread.messageIds.length > 0)
      names.set(thread.phone, platform.phone(thread.phone).name);
  }
  for (const [digits, name] of Object.entries(added)) {
    if (name === null) names.delete(digits);
    else names.set(digits, name);
  }
  const contacts = [...names].map(([digits, name]) => contactChange(platform, number, platform.phone(digits), name));
  tell(
    platform,
    platform.accountOf(number),
    "smb_app_state_sync",
    numberValue(number, { state_sync: contacts }),
    number,
  );
}

/** The business adds or edits a contact on its phone, or removes one (`name` is `null`); an edit is told as `add`, too. */
export function changeContact(platform: Platform, number: BusinessNumber, phone: Phone, name: string | null): void {
  const { businessApp } = moreOf(number);
  if (!businessApp) throw new ControlError("This number is not in use on the WhatsApp Business app.", 409);
  openBusinessApp(platform, number);
  businessApp.contacts = { ...businessApp.contacts, [phone.number]: name };
  const change = contactChange(platform, number, phone, name);
  tell(
    platform,
    platform.accountOf(number),
    "smb_app_state_sync",
    numberValue(number, { state_sync: [change] }),
    number,
  );
}

function contactChange(platform: Platform, number: BusinessNumber, phone: Phone, name: string | null): Body {
  return {
    type: "contact",
    contact: {
      ...(name === null ? {} : { full_name: name, first_name: name.split(" ")[0] }),
      ...(showsNumber(platform, phone) ? { phone_number: phone.number } : {}),
      ...scopedIds(platform, phone, platform.accountOf(number), "user_id"),
      ...(phone.username ? { username: `@${phone.username.replace(/^@/, "")}` } : {}),
    },
    action: name === null ? "remove" : "add",
    metadata: { timestamp: String(seconds(platform)) },
  };
}
