import { amount, flag, object } from "../reading.ts";

/** The WhatsApp Business App from which somebody writes by hand. */
export interface BusinessApp {
  /** The same number also lives on the Business Platform. */
  readonly onPlatform?: boolean;
  /** The recipient keeps the number in the phone's address book: nobody else gets a broadcast. */
  readonly savedByRecipient?: boolean;
  /** Broadcasts of this month that are still free. */
  readonly freeBroadcastsLeft?: number;
}

export const readBusinessApp = object<BusinessApp>({
  onPlatform: flag,
  savedByRecipient: flag,
  freeBroadcastsLeft: amount,
});
