import { parseDurationMs, plus, toIso } from "@loket/kit";
import { joinBusinessApp, leaveBusinessApp } from "../platform/app-connection.ts";
import { writeFromApp } from "../platform/business-app.ts";
import { permissionOf, permitCalls, personAnswers, personCalls } from "../platform/calls.ts";
import { become, flowStatuses } from "../platform/flows.ts";
import { personReadsGroup, personWritesToGroup } from "../platform/group-messages.ts";
import { type Group, groupNode, joinByLink, leaveGroup, suspendGroup } from "../platform/groups.ts";
import { decideName } from "../platform/number-life.ts";
import { moreOf } from "../platform/number-more.ts";
import { isBody } from "../platform/parameters.ts";
import { ControlError, personWrites } from "../platform/people.ts";
import type { Platform } from "../platform/platform.ts";
import { drawQrCode, openLink } from "../platform/qr-codes.ts";
import { subscribeByLink } from "../platform/signup-links.ts";
import type { Body, BusinessNumber, Phone } from "../platform/state.ts";
import { setRouting } from "../platform/thread-control.ts";
import { tell } from "../platform/webhooks.ts";
import { numberFor, phoneOf } from "./find.ts";
import { textOf } from "./members.ts";
import { tokenSettings } from "./settings.ts";
import { showNumber } from "./show.ts";
import { alertValue } from "./told-by-hand.ts";

/**
 * The control face of what is beside messages: links, calls, groups, a number's codes and names, flows, tokens. `undefined` where the
 * call is none of these. `call` is the method and the path with `*` for ids.
 */
export function answerFeature(platform: Platform, call: string, id: string | undefined, read: () => Body): unknown {
  switch (call) {
    case "POST phones * links":
      return followLink(platform, phoneOf(platform, id), read());
    case "GET qr *": {
      const picture = drawQrCode(platform, id ?? "");
      if (!picture) throw new ControlError(`No QR code ${id}.`, 404);
      return { rawAnswer: true, status: 200, headers: { "content-type": picture.type }, body: picture.body };
    }
    case "POST phones * calls":
      return phoneCall(platform, phoneOf(platform, id), read());
    case "POST phones * groups":
      return groupAction(platform, phoneOf(platform, id), read());
    case "GET numbers *":
      return showWhole(platform, numberFor(platform, id));
    case "POST numbers * name":
      return decideNumberName(platform, numberFor(platform, id), read());
    case "POST numbers * echoes": {
      const body = read();
      return { id: writeFromApp(platform, numberFor(platform, id), phoneOf(platform, textOf(body.to, "to")), body).id };
    }
    case "GET flows":
      return { items: [...platform.state.flows.values()] };
    case "PUT flows *":
      return changeFlow(platform, id, read());
    case "GET groups":
      return { items: [...platform.state.groups.values()].map(showGroup) };
    case "GET groups *":
      return showGroup(knownGroup(platform, id));
    case "PUT groups *":
      suspendGroup(platform, knownGroup(platform, id), read().suspended === true);
      return showGroup(knownGroup(platform, id));
    case "PUT tokens *":
      return changeToken(platform, id, read());
    default:
      return undefined;
  }
}

/** Settings of a number beside those of businesses.ts: whether it is official, whom a test number may write to, coexistence. */
export function changeNumberMore(platform: Platform, number: BusinessNumber, body: Body): void {
  const more = moreOf(number);
  if (typeof body.officialBusinessAccount === "boolean") {
    more.official = body.officialBusinessAccount;
    const alert = alertValue(more.official ? "OBA_APPROVED" : "OBA_REJECTED", number.id);
    tell(platform, platform.accountOf(number), "account_alerts", alert);
  }
  if (body.routing !== undefined) setRouting(platform, number, body.routing);
  if (body.allowedRecipients === null) more.allowedRecipients = null;
  if (Array.isArray(body.allowedRecipients))
    more.allowedRecipients = body.allowedRecipients.map((one) => String(one).replace(/\D/g, ""));
  if (body.businessApp === false || body.businessApp === null) {
    leaveBusinessApp(platform, number, body.disconnectionReason);
  } else if (body.businessApp !== undefined) {
    const sharesHistory = !(isBody(body.businessApp) && body.businessApp.sharesHistory === false);
    joinBusinessApp(platform, number, sharesHistory);
  }
  if (body.nameStatus === "APPROVED" || body.nameStatus === "PENDING_REVIEW" || body.nameStatus === "DECLINED")
    more.nameStatus = body.nameStatus;
}

/** All of a number, with the verification code nobody sends anywhere. */
function showWhole(platform: Platform, number: BusinessNumber): Body {
  const more = moreOf(number);
  return {
    ...showNumber(number),
    pin: number.pin,
    code: more.code,
    codeStatus: more.codeStatus,
    nameStatus: more.nameStatus,
    newName: more.newName,
    username: more.username,
    prompts: more.prompts,
    commands: more.commands,
    officialBusinessAccount: more.official,
    allowedRecipients: more.allowedRecipients,
    businessApp: more.businessApp === null ? null : { ...more.businessApp, since: toIso(more.businessApp.since) },
    calls: [...platform.state.calls.values()].filter(({ numberId }) => numberId === number.id),
  };
}

function decideNumberName(platform: Platform, number: BusinessNumber, body: Body): Body {
  if (body.type !== "approve" && body.type !== "reject") throw new ControlError("type must be approve or reject.");
  const reason = typeof body.reason === "string" ? body.reason : null;
  if (!decideName(platform, number, body.type === "approve", reason))
    throw new ControlError("No name of this number is under review.", 409);
  return showWhole(platform, number);
}

function followLink(platform: Platform, phone: Phone, body: Body): Body {
  const link = textOf(body.link, "link");
  if (link.startsWith("https://chat.whatsapp.com/")) return showGroup(joinByLink(platform, phone, link));
  const [, to, signupId] = /^https:\/\/wa\.me\/(\d+)\/signup\/(\d+)$/.exec(link) ?? [];
  if (signupId !== undefined) return { id: subscribeByLink(platform, phone, numberFor(platform, to), signupId).id };
  const { numberId, draft } = openLink(platform, phone, link);
  const number = numberFor(platform, numberId);
  // What the phone shows in a chat with nothing in it yet ("Conversational components").
  return { numberId, draft, prompts: moreOf(number).prompts, commands: moreOf(number).commands };
}

function phoneCall(platform: Platform, phone: Phone, body: Body): Body {
  const number = () => numberFor(platform, body.to);
  switch (body.type) {
    case "call": {
      const { id, state } = personCalls(platform, number(), phone);
      return { id, state };
    }
    case "accept":
    case "reject":
    case "end": {
      const { id, state } = personAnswers(platform, textOf(body.id, "id"), body.type);
      return { id, state };
    }
    case "permit":
    case "refuse": {
      const reply = { response: body.type === "permit" ? "accept" : "reject", is_permanent: body.permanent === true };
      const content = permitCalls(platform, number(), phone, reply);
      const message = personWrites(platform, phone, number(), {
        type: "interactive",
        ...(body.context === undefined ? {} : { context: body.context }),
        interactive: { type: "call_permission_reply", call_permission_reply: content },
      });
      return { id: message?.id, permitted: permissionOf(platform, number(), phone).until !== null };
    }
    default:
      throw new ControlError("type must be one of call, accept, reject, end, permit, refuse.");
  }
}

function groupAction(platform: Platform, phone: Phone, body: Body): Body {
  if (body.type === "join") return showGroup(joinByLink(platform, phone, textOf(body.link ?? body.group, "link")));
  const group = knownGroup(platform, typeof body.group === "string" ? body.group : undefined);
  switch (body.type) {
    case "leave":
      leaveGroup(platform, phone, group);
      return showGroup(group);
    case "read":
      personReadsGroup(platform, group);
      return showGroup(group);
    case "write":
      return { id: personWritesToGroup(platform, phone, group, isBody(body.message) ? body.message : {}).id };
    default:
      throw new ControlError("type must be one of join, leave, read, write.");
  }
}

function knownGroup(platform: Platform, id: string | undefined): Group {
  const group = platform.state.groups.get(id ?? "");
  if (!group) throw new ControlError(`No group ${id}.`, 404);
  return group;
}

function showGroup(group: Group): Body {
  return {
    ...groupNode(group),
    picture: group.picture?.mediaId ?? null,
    inviteLink: `https://chat.whatsapp.com/${group.invite}`,
    joinRequests: [...group.joinRequests.keys()],
    messages: [...group.messages.values()],
  };
}

function changeFlow(platform: Platform, id: string | undefined, body: Body): Body {
  const flow = platform.state.flows.get(id ?? "");
  if (!flow) throw new ControlError(`No flow ${id}.`, 404);
  const status = flowStatuses.find((one) => one === body.status);
  if (!status) throw new ControlError(`status must be one of ${flowStatuses.join(", ")}.`);
  become(platform, flow, status);
  return { id: flow.id, status };
}

/** A token runs out sooner, or is revoked with a subcode of 190 (458, 460, 467); `revoked: null` gives it back. */
function changeToken(platform: Platform, id: string | undefined, body: Body): Body {
  const token = platform.state.tokens.get(id ?? "");
  if (!token) throw new ControlError("No such token.", 404);
  tokenSettings(body, "");
  if (body.revoked === null) delete token.revoked;
  if (typeof body.revoked === "number") token.revoked = body.revoked;
  if (typeof body.expiresIn === "string") token.expiresAt = plus(platform.now(), parseDurationMs(body.expiresIn) ?? 0);
  return { revoked: token.revoked ?? null, expiresAt: token.expiresAt === null ? null : toIso(token.expiresAt) };
}
