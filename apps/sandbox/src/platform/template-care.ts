import { dayMs } from "@loket/kit";
import { GraphError } from "./graph-error.ts";
import { nextNodeId } from "./identifiers.ts";
import { optionalListAt, textAt } from "./parameters.ts";
import type { Platform } from "./platform.ts";
import type { Account, Body, Template } from "./state.ts";
import { changeStatus, dropTemplate } from "./templates.ts";

/** An archived template is deleted after this time ("Archive templates"). */
const archivedForMs = 28 * dayMs;

/**
 * `POST /{account}/message_templates/archive` and `/unarchive`, on the platform at api.facebook.com. What could not be done stands in
 * `failed_templates`, by id. Told in `message_template_status_update`.
 */
export function archiveTemplates(platform: Platform, account: Account, body: Body, archive: boolean): Body {
  const ids = Array.isArray(body.hsm_ids) ? body.hsm_ids.map(String) : textAt(body, "hsm_ids", "").split(",");
  const done: string[] = [];
  const failed: Record<string, string> = {};
  for (const id of ids.map((one) => one.trim())) {
    const template = platform.state.templates.get(id);
    const fits = archive
      ? template?.status !== "ARCHIVED" && template?.status !== "DISABLED"
      : template?.status === "ARCHIVED";
    if (template?.accountId !== account.id) failed[id] = "The template does not exist.";
    else if (!fits) failed[id] = `The template is ${template.status}.`;
    else {
      if (archive) putAway(platform, template);
      else changeStatus(platform, template, template.archivedFrom ?? "APPROVED", "UNARCHIVED");
      done.push(id);
    }
  }
  return { [archive ? "archived_templates" : "unarchived_templates"]: done, failed_templates: failed };
}

function putAway(platform: Platform, template: Template): void {
  template.archivedFrom = template.status;
  template.archivedAt = platform.now();
  changeStatus(platform, template, "ARCHIVED", "ARCHIVED");
  platform.agenda.plan(archivedForMs, { do: "drop-archived", templateId: template.id, archivedAt: platform.now() });
}

/** The 28 days are over, if it was not taken out in between. */
export function dropArchived(platform: Platform, templateId: string, archivedAt: number): void {
  const template = platform.state.templates.get(templateId);
  if (template?.status === "ARCHIVED" && template.archivedAt === archivedAt) dropTemplate(platform, template);
}

/**
 * `POST /{account}/migrate_message_templates`: approved templates of another account, without those of low quality; `sees` are the
 * accounts of the caller. Error 100 where the other account is none of them.
 */
export function migrateTemplates(platform: Platform, account: Account, body: Body, sees: readonly string[]): Body {
  const source =
    typeof body.source_waba_id === "number" ? String(body.source_waba_id) : textAt(body, "source_waba_id", "");
  if (!sees.includes(source) || source === account.id)
    throw new GraphError(100, { details: `source_waba_id: ${source} is no other account of yours.` });
  const wanted = optionalListAt(body, "template_ids", "")?.map(String) ?? null;
  const isWanted = ({ id }: Template) => wanted?.includes(id) ?? true;
  return copyTemplates(platform, source, account, ({ quality }) => quality !== "RED", isWanted);
}

/** Copies approved templates whose quality fits to another account; what could not be copied stands in `failed_templates`, by id. */
export function copyTemplates(
  platform: Platform,
  source: string,
  account: Account,
  fits: (template: Template) => boolean,
  isWanted: (template: Template) => boolean = () => true,
): Body {
  const all = [...platform.state.templates.values()];
  const taken = new Set(
    all.filter((one) => one.accountId === account.id).map(({ name, language }) => `${name} ${language}`),
  );
  const migrated: string[] = [];
  const failed: Record<string, string> = {};
  for (const template of all.filter((one) => one.accountId === source && isWanted(one))) {
    if (template.status !== "APPROVED" || !fits(template)) {
      failed[template.id] = `The template is ${template.status}, its quality ${template.quality}.`;
    } else if (taken.has(`${template.name} ${template.language}`)) {
      failed[template.id] = "A template of this name and language is there already.";
    } else {
      const id = nextNodeId(platform.state, "template");
      const copy = { ...structuredClone(template), id, accountId: account.id, quality: "UNKNOWN" as const };
      platform.state.templates.set(id, { ...copy, pauses: 0, editedAt: [], createdAt: platform.now() });
      platform.announce({ type: "template", id });
      migrated.push(template.id);
    }
  }
  return { migrated_templates: migrated, failed_templates: failed };
}
