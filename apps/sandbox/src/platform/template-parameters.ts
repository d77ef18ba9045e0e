import { type MediaCheck, readLocation, readMedia } from "./content.ts";
import { badValue, GraphError, missing, wrongType } from "./graph-error.ts";
import { at, isBody, numberAt, objectAt, objectsAt, optionalListAt, optionalTextAt, textAt } from "./parameters.ts";
import type { Body, Template } from "./state.ts";

/** A template with its parameters filled in, as the phone shows it. */
export interface Rendered {
  header: Body | null;
  body: string;
  footer: string | null;
  buttons: Body[];
  cards: Rendered[];
  /** What stands over a limited-time offer. */
  offerHeading?: string;
  /** When a limited-time offer ends, in milliseconds. */
  offerExpiresAt?: number;
}

const invalid = (details: string): GraphError => new GraphError(100, { details });
const format = (details: string): GraphError => new GraphError(132012, { details });

/**
 * Checks the components of a template send against the stored template and fills them in. The errors' codes and words are
 * the ones clients report from the platform ("Template messages"; "Error codes" 132000, 132012, 132018, 131008, 100).
 */
export function fillTemplate(template: Template, components: unknown[], media: MediaCheck): Rendered {
  const given = objectsAt(components, "template['components']").map(({ item, path }) => ({
    item,
    path,
    type: textAt(item, "type", path).toLowerCase(),
  }));
  const allowed = [
    "header",
    "body",
    "button",
    "limited_time_offer",
    "carousel",
    "order_status",
    "tap_target_configuration",
  ];
  for (const { type, path } of given) {
    if (!allowed.includes(type))
      throw wrongType(at(path, "type"), `one of {${allowed.join(", ").toUpperCase()}} - got "${type}"`);
  }
  const one = (type: string) => {
    const found = given.filter((component) => component.type === type);
    if (found.length > 1) throw invalid(`components: ${type} was given more than once`);
    return found[0];
  };
  const rendered = fill(
    template,
    template.components,
    one("header"),
    one("body"),
    given.filter(({ type }) => type === "button"),
    media,
  );
  rendered.cards = fillCards(template, one("carousel"), media);
  return { ...rendered, ...fillOffer(template, one("limited_time_offer")) };
}

interface Given {
  readonly item: Body;
  readonly path: string;
}

function fill(
  template: Template,
  components: readonly Body[],
  header: Given | undefined,
  body: Given | undefined,
  buttons: readonly Given[],
  media: MediaCheck,
): Rendered {
  const stored = (type: string) => components.find((component) => component.type === type);
  const storedBody = stored("BODY");
  const bodyText =
    template.category === "AUTHENTICATION" ? authenticationText(template, storedBody) : String(storedBody?.text ?? "");
  const filledBody = fillText("body", bodyText, body, template);
  const hasMore = components.some(({ type }) => type !== "BODY");
  if (hasMore && [...filledBody].length > 1024) {
    throw new GraphError(132005, {
      details: `body: translated text too long, it exceeds the ${1024} characters limit`,
    });
  }
  return {
    header: fillHeader(stored("HEADER"), header, template, media),
    body: filledBody,
    footer: footerText(template, stored("FOOTER")),
    buttons: fillButtons(stored("BUTTONS"), buttons, template),
    cards: [],
  };
}

interface AuthenticationWords {
  readonly body: string;
  readonly advice: string;
  readonly expiry: string;
  readonly copy: string;
  readonly autofill: string;
}

/** Authentication texts are the platform's own, in the template's language; the code is their one parameter. */
const english: AuthenticationWords = {
  body: "*{{1}}* is your verification code.",
  advice: "For your security, do not share this code.",
  expiry: "This code expires in {{1}} minutes.",
  copy: "Copy code",
  autofill: "Autofill",
};

const authenticationWords: Record<string, AuthenticationWords> = {
  en: english,
  nl: {
    body: "*{{1}}* is je verificatiecode.",
    advice: "Deel deze code met niemand, voor je eigen veiligheid.",
    expiry: "Deze code verloopt over {{1}} minuten.",
    copy: "Code kopiëren",
    autofill: "Automatisch invullen",
  },
  de: {
    body: "*{{1}}* ist dein Verifizierungscode.",
    advice: "Teile diesen Code zu deiner Sicherheit mit niemandem.",
    expiry: "Dieser Code läuft in {{1}} Minuten ab.",
    copy: "Code kopieren",
    autofill: "Automatisch ausfüllen",
  },
};

function wordsFor(template: Template): AuthenticationWords {
  return authenticationWords[template.language.slice(0, 2)] ?? english;
}

function authenticationText(template: Template, body: Body | undefined): string {
  const words = wordsFor(template);
  return body?.add_security_recommendation === true ? `${words.body} ${words.advice}` : words.body;
}

/** What an authentication template says in a language, as `message_template_previews` shows it. */
export function authenticationPreview(language: string, advice: boolean, minutes: number | null): Body {
  const words = authenticationWords[language.slice(0, 2)] ?? english;
  return {
    language,
    body: advice ? `${words.body} ${words.advice}` : words.body,
    ...(minutes === null ? {} : { footer: words.expiry.replace("{{1}}", String(minutes)) }),
    buttons: [{ type: "OTP", text: words.copy, autofill_text: words.autofill }],
  };
}

function footerText(template: Template, footer: Body | undefined): string | null {
  if (!footer) return null;
  if (footer.code_expiration_minutes !== undefined) {
    return wordsFor(template).expiry.replace("{{1}}", String(footer.code_expiration_minutes));
  }
  return typeof footer.text === "string" ? footer.text : null;
}

/** The variables of a text in the order of their first appearance. */
export function variablesOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{\s*([^{}]+?)\s*\}\}/g)].map((match) => match[1] ?? ""))];
}

function fillText(component: string, text: string, given: Given | undefined, template: Template): string {
  const variables = variablesOf(text);
  const parameters = given
    ? objectsAt(optionalListAt(given.item, "parameters", given.path) ?? [], at(given.path, "parameters"))
    : [];
  if (parameters.length !== variables.length) {
    throw new GraphError(132000, {
      details: `${component}: number of localizable_params (${parameters.length}) does not match the expected number of params (${variables.length})`,
    });
  }
  const values = new Map<string, string>();
  for (const [index, { item, path }] of parameters.entries()) {
    const value = textParameter(item, path, component, template);
    if (template.parameterFormat === "NAMED") {
      const name = optionalTextAt(item, "parameter_name", path);
      if (name === null)
        throw invalid(`${component}: Parameter name is missing or empty for parameter at index ${index}`);
      if (!variables.includes(name))
        throw new GraphError(132000, {
          details: `${component}: parameter_name (${name}) is not a variable of the template`,
        });
      if (values.has(name))
        throw new GraphError(132000, { details: `${component}: parameter_name (${name}) was given more than once` });
      values.set(name, value);
    } else {
      values.set(String(index + 1), value);
    }
  }
  return substitute(text, values);
}

function substitute(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/\{\{\s*([^{}]+?)\s*\}\}/g, (whole, name: string) => values.get(name) ?? whole);
}

function textParameter(parameter: Body, path: string, component: string, template: Template): string {
  const type = (optionalTextAt(parameter, "type", path) ?? "text").toLowerCase();
  if (type === "currency" || type === "date_time") {
    return textAt(objectAt(parameter, type, path), "fallback_value", at(path, type));
  }
  if (type !== "text") throw format(`${component}: Format mismatch, expected TEXT, received ${type.toUpperCase()}`);
  const text = optionalTextAt(parameter, "text", path);
  if (text === null || text === "") throw invalid("Parameter 'text' is mandatory for component parameter type 'text'");
  if (/[\n\t\r]| {5,}/.test(text)) {
    throw new GraphError(132018, {
      details: `${component}: Param text cannot have new-line/tab characters or more than 4 consecutive spaces`,
    });
  }
  if (template.category === "AUTHENTICATION" && text.length > 15) {
    throw new GraphError(132005, {
      details: `${component}: parameter exceeds the maximum length in the AUTHENTICATION category (15 characters)`,
    });
  }
  return text;
}

function fillHeader(
  stored: Body | undefined,
  given: Given | undefined,
  template: Template,
  media: MediaCheck,
): Body | null {
  const parameters = given
    ? objectsAt(optionalListAt(given.item, "parameters", given.path) ?? [], at(given.path, "parameters"))
    : [];
  if (!stored) {
    if (parameters.length > 0) {
      throw new GraphError(132000, {
        details: `header: number of localizable_params (${parameters.length}) does not match the expected number of params (0)`,
      });
    }
    return null;
  }
  const expected = String(stored.format ?? "TEXT").toUpperCase();
  if (expected === "TEXT")
    return { type: "text", text: fillText("header", String(stored.text ?? ""), given, template) };
  const first = parameters[0];
  const received = first ? String(first.item.type ?? "UNKNOWN").toUpperCase() : "UNKNOWN";
  if (!first || received !== expected || parameters.length > 1) {
    throw format(`header: Format mismatch, expected ${expected}, received ${received}`);
  }
  const kind = expected.toLowerCase();
  const path = at(first.path, kind);
  const object = objectAt(first.item, kind, first.path);
  if (kind === "location") return { type: kind, location: readLocation(object, path) };
  if (kind === "product") return { type: kind, product: object };
  return { type: kind, [kind]: readMedia(kind === "gif" ? "video" : kind, object, path, media) };
}

const buttonNames: Record<string, string> = {
  PHONE_NUMBER: "Call",
  URL: "Url",
  QUICK_REPLY: "QuickReply",
  COPY_CODE: "CopyCode",
};

function fillButtons(stored: Body | undefined, given: readonly Given[], template: Template): Body[] {
  const buttons = Array.isArray(stored?.buttons) ? stored.buttons.filter(isBody) : [];
  const byIndex = new Map<number, Given & { subType: string }>();
  for (const { item, path } of given) {
    if (item.index === undefined || item.index === null) throw missing(at(path, "index"));
    const index = Number(item.index);
    const subType = textAt(item, "sub_type", path).toLowerCase();
    if (!Number.isInteger(index) || index < 0 || index > 9)
      throw badValue("buttons: Button index must be a number from 0 to 9");
    if (!buttons[index]) {
      throw new GraphError(132000, { details: `buttons: the template has no button at index ${index}` });
    }
    if (byIndex.has(index)) throw invalid(`buttons: Button at index ${index} was given more than once`);
    byIndex.set(index, { item, path, subType });
  }
  return buttons.map((button, index) => fillButton(button, index, byIndex.get(index), template));
}

/** Letters and digits, 20 at most since 3 December 2025 ("Coupon code templates"). */
function couponCode({ item, path }: Given): string {
  if (String(item.type ?? "coupon_code").toLowerCase() !== "coupon_code")
    throw format(`buttons: Format mismatch, expected COUPON_CODE, received ${String(item.type).toUpperCase()}`);
  const code = textAt(item, "coupon_code", path, { min: 1, max: 20 });
  if (!/^[\p{L}\p{N}]+$/u.test(code)) throw badValue(`${at(path, "coupon_code")}: only letters and digits are allowed`);
  return code;
}

const subTypes: Record<string, readonly string[]> = {
  url: ["URL", "OTP"],
  quick_reply: ["QUICK_REPLY"],
  copy_code: ["COPY_CODE"],
  flow: ["FLOW"],
  catalog: ["CATALOG"],
  mpm: ["MPM"],
  voice_call: ["VOICE_CALL"],
  app: ["APP"],
};

function fillButton(
  button: Body,
  index: number,
  given: (Given & { subType: string }) | undefined,
  template: Template,
): Body {
  const type = String(button.type).toUpperCase();
  const name = buttonNames[type] ?? type;
  const parameters = given
    ? objectsAt(optionalListAt(given.item, "parameters", given.path) ?? [], at(given.path, "parameters"))
    : [];
  if (given && !subTypes[given.subType]?.includes(type)) {
    if (type === "PHONE_NUMBER")
      throw invalid(`buttons: Button at index ${index} is of type Call and does not support parameters`);
    throw format(`buttons: Button at index ${index} is of type ${name}, received ${given.subType}`);
  }
  const first = parameters[0];
  switch (type) {
    case "QUICK_REPLY": {
      const payload = first ? optionalTextAt(first.item, "payload", first.path) : null;
      return { type: "QUICK_REPLY", text: button.text, payload: payload ?? button.text };
    }
    case "URL": {
      const url = String(button.url ?? "");
      const dynamic = variablesOf(url).length > 0;
      if (dynamic && !first)
        throw new GraphError(131008, { details: `buttons: Button at index ${index} of type Url requires a parameter` });
      if (!dynamic && first) throw invalid(`buttons: Button at index ${index} of type Url does not require parameters`);
      const suffix = first ? textParameter(first.item, first.path, "buttons", template) : "";
      return { type: "URL", text: button.text, url: substitute(url, new Map([["1", suffix]])) };
    }
    case "OTP": {
      if (!first)
        throw new GraphError(131008, { details: `buttons: Button at index ${index} of type Url requires a parameter` });
      return {
        type: "COPY_CODE",
        text: button.text ?? wordsFor(template).copy,
        code: textParameter(first.item, first.path, "buttons", template),
      };
    }
    case "COPY_CODE": {
      if (!first)
        throw new GraphError(131008, {
          details: `buttons: Button at index ${index} of type CopyCode requires a parameter`,
        });
      return {
        type: "COPY_CODE",
        text: button.text ?? wordsFor(template).copy,
        code: couponCode(first),
      };
    }
    case "PHONE_NUMBER":
      return { type, text: button.text, phone_number: button.phone_number };
    case "MPM": {
      const action = first && isBody(first.item.action) ? first.item.action : null;
      if (!action || !Array.isArray(action.sections) || action.sections.length === 0)
        throw new GraphError(131008, { details: `buttons: Button at index ${index} of type MPM requires sections` });
      return { type, text: button.text ?? "View items", action };
    }
    case "FLOW": {
      // The flow, and where it begins, are the template's; token and data are the message's.
      const { flow_id, flow_name, flow_action, navigate_screen } = button;
      const action = first && isBody(first.item.action) ? first.item.action : {};
      return { type, text: button.text, flow_id, flow_name, flow_action, navigate_screen, action };
    }
    default:
      return {
        type,
        text: button.text ?? name,
        ...(first && isBody(first.item.action) ? { action: first.item.action } : {}),
      };
  }
}

/** A limited-time offer that expires says when; one that does not takes no parameter ("Limited-time offer templates"). */
function fillOffer(template: Template, given: Given | undefined): Pick<Rendered, "offerHeading" | "offerExpiresAt"> {
  const stored = template.components.find(({ type }) => type === "LIMITED_TIME_OFFER");
  const offer = isBody(stored?.limited_time_offer) ? stored.limited_time_offer : null;
  const expires = offer?.has_expiration === true;
  const [first] = given
    ? objectsAt(optionalListAt(given.item, "parameters", given.path) ?? [], at(given.path, "parameters"))
    : [];
  if (!expires) {
    if (first) throw format("limited_time_offer: the template has no offer that expires");
    return offer === null ? {} : { offerHeading: String(offer.text) };
  }
  if (!first) {
    throw new GraphError(131008, { details: "limited_time_offer: the parameter expiration_time_ms is required" });
  }
  const value = objectAt(first.item, "limited_time_offer", first.path);
  const expiresAt = numberAt(value, "expiration_time_ms", at(first.path, "limited_time_offer"));
  if (!Number.isInteger(expiresAt) || expiresAt < 1_000_000_000_000)
    throw badValue("limited_time_offer: expiration_time_ms must be a time in milliseconds");
  return { offerHeading: String(offer?.text), offerExpiresAt: expiresAt };
}

function fillCards(template: Template, given: Given | undefined, media: MediaCheck): Rendered[] {
  const stored = template.components.find(({ type }) => type === "CAROUSEL");
  const cards = Array.isArray(stored?.cards) ? stored.cards.filter(isBody) : [];
  const received = given
    ? objectsAt(optionalListAt(given.item, "cards", given.path) ?? [], at(given.path, "cards"))
    : [];
  if (received.length !== cards.length) {
    throw new GraphError(132012, {
      details: `carousel: number of cards (${received.length}) does not match the expected number of cards (${cards.length})`,
    });
  }
  const indexes = received.map(({ item, path }) => numberAt(item, "card_index", path));
  if (indexes.some((one, position) => one !== position))
    throw format("carousel: card_index must count the cards from 0 in their order");
  return received.map(({ item, path }, index) => {
    const components = objectsAt(optionalListAt(item, "components", path) ?? [], at(path, "components"));
    const typed = components.map((component) => ({
      ...component,
      type: textAt(component.item, "type", component.path).toLowerCase(),
    }));
    const find = (type: string) => typed.find((component) => component.type === type);
    const storedComponents = Array.isArray(cards[index]?.components) ? cards[index].components.filter(isBody) : [];
    return fill(
      template,
      storedComponents,
      find("header"),
      find("body"),
      typed.filter(({ type }) => type === "button"),
      media,
    );
  });
}
