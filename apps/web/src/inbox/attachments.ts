import type { Channel } from "@loket/contract";

/* What a channel takes, checked before a byte leaves. The server checks again: this is courtesy, not protection. */

export type FileKind = "image" | "video" | "audio" | "document";

const megabyte = 1_000_000;

const limits: Record<FileKind, number> = {
  image: 5 * megabyte,
  video: 16 * megabyte,
  audio: 16 * megabyte,
  document: 100 * megabyte,
};

const whatsappTypes: Record<string, FileKind> = {
  "image/jpeg": "image",
  "image/png": "image",
  "video/mp4": "video",
  "video/3gpp": "video",
  "audio/aac": "audio",
  "audio/amr": "audio",
  "audio/mpeg": "audio",
  "audio/mp4": "audio",
  "audio/ogg": "audio",
  "text/plain": "document",
  "application/pdf": "document",
  "application/msword": "document",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "document",
  "application/vnd.ms-excel": "document",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "document",
  "application/vnd.ms-powerpoint": "document",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": "document",
};

export type FileCheck =
  | { ok: true; kind: FileKind }
  | { ok: false; reason: "empty" }
  | { ok: false; reason: "wrong-type" }
  | { ok: false; reason: "too-large"; limitBytes: number };

export function checkFile(channel: Channel, file: { type: string; size: number }): FileCheck {
  const type = file.type.split(";")[0]?.trim().toLowerCase() ?? "";
  const kind = channel === "whatsapp" ? whatsappTypes[type] : kindOf(type);
  if (!kind) return { ok: false, reason: "wrong-type" };
  if (file.size === 0) return { ok: false, reason: "empty" };
  const limitBytes = channel === "whatsapp" ? limits[kind] : limits.document;
  return file.size > limitBytes ? { ok: false, reason: "too-large", limitBytes } : { ok: true, kind };
}

function kindOf(type: string): FileKind {
  const head = type.split("/")[0];
  return head === "image" || head === "video" || head === "audio" ? head : "document";
}

export function acceptedTypes(channel: Channel): string {
  return channel === "whatsapp" ? Object.keys(whatsappTypes).join(",") : "";
}
