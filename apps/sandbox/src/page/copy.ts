import { useState } from "preact/hooks";
import { html } from "./html.ts";
import { icon } from "./icons.ts";
import { words } from "./words.ts";

/** Puts text on the clipboard, also where the page is not on a safe origin and the modern way is closed. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

/** Copies text and says so for a moment. With `shown` the label stands on the button, else it is only read out. */
export function CopyButton({ text, label, shown = false }: { text: string; label: string; shown?: boolean }) {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    void copyText(text).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 1_500);
    });
  };
  if (shown)
    return html`<button class="quiet small" onClick=${copy}>${icon("copy", 15)} ${copied ? words.copied : label}</button>`;
  return html`<button class="quiet small copy" onClick=${copy} aria-label=${`${words.copy}: ${label}`}>${copied ? words.copied : icon("copy", 15)}</button>`;
}
