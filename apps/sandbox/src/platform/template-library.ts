import { GraphError, wrongType } from "./graph-error.ts";
import { flagOf, isBody, listAt, objectsAt, optionalListAt, optionalTextAt, textAt } from "./parameters.ts";
import type { Platform } from "./platform.ts";
import type { Account, Body, Template } from "./state.ts";
import { authenticationPreview, variablesOf } from "./template-parameters.ts";
import { createTemplate, saveAuthenticationTemplate } from "./templates.ts";

/** An entry of the platform's library of ready-made templates. The sandbox has a few of its own making, in the same shape. */
interface LibraryEntry {
  readonly name: string;
  readonly topic: string;
  readonly usecase: string;
  readonly industry: readonly string[];
  readonly body: string;
  readonly examples: readonly string[];
  readonly types: readonly string[];
  readonly button?: string;
}

const library: readonly LibraryEntry[] = [
  {
    name: "order_on_its_way_1",
    topic: "ORDER_MANAGEMENT",
    usecase: "SHIPMENT_CONFIRMATION",
    industry: ["E_COMMERCE"],
    body: "Hello {{1}}, your order {{2}} has left our warehouse. You can follow it with the button below.",
    examples: ["Sam", "A-1042"],
    types: ["TEXT", "TEXT"],
    button: "Follow the order",
  },
  {
    name: "order_ready_1",
    topic: "ORDER_MANAGEMENT",
    usecase: "ORDER_PICK_UP",
    industry: ["E_COMMERCE"],
    body: "Hello {{1}}, order {{2}} is ready to be collected at {{3}}.",
    examples: ["Sam", "A-1042", "Dam 1, Amsterdam"],
    types: ["TEXT", "TEXT", "ADDRESS"],
  },
  {
    name: "appointment_tomorrow_1",
    topic: "EVENT_REMINDER",
    usecase: "RSVP_REMINDER",
    industry: ["E_COMMERCE"],
    body: "Hello {{1}}, we expect you on {{2}} at {{3}}. Please let us know if that does not suit you.",
    examples: ["Sam", "May 4", "14:00"],
    types: ["TEXT", "DATE", "TEXT"],
  },
  {
    name: "payment_received_1",
    topic: "PAYMENTS",
    usecase: "PAYMENT_CONFIRMATION",
    industry: ["FINANCIAL_SERVICES", "E_COMMERCE"],
    body: "Hello {{1}}, we received your payment of {{2}} for invoice {{3}}. Thank you.",
    examples: ["Sam", "€ 24.50", "2026-118"],
    types: ["TEXT", "AMOUNT", "TEXT"],
  },
  {
    name: "account_changed_1",
    topic: "ACCOUNT_UPDATES",
    usecase: "ACCOUNT_CREATION_CONFIRMATION",
    industry: ["FINANCIAL_SERVICES"],
    body: "Hello {{1}}, the e-mail address of your account was changed on {{2}}. If that was not you, please call us.",
    examples: ["Sam", "May 4"],
    types: ["TEXT", "DATE"],
  },
];

/** `GET /message_template_library`: filters `search`, `topic`, `usecase`, `industry`, `language`, `name`. English only. */
export function searchLibrary(query: URLSearchParams): Body[] {
  const is = (key: string, values: readonly string[]) => {
    const wanted = query.get(key);
    return wanted === null || values.some((value) => value.toUpperCase() === wanted.toUpperCase());
  };
  const search = query.get("search")?.toLowerCase() ?? "";
  const english = /^en/.test(query.get("language") ?? "en");
  return library
    .filter(
      (one) =>
        english &&
        is("topic", [one.topic]) &&
        is("usecase", [one.usecase]) &&
        is("industry", one.industry) &&
        is("name", [one.name]) &&
        `${one.name} ${one.body}`.toLowerCase().includes(search),
    )
    .map((one) => ({
      name: one.name,
      language: "en_US",
      category: "UTILITY",
      topic: one.topic,
      usecase: one.usecase,
      industry: one.industry,
      body: one.body,
      body_params: one.examples,
      body_param_types: one.types,
      ...(one.button ? { buttons: [{ type: "URL", text: one.button, url: "https://www.example.com/{{1}}" }] } : {}),
      id: `89${String(library.indexOf(one) + 1).padStart(14, "0")}`,
    }));
}

/**
 * A template made from an entry of the library, approved at once ("Template library"). Error 100 for an unknown entry, another
 * category than UTILITY, or a button without its URL.
 */
export function createFromLibrary(platform: Platform, account: Account, body: Body): Template {
  const name = textAt(body, "library_template_name", "");
  const found = library.find((one) => one.name === name);
  if (!found) throw new GraphError(100, { details: `library_template_name: there is no ${name} in the library.` });
  if (String(body.category ?? "UTILITY").toUpperCase() !== "UTILITY") throw wrongType("category", '"UTILITY"');
  const inputs = optionalListAt(body, "library_template_button_inputs", "") ?? [];
  const components: Body[] = [{ type: "BODY", text: found.body, example: { body_text: [[...found.examples]] } }];
  if (found.button) {
    const [input] = objectsAt(inputs, "library_template_button_inputs");
    const url = isBody(input?.item.url) ? input.item.url : null;
    const base = url ? textAt(url, "base_url", "library_template_button_inputs[0]['url']") : null;
    if (base === null)
      throw new GraphError(100, { message: "(#100) The parameter library_template_button_inputs is required." });
    const dynamic = variablesOf(base).length > 0;
    const example = url ? optionalTextAt(url, "url_suffix_example", "library_template_button_inputs[0]['url']") : null;
    components.push({
      type: "BUTTONS",
      buttons: [{ type: "URL", text: found.button, url: base, ...(dynamic ? { example: [example ?? base] } : {}) }],
    });
  }
  const { library_template_name: _name, library_template_button_inputs: _inputs, ...rest } = body;
  return createTemplate(platform, account, { ...rest, category: "UTILITY", components }, name);
}

/** `POST /{account}/upsert_message_templates`: one authentication template in many languages. Error 100. */
export function upsertTemplates(platform: Platform, account: Account, body: Body): Body {
  if (String(body.category).toUpperCase() !== "AUTHENTICATION") throw wrongType("category", '"AUTHENTICATION"');
  const languages = listAt(body, "languages", "").map(String);
  if (languages.length === 0) throw new GraphError(100, { message: "(#100) The parameter languages is required." });
  const data = languages.map((language) => {
    const { id, status } = saveAuthenticationTemplate(platform, account, { ...structuredClone(body), language });
    return { id, status, language };
  });
  return { data };
}

/** `GET /{account}/message_template_previews`: what an authentication template will say, in each language. */
export function previewTemplates(query: Body): Body[] {
  if (String(query.category).toUpperCase() !== "AUTHENTICATION") throw wrongType("category", '"AUTHENTICATION"');
  const asked = query.languages ?? query.language;
  const languages = Array.isArray(asked) ? asked.map(String) : String(asked ?? "en").split(",");
  const minutes = query.code_expiration_minutes === undefined ? null : Number(query.code_expiration_minutes);
  return languages
    .map((language) => language.trim().replace(/^[["]+|[\]"]+$/g, ""))
    .map((language) => authenticationPreview(language, flagOf(query.add_security_recommendation), minutes));
}
