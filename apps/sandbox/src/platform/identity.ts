import { existingThread } from "./crowd/crowd.ts";
import { keepMessage, newMessage } from "./messages.ts";
import type { Platform } from "./platform.ts";
import { checksIdentity, identityHash } from "./settings.ts";
import type { BusinessNumber, Phone } from "./state.ts";
import { seconds, tellMessage } from "./webhooks.ts";

/**
 * The person installs the app anew, so their identity key changes: numbers that check identities and have a chat with them get a
 * `system` message with the new hash, and sends that name the old one fail with 137000 ("Identity change check").
 */
export function personChangesIdentity(platform: Platform, phone: Phone): void {
  phone.identity = (phone.identity ?? 0) + 1;
  platform.state.phones.set(phone.number, phone);
  for (const number of platform.state.numbers.values()) {
    const known = existingThread(platform.state, number.id, phone.number);
    if (known && known.messageIds.length > 0 && checksIdentity(number)) tellIdentity(platform, number, phone);
  }
  platform.announce({ type: "phone", phone: phone.number });
}

function tellIdentity(platform: Platform, number: BusinessNumber, phone: Phone): void {
  const hash = identityHash(platform, phone);
  const message = newMessage(platform, number, phone, {
    from: "phone",
    type: "system",
    content: { body: `User ${phone.name} has a new identity`, type: "customer_identity_changed" },
    extra: { identity: { acknowledged: false, created_timestamp: String(seconds(platform)), hash } },
    status: "delivered",
  });
  keepMessage(platform, message);
  tellMessage(platform, number, phone, message);
}
