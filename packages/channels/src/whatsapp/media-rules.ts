import type { Problem } from "./outcome.ts";
import { Problems } from "./problems.ts";

/** What may be sent as what ("Cloud API, Media"): types, sizes, and how to tell a file's type from its first bytes. */

export type MediaKind = "image" | "video" | "audio" | "document" | "sticker";

export interface MediaRule {
  readonly mimeTypes: readonly string[];
  readonly maxBytes: number;
  /** For stickers: what an animated one may weigh. */
  readonly maxAnimatedBytes?: number;
}

const kilobyte = 1024;
const megabyte = 1024 * kilobyte;

export const mediaRules: Readonly<Record<MediaKind, MediaRule>> = {
  image: { mimeTypes: ["image/jpeg", "image/png"], maxBytes: 5 * megabyte },
  video: { mimeTypes: ["video/mp4", "video/3gpp"], maxBytes: 16 * megabyte },
  audio: {
    mimeTypes: ["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"],
    maxBytes: 16 * megabyte,
  },
  document: {
    mimeTypes: [
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
  sticker: { mimeTypes: ["image/webp"], maxBytes: 100 * kilobyte, maxAnimatedBytes: 500 * kilobyte },
};

/** A file as it would be uploaded. */
export interface MediaFile {
  readonly bytes: Uint8Array;
  readonly mimeType: string;
  readonly filename?: string;
}

/** What the channel would refuse about this file. Believes the bytes rather than the name they were given. */
export function checkMedia(kind: MediaKind, file: MediaFile): readonly Problem[] {
  const problems = new Problems();
  const rule = mediaRules[kind];
  const declared = (file.mimeType.split(";")[0] ?? "").trim().toLowerCase();
  const actual = sniffMediaType(file.bytes);
  const isAnimated = kind === "sticker" && isAnimatedWebp(file.bytes);
  const maxBytes = isAnimated ? (rule.maxAnimatedBytes ?? rule.maxBytes) : rule.maxBytes;
  if (!rule.mimeTypes.includes(declared)) {
    const remedy = kind === "document" ? "Convert it." : "Convert it, or send it as a document.";
    problems.add("mimeType", "invalid", `${declared || "A file of no type"} cannot be sent as ${kind}.`, remedy);
  } else if (!agrees(declared, actual)) {
    problems.add(
      "bytes",
      "mismatch",
      `The file says it is ${declared}, but its content is ${actual ?? "of another kind"}.`,
      "Send it as what it is.",
    );
  }
  if (file.bytes.byteLength === 0) problems.add("bytes", "empty", "The file is empty.", "Choose another file.");
  if (file.bytes.byteLength > maxBytes) {
    problems.add(
      "bytes",
      "tooLong",
      `The file has ${file.bytes.byteLength} bytes; ${maxBytes} are allowed.`,
      "Make it smaller.",
    );
  }
  return problems.found;
}

function agrees(declared: string, actual: string | null): boolean {
  if (declared === actual) return true;
  // One container for sound and film: the brand inside tells them apart only sometimes.
  if (actual === "video/mp4") return declared === "audio/mp4" || declared === "video/3gpp";
  if (actual === "application/x-ole-storage") return /msword|ms-excel|ms-powerpoint/.test(declared);
  return false;
}

/** The type of a file by its first bytes, for the types this channel knows and some it must refuse; `null` for others. */
export function sniffMediaType(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 4096));
  const text = (from: number, to: number) => head.toString("latin1", from, to);
  const starts = (...expected: readonly number[]) => expected.every((byte, index) => head[index] === byte);
  if (starts(0xff, 0xd8, 0xff)) return "image/jpeg";
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return "image/png";
  if (text(0, 4) === "RIFF" && text(8, 12) === "WEBP") return "image/webp";
  if (text(0, 4) === "GIF8") return "image/gif";
  if (text(0, 5) === "%PDF-") return "application/pdf";
  if (text(0, 4) === "OggS") return "audio/ogg";
  if (text(0, 5) === "#!AMR") return "audio/amr";
  if (text(4, 8) === "ftyp") {
    const brand = text(8, 12);
    return brand.startsWith("M4A") ? "audio/mp4" : brand.startsWith("3g") ? "video/3gpp" : "video/mp4";
  }
  if (starts(0xff, 0xf1) || starts(0xff, 0xf9)) return "audio/aac";
  if (text(0, 3) === "ID3" || (head[0] === 0xff && ((head[1] ?? 0) & 0xe6) === 0xe2)) return "audio/mpeg";
  if (starts(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) return "application/x-ole-storage";
  if (starts(0x50, 0x4b, 0x03, 0x04)) return officeType(bytes);
  if (text(0, 2) === "MZ" || text(0, 4) === "\x7fELF") return "application/x-executable";
  return isPlainText(head, bytes.byteLength > head.byteLength) ? plainTextType(text(0, 512)) : null;
}

/** Office documents are archives; which kind is told by the folder of their parts. */
function officeType(bytes: Uint8Array): string {
  const parts = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const holds = (name: string) => parts.includes(name, 0, "latin1");
  const prefix = "application/vnd.openxmlformats-officedocument";
  if (!holds("[Content_Types].xml")) return "application/zip";
  if (holds("word/")) return `${prefix}.wordprocessingml.document`;
  if (holds("xl/")) return `${prefix}.spreadsheetml.sheet`;
  return holds("ppt/") ? `${prefix}.presentationml.presentation` : "application/zip";
}

function isPlainText(head: Uint8Array, isCut: boolean): boolean {
  if (head.byteLength === 0 || head.includes(0)) return false;
  try {
    // A head that was cut may end in the middle of a character: `stream` forgives exactly that.
    new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: isCut });
    return true;
  } catch {
    return false;
  }
}

function plainTextType(start: string): string {
  const begin = start.replace(/^\s*(<\?xml[^>]*>|<!--.*?-->|\s)*/s, "").toLowerCase();
  if (begin.startsWith("<svg")) return "image/svg+xml";
  return begin.startsWith("<!doctype html") || begin.startsWith("<html") || begin.startsWith("<script")
    ? "text/html"
    : "text/plain";
}

/** The extended header of a WebP file carries a flag for animation. */
function isAnimatedWebp(bytes: Uint8Array): boolean {
  const isExtended = Buffer.from(bytes.subarray(12, 16)).toString("latin1") === "VP8X";
  return isExtended && ((bytes[20] ?? 0) & 0x02) !== 0;
}
