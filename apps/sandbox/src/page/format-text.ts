import { html, type Markup } from "./html.ts";

const marks: Record<string, "b" | "i" | "s" | "code"> = { "*": "b", _: "i", "~": "s", "`": "code" };
const pattern =
  /(```[\s\S]+?```|(?<![\p{L}\p{N}])([*_~`])(?=\S)(?:(?!\2|\n).)*\S?\2(?![\p{L}\p{N}])|https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])/gu;

/** Message text as messengers show it: *bold*, _italics_, ~struck~, `code`, and links one can follow. */
export function formatText(text: string): Markup[] {
  return text
    .split("\n")
    .flatMap((line, index) => (index === 0 ? formatLine(line) : [html`<br />`, ...formatLine(line)]));
}

function formatLine(line: string): Markup[] {
  const parts: Markup[] = [];
  let from = 0;
  for (const match of line.matchAll(pattern)) {
    const found = match[0];
    parts.push(line.slice(from, match.index));
    from = match.index + found.length;
    if (found.startsWith("http"))
      parts.push(html`<a href=${found} target="_blank" rel="noopener noreferrer">${found}</a>`);
    else if (found.startsWith("```")) parts.push(html`<code>${found.slice(3, -3)}</code>`);
    else {
      const Tag = marks[found[0] ?? ""] ?? "b";
      parts.push(html`<${Tag}>${formatLine(found.slice(1, -1))}<//>`);
    }
  }
  parts.push(line.slice(from));
  return parts;
}
