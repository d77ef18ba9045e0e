import { html, type Markup } from "./html.ts";
import { words } from "./words.ts";

/** A titled part of a page, with a word of explanation and what can be done at its head. */
export function Part({
  id,
  title,
  hint,
  action,
  children,
}: {
  id?: string;
  title: string;
  hint?: string;
  action?: Markup;
  children?: Markup;
}) {
  return html`<section class="part" id=${id}><header><h2>${title}</h2>${hint && html`<p>${hint}</p>`}${action}</header>${children}</section>`;
}

/** Stands where something will stand: lines of its shape, or what went wrong. */
export function Waiting({ rows = 3, problem = "" }: { rows?: number; problem?: string }) {
  if (problem) return html`<p class="problem" role="alert">${words.failed(problem)}</p>`;
  return html`<div class="bones" role="status" aria-busy="true" aria-label=${words.loading}>${Array.from({ length: rows }, () => html`<i></i>`)}</div>`;
}
