import { dayMs, type Instant, secondMs } from "@loket/kit";
import { GraphError } from "./graph-error.ts";
import { readNumber, uniqueText } from "./identifiers.ts";
import { finishMigration, migrateNumber, startNumber } from "./number-migration.ts";
import { moreOf } from "./number-more.ts";
import { choiceAt, flagOf, optionalTextAt, textAt } from "./parameters.ts";
import type { Platform } from "./platform.ts";
import { claimPreverified } from "./preverified.ts";
import type { Account, Body, BusinessNumber } from "./state.ts";
import { tell } from "./webhooks.ts";

/**
 * A number's life ("Registering business phone numbers"): added to an account it is PENDING and unverified; a code by SMS or voice
 * verifies it; a PIN registers it and makes it CONNECTED; deregistered it is DISCONNECTED and can be registered again.
 */

const timesIn72Hours = 10;
const guessesAtMost = 3;
const guessEveryMs = 5 * secondMs;
const guessesForgottenMs = dayMs;

/**
 * `POST /{account}/phone_numbers`: a new number, one a partner verified beforehand (`preverified_id`), or one of another account
 * (`migrate_phone_number`). Errors 100, 2388001, 2388012, 2388103, and 368 while adding numbers is restricted.
 */
export function addPhoneNumber(platform: Platform, account: Account, body: Body): Body {
  const now = platform.now();
  const restricted = account.restrictions.some(
    ({ restriction_type, expiration }) =>
      restriction_type === "RESTRICTED_ADD_PHONE_NUMBER_ACTION" &&
      (expiration === undefined || expiration * 1000 > now),
  );
  if (restricted) throw new GraphError(368);
  const preverifiedId = optionalTextAt(body, "preverified_id", "");
  if (preverifiedId !== null) {
    const name = textAt(body, "verified_name", "", { min: 1, max: 75 });
    const { digits } = claimPreverified(platform, account.portfolioId, preverifiedId);
    const number = startNumber(platform, account, digits, name);
    moreOf(number).codeStatus = "VERIFIED";
    return { id: number.id };
  }
  if (flagOf(body.migrate_phone_number)) return migrateNumber(platform, account, readDigits(body));
  const name = textAt(body, "verified_name", "", { min: 1, max: 75 });
  const digits = readDigits(body);
  if ([...platform.state.numbers.values()].some((number) => number.digits === digits)) throw new GraphError(2388012);
  return { id: startNumber(platform, account, digits, name).id };
}

function readDigits(body: Body): string {
  const countryCode = String(body.cc ?? "").replace(/\D/g, "");
  const local = typeof body.phone_number === "number" ? String(body.phone_number) : textAt(body, "phone_number", "");
  const plain = local.replace(/\D/g, "");
  const digits = readNumber(`+${plain.startsWith(countryCode) ? plain : countryCode + plain}`);
  if (digits === null) throw new GraphError(100, { details: `phone_number: ${local} is not a valid phone number.` });
  return digits;
}

/** `POST /{number}/request_code`: the control face tells the code, for nothing is sent anywhere. Error 133016 after ten in 72 hours. */
export function requestCode(platform: Platform, number: BusinessNumber, body: Body): Body {
  choiceAt(body, "code_method", "", ["SMS", "VOICE"]);
  textAt(body, "language", "", { min: 2 });
  const more = moreOf(number);
  if (more.codeStatus === "VERIFIED" && number.status === "CONNECTED")
    throw new GraphError(100, { details: "This phone number is already verified.", subcode: 136024 });
  more.codeRequests = count(platform, more.codeRequests);
  more.code = uniqueText(platform.state, "0123456789", 6);
  platform.announce({ type: "number", id: number.id });
  return { success: true };
}

/** `POST /{number}/verify_code`. Error 100 with subcode 136025 for a wrong code. */
export function verifyCode(platform: Platform, number: BusinessNumber, body: Body): Body {
  const code = textAt(body, "code", "").replaceAll("-", "");
  const more = moreOf(number);
  if (more.code === null || code !== more.code)
    throw new GraphError(100, { subcode: 136025, details: "The verification code is not correct." });
  more.code = null;
  more.codeStatus = "VERIFIED";
  platform.announce({ type: "number", id: number.id });
  return { success: true, id: number.id };
}

/** `POST /{number}/register`. Errors 100, 133005, 133006, 133008, 133009, 133016. */
export function register(platform: Platform, number: BusinessNumber, body: Body): Body {
  const pin = readPin(body);
  const more = moreOf(number);
  const now = platform.now();
  const registrations = count(platform, more.registrations);
  if (more.codeStatus !== "VERIFIED") throw new GraphError(133006);
  const wrong = more.wrongPins.filter((at) => now - at < guessesForgottenMs);
  if (wrong.length >= guessesAtMost)
    throw new GraphError(133008, { details: "Too many wrong PINs; try again in 24 hours." });
  if (number.pin !== null && wrong.some((at) => now - at < guessEveryMs))
    throw new GraphError(133009, { details: "PINs are guessed too fast; try again in 5 seconds." });
  if (number.pin !== null && number.pin !== pin) {
    more.wrongPins = [...wrong, now];
    throw new GraphError(133005, { details: "The two-step verification PIN does not match." });
  }
  more.registrations = registrations;
  more.wrongPins = [];
  number.pin = pin;
  number.status = "CONNECTED";
  finishMigration(platform, number);
  platform.announce({ type: "number", id: number.id });
  return { success: true };
}

/** `POST /{number}/deregister`: not for a number that is also on the Business app. Errors 100, 133016. */
export function deregister(platform: Platform, number: BusinessNumber): Body {
  const more = moreOf(number);
  if (more.businessApp)
    throw new GraphError(100, { details: "A number in use on the WhatsApp Business app can not be deregistered." });
  more.registrations = count(platform, more.registrations);
  number.status = "DISCONNECTED";
  platform.announce({ type: "number", id: number.id });
  return { success: true };
}

/** Sets the two-step verification PIN, told in `security`. */
export function changePin(platform: Platform, number: BusinessNumber, body: Body): void {
  number.pin = readPin(body);
  tell(platform, platform.accountOf(number), "security", { display_phone_number: number.digits, event: "PIN_CHANGED" });
}

/** Asks for another display name; a person of the control face decides. */
export function askForName(number: BusinessNumber, body: Body): void {
  const name = textAt(body, "new_display_name", "", { min: 3, max: 75 });
  moreOf(number).newName = name;
}

/** The name review's decision, told in `phone_number_name_update`. `null` where no name is under review. */
export function decideName(
  platform: Platform,
  number: BusinessNumber,
  approved: boolean,
  reason: string | null,
): boolean {
  const more = moreOf(number);
  if (more.newName === null && more.nameStatus !== "PENDING_REVIEW") return false;
  const requested = more.newName ?? number.verifiedName;
  if (approved) number.verifiedName = requested;
  if (more.newName === null || approved) more.nameStatus = approved ? "APPROVED" : "DECLINED";
  more.newName = null;
  tell(platform, platform.accountOf(number), "phone_number_name_update", {
    display_phone_number: number.digits,
    decision: approved ? "APPROVED" : "REJECTED",
    requested_verified_name: requested,
    rejection_reason: approved ? null : (reason ?? "NAME_FORMAT_UNACCEPTABLE"),
  });
  platform.announce({ type: "number", id: number.id });
  return true;
}

function readPin(body: Body): string {
  const pin = typeof body.pin === "number" ? String(body.pin) : textAt(body, "pin", "");
  if (!/^\d{6}$/.test(pin)) throw new GraphError(100, { message: "(#100) Param pin must be 6 digits." });
  return pin;
}

/** The times within 72 hours with one more, now. Error 133016 when that is one too many. */
function count(platform: Platform, times: readonly Instant[]): Instant[] {
  const now = platform.now();
  const recent = times.filter((at) => now - at < 3 * dayMs);
  if (recent.length >= timesIn72Hours) throw new GraphError(133016);
  return [...recent, now];
}
