import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { dayMs, minuteMs, plus } from "@loket/kit";
import { badValue, type Failure, failureOf, GraphError, unknownObject } from "./graph-error.ts";
import { nextNodeId } from "./identifiers.ts";
import type { Platform } from "./platform.ts";
import type { Body, BusinessNumber, Media, Message } from "./state.ts";

const megabyte = 1024 * 1024;

/** What may be sent as what, and how large (Cloud API, "Media": supported media types). */
const kinds: Record<string, { readonly types: readonly string[]; readonly maxBytes: number }> = {
  audio: {
    types: ["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg", "audio/opus"],
    maxBytes: 16 * megabyte,
  },
  document: {
    types: [
      "text/plain",
      "application/pdf",
      "application/msword",
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      "application/vnd.ms-excel",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      "application/vnd.ms-powerpoint",
      "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ],
    maxBytes: 100 * megabyte,
  },
  image: { types: ["image/jpeg", "image/png"], maxBytes: 5 * megabyte },
  sticker: { types: ["image/webp"], maxBytes: 500 * 1024 },
  video: { types: ["video/mp4", "video/3gpp"], maxBytes: 16 * megabyte },
};

export interface File {
  readonly bytes: Uint8Array;
  readonly mimeType: string;
  readonly filename: string | null;
}

/** Keeps what a business uploaded, for 30 days. Throws where type or size is none the platform takes. */
export function uploadMedia(platform: Platform, number: BusinessNumber, file: File): Media {
  const type = bareType(file.mimeType);
  const fitting = Object.values(kinds).filter((kind) => kind.types.includes(type));
  if (fitting.length === 0) {
    throw new GraphError(100, {
      message: "(#100) Invalid parameter",
      details: `Param file must be a file with one of the following types: ${Object.values(kinds)
        .flatMap((kind) => kind.types)
        .join(", ")}. Received file of type '${file.mimeType}'.`,
    });
  }
  const maxBytes = Math.max(...fitting.map((kind) => kind.maxBytes));
  if (file.bytes.length > maxBytes) {
    throw new GraphError(100, {
      message: "(#100) Invalid parameter",
      details: `File size is larger than the supported ${maxBytes} bytes.`,
    });
  }
  if (type === "image/webp" && !isAnimated(file.bytes) && file.bytes.length > 100 * 1024) {
    throw new GraphError(100, {
      message: "(#100) Invalid parameter",
      details: `File size is larger than the supported ${100 * 1024} bytes of a static sticker.`,
    });
  }
  if (file.bytes.length === 0)
    throw new GraphError(100, { message: "(#100) Invalid parameter", details: "The file is empty." });
  return keep(platform, file, number, 30 * dayMs);
}

/** An animated WebP names its animation in a chunk near its beginning. */
function isAnimated(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 64)).includes("ANIM");
}

/** Keeps a file a person has on their phone; as inbound media it lives 7 days ("Media", since October 2025). */
export function receiveMedia(platform: Platform, file: File, number: BusinessNumber | null): Media {
  return keep(platform, file, number, 7 * dayMs);
}

function keep(platform: Platform, file: File, number: BusinessNumber | null, lifeMs: number): Media {
  const media: Media = {
    id: nextNodeId(platform.state, "media"),
    accountId: number?.accountId ?? null,
    numberId: number?.id ?? null,
    mimeType: file.mimeType,
    sha256: createHash("sha256").update(file.bytes).digest("base64"),
    bytes: file.bytes,
    filename: file.filename,
    expiresAt: plus(platform.now(), lifeMs),
  };
  platform.state.media.set(media.id, media);
  return media;
}

function bareType(mimeType: string): string {
  return (mimeType.split(";")[0] ?? "").trim().toLowerCase();
}

/** The media a message names by id, if its sender may use it as `kind`. */
export function usableMedia(platform: Platform, number: BusinessNumber, id: string, kind: string, path: string): Media {
  const media = platform.state.media.get(id);
  if (!media || media.accountId !== number.accountId || media.expiresAt <= platform.now()) {
    throw badValue(`${path}: media id ${id} does not exist, has expired or belongs to another account`);
  }
  const allowed = kinds[kind];
  if (allowed && !allowed.types.includes(bareType(media.mimeType))) {
    throw badValue(
      kind === "sticker" ? "Sticker must be webp" : `${path}: ${media.mimeType} can not be sent as ${kind}`,
    );
  }
  return media;
}

/** Why a file can not be sent as `kind`, in the words of a failed status; `null` where it can. */
export function refusalOfFile(kind: string, mimeType: string, bytes: number): string | null {
  const allowed = kinds[kind];
  if (!allowed) return null;
  const type = bareType(mimeType);
  if (!allowed.types.includes(type))
    return `Unsupported ${kind} mime type ${type}. Please use one of ${allowed.types.join(", ")}.`;
  return bytes > allowed.maxBytes ? `The file is larger than the supported ${allowed.maxBytes} bytes.` : null;
}

/**
 * What would go wrong with a link's file if it were fetched, as far as its name tells: a file type the message's type does not take
 * fails as it would after the download (131053). See media-links.ts for fetching it.
 */
export function mediaRefusal(message: Message): Failure | null {
  const link = (message.content as { link?: unknown } | null)?.link;
  if (typeof link !== "string" || !kinds[message.type]) return null;
  const extension = /\.([a-z0-9]{2,5})(?:[?#]|$)/i.exec(new URL(link).pathname)?.[1]?.toLowerCase();
  const refused: Record<string, readonly string[]> = {
    image: ["gif", "webp", "svg", "heic", "bmp", "pdf", "mp4"],
    sticker: ["png", "jpg", "jpeg", "gif", "svg"],
    video: ["avi", "mov", "mkv", "webm"],
    audio: ["wav", "flac"],
  };
  if (!extension || !refused[message.type]?.includes(extension)) return null;
  return failureOf(131053, `Unsupported file type .${extension} for a message of type ${message.type}.`);
}

const urlLifeMs = 5 * minuteMs;

/** A media node: its URL opens for five minutes and needs the token too. */
export function mediaNode(platform: Platform, media: Media): Body {
  return {
    messaging_product: "whatsapp",
    url: mediaUrl(platform, media),
    mime_type: media.mimeType,
    sha256: Buffer.from(media.sha256, "base64").toString("hex"),
    file_size: media.bytes.length,
    id: media.id,
  };
}

export function mediaUrl(platform: Platform, media: Media, source?: "webhook"): string {
  const expiry = Math.floor((platform.now() + urlLifeMs) / 1000);
  const from = source ? `&source=${source}` : "";
  return `${platform.baseUrl}/whatsapp_business/attachments/?mid=${media.id}${from}&ext=${expiry}&hash=${urlHash(platform, media.id, expiry)}`;
}

function urlHash(platform: Platform, id: string, expiry: number): string {
  return `AR${createHmac("sha256", String(platform.state.seed)).update(`${id}:${expiry}`).digest("base64url").slice(0, 30)}`;
}

/** What a media URL opens; `null` where it has expired, was altered or its media is gone. */
export function openMediaUrl(platform: Platform, query: URLSearchParams): Media | null {
  const id = query.get("mid") ?? "";
  const expiry = Number(query.get("ext"));
  const given = Buffer.from(query.get("hash") ?? "");
  const expected = Buffer.from(urlHash(platform, id, expiry));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const media = platform.state.media.get(id);
  if (!media || expiry * 1000 < platform.now() || media.expiresAt <= platform.now()) return null;
  return media;
}

/** A media node, asked for by id; `phone_number_id`, if given, must be its owner's. */
export function findMedia(platform: Platform, id: string, verb: string, phoneNumberId: string | null): Media {
  const media = platform.state.media.get(id);
  const foreign = phoneNumberId !== null && media?.numberId !== null && media?.numberId !== phoneNumberId;
  if (!media || foreign || media.expiresAt <= platform.now()) throw unknownObject(verb, id);
  return media;
}
