import { createHash } from "node:crypto";
import { dayMs, type Instant, minuteMs, plus } from "@loket/kit";
import { type Failure, failureOf } from "./graph-error.ts";
import { nextNodeId } from "./identifiers.ts";
import { refusalOfFile } from "./media.ts";
import { isBody } from "./parameters.ts";
import type { Platform } from "./platform.ts";
import type { Body, Media, Message } from "./state.ts";

/**
 * Files behind links in messages ("Media": link). `trust` looks at the name alone; `fetch` downloads, as the platform does, keeps
 * what came for ten minutes per link, and the phone shows it.
 */
export interface MediaLinks {
  mode: "trust" | "fetch";
  /** What came of a link, by the link. */
  readonly cache: Map<string, Fetched>;
  /** Messages that wait for a link, by the link: a snapshot taken meanwhile asks for it again. */
  readonly waiting: Map<string, string[]>;
}

interface Fetched {
  readonly at: Instant;
  readonly mediaId: string | null;
  readonly failure: Failure | null;
}

/** What a download gave; rejects when no answer came. Bytes are cut off at `maxBytes`, and `size` says how many there were. */
export interface Download {
  readonly status: number;
  readonly statusText: string;
  readonly type: string;
  readonly size: number;
  readonly bytes: Uint8Array;
}

const cachedForMs = 10 * minuteMs;
/** The largest file of any kind, and how long the sandbox waits for it. */
const bounds = { maxBytes: 100 * 1024 * 1024, timeoutMs: 10_000 };
const kinds = new Set(["image", "video", "audio", "document", "sticker"]);

/** Where a message names a file by its link: in its own content, or in the header of its template. */
function linkedIn(message: Message): { kind: string; file: Body } | null {
  const { type, content, template } = message;
  const header = template?.rendered.header;
  const [kind, file] =
    template && isBody(header) ? [String(header.type), header[String(header.type)]] : [type, content];
  return kinds.has(kind) && isBody(file) && typeof file.link === "string" ? { kind, file } : null;
}

/**
 * Whether a message has to wait for the file behind its link; `goOn` is called with it once the file is here, or will not come.
 */
export function waitsForLink(platform: Platform, message: Message, goOn: (message: Message) => void): boolean {
  const links = platform.state.records.mediaLinks;
  const linked = links.mode === "fetch" ? linkedIn(message) : null;
  if (!linked || known(platform, String(linked.file.link))) return false;
  const link = String(linked.file.link);
  const waiting = links.waiting.get(link);
  if (waiting) {
    waiting.push(message.id);
    return true;
  }
  links.waiting.set(link, [message.id]);
  fetchLink(platform, link, goOn);
  return true;
}

function fetchLink(platform: Platform, link: string, goOn: (message: Message) => void): void {
  const { state } = platform;
  platform.errands.run(async () => {
    const fetched = await download(platform, link);
    // Another world may have taken the place of the one that asked.
    if (platform.state !== state) return;
    const { cache, waiting } = state.records.mediaLinks;
    for (const [old, { at }] of cache) if (platform.now() - at >= cachedForMs) cache.delete(old);
    cache.set(link, fetched);
    const ids = waiting.get(link) ?? [];
    waiting.delete(link);
    for (const id of ids) {
      const message = state.messages.get(id);
      if (message) goOn(message);
    }
  });
}

/** After a snapshot was put in place: what was outside when it was taken is asked for again. */
export function fetchAgain(platform: Platform, goOn: (message: Message) => void): void {
  for (const link of platform.state.records.mediaLinks.waiting.keys()) fetchLink(platform, link, goOn);
}

async function download(platform: Platform, link: string): Promise<Fetched> {
  const failed = (why: string): Fetched => ({
    at: platform.now(),
    mediaId: null,
    failure: failureOf(131053, `Downloading media from weblink failed ${why}`),
  });
  let file: Download;
  try {
    file = await platform.network.download(link, bounds);
  } catch {
    return failed("without an answer");
  }
  if (file.status !== 200) return failed(`with http code ${file.status}, status message ${file.statusText}`);
  if (file.size > bounds.maxBytes) return failed(`because the file is larger than ${bounds.maxBytes} bytes`);
  return { at: platform.now(), mediaId: keep(platform, link, file).id, failure: null };
}

function keep(platform: Platform, link: string, { bytes, type }: Download): Media {
  const media: Media = {
    id: nextNodeId(platform.state, "media"),
    // Nobody may ask for it by its id: it is the platform's own copy.
    accountId: null,
    numberId: null,
    mimeType: type,
    sha256: createHash("sha256").update(bytes).digest("base64"),
    bytes,
    filename: decodeURIComponent(new URL(link).pathname.split("/").pop() ?? "") || null,
    expiresAt: plus(platform.now(), 30 * dayMs),
  };
  platform.state.media.set(media.id, media);
  return media;
}

function known(platform: Platform, link: string): Fetched | null {
  const fetched = platform.state.records.mediaLinks.cache.get(link);
  return fetched && platform.now() - fetched.at < cachedForMs ? fetched : null;
}

/** Why the file behind a link can not be sent (131053), once it was fetched; where it can, the message now carries it. */
export function refuseFetched(platform: Platform, message: Message): Failure | null {
  const linked = platform.state.records.mediaLinks.mode === "fetch" ? linkedIn(message) : null;
  const fetched = linked && known(platform, String(linked.file.link));
  if (!linked || !fetched) return null;
  const media = platform.state.media.get(fetched.mediaId ?? "");
  if (!media) return fetched.failure;
  const refusal = refusalOfFile(linked.kind, media.mimeType, media.bytes.length);
  if (refusal !== null) return failureOf(131053, refusal);
  linked.file.id = media.id;
  return null;
}
