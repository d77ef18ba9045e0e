import { GraphError } from "./graph-error.ts";
import { moreOf } from "./number-more.ts";
import { optionalTextAt, textAt } from "./parameters.ts";
import type { Platform } from "./platform.ts";
import type { Body, BusinessNumber } from "./state.ts";
import { tell } from "./webhooks.ts";

/** 3 to 35 of letters, digits, dots and underscores, with a letter, no dot at an end and none doubled ("Business usernames"). */
const shape = /^(?!.*\.\.)(?=.*[a-z])[a-z0-9_](?:[a-z0-9_.]{1,33})[a-z0-9_]$/;

/** `POST /{number}/username`; told in `business_username_update`. Errors 100, 147001, 147002, 147005. */
export function takeUsername(platform: Platform, number: BusinessNumber, body: Body): Body {
  const username = textAt(body, "username", "", { min: 1 }).replace(/^@/, "").toLowerCase();
  if (!shape.test(username)) throw new GraphError(100, { details: `username: ${username} is not a valid username.` });
  if (number.messagingLimit === "TIER_250" || number.messagingLimit === "TIER_50") throw new GraphError(147002);
  const holder = holderOf(platform, username);
  if (holder && holder !== number) {
    const samePortfolio = platform.accountOf(holder).portfolioId === platform.accountOf(number).portfolioId;
    if (!samePortfolio) throw new GraphError(147001);
    if (!optionalTextAt(body, "transfer_action", "")) throw new GraphError(147005);
    giveUp(platform, holder);
  }
  const more = moreOf(number);
  more.username = username;
  more.usernameStatus = "approved";
  tellUsername(platform, number, username, "approved");
  return { status: "approved" };
}

export function showUsername(number: BusinessNumber): Body {
  const { username, usernameStatus } = moreOf(number);
  return username === null ? { status: "none" } : { username, status: usernameStatus };
}

/** `DELETE /{number}/username`. */
export function dropUsername(platform: Platform, number: BusinessNumber): Body {
  if (moreOf(number).username === null) throw new GraphError(100, { details: "This phone number has no username." });
  giveUp(platform, number);
  return { success: true };
}

/** `GET /{number}/username_suggestions`: from the verified name, as far as they are free. */
export function suggestUsernames(platform: Platform, number: BusinessNumber): Body {
  const plain = number.verifiedName
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ".")
    .replace(/^\.|\.$/g, "")
    .slice(0, 28);
  const ideas = [plain, plain.replaceAll(".", "_"), plain.replaceAll(".", ""), `${plain}.official`];
  return { data: [...new Set(ideas)].filter((idea) => shape.test(idea) && !holderOf(platform, idea)) };
}

function giveUp(platform: Platform, number: BusinessNumber): void {
  const more = moreOf(number);
  const username = more.username ?? "";
  more.username = null;
  more.usernameStatus = "none";
  tellUsername(platform, number, username, "deleted");
}

function holderOf(platform: Platform, username: string): BusinessNumber | undefined {
  return [...platform.state.numbers.values()].find((number) => number.more?.username === username);
}

function tellUsername(platform: Platform, number: BusinessNumber, username: string, status: string): void {
  tell(platform, platform.accountOf(number), "business_username_update", {
    display_phone_number: number.digits,
    username,
    status,
  });
  platform.announce({ type: "number", id: number.id });
}
