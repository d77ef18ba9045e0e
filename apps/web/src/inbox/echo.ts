import type { Message, MessageSend, Note, TimelineItem } from "@loket/contract";
import type { OutboxEntry } from "./outbox.ts";

/** An outbox entry in the shape of the thing it will become, so that one bubble draws both. */
export function echoOf(
  entry: OutboxEntry,
  author: { memberId: string; name: string },
  channel: Message["channel"],
): TimelineItem {
  const { clientId, conversationId, createdAt, body, file } = entry;
  if (body.kind === "note") {
    const note: Note = { id: clientId, conversationId, text: body.text, author, createdAt };
    return { kind: "note", at: createdAt, note };
  }
  const message: Message = {
    id: clientId,
    conversationId,
    direction: "out",
    type: body.send.type,
    text: textOf(body.send),
    status: "queued",
    channel,
    sentAt: null,
    receivedAt: null,
    createdAt,
    providerId: null,
    failure: null,
    clientId,
    author,
    content: { ...body.send },
    media: file
      ? {
          id: clientId,
          kind: file.kind,
          mimeType: file.blob.type,
          sizeBytes: file.blob.size,
          filename: file.name,
          state: "ready",
          reason: null,
          url: localUrl(clientId, file.blob),
        }
      : null,
    repliesTo: null,
    reactions: [],
    editedAt: null,
    deletedAt: null,
    statusTimes: {},
    verdict: null,
  };
  return { kind: "message", at: createdAt, message };
}

const urls = new Map<string, string>();

/** A local address for the bytes, made once: the picture is on screen before a byte has left. */
function localUrl(clientId: string, blob: Blob): string {
  const known = urls.get(clientId);
  if (known) return known;
  const made = URL.createObjectURL(blob);
  urls.set(clientId, made);
  return made;
}

export function textOf(send: MessageSend): string | null {
  if (send.type === "text") return typeof send.text === "string" ? send.text : send.text.body;
  if (send.type === "image") return send.image.caption ?? null;
  if (send.type === "video") return send.video.caption ?? null;
  if (send.type === "document") return send.document.caption ?? null;
  if (send.type === "template") return send.template.name;
  return null;
}
