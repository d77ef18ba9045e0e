import type { AccountChange, MessagingLimit } from "./events.ts";
import { instantOf, type Json, listOf, numberOf, objectOf, present, required, textOf } from "./read.ts";
import type { Change, FieldReader } from "./receive.ts";

/** The fields in which the platform speaks about the account and its numbers ("Webhooks reference"). */
export const accountFields: readonly (readonly [string, FieldReader])[] = [
  ["account_update", (change) => emitAccountChange(change, readAccountUpdate(change.value))],
  [
    "account_review_update",
    (change) =>
      emitAccountChange(change, { type: "reviewed", decision: required(lower(change.value.decision), "The decision") }),
  ],
  [
    "business_username_update",
    ({ value, ...change }) =>
      emitAccountChange(
        { value, ...change },
        {
          type: "usernameChanged",
          status: required(lower(value.status), "The username's status"),
          ...present({ username: textOf(value.username) }),
        },
      ),
  ],
  [
    "payment_configuration_update",
    (change) =>
      emitAccountChange(change, {
        type: "paymentConfiguration",
        ...present({ name: textOf(change.value.configuration_name), status: lower(change.value.status) }),
      }),
  ],
  [
    "partner_solutions",
    (change) =>
      emitAccountChange(change, {
        type: "partnerSolution",
        ...present({ solutionId: textOf(change.value.solution_id), status: lower(change.value.solution_status) }),
      }),
  ],
  ["phone_number_quality_update", readSenderQuality],
  ["phone_number_name_update", readSenderName],
  ["security", readSecurity],
  ["business_capability_update", readCapability],
  ["account_alerts", readAlert],
  ["flows", readFlow],
];

function base({ path, sender, at, value, keyOf }: Change) {
  return { eventKey: keyOf(value), at, path, sender };
}

function lower(value: unknown): string | undefined {
  return textOf(value)?.toLowerCase();
}

function emitAccountChange(change: Change, what: AccountChange): void {
  change.walk.emit({ kind: "accountChanged", ...base(change), change: what, raw: change.value });
}

function readAccountUpdate(value: Json): AccountChange {
  const event = required(textOf(value.event), "The event of an account update");
  switch (event) {
    case "ACCOUNT_VIOLATION": {
      const info = objectOf(value.violation_info);
      return {
        type: "violation",
        violation: lower(info?.violation_type) ?? "unknown",
        ...present({ remediation: textOf(info?.remediation) }),
      };
    }
    case "ACCOUNT_RESTRICTION":
      return {
        type: "restrictions",
        restrictions: (listOf(value.restriction_info) ?? []).map((raw) => {
          const info = objectOf(raw) ?? {};
          return {
            restriction: lower(info.restriction_type) ?? "unknown",
            ...present({ until: instantOf(info.expiration), remediation: textOf(info.remediation) }),
          };
        }),
      };
    case "DISABLED_UPDATE": {
      const info = objectOf(value.ban_info) ?? objectOf(listOf(value.ban_info)?.[0]);
      const state = lower(info?.waba_ban_state);
      return {
        type: "ban",
        state: state === "reinstate" ? "reinstated" : state === "schedule_for_disable" ? "scheduled" : "disabled",
        ...present({ date: textOf(info?.waba_ban_date) }),
      };
    }
    case "ACCOUNT_DELETED":
      return { type: "deleted" };
    case "ACCOUNT_OFFBOARDED":
      return { type: "offboarded" };
    case "ACCOUNT_RECONNECTED":
      return { type: "reconnected" };
    case "PARTNER_ADDED":
      return { type: "partner", what: "added" };
    case "PARTNER_REMOVED": {
      // For a number shared with the business's own app this is how the end of the sharing is told.
      const info = objectOf(value.disconnection_info);
      if (!info) return { type: "partner", what: "removed" };
      return {
        type: "disconnected",
        reason: lower(info.reason) ?? "unknown",
        ...present({ by: lower(info.initiated_by) }),
      };
    }
    case "PARTNER_APP_INSTALLED":
    case "PARTNER_APP_UNINSTALLED":
      return {
        type: "partner",
        what: event === "PARTNER_APP_INSTALLED" ? "appInstalled" : "appUninstalled",
        ...present({ partnerAppId: textOf(objectOf(value.waba_info)?.partner_app_id) }),
      };
    case "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE":
      return {
        type: "partner",
        what: "verification",
        ...present({ status: lower(objectOf(value.partner_client_certification_info)?.status) }),
      };
    case "AD_ACCOUNT_LINKED":
      return {
        type: "adAccountLinked",
        ...present({ adAccountId: textOf(objectOf(value.waba_info)?.ad_account_linked) }),
      };
    case "MM_LITE_TERMS_SIGNED":
      return { type: "marketingTermsSigned" };
    case "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE":
      return { type: "locationSet", country: required(textOf(value.country), "The country") };
    case "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE": {
      const info = objectOf(value.auth_international_rate_eligibility);
      return {
        type: "authenticationRate",
        ...present({ startsAt: instantOf(info?.start_time) }),
        exceptions: (listOf(info?.exception_countries) ?? []).map((raw) => {
          const exception = objectOf(raw) ?? {};
          return {
            country: textOf(exception.country_code) ?? "",
            ...present({ startsAt: instantOf(exception.start_time) }),
          };
        }),
      };
    }
    case "VOLUME_BASED_PRICING_TIER_UPDATE": {
      const info = objectOf(value.volume_tier_info);
      return {
        type: "volumeTier",
        ...present({
          category: lower(info?.pricing_category),
          tier: textOf(info?.tier),
          region: textOf(info?.region),
          month: textOf(info?.effective_month),
        }),
      };
    }
    default:
      return { type: "other", event };
  }
}

/** `TIER_2K`, `2000`, `-1`, `TIER_UNLIMITED`, `TIER_NOT_SET`: one limit, many spellings. */
export function readLimit(value: unknown): MessagingLimit | undefined {
  const word = textOf(value)?.toUpperCase();
  if (word === undefined) return undefined;
  const number = numberOf(word);
  if (number !== undefined) return number < 0 ? "unlimited" : number;
  if (word === "TIER_UNLIMITED") return "unlimited";
  if (word === "TIER_NOT_SET") return "unset";
  const tier = /^TIER_(\d+)(K|M)?$/.exec(word);
  return tier ? Number(tier[1]) * (tier[2] === "K" ? 1_000 : tier[2] === "M" ? 1_000_000 : 1) : undefined;
}

function readSenderQuality(change: Change): void {
  const { value } = change;
  change.walk.emit({
    kind: "senderQualityChanged",
    ...base(change),
    change: required(lower(value.event), "The event of a quality update"),
    ...present({
      limit: readLimit(value.max_daily_conversations_per_business) ?? readLimit(value.current_limit),
      limitBefore: readLimit(value.old_limit),
    }),
  });
}

function readSenderName(change: Change): void {
  const { value } = change;
  change.walk.emit({
    kind: "senderNameChanged",
    ...base(change),
    decision: required(lower(value.decision), "The decision about a name"),
    ...present({ name: textOf(value.requested_verified_name), reason: lower(value.rejection_reason) }),
  });
}

function readSecurity(change: Change): void {
  const { value } = change;
  change.walk.emit({
    kind: "senderSecurityChanged",
    ...base(change),
    change: required(lower(value.event), "The event of a security update"),
    ...present({ requester: textOf(value.requester) }),
  });
}

function readCapability(change: Change): void {
  const { value } = change;
  change.walk.emit({
    kind: "capabilityChanged",
    ...base(change),
    ...present({
      messagingLimit:
        readLimit(value.max_daily_conversations_per_business) ?? readLimit(value.max_daily_conversation_per_phone),
      maxNumbersPerBusiness: numberOf(value.max_phone_numbers_per_business),
      maxNumbersPerAccount: numberOf(value.max_phone_numbers_per_waba),
    }),
  });
}

function readAlert(change: Change): void {
  const { value } = change;
  const info = objectOf(value.alert_info) ?? value;
  const entityId = textOf(value.entity_id);
  change.walk.emit({
    kind: "alertRaised",
    ...base(change),
    severity: lower(info.alert_severity) ?? "unknown",
    alert: required(lower(info.alert_type), "The kind of alert"),
    ...present({
      status: lower(info.alert_status),
      description: textOf(info.alert_description),
      entity: entityId === undefined ? undefined : { type: lower(value.entity_type) ?? "unknown", id: entityId },
    }),
  });
}

function readFlow(change: Change): void {
  const { value } = change;
  change.walk.emit({
    kind: "flowEvent",
    ...base(change),
    event: required(lower(value.event), "The event of a form"),
    ...present({
      flowId: textOf(value.flow_id),
      message: textOf(value.message),
      before: lower(value.old_status),
      after: lower(value.new_status),
    }),
    raw: value,
  });
}
