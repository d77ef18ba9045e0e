import { GraphError, unknownObject } from "../platform/graph-error.ts";
import { appHealth, portfolioHealth, templateHealth } from "../platform/health.ts";
import { optionalTextAt, textAt } from "../platform/parameters.ts";
import type { Platform } from "../platform/platform.ts";
import { addPreverified, listPreverified, preverifiedFields } from "../platform/preverified.ts";
import type { Account, App, Body, Template, Token } from "../platform/state.ts";
import { compareTemplates } from "../platform/template-compare.ts";
import {
  createTemplate,
  deleteTemplates,
  editTemplate,
  listTemplates,
  pick,
  templateNode,
} from "../platform/templates.ts";
import { usualWebhookVersion } from "../platform/webhook-fields.ts";
import { analyticsOf, answerAccountFeature } from "./account-features.ts";
import { fieldsOf, noSuchEdge } from "./fields.ts";
import { accountFields, accountNode, appNode, numberListFields, numberNode, page } from "./nodes.ts";
import { listNumbers } from "./number-list.ts";
import { countTemplate } from "./quota.ts";
import type { GraphRequest, HttpRequest } from "./request.ts";
import { openUpload } from "./uploads.ts";

export async function answerAccount(
  platform: Platform,
  account: Account,
  token: Token,
  request: GraphRequest,
  call: string,
  http: HttpRequest,
): Promise<unknown> {
  const url = `${platform.baseUrl}${http.path}?${http.query.toString()}`;
  switch (call) {
    case "GET": {
      const node = { ...accountNode(platform, account), ...analyticsOf(platform, account, request) };
      return pick(node, fieldsOf(request, accountFields), "WhatsAppBusinessAccount");
    }
    case "GET phone_numbers": {
      const numbers = listNumbers(platform, account, request.query);
      const fields = fieldsOf(request, numberListFields);
      return page(
        numbers.map((number) => pick(numberNode(platform, number), fields, "WhatsAppBusinessPhoneNumber")),
        request.query,
        url,
      );
    }
    case "GET message_templates": {
      const templates = listTemplates(platform, account, request.query);
      const fields = request.query.has("fields") ? fieldsOf(request, []) : null;
      const listed = page(
        templates.map((template) => templateNode(template, fields, healthOf(platform, template, fields))),
        request.query,
        url,
      );
      if (!request.query.has("summary")) return listed;
      const count = new Set(templates.map((template) => template.name)).size;
      return {
        ...listed,
        summary: {
          total_count: templates.length,
          message_template_count: count,
          message_template_limit: 6000,
          are_translations_complete: false,
        },
      };
    }
    case "POST message_templates": {
      const fromLibrary = answerAccountFeature(platform, account, token, request, call, http);
      if (fromLibrary !== undefined) return fromLibrary;
      countTemplate(platform, account);
      const template = createTemplate(platform, account, request.parameters);
      return { id: template.id, status: template.status, category: template.category };
    }
    case "DELETE message_templates":
      deleteTemplates(platform, account, request.parameters);
      return { success: true };
    case "GET subscribed_apps":
      return {
        data: [...account.subscriptions].map(([appId, { overrideUrl }]) => subscribedApp(platform, appId, overrideUrl)),
      };
    case "POST subscribed_apps": {
      const override = optionalTextAt(request.parameters, "override_callback_uri", "", { max: 200 });
      if (override)
        await platform.callbacks.handshake(override, optionalTextAt(request.parameters, "verify_token", "") ?? "");
      account.subscriptions.set(token.appId, { overrideUrl: override || null });
      platform.announce({ type: "number", id: account.id });
      return { success: true };
    }
    case "DELETE subscribed_apps":
      account.subscriptions.delete(token.appId);
      return { success: true };
    default: {
      const answered = answerAccountFeature(platform, account, token, request, call, http);
      if (answered !== undefined) return answered;
      throw noSuchEdge(request, "WhatsAppBusinessAccount");
    }
  }
}

function subscribedApp(platform: Platform, appId: string, overrideUrl: string | null): Body {
  const app = platform.state.apps.get(appId);
  return {
    whatsapp_business_api_data: {
      id: appId,
      link: `https://www.facebook.com/games/?app_id=${appId}`,
      name: app?.name ?? "",
    },
    ...(overrideUrl ? { override_callback_uri: overrideUrl } : {}),
  };
}

/** A template's health, for who asks. */
function healthOf(platform: Platform, template: Template, fields: readonly string[] | null): Body {
  return fields?.includes("health_status") ? { health_status: templateHealth(platform, template) } : {};
}

export function answerTemplate(platform: Platform, id: string, request: GraphRequest, call: string): unknown {
  const template = platform.state.templates.get(id);
  if (!template) throw unknownObject(request.method, id);
  const fields = request.query.has("fields") ? fieldsOf(request, []) : null;
  switch (call) {
    case "GET":
      return templateNode(template, fields, healthOf(platform, template, fields));
    case "POST":
      editTemplate(platform, template, request.parameters);
      return { success: true, id: template.id, name: template.name, category: template.category };
    case "GET compare":
      return compareTemplates(platform, template, request.parameters);
    case "POST unpause": {
      if (template.status !== "PAUSED") return { success: false, reason: "Template is not paused." };
      template.status = "APPROVED";
      platform.announce({ type: "template", id });
      return { success: true };
    }
    default:
      throw noSuchEdge(request, "WhatsAppMessageTemplate");
  }
}

export function answerPortfolio(
  platform: Platform,
  id: string,
  token: Token,
  request: GraphRequest,
  call: string,
  http: HttpRequest,
): unknown {
  const seen = [...platform.state.accounts.values()].filter((account) => token.accountIds.includes(account.id));
  const owned = seen.filter(({ portfolioId }) => portfolioId === id);
  const url = `${platform.baseUrl}${http.path}?${http.query.toString()}`;
  switch (call) {
    case "GET":
      return pick(
        { id, name: platform.state.portfolios.get(id)?.name, health_status: portfolioHealth(platform, id, owned) },
        fieldsOf(request, ["name"]),
        "Business",
      );
    case "GET owned_whatsapp_business_accounts":
    case "GET client_whatsapp_business_accounts": {
      const listed = seen.filter((account) => (call.includes("owned") ? account.portfolioId : account.clientOf) === id);
      return page(
        listed.map((account) =>
          pick(accountNode(platform, account), fieldsOf(request, accountFields), "WhatsAppBusinessAccount"),
        ),
        request.query,
        url,
      );
    }
    case "POST add_phone_numbers":
      return addPreverified(platform, id, request.parameters);
    case "GET preverified_numbers": {
      const fields = fieldsOf(request, preverifiedFields);
      const listed = listPreverified(platform, id, request.query);
      return page(
        listed.map((node) => pick(node, fields, "WhatsAppBusinessPreVerifiedPhoneNumber")),
        request.query,
        url,
      );
    }
    default:
      throw noSuchEdge(request, "Business");
  }
}

export async function answerApp(platform: Platform, app: App, request: GraphRequest, call: string): Promise<unknown> {
  const { parameters } = request;
  switch (call) {
    case "GET":
      return pick(
        { ...appNode(app), health_status: appHealth(platform, app) },
        fieldsOf(request, ["name", "link", "category"]),
        "Application",
      );
    case "GET subscriptions":
      return {
        data: app.callbackUrl
          ? [
              {
                object: "whatsapp_business_account",
                callback_url: app.callbackUrl,
                active: true,
                fields: app.fields.map((name) => ({
                  name,
                  version: `v${app.webhookVersion ?? usualWebhookVersion}.0`,
                })),
              },
            ]
          : [],
      };
    case "POST subscriptions": {
      if (request.token === null || !request.token.includes("|")) {
        throw new GraphError(15, {
          message: "(#15) This method must be called with an app access_token.",
          status: 400,
        });
      }
      const url = textAt(parameters, "callback_url", "", { min: 1, max: 500 });
      const verifyToken = optionalTextAt(parameters, "verify_token", "") ?? "";
      await platform.callbacks.handshake(url, verifyToken);
      const fields = Array.isArray(parameters.fields)
        ? parameters.fields.map(String)
        : optionalTextAt(parameters, "fields", "")
            ?.split(",")
            .map((field) => field.trim());
      app.callbackUrl = url;
      app.verifyToken = verifyToken;
      app.webhookVersion = Number.parseInt(request.version.slice(1), 10);
      if (fields && fields.length > 0) app.fields = fields;
      platform.announce({ type: "number", id: app.id });
      return { success: true };
    }
    case "POST uploads":
      return openUpload(platform, app, parameters);
    case "DELETE subscriptions":
      app.callbackUrl = null;
      return { success: true };
    default:
      throw noSuchEdge(request, "Application");
  }
}
