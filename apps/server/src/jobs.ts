import { createHash } from "node:crypto";
import { checkMedia, createWhatsAppClient, mediaRules } from "@loket/channels/whatsapp";
import * as conversations from "@loket/conversations";
import type { JobPayload, JobTask } from "@loket/database";
import { type OrganisationId, parseId, type SenderId } from "@loket/kit";
import { senderAccount } from "@loket/organisations";
import { runErasure } from "./erase.ts";
import { askWitnesses, mailCheckpoint, stampCheckpoint } from "./evidence/anchor.ts";
import type { LedgerKeeper } from "./evidence/keeper.ts";
import { makeEvidencePack } from "./evidence/pack/make.ts";
import { runImport } from "./imports/run.ts";
import type { Ports } from "./ports.ts";
import { runShadow } from "./rejudge.ts";
import { lookAtSender } from "./standing/watch.ts";

/** Work that follows its cause: written in the same transaction, tried again until it is done. */
export function jobTasks(ports: Ports, ledger: LedgerKeeper | null = null): Record<string, JobTask> {
  const clientOf = async (organisationId: OrganisationId, senderId: string) => {
    const account = await ports.worker.inOrganisation(organisationId, (tx) => senderAccount(tx, ports.vault, senderId));
    if (!account) throw new Error(`There is no sender ${senderId}.`);
    return {
      account,
      client: createWhatsAppClient({
        baseUrl: account.baseUrl,
        accessToken: account.accessToken,
        network: ports.network,
      }),
    };
  };
  const text = (payload: JobPayload, field: string): string => {
    const value = payload[field];
    if (typeof value !== "string") throw new Error(`The job lacks ${field}.`);
    return value;
  };

  return {
    /** An inbound file: from the platform into our store, where it stays when the platform has forgotten it. */
    "media.fetch": async (payload, attempt) => {
      const mediaId = text(payload, "mediaId");
      const { organisationId } = payload;
      const media = await ports.worker.inOrganisation(organisationId, (tx) => conversations.readMedia(tx, mediaId));
      if (!media?.provider_media_id || media.state === "ready") return;
      await ports.worker.inOrganisation(organisationId, (tx) =>
        conversations.markMedia(tx, ports.clock, mediaId, { state: "working" }),
      );
      const { client, account } = await clientOf(organisationId, text(payload, "senderId"));
      const fetched = await client.fetchMedia(media.provider_media_id, {
        numberId: account.numberId,
        maxBytes: mediaRules.document.maxBytes,
      });
      if (!fetched.ok) {
        await ports.worker.inOrganisation(organisationId, (tx) =>
          conversations.markMedia(tx, ports.clock, mediaId, {
            state: attempt.last ? "failed" : "waiting",
            reason: fetched.failure.title,
          }),
        );
        throw new Error(`${fetched.failure.code} ${fetched.failure.title}`);
      }
      const { bytes, mimeType } = fetched.value;
      const storageKey = `${organisationId}/${mediaId}`;
      await ports.store.put(storageKey, bytes, mimeType);
      await ports.worker.inOrganisation(organisationId, (tx) =>
        conversations.markMedia(tx, ports.clock, mediaId, {
          state: "ready",
          storageKey,
          sizeBytes: bytes.length,
          sha256: createHash("sha256").update(bytes).digest(),
          mimeType: mimeType.split(";")[0] ?? mimeType,
        }),
      );
      // Whoever it belongs to may have been erased while it was on its way.
      if (!(await ports.worker.inOrganisation(organisationId, (tx) => conversations.readMedia(tx, mediaId))))
        await ports.store.remove(storageKey);
    },

    /** An outbound file: to the platform; then the message that waits for it may go. */
    "media.offer": async (payload, attempt) => {
      const { organisationId } = payload;
      const ids = {
        mediaId: text(payload, "mediaId"),
        messageId: text(payload, "messageId"),
        deliveryId: text(payload, "deliveryId"),
        senderId: text(payload, "senderId") as SenderId,
      };
      const media = await ports.worker.inOrganisation(organisationId, (tx) => conversations.readMedia(tx, ids.mediaId));
      const bytes = media?.storage_key ? await ports.store.get(media.storage_key) : null;
      const fail = (code: string, title: string) =>
        ports.worker.inOrganisation(organisationId, (tx) =>
          conversations.notOffered(tx, ports.clock, ids, { reason: "mediaFailed", code, title }),
        );
      if (!media || !bytes) return fail("media.gone", "The file is not in the store any more.");
      const file = { bytes, mimeType: media.mime_type, filename: media.filename ?? `${media.kind}` };
      const [problem] = checkMedia(media.kind, file);
      if (problem) return fail("media.invalid", problem.message);
      const { client, account } = await clientOf(organisationId, ids.senderId);
      const uploaded = await client.uploadMedia(account.numberId, file);
      if (!uploaded.ok) {
        const { failure } = uploaded;
        if (attempt.last || failure.reason === "invalid" || failure.reason === "mediaFailed")
          return ports.worker.inOrganisation(organisationId, (tx) =>
            conversations.notOffered(tx, ports.clock, ids, failure),
          );
        throw new Error(`${failure.code} ${failure.title}`);
      }
      await ports.worker.inOrganisation(organisationId, (tx) => conversations.offered(tx, ids, uploaded.value.id));
    },

    "conversation.wake": async (payload) => {
      const conversationId = parseId(payload.conversationId);
      if (conversationId)
        await ports.worker.inOrganisation(payload.organisationId, (tx) =>
          conversations.wake(tx, ports, conversationId),
        );
    },

    /** The blue ticks the customer sees, and "is writing". Best effort: nobody waits for them. */
    "whatsapp.read": async (payload) => {
      const { client, account } = await clientOf(payload.organisationId, text(payload, "senderId"));
      await client.markRead(account.numberId, text(payload, "providerId"), { typing: payload.typing === true });
    },

    "sender.watch": (payload) =>
      lookAtSender(ports, payload.organisationId, text(payload, "senderId") as SenderId, payload.once === true),

    "consent.import": (payload) => runImport(ports, payload.organisationId, text(payload, "importId")),

    "erasure.run": (payload) => runErasure(ports, payload.organisationId, text(payload, "erasureId")),

    "policy.rejudge": (payload) => runShadow(ports, payload.organisationId, text(payload, "runId")),

    "evidence.pack": (payload, attempt) =>
      makeEvidencePack(ports, ledger, payload.organisationId, text(payload, "packId"), attempt.last),

    /** At a moment somebody wants sealed: a campaign begins or ends. */
    "evidence.checkpoint": async (payload) => {
      await ledger?.checkpoint(payload.organisationId);
    },

    "evidence.mail": (payload) => mailCheckpoint(ports, payload.organisationId),
    "evidence.timestamp": (payload) => stampCheckpoint(ports, payload.organisationId),
    "evidence.witness": (payload) => askWitnesses(ports, payload.organisationId),

    "templates.sync": async (payload) => {
      await syncTemplates(ports, payload.organisationId, text(payload, "senderId") as SenderId);
    },
  };
}

/** Fetches every page of the account's templates and stores what it says. */
export async function syncTemplates(
  ports: Ports,
  organisationId: OrganisationId,
  senderId: SenderId,
): Promise<{ ok: true; count: number } | { ok: false; title: string }> {
  const account = await ports.worker.inOrganisation(organisationId, (tx) => senderAccount(tx, ports.vault, senderId));
  if (!account) return { ok: false, title: "There is no such sender." };
  const templates: conversations.PlatformTemplate[] = [];
  const client = createWhatsAppClient({
    baseUrl: account.baseUrl,
    accessToken: account.accessToken,
    network: ports.network,
  });
  for (let after: string | undefined, pages = 0; pages < 100; pages++) {
    const page = await client.listTemplates(account.accountId, {
      limit: 100,
      ...(after === undefined ? {} : { after }),
    });
    if (!page.ok) return { ok: false, title: page.failure.title };
    for (const template of page.value.items) {
      templates.push({
        id: template.id,
        name: template.name,
        language: template.language,
        category: template.category.toUpperCase(),
        status: template.status.toUpperCase(),
        quality: (template.quality ?? "UNKNOWN").toUpperCase(),
        parameterFormat: template.parameterFormat.toUpperCase(),
        components: template.rawComponents ?? [],
      });
    }
    after = page.value.next;
    if (after === undefined) break;
  }
  await ports.worker.inOrganisation(organisationId, (tx) =>
    conversations.storeTemplates(tx, ports, senderId, templates),
  );
  return { ok: true, count: templates.length };
}
