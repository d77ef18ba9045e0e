import { createHash } from "node:crypto";
import { GraphError } from "./graph-error.ts";
import { moreOf } from "./number-more.ts";
import { choiceAt, flagOf, isBody, objectAt, optionalObjectAt, optionalTextAt, textAt } from "./parameters.ts";
import type { Platform } from "./platform.ts";
import type { Body, BusinessNumber, Phone } from "./state.ts";
import { seconds, tell } from "./webhooks.ts";

const kinds = ["calling", "user_identity_change", "storage_configuration", "payload_encryption"];

/** `POST /{number}/settings`: calling and the identity check take effect, storage and payload encryption are kept and shown. Error 100. */
export function changeSettings(platform: Platform, number: BusinessNumber, body: Body): Body {
  const given = kinds.filter((kind) => body[kind] !== undefined && body[kind] !== null);
  if (given.length === 0)
    throw new GraphError(100, { message: `(#100) At least one of ${kinds.join(", ")} is required.` });
  const read = given.map((kind) => [kind, objectAt(body, kind, "")] as const);
  for (const [kind, value] of read) {
    if (kind === "calling" && value.status !== undefined) choiceAt(value, "status", kind, ["ENABLED", "DISABLED"]);
    if (kind === "calling" && value.call_icon_visibility !== undefined)
      choiceAt(value, "call_icon_visibility", kind, ["DEFAULT", "DISABLE_ALL", "VISIBLE", "HIDDEN"]);
    const region = kind === "storage_configuration" ? optionalTextAt(value, "data_localization_region", kind) : null;
    if (region !== null && !regions.includes(region))
      throw new GraphError(100, {
        message: `(#100) Param data_localization_region must be one of {${regions.join(", ")}}.`,
      });
  }
  const { settings } = moreOf(number);
  for (const [kind, value] of read) {
    const old = settings[kind];
    settings[kind] = { ...(isBody(old) ? old : {}), ...value };
  }
  if (given.includes("calling")) tellCalling(platform, number);
  platform.announce({ type: "number", id: number.id });
  return { success: true };
}

/** A change of the calling settings, told whole in `account_settings_update`; of other settings the platform tells nothing yet. */
function tellCalling(platform: Platform, number: BusinessNumber): void {
  const { calling } = showSettings(number);
  const value = {
    messaging_product: "whatsapp",
    timestamp: String(seconds(platform)),
    type: "phone_number_settings",
    phone_number_settings: { phone_number_id: number.id, calling },
  };
  tell(platform, platform.accountOf(number), "account_settings_update", value, number);
}

const regions = "AU ID IN JP SG KR DE CH GB BR BH ZA AE CA".split(" ");

/** `GET /{number}/settings`. */
export function showSettings(number: BusinessNumber): Body {
  const { settings } = moreOf(number);
  const calling = isBody(settings.calling) ? settings.calling : {};
  return {
    storage_configuration: {
      status: "DEFAULT",
      ...(isBody(settings.storage_configuration) ? settings.storage_configuration : {}),
    },
    calling: {
      status: "DISABLED",
      call_icon_visibility: "DEFAULT",
      callback_permission_status: "DISABLED",
      ip_addresses: { default: [] },
      ...calling,
    },
    ...(settings.user_identity_change ? { user_identity_change: settings.user_identity_change } : {}),
    ...(settings.payload_encryption ? { payload_encryption: settings.payload_encryption } : {}),
  };
}

export function checksIdentity(number: BusinessNumber): boolean {
  const change = number.more?.settings.user_identity_change;
  return isBody(change) && (flagOf(change.enable_identity_key_check) || flagOf(change.enabled));
}

/** The hash of a person's identity key, as webhooks carry it while a number checks identities ("Identity change check"). */
export function identityHash(platform: Platform, phone: Phone): string {
  return createHash("sha256")
    .update(`${platform.state.seed}:${phone.number}:identity${phone.identity ?? ""}`)
    .digest("base64")
    .slice(0, 12);
}

/** `POST /{number}/whatsapp_business_encryption`: the public key for a flow's endpoint; see flow-exchange.ts. Error 100. */
export function saveEncryptionKey(number: BusinessNumber, body: Body): Body {
  const key = textAt(body, "business_public_key", "", { min: 1 });
  if (!/^-----BEGIN PUBLIC KEY-----[\s\S]+-----END PUBLIC KEY-----\s*$/.test(key.trim()))
    throw new GraphError(100, { details: "business_public_key must be a public key in PEM." });
  moreOf(number).encryptionKey = key;
  return { success: true };
}

export function showEncryptionKey(number: BusinessNumber): Body {
  const { encryptionKey } = moreOf(number);
  return encryptionKey === null
    ? { data: [] }
    : { data: [{ business_public_key: encryptionKey, business_public_key_signature_status: "VALID" }] };
}

/** `POST /{number}/whatsapp_commerce_settings`. */
export function changeCommerce(number: BusinessNumber, body: Body): Body {
  const { commerce } = moreOf(number);
  if (body.is_cart_enabled !== undefined) commerce.cart = flagOf(body.is_cart_enabled);
  if (body.is_catalog_visible !== undefined) commerce.catalog = flagOf(body.is_catalog_visible);
  return { success: true };
}

export function showCommerce(number: BusinessNumber): Body {
  const { cart, catalog } = moreOf(number).commerce;
  return { data: [{ id: number.id, is_cart_enabled: cart, is_catalog_visible: catalog }] };
}

/** `POST /{number}/business_compliance_info` (India): kept and shown. Error 100. */
export function saveCompliance(number: BusinessNumber, body: Body): Body {
  textAt(body, "entity_name", "", { min: 1, max: 128 });
  textAt(body, "entity_type", "", { min: 1 });
  optionalObjectAt(body, "grievance_officer_details", "");
  optionalObjectAt(body, "customer_care_details", "");
  moreOf(number).compliance = { ...body };
  return { success: true };
}

export function showCompliance(number: BusinessNumber): Body {
  const { compliance } = moreOf(number);
  return { data: compliance === null ? [] : [{ ...compliance, whatsapp_business_account_id: number.accountId }] };
}
