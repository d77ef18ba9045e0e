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
