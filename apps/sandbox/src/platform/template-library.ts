import { GraphError, wrongType } from "./graph-error.ts";
import { flagOf, isBody, listAt, objectsAt, optionalListAt, optionalTextAt, textAt } from "./parameters.ts";
import type { Platform } from "./platform.ts";
import type { Account, Body, Template } from "./state.ts";
import { type LibraryEntry, type LibraryLanguage, library } from "./template-library-entries.ts";
import { authenticationPreview, variablesOf } from "./template-parameters.ts";
import { createTemplate, saveAuthenticationTemplate } from "./templates.ts";

const languages: readonly LibraryLanguage[] = ["en_US", "nl", "de"];

/** The language of the library a request means: every English is the one there is. */
function libraryLanguage(code: string): LibraryLanguage | null {
  return /^en(_|$)/.test(code) ? "en_US" : (languages.find((one) => one === code) ?? null);
}

/** `GET /message_template_library`: filters `search`, `topic`, `usecase`, `industry`, `language`, `name`. */
export function searchLibrary(query: URLSearchParams): Body[] {
  const is = (key: string, values: readonly string[]) => {
    const wanted = query.get(key);
    return wanted === null || values.some((value) => value.toUpperCase() === wanted.toUpperCase());
  };
  const search = query.get("search")?.toLowerCase() ?? "";
  const asked = query.get("language");
  const wanted = asked === null ? languages : languages.filter((one) => one === libraryLanguage(asked));
  return library
    .filter((one) => is("topic", [one.topic]) && is("usecase", [one.usecase]) && is("industry", one.industry))
    .flatMap((one) => wanted.map((language) => libraryNode(one, language)))
    .filter((node) => is("name", [String(node.name)]) && `${node.name} ${node.body}`.toLowerCase().includes(search));
}

function libraryNode(one: LibraryEntry, language: LibraryLanguage): Body {
  const button = one.button?.[language];
  const id = library.indexOf(one) * languages.length + languages.indexOf(language) + 1;
  return {
    name: one.name,
    language,
    category: "UTILITY",
    topic: one.topic,
    usecase: one.usecase,
    industry: one.industry,
    body: one.bodies[language],
    body_params: one.examples,
    body_param_types: one.types,
    ...(button ? { buttons: [{ type: "URL", text: button, url: "https://www.example.com/{{1}}" }] } : {}),
    id: `89${String(id).padStart(14, "0")}`,
  };
}

/**
 * A template made from an entry of the library, approved at once ("Template library"). Error 100 for an unknown entry, a language it
 * is not there in, another category than UTILITY, or a button without its URL.
 */
export function createFromLibrary(platform: Platform, account: Account, body: Body): Template {
  const name = textAt(body, "library_template_name", "");
  const found = library.find((one) => one.name === name);
  if (!found) throw new GraphError(100, { details: `library_template_name: there is no ${name} in the library.` });
  if (String(body.category ?? "UTILITY").toUpperCase() !== "UTILITY") throw wrongType("category", '"UTILITY"');
  const language = libraryLanguage(textAt(body, "language", ""));
  if (!language) throw new GraphError(100, { details: `language: ${name} is not in the library in this language.` });
  const inputs = optionalListAt(body, "library_template_button_inputs", "") ?? [];
  const components: Body[] = [
    { type: "BODY", text: found.bodies[language], example: { body_text: [[...found.examples]] } },
  ];
  if (found.button) {
    const [input] = objectsAt(inputs, "library_template_button_inputs");
    const url = isBody(input?.item.url) ? input.item.url : null;
    const base = url ? textAt(url, "base_url", "library_template_button_inputs[0]['url']") : null;
    if (base === null)
      throw new GraphError(100, { message: "(#100) The parameter library_template_button_inputs is required." });
    const dynamic = variablesOf(base).length > 0;
    const example = url ? optionalTextAt(url, "url_suffix_example", "library_template_button_inputs[0]['url']") : null;
    const text = found.button[language];
    components.push({
      type: "BUTTONS",
      buttons: [{ type: "URL", text, url: base, ...(dynamic ? { example: [example ?? base] } : {}) }],
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
