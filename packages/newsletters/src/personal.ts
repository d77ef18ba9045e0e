import type { CampaignTemplate } from "./campaign.ts";

const placeholder = /\{\{\s*name\s*(?:\|([^{}]*))?\}\}/g;

/** Puts the person's name where the parameters ask for it, and the words for nobody in particular where it is not known. */
export function personalise(template: CampaignTemplate, person: { readonly name: string }): CampaignTemplate {
  const fill = (value: unknown): unknown => {
    if (typeof value === "string")
      return value.replace(
        placeholder,
        (_all, otherwise: string | undefined) => person.name || otherwise?.trim() || "",
      );
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fill(each)]));
    return value;
  };
  return template.components === undefined
    ? template
    : { ...template, components: fill(template.components) as NonNullable<CampaignTemplate["components"]> };
}
