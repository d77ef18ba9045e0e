import { synchronize } from "../platform/business-app.ts";
import { callAction, showCallPermission } from "../platform/calls.ts";
import { changeConversation, conversationNode } from "../platform/conversational.ts";
import { GraphError, missing } from "../platform/graph-error.ts";
import { createGroup, groupsOf } from "../platform/groups.ts";
import { historyFields, listHistory } from "../platform/message-history.ts";
import { deregister, register, requestCode, verifyCode } from "../platform/number-life.ts";
import { moreOf } from "../platform/number-more.ts";
import type { Platform } from "../platform/platform.ts";
import { deleteQrCode, listQrCodes, type Picture, saveQrCode, showQrCode } from "../platform/qr-codes.ts";
import {
  changeCommerce,
  changeSettings,
  saveCompliance,
  saveEncryptionKey,
  showCommerce,
  showCompliance,
  showEncryptionKey,
  showSettings,
} from "../platform/settings.ts";
import type { BusinessNumber } from "../platform/state.ts";
import { pick } from "../platform/templates.ts";
import { dropUsername, showUsername, suggestUsernames, takeUsername } from "../platform/usernames.ts";
import { fieldsOf } from "./fields.ts";
import { page } from "./nodes.ts";
import type { GraphRequest, HttpRequest } from "./request.ts";

/**
 * The edges of a phone number beside its messages, media, profile and blocks: registration, QR codes, conversational components,
 * usernames, settings, calls, groups and coexistence. `undefined` where the edge is none of these.
 */
export function answerNumberFeature(
  platform: Platform,
  number: BusinessNumber,
  request: GraphRequest,
  call: string,
  leaf: string | undefined,
  http: HttpRequest,
): unknown {
  const { parameters } = request;
  const url = `${platform.baseUrl}${http.path}?${http.query.toString()}`;
  switch (call) {
    case "POST register":
      if (parameters.messaging_product !== undefined && parameters.messaging_product !== "whatsapp")
        throw missing("messaging_product");
      return register(platform, number, parameters);
    case "POST deregister":
      return deregister(platform, number);
    case "POST request_code":
      return requestCode(platform, number, parameters);
    case "POST verify_code":
      return verifyCode(platform, number, parameters);
    case "GET settings":
      return showSettings(number);
    case "POST settings":
      return changeSettings(platform, number, parameters);
    case "GET message_qrdls": {
      const picture = pictureOf(request);
      if (leaf !== undefined) return { data: [showQrCode(platform, number, leaf, picture)] };
      const code = request.query.get("code");
      const codes = code ? [showQrCode(platform, number, code, picture)] : listQrCodes(platform, number, picture);
      const fields = fieldsOf(request, ["code", "prefilled_message", "deep_link_url"]);
      return page(
        codes.map((one) => ({ ...pick({ ...one, id: null }, fields, "WhatsAppBusinessQRCode"), id: undefined })),
        request.query,
        url,
      );
    }
    case "POST message_qrdls":
      return saveQrCode(platform, number, leaf === undefined ? parameters : { ...parameters, code: leaf });
    case "DELETE message_qrdls":
      return deleteQrCode(platform, number, leaf);
    case "GET conversational_automation":
      return conversationNode(number);
    case "POST conversational_automation":
      return changeConversation(platform, number, parameters);
    case "GET username":
      return showUsername(number);
    case "POST username":
      return takeUsername(platform, number, parameters);
    case "DELETE username":
      return dropUsername(platform, number);
    case "GET username_suggestions":
      return suggestUsernames(platform, number);
    case "GET whatsapp_business_encryption":
      return showEncryptionKey(number);
    case "POST whatsapp_business_encryption":
      return saveEncryptionKey(number, parameters);
    case "GET whatsapp_commerce_settings":
      return showCommerce(number);
    case "POST whatsapp_commerce_settings":
      return changeCommerce(number, parameters);
    case "GET business_compliance_info":
      return showCompliance(number);
    case "POST business_compliance_info":
      return saveCompliance(number, parameters);
    case "GET official_business_account":
      return {
        id: number.id,
        oba_status: moreOf(number).official ? "APPROVED" : "NOT_STARTED",
        status_message: "",
      };
    case "POST calls":
      return callAction(platform, number, parameters);
    case "GET call_permissions":
      return showCallPermission(platform, number, parameters);
    case "POST groups":
      return createGroup(platform, number, parameters);
    case "GET groups": {
      const groups = groupsOf(platform, number).map(({ id, subject, createdAt }) => ({
        id,
        subject,
        created_at: String(Math.floor(createdAt / 1000)),
      }));
      const { data, ...paging } = page(groups, request.query, url);
      return { data: { groups: data }, ...paging };
    }
    case "GET message_history": {
      const fields = fieldsOf(request, historyFields);
      const listed = listHistory(platform, number, request.query);
      return page(
        listed.map((node) => pick(node, fields, "WhatsAppMessageHistory")),
        request.query,
        url,
      );
    }
    case "POST smb_app_data":
      return synchronize(platform, number, parameters);
    case "POST official_business_account":
      throw new GraphError(100, { details: "Reviews of official business accounts are decided on the control face." });
    default:
      return undefined;
  }
}

/** `fields=qr_image_url.format(PNG)`; SVG where no format is said. */
function pictureOf(request: GraphRequest): Picture {
  const asked = /qr_image_url(?:\.format\((\w+)\))?/.exec(request.query.get("fields") ?? "");
  if (!asked) return null;
  return asked[1]?.toUpperCase() === "PNG" ? "PNG" : "SVG";
}
