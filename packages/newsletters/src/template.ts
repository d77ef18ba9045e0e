import { checkTemplateSend, renderTemplate, type Template } from "@loket/channels";
import { parseTemplate } from "@loket/channels/whatsapp";
import type { Tx } from "@loket/database";
import type { CampaignPlan, CampaignTemplate } from "./campaign.ts";

interface TemplateRow {
  name: string;
  language: string;
  category: string;
  status: string;
  quality: string;
  parameter_format: string;
  components: unknown;
  provider_id: string;
}

/** The template of a campaign as its sender has it, and how it takes what is put into it. */
export interface PlannedTemplate {
  readonly isMarketing: boolean;
  /** The platform does not have it any more; what it said is still known. */
  readonly isDeleted: boolean;
  /** What the channel would refuse about the parameters; empty where it would take them. */
  readonly problems: readonly { readonly path: string; readonly message: string }[];
  /** As the person reads it, with the name where it is asked for. */
  readonly text: string;
}

/** `null` where the sender has no such template in this language. */
export async function readPlannedTemplate(
  tx: Tx,
  plan: Pick<CampaignPlan, "senderId" | "template">,
): Promise<PlannedTemplate | null> {
  const row = await tx.one<TemplateRow>(
    `select name, language, category, status, quality, parameter_format, components, provider_id from template
     where organisation_id = $1 and sender_id = $2 and name = $3 and language = $4`,
    [tx.organisationId, plan.senderId, plan.template.name, plan.template.language.code],
  );
  if (!row) return null;
  const known = parseTemplate({ ...row, id: row.provider_id });
  return {
    isDeleted: row.status === "DELETED",
    isMarketing: row.category === "MARKETING",
    problems: known ? problemsOf(known, plan.template) : [],
    text: known ? renderTemplate(known, { type: "template", template: plan.template }).text : plan.template.name,
  };
}

function problemsOf(known: Template, template: CampaignTemplate): PlannedTemplate["problems"] {
  return checkTemplateSend(known, { type: "template", template }).map(({ path, message }) => ({ path, message }));
}
