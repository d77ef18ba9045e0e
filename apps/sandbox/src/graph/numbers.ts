import { knownPhone } from "../platform/crowd/crowd.ts";
import { GraphError, missing } from "../platform/graph-error.ts";
import { findByUserId, readNumber, whatsappIdOf } from "../platform/identifiers.ts";
import { receiveMedia, uploadMedia } from "../platform/media.ts";
import { askForName, changePin } from "../platform/number-life.ts";
import { moreOf } from "../platform/number-more.ts";
import { choiceAt, listAt, objectsAt, optionalObjectAt, optionalTextAt, textAt } from "../platform/parameters.ts";
import type { Platform } from "../platform/platform.ts";
import { isWindowOpen } from "../platform/progress.ts";
import { markRead, sendMessage } from "../platform/send.ts";
import type { Body, BusinessNumber } from "../platform/state.ts";
import { pick } from "../platform/templates.ts";
import { controlThread, noteSentBy } from "../platform/thread-control.ts";
import { fieldsOf, nonexistent, noSuchEdge } from "./fields.ts";
import { numberFields, numberNode } from "./nodes.ts";
import { answerNumberFeature } from "./number-features.ts";
import type { GraphRequest, HttpRequest } from "./request.ts";

export function answerNumber(
  platform: Platform,
  number: BusinessNumber,
  request: GraphRequest,
  call: string,
  leaf: string | undefined,
  http: HttpRequest,
): unknown {
  const { parameters } = request;
  switch (call) {
    case "GET":
      return pick(numberNode(platform, number), fieldsOf(request, numberFields), "WhatsAppBusinessPhoneNumber");
    case "POST":
      return changeNumber(platform, number, request);
    case "POST messages":
      // Marking as read shares the path with sending; it is told apart by its members.
      return parameters.status !== undefined && parameters.message_id !== undefined
        ? markRead(platform, number, parameters)
        : send(platform, number, request, "messages");
    case "PUT messages":
      return markRead(platform, number, parameters);
    case "POST marketing_messages":
      return send(platform, number, request, "marketing_messages");
    case "POST media":
      return answerUpload(platform, number, request);
    case "GET whatsapp_business_profile":
      return {
        data: [
          profileOf(
            number,
            fieldsOf(request, [
              "about",
              "address",
              "description",
              "email",
              "profile_picture_url",
              "websites",
              "vertical",
            ]),
          ),
        ],
      };
    case "POST whatsapp_business_profile":
      return changeProfile(platform, number, parameters);
    case "GET block_users":
      return { data: [...number.blockedUsers].map((digits) => ({ messaging_product: "whatsapp", wa_id: digits })) };
    case "POST block_users":
    case "DELETE block_users":
      return blockUsers(platform, number, parameters, request.method === "POST");
    case "POST thread_control": {
      const appId = platform.state.tokens.get(request.token ?? "")?.appId ?? "";
      return controlThread(platform, number, appId, parameters);
    }
    default: {
      const answered = answerNumberFeature(platform, number, request, call, leaf, http);
      if (answered !== undefined) return answered;
      throw noSuchEdge(request, "WhatsAppBusinessPhoneNumber");
    }
  }
}

function send(
  platform: Platform,
  number: BusinessNumber,
  request: GraphRequest,
  via: "messages" | "marketing_messages",
): Body {
  const { parameters } = request;
  const answer = sendMessage(platform, number, parameters, via);
  const appId = platform.state.tokens.get(request.token ?? "")?.appId;
  const [sent] = Array.isArray(answer.messages) ? (answer.messages as Body[]) : [];
  const { access_token: _token, ...asked } = parameters;
  if (appId !== undefined && number.more?.routing) noteSentBy(platform, number, appId, sent?.id, asked);
  return answer;
}

async function changeNumber(platform: Platform, number: BusinessNumber, request: GraphRequest): Promise<unknown> {
  const { parameters } = request;
  const configuration = optionalObjectAt(parameters, "webhook_configuration", "");
  if (configuration) {
    const url = textAt(configuration, "override_callback_uri", "webhook_configuration", { max: 200 });
    if (url !== "") {
      await platform.callbacks.handshake(
        url,
        optionalTextAt(configuration, "verify_token", "webhook_configuration") ?? "",
      );
    }
    number.callbackUrl = url === "" ? null : url;
    const appId = platform.state.tokens.get(request.token ?? "")?.appId;
    if (appId !== undefined) number.callbackAppId = appId;
  } else if (parameters.pin !== undefined) {
    changePin(platform, number, parameters);
  } else if (parameters.new_display_name !== undefined) {
    askForName(number, parameters);
  } else if (parameters.search_visibility !== undefined) {
    const visibility = choiceAt(parameters, "search_visibility", "", ["VISIBLE", "NON_VISIBLE", "HIDDEN"]);
    moreOf(number).settings.search_visibility = visibility;
  } else {
    throw new GraphError(100, {
      message: "(#100) At least one of pin, webhook_configuration, new_display_name, search_visibility is required.",
    });
  }
  platform.announce({ type: "number", id: number.id });
  return { success: true };
}

function answerUpload(platform: Platform, number: BusinessNumber, request: GraphRequest): unknown {
  if (request.parameters.messaging_product !== "whatsapp") throw missing("messaging_product");
  const file = request.files.get("file");
  if (!file) throw missing("file");
  const declared = optionalTextAt(request.parameters, "type", "");
  const media = uploadMedia(
    platform,
    number,
    file.mimeType === "application/octet-stream" && declared ? { ...file, mimeType: declared } : file,
  );
  return { id: media.id };
}

function profileOf(number: BusinessNumber, fields: readonly string[]): Body {
  const known = [
    "about",
    "address",
    "description",
    "email",
    "profile_picture_url",
    "websites",
    "vertical",
    "messaging_product",
  ];
  const profile: Body = { messaging_product: "whatsapp" };
  for (const field of fields) {
    if (!known.includes(field)) throw nonexistent(field, "WhatsAppBusinessProfile");
    if (number.profile[field] !== undefined) profile[field] = number.profile[field];
  }
  return profile;
}

const verticals =
  "UNDEFINED OTHER AUTO BEAUTY APPAREL EDU ENTERTAIN EVENT_PLAN FINANCE GROCERY GOVT HOTEL HEALTH NONPROFIT PROF_SERVICES RETAIL TRAVEL RESTAURANT NOT_A_BIZ ALCOHOL ONLINE_GAMBLING PHYSICAL_GAMBLING OTC_DRUGS".split(
    " ",
  );

function changeProfile(platform: Platform, number: BusinessNumber, parameters: Body): unknown {
  if (parameters.messaging_product !== "whatsapp") throw missing("messaging_product");
  const changes: Body = {};
  const limits: Record<string, { min?: number; max: number }> = {
    about: { min: 1, max: 139 },
    address: { max: 256 },
    description: { max: 512 },
    email: { max: 128 },
  };
  for (const [field, limit] of Object.entries(limits)) {
    const value = optionalTextAt(parameters, field, "", limit);
    if (value !== null) changes[field] = value;
  }
  const email = changes.email;
  if (typeof email === "string" && email !== "" && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) {
    throw new GraphError(100, { message: "(#100) Param email must be a valid email address" });
  }
  const vertical = optionalTextAt(parameters, "vertical", "");
  if (vertical !== null && vertical !== "" && !verticals.includes(vertical)) {
    throw new GraphError(100, {
      message: `(#100) Param vertical must be one of {${verticals.join(", ")}} - got "${vertical}".`,
    });
  }
  if (vertical !== null) changes.vertical = vertical;
  if (parameters.websites !== undefined && parameters.websites !== null) {
    const websites = listAt(parameters, "websites", "");
    if (
      websites.length > 2 ||
      websites.some((site) => typeof site !== "string" || site.length > 256 || !/^https?:\/\//.test(site))
    ) {
      throw new GraphError(100, {
        message: "(#100) Param websites must be at most 2 valid URIs of at most 256 characters.",
      });
    }
    changes.websites = websites;
  }
  const handle = optionalTextAt(parameters, "profile_picture_handle", "");
  if (handle) changes.profile_picture_url = pictureOf(platform, handle);
  Object.assign(number.profile, changes);
  platform.announce({ type: "number", id: number.id });
  return { success: true };
}

/** The picture a finished upload holds, where anybody can look at it, as at the platform's. Error 100 for a handle of nothing. */
function pictureOf(platform: Platform, handle: string): string {
  const upload = [...platform.state.uploads.values()].find((one) => one.handle === handle);
  if (!upload?.fileType.startsWith("image/"))
    throw new GraphError(100, {
      message: "(#100) Param profile_picture_handle must be the handle of an uploaded image.",
    });
  const file = { bytes: upload.bytes, mimeType: upload.fileType, filename: null };
  return `${platform.baseUrl}/_sandbox/media/${receiveMedia(platform, file, null).id}`;
}

/** Only people who wrote in the last 24 hours can be blocked; a partial failure is 400 with both lists ("Block users"). */
function blockUsers(platform: Platform, number: BusinessNumber, parameters: Body, block: boolean): unknown {
  const account = platform.accountOf(number);
  const done: Body[] = [];
  const failed: Body[] = [];
  for (const { item, path } of objectsAt(listAt(parameters, "block_users", ""), "block_users")) {
    const userId = optionalTextAt(item, "user_id", path);
    const input = userId ?? textAt(item, "user", path);
    const phone = userId
      ? findByUserId(platform.state, account.portfolioId, userId)
      : knownPhone(platform.state, whatsappIdOf(readNumber(input, number.digits) ?? ""));
    const shown = {
      input,
      ...(userId ? { user_id: userId } : { wa_id: whatsappIdOf(readNumber(input, number.digits) ?? input) }),
    };
    if (!block) {
      if (phone) number.blockedUsers.delete(phone.number);
      done.push(shown);
    } else if (phone && isWindowOpen(platform.thread(number.id, phone.number), platform.now())) {
      number.blockedUsers.add(phone.number);
      done.push(shown);
    } else {
      const details =
        "Message failed to send because more than 24 hours have passed since the customer last replied to this number.";
      failed.push({
        ...shown,
        errors: [{ message: "(#131047) Re-engagement required", code: 131047, error_data: { details } }],
      });
    }
  }
  const list = {
    [block ? "added_users" : "removed_users"]: done,
    ...(failed.length > 0 ? { failed_users: failed } : {}),
  };
  const beside = { messaging_product: "whatsapp", block_users: list };
  if (failed.length > 0) {
    throw new GraphError(139100, {
      beside,
      details: "Failed to block some users, see the block_users response list for details",
    });
  }
  return beside;
}
