import type { MessageSend, Template } from "@loket/contract";

/* A template as a form: which values it asks for, what it looks like with them, and the message that comes of it. */

export interface TemplateField {
  /** Unique within the template. */
  id: string;
  place: "header" | "body" | "button";
  /** What stands between the braces: `1`, or `first_name`. */
  name: string;
  example: string;
  /** The text of the button a value belongs to. */
  button: string | null;
  buttonIndex: number;
}

export interface TemplateForm {
  fields: TemplateField[];
  /** A header that needs a file, and of which kind. */
  headerFile: "image" | "video" | "document" | null;
  headerText: string | null;
  body: string;
  footer: string | null;
  buttons: { type: string; text: string; url: string | null }[];
}

type Loose = Record<string, unknown>;

const placeholder = /\{\{\s*([\w-]+)\s*\}\}/g;

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
function list(value: unknown): Loose[] {
  return Array.isArray(value) ? value.filter((one): one is Loose => typeof one === "object" && one !== null) : [];
}
function record(value: unknown): Loose {
  return typeof value === "object" && value !== null ? (value as Loose) : {};
}

function namesIn(words: string): string[] {
  return [...new Set([...words.matchAll(placeholder)].map((match) => match[1] ?? ""))];
}

/** The platform's examples, by position or by name. */
function examplesOf(component: Loose, kind: "body_text" | "header_text"): (name: string, index: number) => string {
  const example = record(component.example);
  const named = list(example[`${kind}_named_params`]);
  const positional = Array.isArray(example[kind]) ? example[kind].flat() : [];
  return (name, index) => text(named.find((one) => one.param_name === name)?.example) || text(positional[index]);
}

export function readTemplate(template: Pick<Template, "components">): TemplateForm {
  const form: TemplateForm = { fields: [], headerFile: null, headerText: null, body: "", footer: null, buttons: [] };
  for (const component of template.components) {
    const type = text(component.type).toUpperCase();
    if (type === "HEADER") {
      const format = text(component.format).toUpperCase();
      if (format === "IMAGE" || format === "VIDEO" || format === "DOCUMENT") {
        form.headerFile = format.toLowerCase() as "image" | "video" | "document";
        continue;
      }
      form.headerText = text(component.text);
      const example = examplesOf(component, "header_text");
      for (const [index, name] of namesIn(form.headerText).entries()) {
        form.fields.push({
          id: `header-${name}`,
          place: "header",
          name,
          example: example(name, index),
          button: null,
          buttonIndex: 0,
        });
      }
    } else if (type === "BODY") {
      form.body = text(component.text);
      const example = examplesOf(component, "body_text");
      for (const [index, name] of namesIn(form.body).entries()) {
        form.fields.push({
          id: `body-${name}`,
          place: "body",
          name,
          example: example(name, index),
          button: null,
          buttonIndex: 0,
        });
      }
    } else if (type === "FOOTER") form.footer = text(component.text);
    else if (type === "BUTTONS") {
      for (const [index, button] of list(component.buttons).entries()) {
        const url = text(button.url) || null;
        form.buttons.push({ type: text(button.type).toUpperCase(), text: text(button.text), url });
        for (const name of namesIn(url ?? "")) {
          const example = Array.isArray(button.example) ? text(button.example[0]) : text(button.example);
          form.fields.push({
            id: `button-${index}-${name}`,
            place: "button",
            name,
            example,
            button: text(button.text),
            buttonIndex: index,
          });
        }
      }
    }
  }
  return form;
}

export type TemplateValues = Readonly<Record<string, string>>;

/** Text with its values in; a value not given yet stays visible as its name in braces. */
export function fillIn(words: string, place: TemplateField["place"], values: TemplateValues): string {
  return words.replace(placeholder, (whole, name: string) => values[`${place}-${name}`]?.trim() || whole);
}

export function isComplete(form: TemplateForm, values: TemplateValues, hasFile: boolean): boolean {
  return form.fields.every((field) => (values[field.id] ?? "").trim() !== "") && (form.headerFile === null || hasFile);
}

type TemplateContent = Extract<MessageSend, { type: "template" }>["template"];

/** The template with its values, in the platform's own words. */
export function templateContent(
  template: Pick<Template, "name" | "language" | "parameterFormat">,
  form: TemplateForm,
  values: TemplateValues,
): TemplateContent {
  const parameter = (field: TemplateField) => ({
    type: "text",
    ...(template.parameterFormat === "NAMED" && field.place !== "button" ? { parameter_name: field.name } : {}),
    text: (values[field.id] ?? "").trim(),
  });
  const of = (place: TemplateField["place"]) => form.fields.filter((field) => field.place === place);
  const components: Loose[] = [];
  if (of("header").length > 0) components.push({ type: "header", parameters: of("header").map(parameter) });
  if (of("body").length > 0) components.push({ type: "body", parameters: of("body").map(parameter) });
  for (const field of of("button")) {
    components.push({
      type: "button",
      sub_type: "url",
      index: String(field.buttonIndex),
      parameters: [parameter(field)],
    });
  }
  return {
    name: template.name,
    language: { code: template.language },
    ...(components.length > 0 ? { components } : {}),
  };
}

/** The send of a template. The file of a media header is put in by the outbox once it has been uploaded. */
export function templateSend(
  template: Pick<Template, "name" | "language" | "parameterFormat">,
  form: TemplateForm,
  values: TemplateValues,
  clientId: string,
): MessageSend {
  return { clientId, type: "template", template: templateContent(template, form, values) };
}

/** The values in a template that was filled in already, by the fields of its form. */
export function sentValues(form: TemplateForm, content: unknown): TemplateValues {
  const values: Record<string, string> = {};
  for (const component of list(record(content).components)) {
    const place = text(component.type).toLowerCase();
    const fields = form.fields.filter(
      (field) => field.place === place && (place !== "button" || String(field.buttonIndex) === text(component.index)),
    );
    for (const [index, parameter] of list(component.parameters).entries()) {
      const name = text(parameter.parameter_name);
      const field = name ? fields.find((one) => one.name === name) : fields[index];
      if (field) values[field.id] = text(parameter.text);
    }
  }
  return values;
}

/** A sent template as it reads, from the parameters in the message and the template's own words. */
export function renderSent(template: Pick<Template, "components">, content: unknown): TemplateForm {
  const form = readTemplate(template);
  const values = sentValues(form, content);
  return {
    ...form,
    headerText: form.headerText === null ? null : fillIn(form.headerText, "header", values),
    body: fillIn(form.body, "body", values),
  };
}
