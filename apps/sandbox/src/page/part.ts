import { html, type Markup } from "./html.ts";

/** A titled part of a page, with a word of explanation and what can be done at its head. */
export function Part({
  title,
  hint,
  action,
  children,
}: {
  title: string;
  hint?: string;
  action?: Markup;
  children?: Markup;
}) {
  return html`<section class="part"><header><h2>${title}</h2>${hint && html`<p>${hint}</p>`}${action}</header>${children}</section>`;
}
