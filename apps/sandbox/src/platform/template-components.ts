import { at, choiceAt, isBody, listAt, numberAt, objectsAt, optionalTextAt, textAt } from "./parameters.ts";
import type { Body, Template, TemplateCategory } from "./state.ts";
import { lintButtonKind, lintCard, lintKind, lintTogether } from "./template-kinds.ts";
import { variablesOf } from "./template-parameters.ts";
import { refuse } from "./template-refusal.ts";

type Format = Template["parameterFormat"];

/** The components in upper case, checked against the limits of "Template components". */
export function readComponents(body: Body, category: TemplateCategory, format: Format): Body[] {
  const components = objectsAt(listAt(body, "components", ""), "components").map(({ item, path }) => {
    const type = choiceAt(item, "type", path, [
      "HEADER",
      "BODY",
      "FOOTER",
      "BUTTONS",
      "CAROUSEL",
      "LIMITED_TIME_OFFER",
      "CALL_PERMISSION_REQUEST",
    ] as const);
    return { ...item, type } as Body;
  });
  for (const type of ["HEADER", "BODY", "FOOTER", "BUTTONS", "CAROUSEL", "LIMITED_TIME_OFFER"]) {
    if (components.filter((component) => component.type === type).length > 1)
      throw refuse(2388072, "Invalid components", `Only one ${type} component is allowed.`);
  }
  const body_ = components.find(({ type }) => type === "BODY");
  if (!body_) throw refuse(2388072, "Body is missing", "A message template needs a body.");
  for (const [index, component] of components.entries()) {
    const path = at("components", index);
    if (component.type === "HEADER") lintHeader(component, path, format);
    if (component.type === "BODY" && category !== "AUTHENTICATION") lintBody(component, path, format);
    if (component.type === "FOOTER") lintFooter(component, path);
    if (component.type === "BUTTONS") lintButtons(component, path);
    if (component.type === "CAROUSEL") lintCarousel(component, path, format);
  }
  lintKind(components, category);
  return components;
}

function lintHeader(header: Body, path: string, format: Format): void {
  header.format = choiceAt(header, "format", path, [
    "TEXT",
    "IMAGE",
    "VIDEO",
    "DOCUMENT",
    "GIF",
    "LOCATION",
    "PRODUCT",
  ]);
  if (header.format === "TEXT") {
    const text = textAt(header, "text", path);
    if (text.length > 60) throw refuse(2388040, "Header is too long", "The header can have at most 60 characters.");
    const words = text.replace(/\{\{[^{}]*\}\}/g, "x");
    if (text.trim() === "" || /[\n*_~`]|\p{Extended_Pictographic}/u.test(words)) {
      throw refuse(2388047, "Invalid header", "The header can not hold line breaks, formatting or emoji.");
    }
    const variables = variablesOf(text);
    if (variables.length > 1) throw refuse(2388047, "Invalid header", "The header can have at most one variable.");
    lintVariables(text, format, "header");
    if (variables.length > 0)
      needExample(header, format === "NAMED" ? "header_text_named_params" : "header_text", "header");
  } else if (header.format !== "LOCATION" && header.format !== "PRODUCT") {
    needExample(header, "header_handle", "header");
  }
}

function lintBody(body: Body, path: string, format: Format): void {
  const text = textAt(body, "text", path);
  if (text.length > 1024) throw refuse(2388040, "Body is too long", "The body can have at most 1024 characters.");
  if (text.trim() === "") throw refuse(2388072, "Invalid body", "The body can not be empty.");
  const variables = lintVariables(text, format, "body");
  if (variables.length === 0) return;
  const trimmed = text.trim();
  if (/^\{\{[^}]*\}\}/.test(trimmed) || /\{\{[^}]*\}\}$/.test(trimmed)) {
    throw refuse(2388299, "Variables at start or end", "Variables can't be at the start or end of the template.");
  }
  if (/\}\}\s*\{\{/.test(text))
    throw refuse(2388072, "Adjacent variables", "Two variables can not stand next to each other.");
  const words = text
    .replace(/\{\{[^}]*\}\}/g, " ")
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  if (words < 2 * variables.length + 1) {
    throw refuse(
      2388293,
      "Too many variables",
      "This template has too many variables for its length. Reduce the number of variables or make the message longer.",
    );
  }
  needExample(body, format === "NAMED" ? "body_text_named_params" : "body_text", "body");
}

function lintVariables(text: string, format: Format, where: string): string[] {
  if (/\{\{\s*\}\}|\{\{[^{}]*$/.test(text))
    throw refuse(2388072, "Invalid variable", `The ${where} holds a variable that is empty or not closed.`);
  const variables = variablesOf(text);
  const fits =
    format === "NAMED"
      ? variables.every((name) => /^[a-z_][a-z0-9_]*$/.test(name))
      : variables.every((name) => /^\d+$/.test(name)) &&
        [...variables]
          .sort((one, other) => Number(one) - Number(other))
          .every((name, index) => name === String(index + 1));
  if (!fits) {
    throw refuse(
      2388072,
      "Invalid variables",
      format === "NAMED"
        ? `Named variables of the ${where} may hold lowercase letters, digits and underscores.`
        : `Variables of the ${where} must be numbered without gaps, beginning with {{1}}.`,
    );
  }
  return variables;
}

function needExample(component: Body, key: string, where: string): void {
  const example = component.example;
  const given = isBody(example) ? example[key] : undefined;
  if (!Array.isArray(given) || given.length === 0) {
    throw refuse(
      where === "header" ? 2388047 : 2388072,
      "Example is missing",
      `The ${where} needs an example (${key}) for its variable or file.`,
    );
  }
}

function lintFooter(footer: Body, path: string): void {
  if (footer.code_expiration_minutes !== undefined) {
    const minutes = numberAt(footer, "code_expiration_minutes", path);
    if (minutes < 1 || minutes > 90)
      throw refuse(2388073, "Invalid footer", "code_expiration_minutes must be between 1 and 90.");
    return;
  }
  const text = textAt(footer, "text", path);
  if (text.length > 60) throw refuse(2388040, "Footer is too long", "The footer can have at most 60 characters.");
  if (text.trim() === "" || variablesOf(text).length > 0)
    throw refuse(2388073, "Invalid footer", "The footer can not be empty or hold variables.");
}

const buttonTypes = [
  "QUICK_REPLY",
  "URL",
  "PHONE_NUMBER",
  "COPY_CODE",
  "OTP",
  "FLOW",
  "CATALOG",
  "MPM",
  "SPM",
  "VOICE_CALL",
  "REQUEST_CONTACT_INFO",
  "APP",
] as const;
const atMost: Partial<Record<(typeof buttonTypes)[number], number>> = {
  QUICK_REPLY: 10,
  URL: 2,
  PHONE_NUMBER: 1,
  COPY_CODE: 1,
  OTP: 1,
  FLOW: 1,
  VOICE_CALL: 1,
};

function lintButtons(component: Body, path: string): void {
  const buttons = objectsAt(listAt(component, "buttons", path), at(path, "buttons"));
  if (buttons.length < 1 || buttons.length > 10)
    throw refuse(2388072, "Invalid buttons", "A template can have 1 to 10 buttons.");
  const types = buttons.map(({ item, path: buttonPath }) => {
    const type = choiceAt(item, "type", buttonPath, buttonTypes);
    item.type = type;
    lintButton(item, type, buttonPath);
    lintButtonKind(item, type, buttonPath);
    return type;
  });
  for (const [type, most] of Object.entries(atMost)) {
    if (types.filter((one) => one === type).length > most)
      throw refuse(2388072, "Invalid buttons", `At most ${most} buttons of type ${type} are allowed.`);
  }
  lintTogether(types);
  const replies = types.map((type) => type === "QUICK_REPLY");
  const turns = replies.filter((reply, index) => index > 0 && reply !== replies[index - 1]).length;
  if (turns > 1)
    throw refuse(2388072, "Invalid buttons", "Quick replies must stand together, before or after the other buttons.");
  component.buttons = buttons.map(({ item }) => item);
}

function lintButton(button: Body, type: (typeof buttonTypes)[number], path: string): void {
  const text =
    type === "COPY_CODE" || type === "OTP"
      ? optionalTextAt(button, "text", path)
      : textAt(button, "text", path, { min: 1 });
  if (text !== null && text.length > 25)
    throw refuse(2388040, "Button text is too long", "The text of a button can have at most 25 characters.");
  if (text !== null && variablesOf(text).length > 0)
    throw refuse(2388072, "Invalid button", "The text of a button can not hold variables.");
  if (type === "PHONE_NUMBER" && !/^\+?[\d\s()-]{5,24}$/.test(textAt(button, "phone_number", path))) {
    throw refuse(2388072, "Invalid button", "The phone number of the button is not valid.");
  }
  if (type !== "URL") return;
  const url = textAt(button, "url", path, { max: 2000 });
  if (!/^https?:\/\//.test(url))
    throw refuse(2388072, "Invalid button", "The URL of a button must begin with http:// or https://.");
  if (/^https?:\/\/(wa\.me|api\.whatsapp\.com)\//.test(url))
    throw refuse(2388072, "Invalid button", "Buttons can not link to WhatsApp.");
  const variables = variablesOf(url);
  if (variables.length === 0) return;
  if (variables.length > 1 || !/\{\{1\}\}$/.test(url))
    throw refuse(2388072, "Invalid button", "A URL can have one variable, {{1}}, at its end.");
  if (!Array.isArray(button.example) && typeof button.example !== "string") {
    throw refuse(2388072, "Example is missing", "A URL with a variable needs an example.");
  }
}

function lintCarousel(carousel: Body, path: string, format: Format): void {
  const cards = objectsAt(listAt(carousel, "cards", path), at(path, "cards"));
  if (cards.length < 2 || cards.length > 10) throw refuse(2388072, "Invalid carousel", "A carousel has 2 to 10 cards.");
  const shapes = new Set<string>();
  for (const { item, path: cardPath } of cards) {
    const components = objectsAt(listAt(item, "components", cardPath), at(cardPath, "components"));
    for (const { item: component, path: componentPath } of components) {
      component.type = choiceAt(component, "type", componentPath, ["HEADER", "BODY", "BUTTONS"]);
      if (component.type === "HEADER") lintHeader(component, componentPath, format);
      if (component.type === "BUTTONS") lintButtons(component, componentPath);
      if (component.type === "BODY" && textAt(component, "text", componentPath).length > 160) {
        throw refuse(2388040, "Card is too long", "The body of a card can have at most 160 characters.");
      }
    }
    lintCard(
      components.map(({ item: component }) => component),
      cardPath,
    );
    shapes.add(
      components
        .map(
          ({ item: component }) =>
            `${String(component.type)}${Array.isArray(component.buttons) ? component.buttons.length : ""}`,
        )
        .join(),
    );
  }
  if (shapes.size > 1)
    throw refuse(2388072, "Invalid carousel", "All cards of a carousel must have the same components.");
}
