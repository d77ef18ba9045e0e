import { activityFields, listActivities } from "../platform/activities.ts";
import {
  changeInsights,
  conversationAnalytics,
  type FieldParameters,
  messageAnalytics,
  pricingAnalytics,
  templateAnalytics,
} from "../platform/analytics.ts";
import { assignUser, removeUser, userFields, userNode, usersOf } from "../platform/assigned-users.ts";
import { migrateFlows } from "../platform/flow-migration.ts";
import { createFlow, flowFields, flowNode } from "../platform/flows.ts";
import { GraphError } from "../platform/graph-error.ts";
import { addPhoneNumber } from "../platform/number-life.ts";
import { flagOf, optionalTextAt } from "../platform/parameters.ts";
import type { Platform } from "../platform/platform.ts";
import { createSchedule, listSchedules, scheduleFields } from "../platform/schedules.ts";
import { createSignupLink, signupLinksOf, signupNode } from "../platform/signup-links.ts";
import type { Account, Body, Token } from "../platform/state.ts";
import { archiveTemplates, migrateTemplates } from "../platform/template-care.ts";
import { createFromLibrary, previewTemplates, searchLibrary, upsertTemplates } from "../platform/template-library.ts";
import { pick } from "../platform/templates.ts";
import { fieldsOf, splitFields } from "./fields.ts";
import { page } from "./nodes.ts";
import { countTemplate } from "./quota.ts";
import type { GraphRequest, HttpRequest } from "./request.ts";

/** The edges of an account beside its numbers, templates and subscriptions. `undefined` where the edge is none of these. */
export function answerAccountFeature(
  platform: Platform,
  account: Account,
  token: Token,
  request: GraphRequest,
  call: string,
  http: HttpRequest,
): unknown {
  const { parameters, query } = request;
  const url = `${platform.baseUrl}${http.path}?${http.query.toString()}`;
  switch (call) {
    case "POST":
      return changeAccount(account, parameters);
    case "POST phone_numbers":
      return addPhoneNumber(platform, account, parameters);
    case "POST message_templates": {
      const last = request.segments[2];
      if (last === "archive" || last === "unarchive")
        return archiveTemplates(platform, account, parameters, last === "archive");
      // Only those from the library; the others are made in accounts.ts.
      if (!optionalTextAt(parameters, "library_template_name", "")) return undefined;
      countTemplate(platform, account);
      const { id, status, category } = createFromLibrary(platform, account, parameters);
      return { id, status, category };
    }
    case "POST migrate_message_templates":
      return migrateTemplates(platform, account, parameters, token.accountIds);
    case "POST upsert_message_templates":
      countTemplate(platform, account);
      return upsertTemplates(platform, account, parameters);
    case "GET message_template_library":
      return page(searchLibrary(query), query, url);
    case "GET message_template_previews":
      return { data: previewTemplates(parameters) };
    case "GET template_analytics":
      return templateAnalytics(platform, account, parameters);
    case "POST flows":
      return createFlow(platform, account, parameters);
    case "GET flows": {
      const flows = [...platform.state.flows.values()].filter(({ accountId }) => accountId === account.id);
      const fields = fieldsOf(request, flowFields);
      return page(
        flows.map((flow) => pick(flowNode(platform, flow), fields, "WhatsAppFlow")),
        query,
        url,
      );
    }
    case "POST migrate_flows":
      return migrateFlows(platform, account, parameters, token.accountIds);
    case "GET activities": {
      const fields = fieldsOf(request, activityFields);
      const listed = listActivities(platform, account, query);
      return page(
        listed.map((node) => pick(node, fields, "WhatsAppBusinessAccountActivity")),
        query,
        url,
      );
    }
    case "POST schedules":
      return createSchedule(platform, account, parameters);
    case "GET schedules": {
      const fields = fieldsOf(request, scheduleFields);
      const listed = listSchedules(platform, account, query);
      return page(
        listed.map((node) => pick(node, fields, "WhatsAppBusinessAccountSchedule")),
        query,
        url,
      );
    }
    case "POST signups":
      return createSignupLink(platform, account, parameters);
    case "GET signups":
      return page(signupLinksOf(platform, account).map(signupNode), query, url);
    case "GET assigned_users":
      return {
        ...page(
          usersOf(platform, account, token).map((user) =>
            pick(userNode(platform, account, user), fieldsOf(request, userFields), "AssignedUser"),
          ),
          query,
          url,
        ),
        ...(query.has("summary") ? { summary: { total_count: usersOf(platform, account, token).length } } : {}),
      };
    case "POST assigned_users":
      return assignUser(platform, account, token, parameters);
    case "DELETE assigned_users":
      return removeUser(platform, account, token, parameters);
    default:
      return undefined;
  }
}

/** `POST /{account}`: the switches that take effect, and the name. Errors 100, 200005, 200006. */
function changeAccount(account: Account, body: Body): Body {
  const known = ["is_enabled_for_insights", "disable_marketing_messages_on_cloud_api", "name", "timezone_id"];
  if (!known.some((key) => body[key] !== undefined))
    throw new GraphError(100, { message: `(#100) At least one of ${known.join(", ")} is required.` });
  const name = optionalTextAt(body, "name", "", { min: 1, max: 100 });
  if (body.is_enabled_for_insights !== undefined) changeInsights(account, flagOf(body.is_enabled_for_insights));
  if (body.disable_marketing_messages_on_cloud_api !== undefined)
    account.marketingOffCloudApi = flagOf(body.disable_marketing_messages_on_cloud_api);
  if (name !== null) account.name = name;
  return { success: true };
}

const analytics: Record<string, (platform: Platform, account: Account, parameters: FieldParameters) => Body> = {
  analytics: messageAnalytics,
  conversation_analytics: conversationAnalytics,
  pricing_analytics: pricingAnalytics,
};

/** The analytics among the fields asked for, each with its parameters in dot syntax ("Analytics"). */
export function analyticsOf(platform: Platform, account: Account, request: GraphRequest): Body {
  const answered: Body = {};
  for (const field of splitFields(request.query.get("fields") ?? "")) {
    const [name = "", ...parts] = field.split(/\.(?=[a-z_]+\()/);
    const work = analytics[name];
    if (!work) continue;
    const parameters = parts.map((part) => /^([a-z_]+)\((.*)\)$/s.exec(part));
    answered[name] = work(
      platform,
      account,
      new Map(parameters.map((match) => [match?.[1] ?? "", match?.[2] ?? ""] as const)),
    );
  }
  return answered;
}
