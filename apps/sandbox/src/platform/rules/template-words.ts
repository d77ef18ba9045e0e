import type { Body } from "../state.ts";

/** What a person reads in a template, as one text: header, body, footer and buttons, variables included. */
export function wordsOf(components: readonly Body[]): string {
  return components
    .flatMap((component) => [
      typeof component.text === "string" ? component.text : "",
      ...(Array.isArray(component.buttons) ? component.buttons.map((button: Body) => String(button.text ?? "")) : []),
    ])
    .join("\n");
}
