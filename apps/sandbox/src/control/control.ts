import { parseDurationMs, toIso } from "@loket/kit";
import type { HttpAnswer, HttpRequest } from "../graph/request.ts";
import { coverage } from "../imitation/coverage.ts";
import { platformJson } from "../platform/callbacks.ts";
import { existingThread } from "../platform/crowd/crowd.ts";
import { GraphError } from "../platform/graph-error.ts";
import { personChangesIdentity } from "../platform/identity.ts";
import { receiveMedia } from "../platform/media.ts";
import { isBody } from "../platform/parameters.ts";
import {
  ControlError,
  importHistory,
  personBlocks,
  personChangesNumber,
  personPlays,
  personPrefers,
  personReads,
  personReports,
  personWrites,
  readPhoneSettings,
  setUpPhone,
} from "../platform/people.ts";
import type { Platform } from "../platform/platform.ts";
import { showLedger } from "../platform/rules/ledger.ts";
import { showMails } from "../platform/rules/mails.ts";
import { sampleFile } from "../platform/sample-files.ts";
import { type Body, type BusinessNumber, defaultFaults, type Phone } from "../platform/state.ts";
import { reactTo, tap } from "../platform/taps.ts";
import { lastInstant } from "../platform/turning-clock.ts";
import { metadataOf, tell } from "../platform/webhooks.ts";
import { defaultWorld } from "../platform/world.ts";
import { answerAccountRecords } from "./account-records.ts";
import {
  accountEvent,
  actOnTemplate,
  changeAccount,
  changeApp,
  changeNumber,
  giveStrike,
  makeAppeal,
  newAccount,
  newApp,
  newNumber,
  newTemplate,
  newToken,
  numberEvent,
} from "./businesses.ts";
import { answerClaims, consumerActs, listConsumers, listDemands, newClaims, newConsumer } from "./consumers.ts";
import { deleteCrowd, newCrowd, showCrowd, showCrowdNumbers } from "./crowd.ts";
import { setFaults } from "./faults.ts";
import { answerFeature } from "./features.ts";
import { knownAccount, knownMessage, knownPhone, numberFor, phoneOf } from "./find.ts";
import { count } from "./members.ts";
import { changeRateCard, showRateCard } from "./rate-card.ts";
import { changeRules, showRules } from "./rules.ts";
import { showChat, showClock, showLog, showMessage, showPhone, showTemplate, showWorld } from "./show.ts";
import { showStanding } from "./standing.ts";
import { waitOnPhone } from "./wait.ts";
import { answerWebhookFeature, redeliver } from "./webhook-features.ts";

/**
 * The control face, `/_sandbox/…`: what people, reviewers, time and bad luck do. It needs no token; whoever reaches the port
 * is in charge. Refusals are `{ error: { message } }` with a 4xx status, unlike the platform's own errors.
 */
export async function answerControl(platform: Platform, request: HttpRequest): Promise<HttpAnswer> {
  try {
    refuseStrangers(request);
    const segments = request.path
      .split("/")
      .filter((segment) => segment !== "")
      .slice(1)
      .map(decodeURIComponent);
    const result = await carryOut(platform, request, segments);
    if (isAnswer(result)) return result;
    return json(200, result ?? { success: true });
  } catch (error) {
    if (error instanceof ControlError) {
      const { message, code } = error;
      return json(error.status, { error: code === null ? { message } : { message, reason: code } });
    }
    if (error instanceof GraphError) {
      return json(error.status, {
        error: { message: error.parts.userMessage ?? error.parts.details ?? error.message, code: error.code },
      });
    }
    if (error instanceof SyntaxError || error instanceof URIError)
      return json(400, { error: { message: error.message } });
    throw error;
  }
}

/** A page from elsewhere, open in the same browser, is none of those who reach the port. */
function refuseStrangers({ headers }: HttpRequest): void {
  const { origin, host } = headers;
  if (typeof origin === "string" && origin !== `http://${host}` && origin !== `https://${host}`) {
    throw new ControlError("Pages of another origin are not in charge here.", 403);
  }
}

function json(status: number, body: unknown): HttpAnswer {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
    body: JSON.stringify(body),
  };
}

function isAnswer(value: unknown): value is HttpAnswer {
  return isBody(value) && "rawAnswer" in value;
}

async function carryOut(platform: Platform, request: HttpRequest, segments: string[]): Promise<unknown> {
  const [noun = "", id, edge] = segments;
  const call = [request.method, noun, id === undefined ? "" : "*", edge ?? ""].filter((part) => part !== "").join(" ");
  const body = (): Body => readBody(request);
  switch (call) {
    case "GET":
      return showWorld(platform);
    case "GET coverage":
      return coverage();
    case "GET phones":
      return { items: [...platform.state.phones.values()].map((phone) => showPhone(platform, phone)) };
    case "PUT phones":
      Object.assign(platform.state.newPhones, readPhoneSettings(body()));
      return platform.state.newPhones;
    case "GET phones *":
      return showPhone(platform, knownPhone(platform, id));
    case "PUT phones *":
      return showPhone(platform, setUpPhone(platform, phoneOf(platform, id), body()));
    case "GET phones * messages":
      return showChat(platform, phoneOf(platform, id), request.query);
    case "GET phones * wait":
      return waitOnPhone(platform, phoneOf(platform, id), request.query);
    case "POST phones * messages": {
      const content = body();
      return { id: personWrites(platform, phoneOf(platform, id), numberFor(platform, content.to), content)?.id };
    }
    case "POST phones * actions":
      return act(platform, phoneOf(platform, id), body());
    case "POST phones * history": {
      const { to, messages } = body();
      if (!Array.isArray(messages)) throw new ControlError("messages must be a list.");
      return { ids: importHistory(platform, phoneOf(platform, id), numberFor(platform, to), messages) };
    }
    case "GET messages *":
      return showMessage(knownMessage(platform, id), true);
    case "GET clock":
      return showClock(platform);
    case "POST clock":
      return turnClock(platform, body());
    case "GET log":
      return showLog(platform, request.query);
    case "GET faults":
      return platform.state.faults;
    case "POST faults":
      return setFaults(platform, body());
    case "DELETE faults":
      platform.state.faults = defaultFaults();
      platform.announce({ type: "faults" });
      return platform.state.faults;
    case "POST reset":
      return reset(platform, body());
    case "GET snapshot":
      return {
        rawAnswer: true,
        status: 200,
        headers: { "content-type": "application/json" },
        body: platform.snapshot(),
      };
    case "PUT snapshot":
      return restore(platform, request.body.toString("utf8"));
    case "POST media":
      return takeMedia(platform, request);
    case "GET media *":
      return giveMedia(platform, id);
    case "POST webhooks":
      return sendRaw(platform, body());
    case "POST webhooks *":
      if (id === "redeliver") return redeliver(platform, body());
      if (id !== "retry") throw new ControlError("No such call.", 404);
      platform.callbacks.retryAll();
      await platform.callbacks.quiet();
      return { success: true };
    case "POST accounts":
      return newAccount(platform, body());
    case "PUT accounts *":
      return changeAccount(platform, knownAccount(platform, id), body());
    case "POST accounts * numbers":
      return newNumber(platform, knownAccount(platform, id), body());
    case "POST accounts * tokens":
      return newToken(platform, knownAccount(platform, id), body());
    case "POST accounts * templates":
      return newTemplate(platform, knownAccount(platform, id), body());
    case "POST accounts * strikes":
      return giveStrike(platform, knownAccount(platform, id), body());
    case "POST accounts * appeal":
      return makeAppeal(platform, knownAccount(platform, id), body());
    case "GET standing":
      return showStanding(platform);
    case "GET ledger":
      return showLedger(platform, request.query);
    case "GET consumers":
      return listConsumers(platform);
    case "POST consumers":
      return newConsumer(platform, body());
    case "POST consumers * activity":
      return consumerActs(platform, id, body());
    case "GET claims":
      return listDemands(platform);
    case "POST claims":
      return newClaims(platform, body());
    case "POST claims * answer":
      return answerClaims(platform, id);
    case "GET mails":
      return { items: showMails(platform, request.query.get("to")) };
    case "POST accounts * events":
      return accountEvent(platform, knownAccount(platform, id), body());
    case "PUT numbers *":
      return changeNumber(platform, numberFor(platform, id), body());
    case "POST numbers * events":
      return numberEvent(platform, numberFor(platform, id), body());
    case "POST apps":
      return newApp(platform, body());
    case "PUT apps *":
      return changeApp(platform, id, body());
    case "GET crowd":
      return showCrowd(platform);
    case "POST crowd":
      return newCrowd(platform, body());
    case "DELETE crowd":
      return deleteCrowd(platform);
    case "GET crowd *":
      if (id !== "numbers") throw new ControlError("No such call.", 404);
      return showCrowdNumbers(platform, request.query);
    case "GET rate-card":
      return showRateCard(platform);
    case "PUT rate-card":
      return changeRateCard(platform, body());
    case "GET rules":
      return showRules(platform);
    case "PUT rules":
      return changeRules(platform, body());
    case "GET templates":
      return { items: [...platform.state.templates.values()].map(showTemplate) };
    case "POST templates * actions":
      return actOnTemplate(platform, id, body());
    default: {
      const answered =
        answerFeature(platform, call, id, body) ??
        answerAccountRecords(platform, call, id, body) ??
        answerWebhookFeature(platform, call, id, body);
      if (answered !== undefined) return answered;
      throw new ControlError(`There is no ${request.method} ${request.path}.`, 404);
    }
  }
}

function readBody(request: HttpRequest): Body {
  if (request.body.length === 0) return {};
  const read: unknown = JSON.parse(request.body.toString("utf8"));
  if (!isBody(read)) throw new ControlError("The body must be a JSON object.");
  return read;
}

function act(platform: Platform, phone: Phone, body: Body): Body {
  const action = body.type ?? body.action;
  const number = (): BusinessNumber => numberFor(platform, action === "change-number" ? undefined : body.to);
  switch (action) {
    case "read":
      if (body.to === undefined && body.messageId === undefined) {
        // Without `to` the person reads every chat.
        let read = 0;
        for (const one of platform.state.numbers.values()) {
          if (existingThread(platform.state, one.id, phone.number)) read += personReads(platform, phone, one);
        }
        return { read };
      }
      if (typeof body.messageId === "string") {
        const message = knownMessage(platform, body.messageId);
        return { read: personReads(platform, phone, numberFor(platform, message.numberId), message.id) };
      }
      return { read: personReads(platform, phone, number()) };
    case "play":
      personPlays(platform, String(body.messageId));
      return { success: true };
    case "block":
    case "unblock":
      personBlocks(platform, phone, number(), action === "block");
      return { success: true };
    case "report":
      personReports(platform, phone, number());
      if (body.block === true) personBlocks(platform, phone, number(), true);
      return { success: true };
    case "stop-marketing":
    case "resume-marketing":
      personPrefers(platform, phone, number(), action === "stop-marketing" ? "stop" : "resume");
      return { success: true };
    case "change-identity":
      personChangesIdentity(platform, phone);
      return { success: true };
    case "change-number":
      if (typeof body.to !== "string" && typeof body.to !== "number")
        throw new ControlError("change-number needs `to`, the new number.");
      return showPhone(platform, personChangesNumber(platform, phone, String(body.to)));
    case "tap":
    case "choose":
      if (typeof body.title !== "string") throw new ControlError(`${action} needs the title of what is tapped.`);
      return { id: tap(platform, phone, action === "tap" ? "button" : "row", body.title) };
    case "react": {
      const messageId = typeof body.messageId === "string" ? body.messageId : undefined;
      return { id: reactTo(platform, phone, String(body.emoji ?? ""), messageId) };
    }
    case "typing":
      // The platform tells businesses nothing while a person types, so there is nothing to pass on.
      return { success: true };
    default:
      throw new ControlError(
        "type must be one of read, play, block, unblock, report, stop-marketing, resume-marketing, change-number, tap, choose, react, typing.",
      );
  }
}

async function turnClock(platform: Platform, body: Body): Promise<Body> {
  let ms: number | null = null;
  if (typeof body.advance === "number") ms = body.advance;
  else if (typeof body.advance === "string") ms = parseDurationMs(body.advance);
  else if (typeof body.to === "string" || typeof body.set === "string")
    ms = Date.parse(String(body.to ?? body.set)) - platform.now();
  if (ms !== null && platform.now() + ms > lastInstant)
    throw new ControlError(`The clock goes no further than ${toIso(lastInstant)}.`);
  if (ms === null || !Number.isFinite(ms) || ms < 0)
    throw new ControlError(
      'Give { "advance": "25h" } or { "to": "2026-12-01T09:00:00Z" }; the clock only goes forward.',
      400,
      "clock-backward",
    );
  await platform.turn(ms);
  return showClock(platform);
}

/** Back to the world it started with. `keepSubscriptions` leaves callback URLs in place, so that whoever listens goes on listening. */
function reset(platform: Platform, body: Body): Body {
  const old = platform.state;
  if (body.seed !== undefined) count(0)(body.seed, "seed");
  const seed = typeof body.seed === "number" ? body.seed : old.seed;
  platform.clock.setOffset(0);
  const world = defaultWorld(seed, platform.now());
  // Which day's rules apply, and whether links are fetched, is how the sandbox was set up, like its seed.
  world.rules.asOf = old.rules.asOf;
  world.records.mediaLinks.mode = old.records.mediaLinks.mode;
  if (body.keepSubscriptions === true) {
    for (const [id, app] of world.apps)
      Object.assign(app, pickOf(old.apps.get(id), ["callbackUrl", "verifyToken", "fields"]));
    for (const [id, number] of world.numbers) Object.assign(number, pickOf(old.numbers.get(id), ["callbackUrl"]));
    for (const [id, account] of world.accounts) {
      for (const [appId, subscription] of old.accounts.get(id)?.subscriptions ?? [])
        account.subscriptions.set(appId, subscription);
    }
  }
  platform.replace(world);
  platform.log.clear();
  return showWorld(platform);
}

function restore(platform: Platform, snapshot: string): Body {
  try {
    platform.restore(snapshot);
  } catch (error) {
    throw new ControlError(error instanceof Error ? error.message : String(error));
  }
  return showWorld(platform);
}

function pickOf(source: object | undefined, keys: readonly string[]): Body {
  return Object.fromEntries(Object.entries(source ?? {}).filter(([key]) => keys.includes(key)));
}

/** A file for a phone: raw bytes with their content type, or `{ data, mime_type, filename }`, or `{ sample: "image" }`. */
function takeMedia(platform: Platform, request: HttpRequest): Body {
  const type = String(request.headers["content-type"] ?? "");
  const body = describedFile(request, type);
  const sample = body && typeof body.sample === "string" ? sampleFile(body.sample) : null;
  const filename = body ? body.filename : (request.query.get("filename") ?? request.headers["x-filename"]);
  const file = sample ?? {
    bytes: new Uint8Array(body ? Buffer.from(String(body.data ?? ""), "base64") : request.body),
    mimeType: body ? String(body.mime_type ?? "application/octet-stream") : type || "application/octet-stream",
    filename: typeof filename === "string" ? filename : null,
  };
  if (file.bytes.length === 0) throw new ControlError("The file is empty.");
  const media = receiveMedia(platform, file, null);
  return {
    id: media.id,
    mime_type: media.mimeType,
    sha256: media.sha256,
    file_size: media.bytes.length,
    filename: media.filename,
  };
}

/** Types that say nothing: what curl and fetch send by themselves. */
const unsaid = /^(?:$|application\/x-www-form-urlencoded|text\/plain;charset=UTF-8$)/i;

/** The JSON that tells of a file, whatever type it was sent as; `null` where the body is the file. */
function describedFile(request: HttpRequest, type: string): Body | null {
  if (type.startsWith("application/json")) return readBody(request);
  if (!unsaid.test(type) || request.body[0] !== 0x7b) return null;
  try {
    const body = readBody(request);
    return typeof body.sample === "string" || typeof body.data === "string" ? body : null;
  } catch {
    return null;
  }
}

/** A phone's own screen shows its pictures without a token. */
function giveMedia(platform: Platform, id: string | undefined): Body {
  const media = platform.state.media.get(id ?? "");
  if (!media) throw new ControlError(`No media ${id}.`, 404);
  return {
    rawAnswer: true,
    status: 200,
    headers: { "content-type": media.mimeType, "cache-control": "private, max-age=3600" },
    body: media.bytes,
  };
}

/**
 * Any body at all, signed like a real one: `{ phoneNumberId, field?, value }` is wrapped in the envelope, `{ phoneNumberId, body }`
 * is sent as it is. For shapes nobody has thought of.
 */
async function sendRaw(platform: Platform, body: Body): Promise<Body> {
  const number = numberFor(platform, body.phoneNumberId);
  const account = platform.accountOf(number);
  if (body.body === undefined) {
    const value =
      isBody(body.value) && body.value.metadata === undefined && body.bare !== true
        ? { messaging_product: "whatsapp", metadata: metadataOf(number), ...body.value }
        : body.value;
    tell(platform, account, typeof body.field === "string" ? body.field : "messages", value, number);
  } else {
    const [appId, subscription] = [...account.subscriptions][0] ?? [];
    const app = platform.state.apps.get(appId ?? "");
    const url = number.callbackUrl ?? subscription?.overrideUrl ?? app?.callbackUrl;
    if (!app || !url) throw new ControlError("Nobody subscribed to this number.", 409);
    await platform.callbacks.sendRaw(url, app.id, typeof body.body === "string" ? body.body : platformJson(body.body));
  }
  await platform.callbacks.quiet();
  return { success: true };
}
