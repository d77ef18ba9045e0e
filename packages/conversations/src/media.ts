import type { Failure } from "@loket/channels";
import type { Tx } from "@loket/database";
import { giveUp, release } from "@loket/delivery";
import type { Clock, Ids, MediaId, SenderId } from "@loket/kit";
import { announceMessage } from "./message.ts";
import { recordProgress } from "./progress.ts";
import { withPlatformId } from "./reply.ts";

/** Where bytes are kept: a folder or a bucket. Keys are ours and say nothing about the content. */
export interface MediaStore {
  put(key: string, bytes: Uint8Array, mimeType: string): Promise<void>;
  /** `null` where there is nothing under this key. */
  get(key: string): Promise<Uint8Array | null>;
  /** Also where there is nothing under it. */
  remove(key: string): Promise<void>;
}

export interface MediaRow {
  id: MediaId;
  message_id: string | null;
  sender_id: SenderId | null;
  kind: "image" | "video" | "audio" | "document" | "sticker";
  mime_type: string;
  size_bytes: number | null;
  filename: string | null;
  storage_key: string | null;
  provider_media_id: string | null;
  state: "waiting" | "working" | "ready" | "failed";
  reason: string | null;
}
const columns =
  "id, message_id, sender_id, kind, mime_type, size_bytes, filename, storage_key, provider_media_id, state, reason";

export async function readMedia(tx: Tx, id: string): Promise<MediaRow | null> {
  return (
    (await tx.one<MediaRow>(`select ${columns} from media where organisation_id = $1 and id = $2`, [
      tx.organisationId,
      id,
    ])) ?? null
  );
}

/** The inbox whose members may see the file; `null` while it belongs to no message. */
export async function inboxOfMedia(tx: Tx, id: string): Promise<string | null> {
  const row = await tx.one<{ inbox_id: string }>(
    "select v.inbox_id from media d join message m on m.organisation_id = d.organisation_id and m.id = d.message_id join conversation v on v.organisation_id = m.organisation_id and v.id = m.conversation_id where d.organisation_id = $1 and d.id = $2",
    [tx.organisationId, id],
  );
  return row?.inbox_id ?? null;
}

/** A file somebody here chose. Its bytes are stored; it belongs to a message once it is sent. */
export async function addMedia(
  tx: Tx,
  ports: { ids: Ids; clock: Clock },
  file: {
    id: MediaId;
    kind: MediaRow["kind"];
    mimeType: string;
    sizeBytes: number;
    sha256: Buffer;
    filename: string | null;
    storageKey: string;
  },
): Promise<void> {
  await tx.query(
    `insert into media (organisation_id, id, kind, mime_type, size_bytes, sha256, filename, storage_key, state, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'ready', to_timestamp($9::float8 / 1000))`,
    [
      tx.organisationId,
      file.id,
      file.kind,
      file.mimeType,
      file.sizeBytes,
      file.sha256,
      file.filename,
      file.storageKey,
      ports.clock.now(),
    ],
  );
}

/** A step of an inbound file on its way to us. */
export async function markMedia(
  tx: Tx,
  clock: Clock,
  id: string,
  step:
    | { state: "working" }
    | { state: "ready"; storageKey: string; sizeBytes: number; sha256: Buffer; mimeType: string }
    | { state: "failed" | "waiting"; reason: string },
): Promise<void> {
  const row = await tx.one<{ message_id: string | null; conversation_id: string | null; inbox_id: string | null }>(
    `update media d set state = $3, attempts = attempts + case when $3 = 'working' then 1 else 0 end, reason = $4, storage_key = coalesce($5, storage_key),
       size_bytes = coalesce($6::bigint, size_bytes), sha256 = coalesce($7, sha256), mime_type = coalesce($8, mime_type)
     where d.organisation_id = $1 and d.id = $2
     returning d.message_id, (select conversation_id from message m where m.organisation_id = d.organisation_id and m.id = d.message_id) as conversation_id,
       (select v.inbox_id from message m join conversation v on v.organisation_id = m.organisation_id and v.id = m.conversation_id where m.organisation_id = d.organisation_id and m.id = d.message_id) as inbox_id`,
    [
      tx.organisationId,
      id,
      step.state,
      "reason" in step ? step.reason : null,
      "storageKey" in step ? step.storageKey : null,
      "sizeBytes" in step ? step.sizeBytes : null,
      "sha256" in step ? step.sha256 : null,
      "mimeType" in step ? step.mimeType : null,
    ],
  );
  if (row?.message_id && row.conversation_id && row.inbox_id)
    announceMessage(
      tx,
      { id: row.message_id, conversationId: row.conversation_id, inboxId: row.inbox_id },
      clock.now(),
    );
}

/** The platform has our file: the message that waits for it goes off. */
export async function offered(
  tx: Tx,
  ids: { mediaId: string; messageId: string; deliveryId: string },
  platformId: string,
): Promise<void> {
  const row = await tx.one<{ content: Parameters<typeof withPlatformId>[0] }>(
    "select content from message where organisation_id = $1 and id = $2",
    [tx.organisationId, ids.messageId],
  );
  if (!row) return;
  await tx.query("update media set provider_media_id = $3 where organisation_id = $1 and id = $2", [
    tx.organisationId,
    ids.mediaId,
    platformId,
  ]);
  await release(tx, ids.deliveryId, withPlatformId(row.content, platformId));
}

/** The platform does not take our file: the message that waits for it fails, with the reason. */
export async function notOffered(
  tx: Tx,
  clock: Clock,
  ids: { messageId: string; deliveryId: string; senderId: SenderId },
  failure: Failure,
): Promise<void> {
  if (!(await giveUp(tx, clock, ids.deliveryId, failure))) return;
  await recordProgress(tx, {
    deliveryId: null,
    messageId: ids.messageId as never,
    senderId: ids.senderId,
    campaignId: null,
    providerId: null,
    status: "failed",
    at: clock.now(),
    failure,
    verdict: null,
  });
}
