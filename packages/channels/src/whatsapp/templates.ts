import { never } from "@loket/kit";
import type { TemplateContent, TemplateParameter, TemplateSendComponent } from "./content.ts";
import type { Problem } from "./outcome.ts";
import { Problems } from "./problems.ts";
import { booleanOf, type Json, listOf, numberOf, objectOf, present, textOf } from "./read.ts";

/** A message in a form the platform approves beforehand ("Templates", "Template components"), in our words. */
export interface Template {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  /** Lower-case: `marketing`, `utility`, `authentication`. */
  readonly category: string;
  /** Lower-case: only `approved` may be sent. */
  readonly status: string;
  readonly parameterFormat: "positional" | "named";
  readonly components: readonly TemplateComponent[];
  readonly quality?: string;
  readonly rejectedReason?: string;
  /** The components as the platform wrote them, for those who keep them. */
  readonly rawComponents?: readonly unknown[];
}

export type HeaderFormat = "text" | "image" | "video" | "document" | "gif" | "location" | "product";

export type TemplateComponent =
  | { readonly type: "header"; readonly format: HeaderFormat; readonly text?: string; readonly example?: unknown }
  | {
      readonly type: "body";
      /** Absent in an authentication template one is about to create: the platform writes it. */
      readonly text: string;
      readonly example?: unknown;
      readonly addSecurityRecommendation?: boolean;
    }
  | { readonly type: "footer"; readonly text: string; readonly codeExpirationMinutes?: number }
  | { readonly type: "buttons"; readonly buttons: readonly TemplateButton[] }
  | { readonly type: "carousel"; readonly cards: readonly { readonly components: readonly TemplateComponent[] }[] }
  | { readonly type: "limitedTimeOffer"; readonly text: string; readonly hasExpiration: boolean }
  | { readonly type: "unrecognised"; readonly raw: unknown };

export interface TemplateButton {
  /** Lower-case: `quick_reply`, `url`, `phone_number`, `copy_code`, `flow`, `otp`, `catalog`, `mpm`, … */
  readonly type: string;
  readonly text: string;
  readonly url?: string;
  readonly phone?: string;
  readonly example?: string;
  readonly raw?: unknown;
}

/** A variable of a template: which part it stands in, and its name (`1`, `2`, … where positional). */
export interface TemplateVariable {
  /** `header`, `body`, `limitedTimeOffer`, `buttons[1]`, `cards[0].body`, … */
  readonly place: string;
  readonly name: string;
  readonly kind: VariableKind;
  readonly example?: string;
}

export type VariableKind = Exclude<HeaderFormat, "text"> | "text" | "code" | "expiry" | "action";

export interface RenderedTemplate {
  readonly header?: { readonly format: HeaderFormat; readonly text?: string };
  readonly body: string;
  readonly footer?: string;
  readonly buttons: readonly { readonly type: string; readonly text: string; readonly url?: string }[];
  readonly cards: readonly RenderedTemplate[];
  /** All of it as plain text, as shown in lists and found by search. */
  readonly text: string;
}

/** The variables of a template in the order they stand in it. What is optional (a quick reply's payload) is none. */
export function templateVariables(template: Pick<Template, "components">): readonly TemplateVariable[] {
  return template.components.flatMap((component) => variablesOf(component, ""));
}

function variablesOf(component: TemplateComponent, prefix: string): readonly TemplateVariable[] {
  switch (component.type) {
    case "header":
      if (component.format !== "text")
        return [{ place: `${prefix}header`, name: component.format, kind: component.format }];
      return textVariables(`${prefix}header`, component.text ?? "", component.example);
    case "body":
      return textVariables(`${prefix}body`, component.text, component.example);
    case "buttons":
      return component.buttons.flatMap((button, index) => buttonVariables(button, `${prefix}buttons[${index}]`));
    case "carousel":
      return component.cards.flatMap((card, index) =>
        card.components.flatMap((part) => variablesOf(part, `${prefix}cards[${index}].`)),
      );
    case "limitedTimeOffer":
      return component.hasExpiration
        ? [{ place: `${prefix}limitedTimeOffer`, name: "expiration", kind: "expiry" }]
        : [];
    case "footer":
    case "unrecognised":
      return [];
    default:
      return never(component, "component");
  }
}

function textVariables(place: string, text: string, example: unknown): readonly TemplateVariable[] {
  const examples = examplesOf(example);
  return namesIn(text).map((name, index) => ({
    place,
    name,
    kind: "text" as const,
    ...present({ example: examples.named.get(name) ?? examples.positional[index] }),
  }));
}

function buttonVariables(button: TemplateButton, place: string): readonly TemplateVariable[] {
  const example = present({ example: button.example });
  switch (button.type) {
    case "url":
      return namesIn(button.url ?? "").map((name) => ({ place, name, kind: "text" as const, ...example }));
    case "otp":
      return [{ place, name: "1", kind: "text", ...example }];
    case "copy_code":
      return [{ place, name: "code", kind: "code", ...example }];
    case "mpm":
      return [{ place, name: "products", kind: "action" }];
    default:
      return [];
  }
}

const variable = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g;

/** The names of the variables in a text, each once; numbers in their order, names as they come. */
function namesIn(text: string): readonly string[] {
  const names = [...new Set([...text.matchAll(variable)].map((match) => match[1] ?? ""))];
  return names.every((name) => /^\d+$/.test(name)) ? names.sort((a, b) => Number(a) - Number(b)) : names;
}

interface Examples {
  readonly positional: readonly string[];
  readonly named: ReadonlyMap<string, string>;
}

/** Samples come nested in four ways, by part and by the kind of names. */
function examplesOf(example: unknown): Examples {
  const object = objectOf(example) ?? {};
  const body = listOf(object.body_text)?.[0];
  const positional = listOf(body) ?? listOf(object.body_text) ?? listOf(object.header_text) ?? [];
  const named = listOf(object.body_text_named_params) ?? listOf(object.header_text_named_params) ?? [];
  return {
    positional: positional.flatMap((value) => textOf(value) ?? []),
    named: new Map(
      named.flatMap((raw): [string, string][] => {
        const item = objectOf(raw);
        const name = textOf(item?.param_name);
        const value = textOf(item?.example);
        return name === undefined || value === undefined ? [] : [[name, value]];
      }),
    ),
  };
}

/**
 * The content to send, from values by `place.name` (`body.1`, `header.image`, `buttons[0].1`, `cards[1].body.name`) or,
 * for header and body, by name alone. Media are given as an uploaded id or a link, an expiry as milliseconds. A value
 * that is missing is left empty, for `checkTemplateSend` to find. The code of an authentication template goes into the
 * body and its button alike.
 */
export function fillTemplate(template: Template, values: Readonly<Record<string, string>>): TemplateContent {
  const components = fillComponents(template, template.components, values, "");
  return {
    type: "template",
    template: {
      name: template.name,
      language: { code: template.language },
      ...(components.length > 0 ? { components } : {}),
    },
  };
}

function fillComponents(
  template: Template,
  components: readonly TemplateComponent[],
  values: Readonly<Record<string, string>>,
  prefix: string,
): readonly TemplateSendComponent[] {
  const givenFor = ({ place, name }: TemplateVariable): string => {
    const exact = own(values, `${place}.${name}`);
    if (exact !== undefined) return exact;
    if (place === "body" || place === "header") return own(values, name) ?? "";
    return template.category === "authentication" ? (own(values, "body.1") ?? own(values, "1") ?? "") : "";
  };
  const parameterOf = (wanted: TemplateVariable): TemplateParameter =>
    parameterFor(wanted, givenFor(wanted), template.parameterFormat === "named" && !wanted.place.includes("buttons["));

  return components.flatMap((component): readonly TemplateSendComponent[] => {
    if (component.type === "carousel") {
      const cards = component.cards.map((card, index) => ({
        card_index: index,
        components: fillComponents(template, card.components, values, `${prefix}cards[${index}].`),
      }));
      return [{ type: "carousel", cards }];
    }
    if (component.type === "buttons") {
      return component.buttons.flatMap((button, index): readonly TemplateSendComponent[] => {
        const wanted = buttonVariables(button, `${prefix}buttons[${index}]`);
        if (wanted.length === 0) return [];
        return [{ type: "button", sub_type: subTypeOf(button), index, parameters: wanted.map(parameterOf) }];
      });
    }
    const wanted = variablesOf(component, prefix);
    if (wanted.length === 0) return [];
    const type = component.type === "header" ? "header" : component.type === "body" ? "body" : "limited_time_offer";
    return [{ type, parameters: wanted.map(parameterOf) }];
  });
}

function own(values: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}

type ButtonSubType = Extract<TemplateSendComponent, { type: "button" }>["sub_type"];

function subTypeOf(button: TemplateButton): ButtonSubType {
  switch (button.type) {
    case "copy_code":
    case "flow":
    case "catalog":
    case "mpm":
    case "voice_call":
    case "quick_reply":
      return button.type;
    default:
      return "url"; // one-time codes too: the platform turns their button into an address
  }
}

function parameterFor(wanted: TemplateVariable, value: string, isNamed: boolean): TemplateParameter {
  const file = /^https?:\/\//.test(value) ? { link: value } : { id: value };
  switch (wanted.kind) {
    case "text":
      return { type: "text", text: value, ...(isNamed ? { parameter_name: wanted.name } : {}) };
    case "code":
      return { type: "coupon_code", coupon_code: value };
    case "expiry":
      return { type: "limited_time_offer", limited_time_offer: { expiration_time_ms: Number(value) } };
    case "image":
      return { type: "image", image: file };
    case "video":
      return { type: "video", video: file };
    case "gif":
      return { type: "gif", gif: file };
    case "document":
      return { type: "document", document: file };
    case "product":
      return { type: "product", product: { product_retailer_id: value } };
    case "location": {
      const [latitude, longitude] = value.split(",").map(Number);
      return { type: "location", location: { latitude: latitude ?? Number.NaN, longitude: longitude ?? Number.NaN } };
    }
    case "action":
      return { type: "action", action: value === "" ? {} : { thumbnail_product_retailer_id: value } };
    default:
      return never(wanted.kind, "variable");
  }
}

/** How the message will read. A variable without a value stays visible as `{{name}}`. */
export function renderTemplate(template: Template, send: TemplateContent): RenderedTemplate {
  return renderComponents(template.components, send.template.components ?? []);
}

function renderComponents(
  components: readonly TemplateComponent[],
  sent: readonly TemplateSendComponent[],
): RenderedTemplate {
  const header = components.find((component) => component.type === "header");
  const body = components.find((component) => component.type === "body");
  const footer = components.find((component) => component.type === "footer");
  const offer = components.find((component) => component.type === "limitedTimeOffer");
  const headerText = header?.text === undefined ? undefined : substitute(header.text, parametersOf(sent, "header"));
  const bodyText = body ? substitute(body.text, parametersOf(sent, "body")) : "";
  const buttons = components
    .flatMap((component) => (component.type === "buttons" ? component.buttons : []))
    .map((button, index) => {
      const parameters = buttonParameters(sent, index);
      return {
        type: button.type,
        text: button.text,
        ...(button.url === undefined ? {} : { url: substitute(button.url, parameters) }),
      };
    });
  const sentCards = sent.flatMap((component) => (component.type === "carousel" ? component.cards : []));
  const cards = components
    .flatMap((component) => (component.type === "carousel" ? component.cards : []))
    .map((card, index) => renderComponents(card.components, sentCards[index]?.components ?? []));
  const text = [headerText, bodyText, offer?.text, footer?.text, ...buttons.map((button) => `[${button.text}]`)]
    .concat(cards.map((card) => card.text))
    .filter((line) => line !== undefined && line !== "")
    .join("\n");
  return {
    ...(header ? { header: { format: header.format, ...present({ text: headerText }) } } : {}),
    body: bodyText,
    ...(footer && footer.text !== "" ? { footer: footer.text } : {}),
    buttons,
    cards,
    text,
  };
}

function substitute(text: string, parameters: readonly TemplateParameter[]): string {
  const byName = new Map<string, string>();
  for (const [index, parameter] of parameters.entries()) {
    const value = shownValue(parameter);
    if (value === undefined) continue;
    const name = "parameter_name" in parameter ? parameter.parameter_name : undefined;
    byName.set(name ?? String(index + 1), value);
  }
  return text.replace(variable, (whole, name: string) => byName.get(name) ?? whole);
}

function shownValue(parameter: TemplateParameter): string | undefined {
  switch (parameter.type) {
    case "text":
      return parameter.text;
    case "currency":
      return parameter.currency.fallback_value;
    case "date_time":
      return parameter.date_time.fallback_value;
    default:
      return undefined;
  }
}

function parametersOf(
  sent: readonly TemplateSendComponent[],
  type: "header" | "body" | "limited_time_offer",
): readonly TemplateParameter[] {
  return sent.flatMap((component) => (component.type === type ? component.parameters : []));
}

function buttonParameters(sent: readonly TemplateSendComponent[], index: number): readonly TemplateParameter[] {
  return sent.flatMap((component) =>
    component.type === "button" && Number(component.index) === index ? component.parameters : [],
  );
}

/** What the platform would refuse about this use of this template, beside what `checkOutbound` says of its form. */
export function checkTemplateSend(template: Template, send: TemplateContent): readonly Problem[] {
  const problems = new Problems();
  const { name, language, components = [] } = send.template;
  if (name !== template.name) {
    problems.add("template.name", "mismatch", `The template is called ${template.name}.`, "Use its name.");
  }
  if (language.code !== template.language) {
    problems.add(
      "template.language.code",
      "mismatch",
      `This version of the template is in ${template.language}.`,
      "Languages must match exactly: en is not en_US.",
    );
  }
  if (template.status !== "approved") {
    problems.add("template", "notSendable", `The template is ${template.status}.`, sendableRemedy(template.status));
  }
  checkSentComponents(problems, template, template.components, components, "template.components", "");
  return problems.found;
}

function sendableRemedy(status: string): string {
  if (status === "paused") return "Wait until the pause ends, or use another template.";
  return status === "pending" ? "Wait for the approval." : "Use another template.";
}

function checkSentComponents(
  problems: Problems,
  template: Template,
  components: readonly TemplateComponent[],
  sent: readonly TemplateSendComponent[],
  path: string,
  prefix: string,
): void {
  const header = components.find((component) => component.type === "header");
  const body = components.find((component) => component.type === "body");
  const offer = components.find((component) => component.type === "limitedTimeOffer");
  const isNamed = template.parameterFormat === "named";

  for (const [part, type, text, max] of [
    [header, "header", header?.text ?? "", 60],
    // A body alone may be longer; with anything around it 1024 is the end.
    [body, "body", body?.text ?? "", components.length > 1 ? 1024 : 32_768],
    [offer, "limited_time_offer", "", 0],
  ] as const) {
    const wanted = part ? variablesOf(part, prefix) : [];
    const given = parametersOf(sent, type);
    const at = `${path}.${type}`;
    if (wanted.some(({ kind }) => kind === "text")) checkValues(problems, at, wanted, given, isNamed);
    else checkKinds(problems, at, wanted, given);
    const hydrated = substitute(text, given);
    if (text !== "" && given.length > 0 && hydrated.length > max) {
      problems.add(
        at,
        "tooLong",
        `Filled in, this has ${hydrated.length} characters; ${max} are allowed.`,
        "Shorten the values.",
      );
    }
  }
  checkSentButtons(problems, components, sent, path, prefix);
  checkSentCards(problems, template, components, sent, path, prefix);
  if (template.category === "authentication") checkCode(problems, parametersOf(sent, "body"), path);
}

function checkValues(
  problems: Problems,
  at: string,
  wanted: readonly TemplateVariable[],
  given: readonly TemplateParameter[],
  isNamed: boolean,
): void {
  if (isNamed) {
    const names = given.map((parameter) => ("parameter_name" in parameter ? (parameter.parameter_name ?? "") : ""));
    for (const { name } of wanted) {
      if (!names.includes(name)) problems.add(at, "missing", `There is no value for {{${name}}}.`, `Add ${name}.`);
    }
    for (const name of names.filter((given) => !wanted.some((variable) => variable.name === given))) {
      problems.add(at, "mismatch", `The template has no variable ${name || "without a name"}.`, "Leave it out.");
    }
    problems.unique(names.map((name) => [at, name]));
  } else if (given.length !== wanted.length) {
    problems.add(
      at,
      given.length < wanted.length ? "tooFew" : "tooMany",
      `The template asks for ${wanted.length} values; there are ${given.length}.`,
      `Give ${wanted.length}, in order.`,
    );
  }
  for (const parameter of given) {
    const value = shownValue(parameter);
    if (value === undefined) problems.add(at, "mismatch", `Text is asked for, not ${parameter.type}.`, "Give text.");
    else if (value.trim() === "") problems.add(at, "empty", "A value is empty.", "Fill it in.");
  }
}

function checkKinds(
  problems: Problems,
  at: string,
  wanted: readonly TemplateVariable[],
  given: readonly TemplateParameter[],
): void {
  if (wanted.length === 0 && given.length > 0) {
    problems.add(at, "tooMany", "This part of the template has no variables.", "Leave the values out.");
    return;
  }
  for (const [index, { kind }] of wanted.entries()) {
    const parameter = given[index];
    const expected = kind === "code" ? "coupon_code" : kind === "expiry" ? "limited_time_offer" : kind;
    if (!parameter) {
      problems.add(
        at,
        "missing",
        `The template needs ${expected}, also where it was approved with a sample.`,
        `Give ${expected}.`,
      );
    } else if (parameter.type !== expected) {
      problems.add(at, "mismatch", `The template needs ${expected}, not ${parameter.type}.`, `Give ${expected}.`);
    }
  }
}

function checkSentButtons(
  problems: Problems,
  components: readonly TemplateComponent[],
  sent: readonly TemplateSendComponent[],
  path: string,
  prefix: string,
): void {
  const buttons = components.flatMap((component) => (component.type === "buttons" ? component.buttons : []));
  for (const [index, button] of buttons.entries()) {
    const at = `${path}.buttons[${index}]`;
    const wanted = buttonVariables(button, `${prefix}buttons[${index}]`);
    const given = buttonParameters(sent, index);
    if (wanted.some(({ kind }) => kind === "text")) checkValues(problems, at, wanted, given, false);
    else if (wanted.length > 0) checkKinds(problems, at, wanted, given);
    else if (given.length > 0 && (button.type === "phone_number" || button.type === "url")) {
      problems.add(at, "tooMany", "This button has no variable.", "Leave the value out.");
    }
  }
  for (const component of sent) {
    if (component.type !== "button") continue;
    const button = buttons[Number(component.index)];
    if (!button) {
      problems.add(
        `${path}.buttons[${component.index}]`,
        "mismatch",
        "The template has no such button.",
        "Count its buttons from 0.",
      );
    } else if (
      component.parameters.length > 0 &&
      subTypeOf(button) !== component.sub_type &&
      button.type !== "phone_number"
    ) {
      problems.add(
        `${path}.buttons[${component.index}]`,
        "mismatch",
        `This button is ${button.type}, not ${component.sub_type}.`,
        "Count all the template's buttons, static ones included.",
      );
    }
  }
}

function checkSentCards(
  problems: Problems,
  template: Template,
  components: readonly TemplateComponent[],
  sent: readonly TemplateSendComponent[],
  path: string,
  prefix: string,
): void {
  const cards = components.flatMap((component) => (component.type === "carousel" ? component.cards : []));
  const given = sent.flatMap((component) => (component.type === "carousel" ? component.cards : []));
  if (cards.length !== given.length) {
    problems.add(
      `${path}.carousel`,
      given.length < cards.length ? "tooFew" : "tooMany",
      `The template has ${cards.length} cards; there are ${given.length}.`,
      `Give ${cards.length}.`,
    );
    return;
  }
  for (const [index, card] of cards.entries()) {
    const sentCard = given[index]?.components ?? [];
    checkSentComponents(
      problems,
      template,
      card.components,
      sentCard,
      `${path}.carousel.cards[${index}]`,
      `${prefix}cards[${index}].`,
    );
  }
}

function checkCode(problems: Problems, given: readonly TemplateParameter[], path: string): void {
  const code = given[0] ? shownValue(given[0]) : undefined;
  if (code !== undefined && code.length > 15) {
    problems.add(`${path}.body`, "tooLong", "A one-time code has at most 15 characters.", "Use a shorter code.");
  }
}

// Reading and writing the platform's own description

/** Reads the platform's description of a template; `null` where it is none. */
export function parseTemplate(raw: unknown): Template | null {
  const node = objectOf(raw);
  const id = textOf(node?.id);
  const name = textOf(node?.name);
  const language = textOf(node?.language);
  if (!node || id === undefined || name === undefined || language === undefined) return null;
  const rejectedReason = textOf(node.rejected_reason)?.toLowerCase();
  return {
    id,
    name,
    language,
    category: textOf(node.category)?.toLowerCase() ?? "",
    status: textOf(node.status)?.toLowerCase() ?? "",
    parameterFormat: textOf(node.parameter_format)?.toLowerCase() === "named" ? "named" : "positional",
    components: (listOf(node.components) ?? []).map(parseComponent),
    ...present({
      quality: textOf(objectOf(node.quality_score)?.score)?.toLowerCase(),
      rejectedReason: rejectedReason === "none" ? undefined : rejectedReason,
      rawComponents: listOf(node.components) ?? undefined,
    }),
  };
}

const headerFormats: ReadonlySet<string> = new Set<HeaderFormat>([
  "text",
  "image",
  "video",
  "document",
  "gif",
  "location",
  "product",
]);

function isHeaderFormat(word: string): word is HeaderFormat {
  return headerFormats.has(word);
}

function parseComponent(raw: unknown): TemplateComponent {
  const node = objectOf(raw);
  switch (textOf(node?.type)?.toLowerCase()) {
    case "header": {
      const format = textOf(node?.format)?.toLowerCase() ?? "text";
      if (!isHeaderFormat(format)) break;
      return { type: "header", format, ...present({ text: textOf(node?.text), example: node?.example ?? undefined }) };
    }
    case "body":
      return {
        type: "body",
        text: textOf(node?.text) ?? "",
        ...present({
          example: node?.example ?? undefined,
          addSecurityRecommendation: booleanOf(node?.add_security_recommendation),
        }),
      };
    case "footer":
      return {
        type: "footer",
        text: textOf(node?.text) ?? "",
        ...present({ codeExpirationMinutes: numberOf(node?.code_expiration_minutes) }),
      };
    case "buttons":
      return { type: "buttons", buttons: (listOf(node?.buttons) ?? []).map(parseButton) };
    case "carousel":
      return {
        type: "carousel",
        cards: (listOf(node?.cards) ?? []).map((card) => ({
          components: (listOf(objectOf(card)?.components) ?? []).map(parseComponent),
        })),
      };
    case "limited_time_offer": {
      const offer = objectOf(node?.limited_time_offer);
      const hasExpiration = booleanOf(offer?.has_expiration) ?? false;
      return { type: "limitedTimeOffer", text: textOf(offer?.text) ?? "", hasExpiration };
    }
  }
  return { type: "unrecognised", raw };
}

function parseButton(raw: unknown): TemplateButton {
  const node = objectOf(raw) ?? {};
  return {
    type: textOf(node.type)?.toLowerCase() ?? "",
    text: textOf(node.text) ?? "",
    ...present({
      url: textOf(node.url),
      phone: textOf(node.phone_number),
      example: textOf(listOf(node.example)?.[0]) ?? textOf(node.example),
      raw,
    }),
  };
}

/** A template as one asks for it. */
export interface TemplateDraft {
  readonly name: string;
  readonly language: string;
  readonly category: "marketing" | "utility" | "authentication";
  readonly parameterFormat: "positional" | "named";
  readonly components: readonly TemplateComponent[];
  /** How long the platform keeps trying to deliver. */
  readonly ttlSeconds?: number;
}

/** The body of the call that asks for a template. */
export function toTemplateBody(draft: TemplateDraft): Json {
  return {
    name: draft.name,
    language: draft.language,
    category: draft.category.toUpperCase(),
    parameter_format: draft.parameterFormat.toUpperCase(),
    ...(draft.ttlSeconds === undefined ? {} : { message_send_ttl_seconds: draft.ttlSeconds }),
    components: draft.components.map(writeComponent),
  };
}

function writeComponent(component: TemplateComponent): unknown {
  switch (component.type) {
    case "header":
      return {
        type: "HEADER",
        format: component.format.toUpperCase(),
        ...present({ text: component.text, example: component.example ?? undefined }),
      };
    case "body":
      return {
        type: "BODY",
        ...present({
          text: component.text === "" ? undefined : component.text,
          example: component.example ?? undefined,
          add_security_recommendation: component.addSecurityRecommendation,
        }),
      };
    case "footer":
      return {
        type: "FOOTER",
        ...present({
          text: component.text === "" ? undefined : component.text,
          code_expiration_minutes: component.codeExpirationMinutes,
        }),
      };
    case "buttons":
      return { type: "BUTTONS", buttons: component.buttons.map(writeButton) };
    case "carousel":
      return {
        type: "CAROUSEL",
        cards: component.cards.map((card) => ({ components: card.components.map(writeComponent) })),
      };
    case "limitedTimeOffer":
      return {
        type: "LIMITED_TIME_OFFER",
        limited_time_offer: { text: component.text, has_expiration: component.hasExpiration },
      };
    case "unrecognised":
      return component.raw;
    default:
      return never(component, "component");
  }
}

function writeButton(button: TemplateButton): Json {
  return {
    ...objectOf(button.raw),
    type: button.type.toUpperCase(),
    ...present({
      text: button.text === "" ? undefined : button.text,
      url: button.url,
      phone_number: button.phone,
      example:
        button.example === undefined ? undefined : button.type === "copy_code" ? button.example : [button.example],
    }),
  };
}

/** What review would reject, found before asking ("Template components", "Template review"). */
export function checkTemplateDraft(draft: TemplateDraft): readonly Problem[] {
  const problems = new Problems();
  if (!/^[a-z0-9_]{1,512}$/.test(draft.name)) {
    problems.add("name", "invalid", "A name has lower-case letters, digits and _.", "Write it like order_update.");
  }
  if (!/^[a-z]{2,3}(_[A-Z]{2})?$/.test(draft.language)) {
    problems.add("language", "invalid", "This is not a language of a template.", "Write nl, de, en or en_US.");
  }
  if (!draft.components.some((component) => component.type === "body")) {
    problems.add("components", "missing", "There is no body.", "Write the text of the message.");
  }
  for (const [index, component] of draft.components.entries()) {
    checkDraftComponent(problems, `components[${index}]`, component, draft);
  }
  return problems.found;
}

function checkDraftComponent(problems: Problems, at: string, component: TemplateComponent, draft: TemplateDraft): void {
  switch (component.type) {
    case "header":
      if (component.format !== "text") return;
      problems.text(`${at}.text`, component.text, { max: 60 });
      if (/[\n\r*_~]|\p{Extended_Pictographic}/u.test((component.text ?? "").replace(variable, ""))) {
        problems.add(`${at}.text`, "invalid", "A header has no line breaks, formatting or emoji.", "Take them out.");
      }
      problems.count(`${at}.text`, namesIn(component.text ?? "").length, 0, 1, "variables in the header");
      checkDraftVariables(problems, `${at}.text`, component.text ?? "", component.example, draft);
      return;
    case "body":
      if (draft.category === "authentication") return; // its text is the platform's
      problems.text(`${at}.text`, component.text, { max: 1024 });
      if (/^\s*\{\{|\}\}\s*$/.test(component.text)) {
        problems.add(
          `${at}.text`,
          "invalid",
          "A variable stands at the start or end of the text.",
          "Put words around it.",
        );
      }
      if (/\}\}\s*\{\{/.test(component.text)) {
        problems.add(`${at}.text`, "invalid", "Two variables stand next to each other.", "Put words between them.");
      }
      checkDraftVariables(problems, `${at}.text`, component.text, component.example, draft);
      return;
    case "footer":
      if (draft.category === "authentication") return;
      problems.text(`${at}.text`, component.text, { max: 60 });
      problems.count(`${at}.text`, namesIn(component.text).length, 0, 0, "variables in the footer");
      return;
    case "buttons":
      checkDraftButtons(problems, `${at}.buttons`, component.buttons);
      return;
    case "carousel":
      problems.count(`${at}.cards`, component.cards.length, 2, 10, "cards");
      return;
    case "limitedTimeOffer":
      problems.text(`${at}.text`, component.text, { max: 16 });
      return;
    case "unrecognised":
      return;
    default:
      never(component, "component");
  }
}

function checkDraftVariables(
  problems: Problems,
  at: string,
  text: string,
  example: unknown,
  draft: TemplateDraft,
): void {
  const names = namesIn(text);
  if (/\{\{(?!\s*[A-Za-z0-9_]+\s*\}\})/.test(text)) {
    problems.add(
      at,
      "invalid",
      "A variable is not closed, or has signs in its name.",
      "Write {{1}} or {{first_name}}.",
    );
  }
  if (draft.parameterFormat === "positional") {
    const isInOrder = names.every((name, index) => name === String(index + 1));
    if (!isInOrder) problems.add(at, "invalid", "Variables are numbered from 1 without gaps.", "Number them anew.");
  } else if (names.some((name) => !/^[a-z_][a-z0-9_]*$/.test(name))) {
    problems.add(at, "invalid", "A variable's name has lower-case letters, digits and _.", "Write {{first_name}}.");
  }
  const examples = examplesOf(example);
  const count = draft.parameterFormat === "positional" ? examples.positional.length : examples.named.size;
  if (count < names.length) {
    problems.add(at, "missing", "Every variable needs a sample.", `Give ${names.length} samples.`);
  }
}

const buttonLimits: ReadonlyMap<string, number> = new Map([
  ["url", 2],
  ["phone_number", 1],
  ["copy_code", 1],
  ["voice_call", 1],
  ["flow", 1],
]);

function checkDraftButtons(problems: Problems, at: string, buttons: readonly TemplateButton[]): void {
  problems.count(at, buttons.length, 1, 10, "buttons");
  for (const [type, max] of buttonLimits) {
    problems.count(at, buttons.filter((button) => button.type === type).length, 0, max, `buttons of type ${type}`);
  }
  // Quick replies stand together: seen along the row, their kind begins or ends once.
  const changes = buttons.filter(
    (button, index) => index > 0 && (button.type === "quick_reply") !== (buttons[index - 1]?.type === "quick_reply"),
  );
  if (changes.length > 1) {
    problems.add(at, "invalid", "Quick replies are mixed with other buttons.", "Put them all first or all last.");
  }
  for (const [index, button] of buttons.entries()) {
    const { type, url, text } = button;
    const isWorded = type !== "copy_code" && type !== "otp";
    problems.text(`${at}[${index}].text`, text === "" ? undefined : text, { max: 25, optional: !isWorded });
    if (type !== "url") continue;
    problems.url(`${at}[${index}].url`, (url ?? "").replace(variable, "x"));
    const names = namesIn(url ?? "");
    if (names.length > 1 || (names.length === 1 && !/\{\{\s*1\s*\}\}$/.test(url ?? ""))) {
      problems.add(
        `${at}[${index}].url`,
        "invalid",
        "An address has one variable, {{1}}, at its end.",
        "Move it to the end.",
      );
    }
    if (names.length === 1 && button.example === undefined) {
      problems.add(`${at}[${index}].url`, "missing", "The variable needs a sample.", "Give an example address.");
    }
    if (/^https?:\/\/(wa\.me|api\.whatsapp\.com)\b/i.test(url ?? "")) {
      problems.add(
        `${at}[${index}].url`,
        "invalid",
        "A button may not lead back to WhatsApp.",
        "Link to your own site.",
      );
    }
  }
}
