import type { Content, MessageView } from "./ask.ts";
import { html } from "./html.ts";
import { content, inner, list, text } from "./message-content.ts";
import { phoneWords } from "./phone-words.ts";
import { Sheet } from "./sheet.ts";

interface ListSheetProps {
  readonly message: MessageView;
  close(): void;
  choose(row: Content): void;
}

/** The rows of a list message, one of which is chosen. */
export function ListSheet({ message, close, choose }: ListSheetProps) {
  const action = inner(content(message).action);
  return html`
    <${Sheet} title=${text(action.button) || phoneWords.choose} close=${close}>
      ${list(action.sections).map(
        (section) => html`
        ${text(section.title) && html`<h4 dir="auto">${text(section.title)}</h4>`}
        ${list(section.rows).map((row) => html`<button class="row" onClick=${() => choose(row)}><span dir="auto"><b>${text(row.title)}</b>${text(row.description) && html`<small>${text(row.description)}</small>`}</span><i class="radio"></i></button>`)}`,
      )}
    <//>`;
}
