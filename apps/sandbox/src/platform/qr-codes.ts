import { badValue, GraphError, missing } from "./graph-error.ts";
import { readNumber, uniqueText } from "./identifiers.ts";
import { choiceAt, optionalTextAt, textAt } from "./parameters.ts";
import { ControlError } from "./people.ts";
import type { Platform } from "./platform.ts";
import { qrPng, qrSvg } from "./qr-picture.ts";
import type { Body, BusinessNumber, Phone } from "./state.ts";

/** A short link to a number with a text filled in; its QR code is the same link drawn ("QR codes and short links"). */
export interface QrCode {
  readonly code: string;
  readonly numberId: string;
  prefilledMessage: string;
  readonly createdAt: number;
}

/** The kind of picture asked for, if any. */
export type Picture = "SVG" | "PNG" | null;

const codesPerNumberAtMost = 2_000;
const prefix = "https://wa.me/message/";

/** `POST /{number}/message_qrdls`: makes a code or, when one is named, gives it another text. Errors 100, 131009. */
export function saveQrCode(platform: Platform, number: BusinessNumber, body: Body): Body {
  const prefilledMessage = textAt(body, "prefilled_message", "", { min: 1, max: 140 });
  const wanted = body.generate_qr_image !== undefined && body.generate_qr_image !== null;
  const picture = wanted ? choiceAt(body, "generate_qr_image", "", ["SVG", "PNG"] as const) : null;
  const known = optionalTextAt(body, "code", "");
  if (known !== null) {
    const qrCode = findQrCode(platform, number, known);
    qrCode.prefilledMessage = prefilledMessage;
    return show(platform, qrCode, picture);
  }
  if (listQrCodes(platform, number).length >= codesPerNumberAtMost)
    throw badValue(`A phone number can have at most ${codesPerNumberAtMost} QR codes`);
  const qrCode: QrCode = {
    code: uniqueText(platform.state, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 14),
    numberId: number.id,
    prefilledMessage,
    createdAt: Math.floor(platform.now() / 1000),
  };
  platform.state.qrCodes.set(qrCode.code, qrCode);
  return show(platform, qrCode, picture);
}

/** The codes of a number, oldest first, as `GET /{number}/message_qrdls` lists them. */
export function listQrCodes(platform: Platform, number: BusinessNumber, picture: Picture = null): Body[] {
  return [...platform.state.qrCodes.values()]
    .filter(({ numberId }) => numberId === number.id)
    .map((qrCode) => show(platform, qrCode, picture));
}

/** `GET` and `DELETE /{number}/message_qrdls/{code}`. Error 100 where the number has no such code. */
export function showQrCode(platform: Platform, number: BusinessNumber, code: string, picture: Picture = null): Body {
  return show(platform, findQrCode(platform, number, code), picture);
}

/** The picture of a code, for whoever has its address: SVG or PNG by the ending. `null` where there is no such code. */
export function drawQrCode(platform: Platform, file: string): { type: string; body: string | Uint8Array } | null {
  const [code = "", ending] = file.split(".");
  if (!platform.state.qrCodes.has(code)) return null;
  return ending === "png"
    ? { type: "image/png", body: qrPng(prefix + code) }
    : { type: "image/svg+xml", body: qrSvg(prefix + code) };
}

export function deleteQrCode(platform: Platform, number: BusinessNumber, code: string | undefined): Body {
  if (code === undefined) throw missing("code");
  platform.state.qrCodes.delete(findQrCode(platform, number, code).code);
  return { success: true };
}

function findQrCode(platform: Platform, number: BusinessNumber, code: string): QrCode {
  const qrCode = platform.state.qrCodes.get(code);
  if (qrCode?.numberId !== number.id)
    throw new GraphError(100, { details: `The QR code ${code} does not exist on this phone number.` });
  return qrCode;
}

function show(platform: Platform, { code, prefilledMessage, createdAt }: QrCode, picture: Picture): Body {
  const image = `${platform.baseUrl}/_sandbox/qr/${code}.${picture?.toLowerCase()}`;
  return {
    code,
    prefilled_message: prefilledMessage,
    deep_link_url: prefix + code,
    creation_time: createdAt,
    ...(picture === null ? {} : { qr_image_url: image }),
  };
}

/**
 * A person opens a link of the messenger: `https://wa.me/message/{code}` or `https://wa.me/{digits}?text=…`. The chat opens with
 * the text filled in and nothing sent. Throws a ControlError where the link leads to no number here.
 */
export function openLink(platform: Platform, phone: Phone, link: string): { numberId: string; draft: string } {
  const { number, text } = readLink(platform, link);
  platform.thread(number.id, phone.number).draft = text;
  platform.announce({ type: "thread", numberId: number.id, phone: phone.number });
  return { numberId: number.id, draft: text };
}

function readLink(platform: Platform, link: string): { number: BusinessNumber; text: string } {
  const { numbers, qrCodes } = platform.state;
  const qrCode = link.startsWith(prefix) ? qrCodes.get(link.slice(prefix.length)) : undefined;
  const byCode = numbers.get(qrCode?.numberId ?? "");
  if (qrCode && byCode) return { number: byCode, text: qrCode.prefilledMessage };
  const match = /^https:\/\/(?:wa\.me|api\.whatsapp\.com\/send)\/?(\+?\d*)/.exec(link);
  const query = match ? new URL(link).searchParams : null;
  const digits = readNumber(match?.[1] || query?.get("phone") || "");
  const number = [...numbers.values()].find((one) => one.digits === digits);
  if (!number) throw new ControlError(`${link} leads to no number here.`, 404, "link-nowhere");
  return { number, text: query?.get("text") ?? "" };
}
