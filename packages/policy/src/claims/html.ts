/** Elements whose text nobody reads. */
const silent: ReadonlySet<string> = new Set(["script", "style", "noscript", "template", "svg"]);
/** Elements in the middle of a line; any other one ends it. */
const inline: ReadonlySet<string> = new Set(
  "a abbr b bdi bdo cite code data del dfn em font i ins kbd label mark s samp small span strong sub sup time u var wbr".split(
    " ",
  ),
);
const named: Readonly<Record<string, string>> = {
  amp: "&",
  apos: "'",
  bdquo: "„",
  bull: "•",
  euro: "€",
  gt: ">",
  hellip: "…",
  laquo: "«",
  ldquo: "“",
  lsquo: "‘",
  lt: "<",
  mdash: "—",
  nbsp: " ",
  ndash: "–",
  pound: "£",
  quot: '"',
  raquo: "»",
  rdquo: "”",
  rsquo: "’",
  shy: "",
  auml: "ä",
  Auml: "Ä",
  euml: "ë",
  eacute: "é",
  iuml: "ï",
  ouml: "ö",
  Ouml: "Ö",
  szlig: "ß",
  uuml: "ü",
  Uuml: "Ü",
};

/**
 * The words of a page, without its markup, scripts and styles: one line per heading, paragraph or item, the cells of a
 * table row with `|` between them. What a browser would show, near enough to look for claims; no parser of HTML.
 */
export function textOfHtml(html: string): string {
  let text = "";
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf("<", at);
    text += entitiesIn(collapse(html.slice(at, open === -1 ? html.length : open)));
    if (open === -1) break;
    const after = afterMarkup(html, open);
    if (after === null) {
      text += "<";
      at = open + 1;
      continue;
    }
    const name = /^<\/?([a-z][a-z0-9]*)/i.exec(html.slice(open, open + 40))?.[1]?.toLowerCase() ?? "";
    text += separatorOf(name, html[open + 1] === "/");
    at = silent.has(name) && html[open + 1] !== "/" ? afterElement(html, name, after) : after;
  }
  return text
    .split("\n")
    .map((line) => line.replace(/^[\s|]+|[\s|]+$/g, "").replace(/[ \t]+/g, " "))
    .filter((line) => line !== "")
    .join("\n\n");
}

function collapse(raw: string): string {
  return raw.replace(/\s+/g, " ");
}

/** Behind a tag or a comment that begins at `open`; `null` where it is only a sign. */
function afterMarkup(html: string, open: number): number | null {
  if (html.startsWith("<!--", open)) {
    const end = html.indexOf("-->", open + 4);
    return end === -1 ? html.length : end + 3;
  }
  if (!/[a-z/!?]/i.test(html[open + 1] ?? "")) return null;
  let quote = "";
  for (let at = open + 1; at < html.length; at++) {
    const sign = html[at] ?? "";
    if (quote !== "") {
      if (sign === quote) quote = "";
    } else if (sign === ">") return at + 1;
    else if ((sign === '"' || sign === "'") && html[at - 1] === "=") quote = sign;
  }
  return html.length;
}

function afterElement(html: string, name: string, from: number): number {
  const closing = new RegExp(`</${name}[\\s>]`, "gi");
  closing.lastIndex = from;
  const found = closing.exec(html);
  if (found === null) return html.length;
  return afterMarkup(html, found.index) ?? html.length;
}

function separatorOf(name: string, closes: boolean): string {
  if (name === "q") return closes ? "”" : "“";
  if (name === "" || inline.has(name)) return "";
  if (name === "td" || name === "th") return closes ? " | " : "";
  return "\n";
}

function entitiesIn(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hexadecimal, name) => {
    if (name !== undefined) return named[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : " ";
  });
}
