import { ControlError } from "../platform/people.ts";
import type { Platform } from "../platform/platform.ts";
import type { Account, Body, BusinessNumber } from "../platform/state.ts";
import { seconds } from "../platform/webhooks.ts";
import {
  type About,
  amount,
  byMember,
  choice,
  list,
  nullable,
  object,
  optional,
  type Reader,
  text,
} from "./read-value.ts";

/**
 * The fields about accounts and numbers that can be told by hand, each in its documented shape (Webhooks, reference of the fields):
 * what nobody gives is filled in, what the platform would never say is refused.
 */

const now = ({ platform }: About): number => seconds(platform);
const today = ({ platform }: About): string =>
  new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" }).format(platform.now());
const phoneNumber = { phone_number: optional(text("")) };
const wabaInfo = (more: Readonly<Record<string, Reader>> = {}): Reader =>
  object({
    waba_id: text(({ account }) => account.id),
    owner_business_id: text(({ account }) => account.portfolioId),
    ...more,
  });
const solution = {
  solution_id: optional(text("")),
  solution_partner_business_ids: optional(list(text(""))),
};

/** Why a number was taken off the Business app, and by whom ("account_update", disconnection_info). */
const disconnection = object({
  reason: choice([
    "ACCOUNT_DISCONNECTED",
    "BUSINESS_DOWNGRADE",
    "CHANGE_NUMBER",
    "COMPANION_INACTIVITY",
    "PRIMARY_INACTIVITY",
    "USER_RE_REGISTERED",
  ]),
  initiated_by: choice(["USER", "SYSTEM"]),
});

/** Every event of `account_update`, with the members it has beside `event`. */
const accountUpdates = {
  ACCOUNT_DELETED: {},
  ACCOUNT_OFFBOARDED: {},
  ACCOUNT_RECONNECTED: {},
  ACCOUNT_RESTRICTION: {
    ...phoneNumber,
    restriction_info: list(
      object({
        restriction_type: text("RESTRICTED_BIZ_INITIATED_MESSAGING"),
        expiration: optional(amount(now)),
        remediation: optional(text("")),
      }),
    ),
  },
  ACCOUNT_VIOLATION: {
    ...phoneNumber,
    violation_info: object({ violation_type: text("SPAM"), remediation: optional(text("")) }),
  },
  AD_ACCOUNT_LINKED: { waba_info: wabaInfo({ ad_account_linked: text("980198427534243") }) },
  AUTH_INTL_PRICE_ELIGIBILITY_UPDATE: {
    auth_international_rate_eligibility: object({
      start_time: amount(now),
      exception_countries: list(object({ country_code: text("ID"), start_time: amount(now) })),
    }),
  },
  BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE: { country: text(({ account }) => account.country) },
  DISABLED_UPDATE: {
    ban_info: object({
      waba_ban_state: choice(["DISABLE", "REINSTATE", "SCHEDULE_FOR_DISABLE"]),
      waba_ban_date: text(today),
    }),
  },
  MM_LITE_TERMS_SIGNED: { waba_info: wabaInfo() },
  PARTNER_ADDED: { waba_info: wabaInfo(solution) },
  PARTNER_APP_INSTALLED: { waba_info: wabaInfo({ partner_app_id: text(firstApp) }) },
  PARTNER_APP_UNINSTALLED: { waba_info: wabaInfo({ partner_app_id: text(firstApp) }) },
  PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE: {
    partner_client_certification_info: object({
      client_business_id: text(({ account }) => account.portfolioId),
      status: choice(["APPROVED", "DISCARDED", "FAILED", "PENDING", "REVOKED"]),
      rejection_reasons: list(text("NONE")),
    }),
  },
  PARTNER_REMOVED: { waba_info: wabaInfo(solution), disconnection_info: optional(disconnection) },
  VERIFIED_ACCOUNT: { ...phoneNumber },
  VOLUME_BASED_PRICING_TIER_UPDATE: {
    volume_tier_info: object({
      tier_update_time: amount(now),
      pricing_category: choice(["UTILITY", "AUTHENTICATION"]),
      tier: text("25000001:50000000"),
      effective_month: text(({ platform }) => new Date(platform.now()).toISOString().slice(0, 7)),
      region: text("Netherlands"),
    }),
  },
} satisfies Readonly<Record<string, Readonly<Record<string, Reader>>>>;

/** Alerts, what each concerns and how grave it is ("account_alerts"). The descriptions are ours. */
const alerts = {
  INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED: ["BUSINESS", "WARNING", "The messaging limit is not raised for now."],
  INCREASED_CAPABILITIES_ELIGIBILITY_FAILED: ["BUSINESS", "CRITICAL", "The messaging limit can not be raised."],
  INCREASED_CAPABILITIES_ELIGIBILITY_NEED_MORE_INFO: [
    "BUSINESS",
    "WARNING",
    "The messaging limit can be raised once the business has been verified.",
  ],
  OBA_APPROVED: ["PHONE_NUMBER", "INFORMATIONAL", "The number is an official business account now."],
  OBA_REJECTED: ["PHONE_NUMBER", "CRITICAL", "The number does not become an official business account."],
  PROFILE_PICTURE_LOST: ["PHONE_NUMBER", "WARNING", "The profile picture is gone; upload it again."],
} as const;

type AlertType = keyof typeof alerts;

/** The value of `account_alerts` about a portfolio or a number. */
export function alertValue(type: AlertType, entityId: string): Body {
  const [entity, severity, description] = alerts[type];
  return {
    entity_type: entity,
    entity_id: entityId,
    alert_info: {
      alert_severity: severity,
      alert_status: severity === "INFORMATIONAL" ? "NONE" : "ACTIVE",
      alert_type: type,
      alert_description: description,
    },
  };
}

const accountAlert: Reader = (given, path, about) => {
  const info = object({ alert_info: object({ alert_type: choice(Object.keys(alerts) as [string, ...string[]]) }) });
  const read = info(given, path, about) as { alert_info: { alert_type: AlertType } };
  const usual = alertValue(read.alert_info.alert_type, about.account.portfolioId);
  const entities = ["BUSINESS", "PHONE_NUMBER", "CURRENT_STATUS_ID"] as const;
  const filled = { ...usual, ...read, alert_info: { ...(usual.alert_info as Body), ...read.alert_info } };
  return object({
    entity_type: choice(entities),
    entity_id: text(""),
    alert_info: object({
      alert_severity: choice(["CRITICAL", "INFORMATIONAL", "WARNING"]),
      alert_status: choice(["ACTIVE", "NONE"]),
      alert_type: text(""),
      alert_description: text(""),
    }),
  })(filled, path, about);
};

const solutionStatuses = ["DRAFT", "INITIATED", "ACTIVE", "REJECTED", "PENDING_DEACTIVATION", "DEACTIVATED"] as const;

/** What is told about an account. */
const aboutAccounts: Readonly<Record<string, Reader>> = {
  account_update: byMember("event", accountUpdates),
  account_alerts: accountAlert,
  account_review_update: object({ decision: choice(["APPROVED", "REJECTED", "PENDING", "DEFERRED"]) }),
  business_capability_update: object({
    max_daily_conversations_per_business: text("TIER_2K"),
    max_phone_numbers_per_business: optional(amount(25)),
    max_phone_numbers_per_waba: optional(amount(25)),
  }),
  // About a solution several partners offer together; its entry has the portfolio's id.
  partner_solutions: object({
    event: choice(["SOLUTION_CREATED", "SOLUTION_UPDATED"]),
    solution_id: text("774485461512159"),
    solution_status: choice(solutionStatuses),
  }),
  // Of the payments of India and Brazil.
  payment_configuration_update: object({
    configuration_name: text("razorpay-prod"),
    provider_name: choice(["razorpay", "billdesk", "payu", "zaakpay"]),
    provider_mid: text("acc_GP4lfNA0iIMn5B"),
    status: choice(["Needs Testing", "Needs Connecting", "Active"]),
    created_timestamp: amount(now),
    updated_timestamp: amount(now),
  }),
};

const nameReasons = [
  "NAME_EMPLOYEE_ISSUE",
  "NAME_ENDCLIENT_NOTRELATED",
  "NAME_FORMAT_UNACCEPTABLE",
  "NAME_INDIVIDUAL_ISSUE",
  "NAME_NOT_CONSISTENT",
  "UNKNOWN",
] as const;

/** What is told about a number; `display_phone_number` goes without saying. */
const aboutNumbers: Readonly<Record<string, (number: BusinessNumber) => Reader>> = {
  phone_number_quality_update: (number) =>
    object({
      display_phone_number: text(number.digits),
      event: choice(["THROUGHPUT_UPGRADE", "ONBOARDING", "UPGRADE", "DOWNGRADE", "FLAGGED", "UNFLAGGED"]),
      max_daily_conversations_per_business: text(number.messagingLimit),
      old_limit: optional(text("")),
      current_limit: optional(text("")),
    }),
  phone_number_name_update: (number) =>
    object({
      display_phone_number: text(number.digits),
      decision: choice(["APPROVED", "DEFERRED", "PENDING", "REJECTED"]),
      requested_verified_name: text(number.verifiedName),
      rejection_reason: nullable(choice(nameReasons)),
    }),
  security: (number) =>
    byMember("event", {
      PIN_CHANGED: { display_phone_number: text(number.digits) },
      PIN_RESET_REQUEST: { display_phone_number: text(number.digits), requester: text("61555822107539") },
      PIN_REQUEST_SUCCESS: { display_phone_number: text(number.digits) },
    }),
  business_username_update: (number) =>
    object({
      display_phone_number: text(number.digits),
      username: text(number.more?.username ?? "korenaar"),
      status: choice(["approved", "deleted", "reserved"]),
    }),
};

/** The value of a field about an account, filled in and checked. Fields that are not in the table go as they were given. */
export function accountValue(platform: Platform, account: Account, field: string, given: Body): Body {
  return readWith(aboutAccounts[field], platform, account, given);
}

/** The value of a field about a number, likewise. */
export function aboutNumber(platform: Platform, number: BusinessNumber, field: string, given: Body): Body {
  const account = platform.accountOf(number);
  return readWith(aboutNumbers[field]?.(number), platform, account, given);
}

function readWith(reader: Reader | undefined, platform: Platform, account: Account, given: Body): Body {
  if (!reader) return given;
  return reader(given, "", { platform, account }) as Body;
}

function firstApp({ platform }: About): string {
  const app = platform.state.apps.values().next().value;
  if (!app) throw new ControlError("There is no app.", 409);
  return app.id;
}
