import { knownPhone as phoneWithNumber } from "../platform/crowd/crowd.ts";
import { findByUserId, readNumber, whatsappIdOf } from "../platform/identifiers.ts";
import { ControlError } from "../platform/people.ts";
import type { Platform } from "../platform/platform.ts";
import type { Account, BusinessNumber, Message, Phone } from "../platform/state.ts";

export function phoneOf(platform: Platform, text: string | undefined): Phone {
  const found = findPhone(platform, text);
  if (found) return found;
  const digits = readNumber(text ?? "");
  if (digits === null) throw new ControlError(`${text} is not a phone number.`, 404, "not-a-number");
  return platform.phone(whatsappIdOf(digits));
}

export function knownPhone(platform: Platform, text: string | undefined): Phone {
  const phone = findPhone(platform, text);
  if (!phone) throw new ControlError(`No phone ${text}.`, 404);
  return phone;
}

/** By number, with or without `+`, or by user id. */
function findPhone(platform: Platform, text: string | undefined): Phone | undefined {
  const digits = readNumber(text ?? "");
  if (digits !== null) return phoneWithNumber(platform.state, whatsappIdOf(digits));
  for (const portfolioId of platform.state.portfolios.keys()) {
    const phone = findByUserId(platform.state, portfolioId, text ?? "");
    if (phone) return phone;
  }
  return undefined;
}

export function numberFor(platform: Platform, to: unknown): BusinessNumber {
  const numbers = platform.state.numbers;
  if (to === undefined || to === null) {
    const first = numbers.values().next().value;
    if (!first) throw new ControlError("There is no business number.", 404);
    return first;
  }
  const text = String(to);
  const found = numbers.get(text) ?? [...numbers.values()].find((number) => number.digits === text.replace(/\D/g, ""));
  if (!found) throw new ControlError(`No business number ${text}.`, 404);
  return found;
}

export function knownAccount(platform: Platform, id: string | undefined): Account {
  const account = platform.state.accounts.get(id ?? "");
  if (!account) throw new ControlError(`No account ${id}.`, 404);
  return account;
}

export function knownMessage(platform: Platform, id: string | undefined): Message {
  const message = platform.state.messages.get(id ?? "");
  if (!message) throw new ControlError(`No message ${id}.`, 404);
  return message;
}
