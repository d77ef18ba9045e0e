import type { Conversation, Message, MessageSend, media, Note, Problem, TimelineItem } from "@loket/contract";
import { type Api, type Of, type Page, Refused, Unreachable } from "../shell/api.ts";
import type { OutboxEntry, SendOutcome } from "./outbox.ts";
import { changedSince } from "./timeline.ts";

/** A server that is overloaded or broken for a moment has not judged the message: it goes again, under its own id. */
function isPassing(status: number): boolean {
  return status === 401 || status === 408 || status === 425 || status === 429 || status >= 500;
}

/** The conversation's version as this browser holds it, where nothing others did came in since the entry was written. */
export type Present = (entry: OutboxEntry) => number | null;

/** One try at handing an entry over. Never throws for an answer; what to do next is the outcome. */
export async function sendEntry(
  api: Api,
  memberId: string,
  entry: OutboxEntry,
  progress: (fraction: number) => void,
  present: Present,
): Promise<SendOutcome> {
  try {
    if (entry.body.kind === "note") {
      const note = await api.post<Note>(`conversations/${entry.conversationId}/notes`, {
        clientId: entry.clientId,
        text: entry.body.text,
      });
      return { kind: "sent", note };
    }
    const body = await withMedia(api, entry, entry.body.send, progress);
    const message = await postMessage(api, memberId, entry, body, present);
    return { kind: "sent", message };
  } catch (error) {
    if (error instanceof Unreachable) return { kind: "again" };
    if (!(error instanceof Refused)) throw error;
    return isPassing(error.problem.status) ? { kind: "again" } : { kind: "parked", problem: error.problem };
  }
}

/** The bytes first, once; then the message that speaks of them. */
async function withMedia(api: Api, entry: OutboxEntry, send: MessageSend, progress: (fraction: number) => void) {
  const { file } = entry;
  if (!file) return send;
  if (!file.mediaId) {
    const uploaded = await api.upload<Of<typeof media>>("media", file.blob, file.name, progress);
    file.mediaId = uploaded.id;
  }
  return putMedia(send, file.kind, file.mediaId);
}

/** The message with the id of its file in place, be it its content or the header of its template. */
export function putMedia(send: MessageSend, kind: string, mediaId: string): MessageSend {
  if (send.type === "image") return { ...send, image: { ...send.image, id: mediaId } };
  if (send.type === "video") return { ...send, video: { ...send.video, id: mediaId } };
  if (send.type === "audio") return { ...send, audio: { ...send.audio, id: mediaId } };
  if (send.type === "document") return { ...send, document: { ...send.document, id: mediaId } };
  if (send.type !== "template") return send;
  const header = { type: "header", parameters: [{ type: kind, [kind]: { id: mediaId } }] };
  const others = (send.template.components ?? []).filter((component) => component.type !== "header");
  return { ...send, template: { ...send.template, components: [header, ...others] } };
}

const freshenTimes = 3;

/**
 * Our own earlier message makes the conversation newer too, and so does a tick. A 409 therefore stops a message only
 * where somebody else moved since it was written; otherwise it goes again at once with the present version.
 */
async function postMessage(
  api: Api,
  memberId: string,
  entry: OutboxEntry,
  body: MessageSend,
  present: Present,
): Promise<Message> {
  const path = `conversations/${entry.conversationId}/messages`;
  const { seen } = entry;
  if (!seen) return api.post<Message>(path, body);
  let version = present(entry) ?? seen.version;
  for (let time = 0; ; time++) {
    try {
      return await api.post<Message>(path, { ...body, version });
    } catch (error) {
      const changed = error instanceof Refused && error.problem.code === "conversation.changed";
      const now = changed ? conversationOf(error.problem) : null;
      if (!now || time === freshenTimes) throw error;
      const page = await api.get<Page<TimelineItem>>(`conversations/${entry.conversationId}/timeline`, { limit: 20 });
      if (changedSince(page.items, seen.ids, memberId).length > 0) throw error;
      version = now.version;
    }
  }
}

export function conversationOf(problem: Problem): Conversation | null {
  const held = problem.conversation;
  return typeof held === "object" && held !== null && "version" in held ? (held as Conversation) : null;
}
