import { ControlError } from "./people.ts";
import type { Platform } from "./platform.ts";
import type { BusinessNumber } from "./state.ts";
import { tell } from "./webhooks.ts";

/** Somebody of the business asks WhatsApp Manager to turn two-step verification off; a mail with instructions follows ("security"). */
export function askForPinReset(platform: Platform, number: BusinessNumber, requester: string): void {
  if (number.pin === null) throw new ControlError("This number has no PIN.", 409);
  tellSecurity(platform, number, { event: "PIN_RESET_REQUEST", requester });
}

/** They followed the instructions of the mail: the number has no PIN any more. */
export function resetPin(platform: Platform, number: BusinessNumber): void {
  if (number.pin === null) throw new ControlError("This number has no PIN.", 409);
  number.pin = null;
  tellSecurity(platform, number, { event: "PIN_REQUEST_SUCCESS" });
  platform.announce({ type: "number", id: number.id });
}

function tellSecurity(platform: Platform, number: BusinessNumber, said: { event: string; requester?: string }): void {
  tell(platform, platform.accountOf(number), "security", { display_phone_number: number.digits, ...said });
}
