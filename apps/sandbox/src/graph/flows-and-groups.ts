import {
  changeFlow,
  deleteFlow,
  deprecateFlow,
  type Flow,
  flowFields,
  flowNode,
  previewOf,
  publishFlow,
  saveFlowJson,
} from "../platform/flows.ts";
import {
  changeGroup,
  decideJoinRequests,
  deleteGroup,
  type Group,
  groupFields,
  groupNode,
  inviteLink,
  listJoinRequests,
  removeParticipants,
  resetInvite,
} from "../platform/groups.ts";
import { mediaUrl, receiveMedia } from "../platform/media.ts";
import type { Platform } from "../platform/platform.ts";
import { pick } from "../platform/templates.ts";
import { fieldsOf, noSuchEdge } from "./fields.ts";
import type { GraphRequest } from "./request.ts";

/** `/{flow}` and its edges ("Flows API"). */
export function answerFlow(platform: Platform, flow: Flow, request: GraphRequest, call: string): unknown {
  switch (call) {
    case "GET": {
      const renewed = /preview\.invalidate\(true\)/.test(request.query.get("fields") ?? "");
      if (renewed) previewOf(platform, flow, true);
      return pick(flowNode(platform, flow), fieldsOf(request, flowFields), "WhatsAppFlow");
    }
    case "POST":
      return changeFlow(platform, flow, request.parameters);
    case "DELETE":
      return deleteFlow(platform, flow);
    case "GET assets":
      return { data: assetsOf(platform, flow) };
    case "POST assets":
      return saveFlowJson(platform, flow, request.files.get("file"), request.parameters);
    case "POST publish":
      return publishFlow(platform, flow);
    case "POST deprecate":
      return deprecateFlow(platform, flow);
    default:
      throw noSuchEdge(request, "WhatsAppFlow");
  }
}

function assetsOf(platform: Platform, flow: Flow): unknown[] {
  if (flow.json === null) return [];
  const file = { bytes: new Uint8Array(Buffer.from(flow.json)), mimeType: "application/json", filename: "flow.json" };
  const media = receiveMedia(platform, file, null);
  return [{ name: "flow.json", asset_type: "FLOW_JSON", download_url: mediaUrl(platform, media) }];
}

/** `/{group}` and its edges ("Groups API"). */
export function answerGroup(platform: Platform, group: Group, request: GraphRequest, call: string): unknown {
  const { parameters } = request;
  switch (call) {
    case "GET":
      return pick(groupNode(group), fieldsOf(request, groupFields), "WhatsAppBusinessGroup");
    case "POST":
      return changeGroup(
        platform,
        group,
        parameters,
        request.files.get("profile_picture_file") ?? request.files.get("file"),
      );
    case "DELETE":
      return deleteGroup(platform, group);
    case "GET invite_link":
      return inviteLink(group);
    case "POST invite_link":
      return resetInvite(platform, group);
    case "DELETE invite_link":
      resetInvite(platform, group);
      return { messaging_product: "whatsapp", success: true };
    case "GET join_requests":
      return { data: listJoinRequests(group) };
    case "POST join_requests":
      return decideJoinRequests(platform, group, parameters, true);
    case "DELETE join_requests":
      return decideJoinRequests(platform, group, parameters, false);
    case "DELETE participants":
      return removeParticipants(platform, group, parameters);
    default:
      throw noSuchEdge(request, "WhatsAppBusinessGroup");
  }
}
