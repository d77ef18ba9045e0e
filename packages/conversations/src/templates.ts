import type { InboundEvent } from "@loket/channels";
import type { ContactPorts } from "@loket/contacts";
import type { Tx } from "@loket/database";
import { type Clock, type Ids, instant, type SenderId, toIso } from "@loket/kit";
import { noteStanding } from "@loket/organisations";

export interface StoredTemplate {
  readonly id: string;
  readonly senderId: string;
  readonly name: string;
  readonly language: string;
  readonly category: "MARKETING" | "UTILITY" | "AUTHENTICATION";
  readonly status: string;
  readonly quality: string;
  readonly components: readonly Record<string, unknown>[];
  readonly parameterFormat: "POSITIONAL" | "NAMED";
  readonly syncedAt: string;
}

interface TemplateRow {
  id: string;
  sender_id: string;
  name: string;
  language: string;
  category: StoredTemplate["category"];
  status: string;
  quality: string;
  components: Record<string, unknown>[];
  parameter_format: StoredTemplate["parameterFormat"];
  synced_at: number;
}
const columns = "id, sender_id, name, language, category, status, quality, components, parameter_format, synced_at";
const toTemplate = (row: TemplateRow): StoredTemplate => ({
  id: row.id,
  senderId: row.sender_id,
  name: row.name,
  language: row.language,
  category: row.category,
  status: row.status,
  quality: row.quality,
  components: row.components,
  parameterFormat: row.parameter_format,
  syncedAt: toIso(instant(row.synced_at)),
});

export async function listTemplates(
  tx: Tx,
  filter: { senderId?: string | undefined; ids?: readonly string[] | undefined },
): Promise<StoredTemplate[]> {
  const rows = await tx.query<TemplateRow>(
    `select ${columns} from template where organisation_id = $1 and ($2::uuid is null or sender_id = $2) and ($3::uuid[] is null or id = any($3)) and status <> 'DELETED' order by name, language`,
    [tx.organisationId, filter.senderId ?? null, filter.ids ?? null],
  );
  return rows.map(toTemplate);
}

/** A template as the platform lists it. Kept as it came, so that nothing the platform adds is lost. */
export interface PlatformTemplate {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly category: string;
  readonly status: string;
  readonly quality: string;
  readonly parameterFormat: string;
  readonly components: unknown;
}

/** Makes what we hold equal to what the platform lists; what is gone there is marked deleted here. */
export async function storeTemplates(
  tx: Tx,
  ports: { ids: Ids; clock: Clock },
  senderId: SenderId,
  templates: readonly PlatformTemplate[],
): Promise<void> {
  const now = ports.clock.now();
  for (const template of templates) {
    await tx.query(
      `insert into template (organisation_id, id, sender_id, provider_id, name, language, category, status, quality, parameter_format, components, paused_at, synced_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, case when $8 = 'PAUSED' then to_timestamp($12::float8 / 1000) end, to_timestamp($12::float8 / 1000))
       on conflict (organisation_id, sender_id, name, language) do update set provider_id = excluded.provider_id, category = excluded.category, quality = excluded.quality,
         parameter_format = excluded.parameter_format, components = excluded.components, synced_at = excluded.synced_at,
         paused_at = case when excluded.status = 'PAUSED' then coalesce(template.paused_at, excluded.paused_at) end,
         pause_count = template.pause_count + case when excluded.status = 'PAUSED' and template.status <> 'PAUSED' then 1 else 0 end, status = excluded.status`,
      [
        tx.organisationId,
        ports.ids.next(),
        senderId,
        template.id,
        template.name,
        template.language,
        template.category,
        template.status,
        template.quality,
        template.parameterFormat,
        JSON.stringify(template.components),
        now,
      ],
    );
  }
  await tx.query(
    "update template set status = 'DELETED', synced_at = to_timestamp($3::float8 / 1000) where organisation_id = $1 and sender_id = $2 and synced_at < to_timestamp($3::float8 / 1000)",
    [tx.organisationId, senderId, now],
  );
  announceTemplates(tx, senderId, now);
}

/** What a webhook said about one template, applied at once; the next synchronisation brings the rest. */
export async function followTemplate(
  tx: Tx,
  ports: ContactPorts,
  senderId: SenderId,
  event: Extract<
    InboundEvent,
    { kind: "templateStatusChanged" | "templateQualityChanged" | "templateCategoryChanged" }
  >,
): Promise<void> {
  const language = event.template.language.replace("-", "_");
  const key = [tx.organisationId, senderId, event.template.name, language];
  const where = "organisation_id = $1 and sender_id = $2 and name = $3 and language = $4";
  const before = await tx.one<{ status: string; quality: string; category: string }>(
    `select status, quality, category from template where ${where} for update`,
    key,
  );
  switch (event.kind) {
    case "templateStatusChanged":
      await tx.query(
        `update template set paused_at = case when $5 = 'PAUSED' then to_timestamp($6::float8 / 1000) end,
           pause_count = pause_count + case when $5 = 'PAUSED' and status <> 'PAUSED' then 1 else 0 end, status = $5 where ${where}`,
        [
          ...key,
          event.status === "unarchived" || event.status === "reinstated" ? "APPROVED" : event.status.toUpperCase(),
          event.at,
        ],
      );
      break;
    case "templateQualityChanged":
      await tx.query(`update template set quality = $5 where ${where}`, [...key, event.after.toUpperCase()]);
      break;
    case "templateCategoryChanged":
      if (event.stage === "done")
        await tx.query(`update template set category = $5 where ${where}`, [...key, event.after.toUpperCase()]);
      break;
  }
  const after = await tx.one<{ status: string; quality: string; category: string }>(
    `select status, quality, category from template where ${where}`,
    key,
  );
  if (before && after)
    for (const field of ["status", "quality", "category"] as const)
      await noteStanding(tx, ports, {
        senderId,
        subject: `template ${event.template.name} ${language}`,
        field,
        before: before[field],
        after: after[field],
        reason: event.kind === "templateStatusChanged" ? (event.reason ?? null) : null,
        at: event.at,
      });
  announceTemplates(tx, senderId, ports.clock.now());
}

function announceTemplates(tx: Tx, senderId: string, at: number): void {
  tx.emit({ type: "template.changed", inboxId: null, subject: { senderId }, at });
}
