import { dayMs, hourMs, plus } from "@loket/kit";
import { GraphError, wrongType } from "./graph-error.ts";
import { nextNodeId } from "./identifiers.ts";
import { choiceAt, numberAt, optionalListAt, optionalTextAt, textAt } from "./parameters.ts";
import type { Platform } from "./platform.ts";
import { rejectionReasons } from "./rejection-reasons.ts";
import { inForce } from "./rules/eras.ts";
import { advertises } from "./rules/marketing-words.ts";
import { wordsOf } from "./rules/template-words.ts";
import type { Account, Body, Template, TemplateCategory, TemplateStatus } from "./state.ts";
import { readComponents } from "./template-components.ts";
import { refuse } from "./template-refusal.ts";
import { tellComponents } from "./template-updates.ts";
import { tell } from "./webhooks.ts";

const categories = ["MARKETING", "UTILITY", "AUTHENTICATION"] as const;

/** The languages a template may be written in ("Supported languages"). */
const languages = new Set(
  `af sq ar ar_EG ar_AE ar_LB ar_MA ar_QA az be_BY bn bn_IN bg ca zh_CN zh_HK zh_TW hr cs da prs_AF nl nl_BE en en_GB en_US
  en_AE en_AU en_CA en_GH en_IE en_IN en_JM en_MY en_NZ en_QA en_SG en_UG en_ZA et fil fi fr fr_BE fr_CA fr_CH fr_CI fr_MA ka de
  de_AT de_CH el gu ha he hi hu id ga it ja kn kk rw_RW ko ky_KG lo lv lt mk ms ml mr nb ps_AF fa pl pt_BR pt_PT pa ro ru sr si_LK
  sk sl es es_AR es_CL es_CO es_CR es_DO es_EC es_HN es_MX es_PA es_PE es_ES es_UY sw sv ta te th tr uk ur uz vi zu`.split(
    /\s+/,
  ),
);

/** Names of templates an account may have ("Template management", limits); languages of one name count once. */
const namesAtMost = { verified: 6_000, unverified: 250 };

/** `POST /{account-id}/message_templates`. */
export function createTemplate(platform: Platform, account: Account, body: Body, libraryName?: string): Template {
  const name = textAt(body, "name", "", { min: 1, max: 512 });
  if (!/^[a-z0-9_]+$/.test(name)) {
    throw refuse(
      2388072,
      "Invalid name",
      "Message template names may hold lowercase letters, digits and underscores only.",
    );
  }
  const language = textAt(body, "language", "", { min: 1 });
  if (!languages.has(language)) throw wrongType("language", `a supported language code - got "${language}"`);
  const category = choiceAt(body, "category", "", categories);
  const parameterFormat =
    body.parameter_format === undefined || body.parameter_format === null
      ? "POSITIONAL"
      : choiceAt(body, "parameter_format", "", ["POSITIONAL", "NAMED"] as const);
  const components = readComponents(body, category, parameterFormat);
  const approved = account.review === "instant" || libraryName !== undefined;
  const own = [...platform.state.templates.values()].filter((template) => template.accountId === account.id);
  if (own.some((template) => template.name === name && template.language === language)) {
    throw refuse(
      2388024,
      "Content in this language already exists",
      `There is already ${language} content for this template. You can create a new template and try again.`,
    );
  }
  const verified = platform.state.portfolios.get(account.portfolioId)?.verified !== false;
  if (new Set(own.map((template) => template.name)).size >= namesAtMost[verified ? "verified" : "unverified"]) {
    throw refuse(2388019, "Template limit reached", "This account has reached its limit of message templates.");
  }
  const taken = platform.state.takenTemplateNames.get(`${account.id} ${name} ${language}`);
  if (taken !== undefined && taken > platform.now()) {
    throw refuse(
      2388023,
      "Message template language is being deleted",
      "New content in this language can't be added while the existing content is being deleted. Try again in 30 days or use another name.",
    );
  }
  const template: Template = {
    id: nextNodeId(platform.state, "template"),
    accountId: account.id,
    name,
    language,
    status: approved ? "APPROVED" : "PENDING",
    category: approved ? categoryByContent(platform, category, components) : category,
    parameterFormat,
    components,
    rejectedReason: null,
    quality: "UNKNOWN",
    pauses: 0,
    ttlSeconds: readTtl(body, category),
    editedAt: [],
    createdAt: platform.now(),
    ...(libraryName === undefined ? {} : { libraryName }),
  };
  platform.state.templates.set(template.id, template);
  platform.announce({ type: "template", id: template.id });
  if (template.status === "APPROVED") tellTemplate(platform, template, "APPROVED", "NONE");
  return template;
}

/** An authentication template of a name and language: made, or given other components where it is there already. */
export function saveAuthenticationTemplate(platform: Platform, account: Account, body: Body): Template {
  const { name, language } = body;
  const known = [...platform.state.templates.values()].find(
    (one) => one.accountId === account.id && one.name === name && one.language === language,
  );
  if (!known) return createTemplate(platform, account, body);
  known.components = readComponents(body, "AUTHENTICATION", known.parameterFormat);
  known.ttlSeconds = readTtl(body, "AUTHENTICATION");
  platform.announce({ type: "template", id: known.id });
  return known;
}

/** `POST /{template-id}`: a full replacement of the components, after which the template is reviewed again. */
export function editTemplate(platform: Platform, template: Template, body: Body): void {
  if (
    template.status === "PENDING" ||
    template.status === "DISABLED" ||
    template.status === "PENDING_DELETION" ||
    template.status === "ARCHIVED"
  ) {
    throw refuse(2388023, "Template can not be edited", `A template with status ${template.status} can not be edited.`);
  }
  const now = platform.now();
  const recent = template.editedAt.filter((editedAt) => now - editedAt < 30 * dayMs);
  if (template.status === "APPROVED" && (recent.length >= 10 || recent.some((editedAt) => now - editedAt < dayMs))) {
    throw refuse(
      2388023,
      "Too many edits",
      "An approved template can be edited once in 24 hours and 10 times in 30 days.",
    );
  }
  if (body.category !== undefined && body.category !== null) {
    const category = choiceAt(body, "category", "", categories);
    if (template.status === "APPROVED" && category !== template.category) {
      throw refuse(2388023, "Category can not be changed", "The category of an approved template can not be changed.");
    }
    template.category = category;
  }
  if (body.message_send_ttl_seconds !== undefined) template.ttlSeconds = readTtl(body, template.category);
  if (body.components !== undefined) {
    template.components = readComponents(body, template.category, template.parameterFormat);
    const approved = platform.state.accounts.get(template.accountId)?.review === "instant";
    template.status = approved ? "APPROVED" : "PENDING";
    if (approved) template.category = categoryByContent(platform, template.category, template.components);
    template.rejectedReason = null;
  }
  template.editedAt = [...recent, now];
  if (body.components !== undefined && template.status === "APPROVED") tellComponents(platform, template);
  platform.announce({ type: "template", id: template.id });
}

const sendable = new Set<TemplateStatus>(["APPROVED", "PAUSED", "PENDING_DELETION", "ARCHIVED"]);

/** `DELETE /{account-id}/message_templates`, by name (all languages), by id and name, or by a list of ids. */
export function deleteTemplates(platform: Platform, account: Account, query: Body): void {
  const ids = optionalListAt(query, "hsm_ids", "")?.map(String) ?? null;
  const id = query.hsm_id === undefined ? null : String(query.hsm_id);
  const name = optionalTextAt(query, "name", "");
  if (ids === null && name === null) throw new GraphError(100, { message: "(#100) The parameter name is required." });
  if (ids !== null && (ids.length > 100 || name !== null))
    throw new GraphError(100, { details: "hsm_ids takes at most 100 ids and can not be combined with name." });
  const doomed = [...platform.state.templates.values()].filter(
    (template) =>
      template.accountId === account.id &&
      (ids ? ids.includes(template.id) : template.name === name && (id === null || template.id === id)),
  );
  if (doomed.length === 0) {
    throw refuse(
      2593002,
      "Message template not found",
      "The message template could not be found, or you have no permission to delete it.",
    );
  }
  for (const template of doomed) {
    if (template.status === "DISABLED")
      throw refuse(2388030, "Template can not be deleted", "A disabled template can not be deleted.");
    dropTemplate(platform, template);
  }
}

/** Deletes a template and says so. The name of one that was ever sent stays taken for 30 days ("Template management", deleting). */
export function dropTemplate(platform: Platform, template: Template): void {
  platform.state.templates.delete(template.id);
  if (sendable.has(template.status))
    platform.state.takenTemplateNames.set(
      `${template.accountId} ${template.name} ${template.language}`,
      plus(platform.now(), 30 * dayMs),
    );
  tellTemplate(platform, template, "DELETED", "NONE");
  platform.announce({ type: "template", id: template.id });
}

/** A change of status under a name of its own in `message_template_status_update`. */
export function changeStatus(platform: Platform, template: Template, status: TemplateStatus, event: string): void {
  template.status = status;
  tellTemplate(platform, template, event, "NONE");
  platform.announce({ type: "template", id: template.id });
}

export type TemplateEvent = "approve" | "reject" | "pause" | "unpause" | "disable" | "flag";

/** The review's or the quality watch's decision about a template, made by hand, told in `message_template_status_update`. */
export function decideTemplate(platform: Platform, template: Template, event: TemplateEvent, options: Body = {}): void {
  switch (event) {
    case "approve":
      if (typeof options.category === "string") {
        // The reviewer says which; the continuous review may find it wrong later.
        template.category = choiceAt(options, "category", "", categories);
        const { foundAfterMs } = platform.state.rules.thresholds.category;
        platform.agenda.plan(foundAfterMs, { do: "rule", task: { rule: "find-category", templateId: template.id } });
      } else template.category = categoryByContent(platform, template.category, template.components);
      become(platform, template, "APPROVED", "NONE");
      if (template.editedAt.length > 0) tellComponents(platform, template);
      return;
    case "reject": {
      const reason = typeof options.reason === "string" ? options.reason : "INVALID_FORMAT";
      if (!rejectionReasons.some((known) => known === reason))
        throw new GraphError(100, { message: `(#100) reason must be one of {${rejectionReasons.join(", ")}}` });
      template.rejectedReason = reason;
      become(platform, template, "REJECTED", reason, {
        rejection_info: {
          reason:
            typeof options.details === "string" ? options.details : "The template does not follow the guidelines.",
          recommendation:
            typeof options.recommendation === "string"
              ? options.recommendation
              : "Edit the template and submit it again.",
        },
      });
      return;
    }
    case "pause":
      pauseTemplate(platform, template);
      return;
    case "unpause":
      template.quality = "UNKNOWN";
      become(platform, template, "APPROVED", "NONE", {
        other_info: { title: "UNPAUSE", description: "The template can be sent again." },
      });
      return;
    case "disable":
      become(platform, template, "DISABLED", null, {
        other_info: { title: "DISABLED", description: "The template was paused too often and is disabled." },
      });
      return;
    case "flag":
      tellTemplate(platform, template, "FLAGGED", null);
      return;
  }
}

/** Content that advertises is approved as marketing, whatever it was handed in as ("Template categorization"). */
function categoryByContent(
  platform: Platform,
  category: TemplateCategory,
  components: readonly Body[],
): TemplateCategory {
  const misfiled = category === "UTILITY" && inForce(platform, "category-by-content");
  return misfiled && advertises(wordsOf(components)) ? "MARKETING" : category;
}

/** A pause after bad reactions to a template's first messages: it ends only by hand ("Template pacing"). */
export function holdTemplate(platform: Platform, template: Template): void {
  template.quality = "RED";
  become(platform, template, "PAUSED", null, {
    other_info: { title: "RATE_LIMITING_PAUSE", description: "Paused because of low quality during pacing" },
  });
}

/** First pause 3 hours, second 6 hours, the third time the template is disabled ("Template pausing"). */
function pauseTemplate(platform: Platform, template: Template): void {
  template.pauses += 1;
  template.quality = "RED";
  if (template.pauses >= 3) {
    become(platform, template, "DISABLED", null, {
      other_info: { title: "DISABLED", description: "The template was paused too often and is disabled." },
    });
    return;
  }
  const hours = template.pauses === 1 ? 3 : 6;
  become(platform, template, "PAUSED", null, {
    other_info: {
      title: template.pauses === 1 ? "FIRST_PAUSE" : "SECOND_PAUSE",
      description: `Paused for ${hours} hours because of low quality`,
    },
  });
  platform.agenda.plan(hours * hourMs, { do: "unpause", templateId: template.id, pauses: template.pauses });
}

export function unpauseWhenDue(platform: Platform, templateId: string, pauses: number): void {
  const template = platform.state.templates.get(templateId);
  if (template?.status === "PAUSED" && template.pauses === pauses) decideTemplate(platform, template, "unpause");
}

function become(
  platform: Platform,
  template: Template,
  status: TemplateStatus,
  reason: string | null,
  more: Body = {},
): void {
  template.status = status;
  if (status === "APPROVED") template.rejectedReason = null;
  tellTemplate(platform, template, status, reason, more);
  platform.announce({ type: "template", id: template.id });
}

function tellTemplate(
  platform: Platform,
  template: Template,
  event: string,
  reason: string | null,
  more: Body = {},
): void {
  const account = platform.state.accounts.get(template.accountId);
  if (!account) return;
  tell(platform, account, "message_template_status_update", {
    event,
    // A JSON number, as the platform has it: a receiver has to cope.
    message_template_id: Number(template.id),
    message_template_name: template.name,
    message_template_language: template.language,
    reason,
    message_template_category: template.category,
    ...more,
  });
}

function readTtl(body: Body, category: TemplateCategory): number | null {
  if (body.message_send_ttl_seconds === undefined || body.message_send_ttl_seconds === null)
    return category === "AUTHENTICATION" ? 600 : null;
  const seconds = numberAt(body, "message_send_ttl_seconds", "");
  const [least, most] = { AUTHENTICATION: [30, 900], UTILITY: [30, 43_200], MARKETING: [43_200, 2_592_000] }[
    category
  ] as [number, number];
  if (seconds === -1 && category !== "MARKETING") return null;
  if (seconds < least || seconds > most)
    throw new GraphError(100, {
      details: `message_send_ttl_seconds must be between ${least} and ${most} for ${category}.`,
    });
  return seconds;
}

/** A template node with the fields asked for; `id` is always there. */
/** `more`: members somebody else knows, such as its health. */
export function templateNode(template: Template, fields: readonly string[] | null, more: Body = {}): Body {
  const all: Body = {
    name: template.name,
    parameter_format: template.parameterFormat,
    components: template.components,
    language: template.language,
    status: template.status,
    category: template.category,
    quality_score: { score: template.quality, date: Math.floor(template.createdAt / 1000) },
    rejected_reason: template.rejectedReason ?? "NONE",
    message_send_ttl_seconds: template.ttlSeconds ?? -1,
    previous_category: template.previousCategory ?? template.category,
    correct_category: template.correctCategory ?? template.category,
    library_template_name: template.libraryName ?? null,
    cta_url_link_tracking_opted_out: false,
    id: template.id,
  };
  const wanted = fields ?? ["name", "parameter_format", "components", "language", "status", "category"];
  return pick({ ...all, ...more }, wanted, "WhatsAppMessageTemplate");
}

/** The named members of a node; asking for one it has not is an error, as on every Graph node. */
export function pick(node: Body, wanted: readonly string[], nodeType: string): Body {
  const picked: Body = {};
  for (const field of wanted) {
    if (!(field in node))
      throw new GraphError(100, {
        message: `(#100) Tried accessing nonexisting field (${field}) on node type (${nodeType})`,
      });
    if (node[field] !== null && node[field] !== undefined) picked[field] = node[field];
  }
  picked.id = node.id;
  return picked;
}

/** The templates of an account that pass the filters of a list request. */
export function listTemplates(platform: Platform, account: Account, query: URLSearchParams): Template[] {
  const oneOf = (key: string, value: string) => {
    const wanted = query.get(key);
    return wanted === null || wanted.toUpperCase().split(",").includes(value.toUpperCase());
  };
  const name = query.get("name");
  const text = query.get("name_or_content")?.toLowerCase();
  return [...platform.state.templates.values()]
    .filter(
      (template) =>
        template.accountId === account.id &&
        (name === null || template.name.includes(name)) &&
        (text === undefined ||
          template.name.includes(text) ||
          JSON.stringify(template.components).toLowerCase().includes(text)) &&
        oneOf("status", template.status) &&
        oneOf("category", template.category) &&
        oneOf("language", template.language) &&
        oneOf("quality_score", template.quality),
    )
    .reverse();
}
