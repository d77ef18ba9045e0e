import { conversationNode } from "../platform/conversational.ts";
import { accountHealth, numberHealth } from "../platform/health.ts";
import { countryOf } from "../platform/identifiers.ts";
import { moreOf } from "../platform/number-more.ts";
import type { Platform } from "../platform/platform.ts";
import type { Account, App, Body, BusinessNumber, Token } from "../platform/state.ts";

/** The fields of the nodes the Graph API shows; which of them are given is decided by `fields` in the request. */

export const numberListFields = [
  "verified_name",
  "code_verification_status",
  "display_phone_number",
  "quality_rating",
  "platform_type",
  "throughput",
  "webhook_configuration",
  "last_onboarded_time",
];
export const numberFields = [
  "verified_name",
  "code_verification_status",
  "display_phone_number",
  "quality_rating",
  "platform_type",
  "throughput",
  "webhook_configuration",
];

export function numberNode(platform: Platform, number: BusinessNumber): Body {
  const account = platform.accountOf(number);
  const more = moreOf(number);
  return {
    id: number.id,
    verified_name: number.verifiedName,
    display_phone_number: number.displayNumber,
    country_code: countryOf(number.digits),
    country_dial_code: number.displayNumber.replace(/^\+(\d+).*$/, "$1"),
    code_verification_status: more.codeStatus,
    quality_rating: number.quality,
    quality_score: { score: number.quality },
    platform_type: "CLOUD_API",
    status: number.status,
    throughput: { level: number.throughputPerSecond > 80 ? "HIGH" : "STANDARD" },
    messaging_limit_tier: number.messagingLimit,
    whatsapp_business_manager_messaging_limit: number.messagingLimit,
    name_status: more.nameStatus,
    new_name_status: more.newName === null ? "NONE" : "PENDING_REVIEW",
    new_display_name: more.newName,
    account_mode: more.allowedRecipients === null ? "LIVE" : "SANDBOX",
    is_official_business_account: more.official,
    is_on_biz_app: more.businessApp !== null,
    is_pin_enabled: number.pin !== null,
    is_preverified_number: false,
    last_onboarded_time: new Date(more.onboardedAt).toISOString().replace(".000Z", "+0000"),
    search_visibility: more.settings.search_visibility ?? "VISIBLE",
    // Counting whom a number reached takes a while where it reached many: only for who asks.
    get health_status() {
      return numberHealth(platform, number);
    },
    webhook_configuration: webhookConfiguration(platform, number, account),
    conversational_automation: conversationNode(number),
    username: more.username,
    certificate: null,
  };
}

function webhookConfiguration(platform: Platform, number: BusinessNumber, account: Account): Body {
  const [appId, subscription] = [...account.subscriptions][0] ?? [];
  const application = platform.state.apps.get(appId ?? "")?.callbackUrl;
  return {
    ...(number.callbackUrl ? { phone_number: number.callbackUrl } : {}),
    ...(subscription?.overrideUrl ? { whatsapp_business_account: subscription.overrideUrl } : {}),
    ...(application ? { application } : {}),
  };
}

export const accountFields = ["name", "timezone_id", "currency", "message_template_namespace"];

export function accountNode(platform: Platform, account: Account): Body {
  const portfolio = platform.state.portfolios.get(account.portfolioId);
  const owner = { id: account.portfolioId, name: portfolio?.name ?? account.name };
  const numbers = [...platform.state.numbers.values()].filter((number) => number.accountId === account.id);
  return {
    id: account.id,
    name: account.name,
    timezone_id: "312",
    currency: account.currency,
    country: account.country,
    message_template_namespace: `ns_${account.id}`,
    status: account.banState === "disabled" ? "DISABLED" : "ACTIVE",
    account_review_status: account.decision ?? "APPROVED",
    business_verification_status: portfolio?.verified === false ? "not_verified" : "verified",
    ownership_type: "SELF",
    owner_business_info: owner,
    on_behalf_of_business_info: { ...owner, status: "APPROVED", type: "SELF" },
    primary_business_location: account.country,
    is_enabled_for_insights: account.insights ?? false,
    marketing_messages_onboarding_status: account.marketingMessages,
    disable_marketing_messages_on_cloud_api: account.marketingOffCloudApi ?? false,
    whatsapp_business_manager_messaging_limit: numbers[0]?.messagingLimit ?? "TIER_250",
    health_status: accountHealth(platform, account),
  };
}

export function appNode(app: App): Body {
  return {
    id: app.id,
    name: app.name,
    link: `https://www.facebook.com/games/?app_id=${app.id}`,
    category: "Messaging",
  };
}

/** `GET /debug_token`: what a token may do, and which accounts it sees. */
export function debugToken(platform: Platform, token: Token | undefined): Body {
  if (!token)
    return { data: { is_valid: false, error: { code: 190, message: "Invalid OAuth access token." }, scopes: [] } };
  const valid = token.expiresAt === null || token.expiresAt > platform.now();
  const seconds = (at: number | null) => (at === null ? 0 : Math.floor(at / 1000));
  return {
    data: {
      app_id: token.appId,
      type: "SYSTEM_USER",
      application: platform.state.apps.get(token.appId)?.name ?? "",
      data_access_expires_at: 0,
      expires_at: seconds(token.expiresAt),
      is_valid: valid,
      issued_at: seconds(token.issuedAt),
      scopes: token.scopes,
      granular_scopes: token.scopes.map((scope) => ({ scope, target_ids: token.accountIds })),
      user_id: `1000${token.appId.slice(-11)}`,
    },
  };
}

/** One page of a list: cursors are positions, written so that nobody takes them for numbers. */
export function page(items: readonly Body[], query: URLSearchParams, url: string): { data: Body[]; paging?: Body } {
  const limit = Math.min(Math.max(1, Number(query.get("limit") ?? 25) || 25), 1_000);
  const after = query.get("after");
  const before = query.get("before");
  const start = after !== null ? readCursor(after) + 1 : before !== null ? Math.max(0, readCursor(before) - limit) : 0;
  const data = items.slice(start, start + limit);
  if (data.length === 0) return { data };
  const end = start + data.length - 1;
  const link = (parameter: string, value: string) => {
    const next = new URL(url);
    next.searchParams.delete("after");
    next.searchParams.delete("before");
    next.searchParams.set(parameter, value);
    return next.toString();
  };
  return {
    data,
    paging: {
      cursors: { before: cursor(start), after: cursor(end) },
      ...(end + 1 < items.length ? { next: link("after", cursor(end)) } : {}),
      ...(start > 0 ? { previous: link("before", cursor(start)) } : {}),
    },
  };
}

function cursor(position: number): string {
  return Buffer.from(`p${position}`).toString("base64url");
}

export class BadCursor extends Error {}

function readCursor(text: string): number {
  const match = /^p(\d+)$/.exec(Buffer.from(text, "base64url").toString());
  if (!match) throw new BadCursor(text);
  return Number(match[1]);
}
