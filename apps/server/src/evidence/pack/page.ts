import type { Bars, Block, PackDocument, Section } from "./document.ts";
import { sayIn } from "./document.ts";

/** The document as one HTML page that needs nothing but itself: no scripts, no fonts, no pictures from elsewhere. */
export function drawPage(document: PackDocument): Uint8Array {
  const say = sayIn(document.locale);
  const { sections, seal } = document;
  const html = `<!doctype html>
<html lang="${document.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${asText(document.title)}: ${asText(document.subject)}</title>
<style>${style}</style>
</head>
<body>
<header>
<p class="over">${asText(document.organisation)}</p>
<h1>${asText(document.title)}</h1>
<p class="subject">${asText(document.subject)}</p>
${facts(document.cover)}
<h2>${asText(say("The log this comes from", "Het logboek waaruit dit komt", "Das Protokoll, aus dem dies stammt"))}</h2>
<p>${asText(say("Fingerprint of its key", "Vingerafdruk van de sleutel", "Fingerabdruck des Schlüssels"))}</p>
<pre>${asText(seal.fingerprint)}</pre>
<p>${asText(say("Signed checkpoint", "Ondertekend controlepunt", "Unterzeichneter Kontrollpunkt"))}</p>
<pre>${asText(seal.checkpoint.trimEnd())}</pre>
</header>
<nav aria-labelledby="contents"><h2 id="contents">${asText(say("Contents", "Inhoud", "Inhalt"))}</h2>
<ol>${sections
    .map(
      ({ id, title, absent }) =>
        `<li><a href="#${id}"><span>${id}</span> ${asText(title)}</a>${absent === null ? "" : ` <em>${asText(say("absent", "ontbreekt", "fehlt"))}</em>`}</li>`,
    )
    .join("")}</ol></nav>
<main>
${sections.map((section) => drawSection(section, document)).join("\n")}
</main>
</body>
</html>
`;
  return Buffer.from(html, "utf8");
}

function drawSection(section: Section, document: PackDocument): string {
  const say = sayIn(document.locale);
  const files =
    section.files.length === 0
      ? ""
      : `<p class="files">${asText(say("In full:", "Volledig:", "Vollständig:"))} ${section.files.map((file) => `<a href="${asText(file)}">${asText(file)}</a>`).join(", ")}</p>`;
  const body =
    section.absent === null
      ? section.blocks.map((block) => drawBlock(block, document)).join("\n")
      : `<p class="absent"><strong>${asText(say("Absent.", "Ontbreekt.", "Fehlt."))}</strong> ${asText(section.absent)}</p>`;
  return `<section id="${section.id}"><h2><span>${section.id}</span> ${asText(section.title)}</h2>\n${body}\n${files}</section>`;
}

function drawBlock(block: Block, document: PackDocument): string {
  const say = sayIn(document.locale);
  switch (block.kind) {
    case "text":
      return `<p>${asText(block.text)}</p>`;
    case "facts":
      return facts(block.facts);
    case "list":
      return `<ul>${block.items.map((item) => `<li>${asText(item)}</li>`).join("")}</ul>`;
    case "code":
      return `<pre>${asText(block.text)}</pre>`;
    case "table": {
      const numeric = block.columns.map((column) => column.numeric ?? false);
      const mark = (index: number) => (numeric[index] ? ' class="n"' : "");
      const more =
        block.more === 0
          ? ""
          : `<p class="more">${asText(say(`${block.more} more rows are in the file.`, `Nog ${block.more} rijen staan in het bestand.`, `${block.more} weitere Zeilen stehen in der Datei.`))}</p>`;
      return `<div class="scroll"><table><thead><tr>${block.columns.map(({ title }, index) => `<th scope="col"${mark(index)}>${asText(title)}</th>`).join("")}</tr></thead><tbody>${block.rows
        .map((row) => `<tr>${row.map((text, index) => `<td${mark(index)}>${asText(text)}</td>`).join("")}</tr>`)
        .join("")}</tbody></table></div>${more}`;
    }
    case "bars":
      return drawBars(block, document);
  }
}

function facts(all: readonly (readonly [string, string])[]): string {
  return `<dl>${all.map(([label, value]) => `<div><dt>${asText(label)}</dt><dd>${asText(value)}</dd></div>`).join("")}</dl>`;
}

function drawBars(block: Bars, document: PackDocument): string {
  const figures = new Intl.NumberFormat(document.locale);
  const highest = Math.max(1, ...block.bars.map(({ values }) => values.reduce((sum, value) => sum + value, 0)));
  const legend =
    block.series.length < 2
      ? ""
      : `<p class="legend">${block.series.map((name, index) => `<span class="s${index}">${asText(name)}</span>`).join("")}</p>`;
  const rows = block.bars
    .map(
      ({ label, values }) =>
        `<tr><th scope="row">${asText(label)}</th><td><svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">${pieces(values, highest)}</svg></td>${values.map((value) => `<td class="n">${figures.format(value)}</td>`).join("")}</tr>`,
    )
    .join("");
  const head = `<thead><tr><td></td><td></td>${block.series.map((name) => `<th scope="col" class="n">${asText(name)}</th>`).join("")}</tr></thead>`;
  return `<figure><figcaption>${asText(block.title)}</figcaption>${legend}<div class="scroll"><table class="bars">${head}<tbody>${rows}</tbody></table></div></figure>`;
}

function pieces(values: readonly number[], highest: number): string {
  let x = 0;
  return values
    .map((value, index) => {
      const width = Math.round((value / highest) * 1_000);
      const piece = `<rect class="s${index}" x="${x}" width="${width}" height="10"/>`;
      x += width;
      return piece;
    })
    .join("");
}

function asText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

const style = `
:root { --ink: #16211f; --muted: #5b6764; --line: #d9d4ca; --ground: #fff; --s0: #0f6b5c; --s1: #b07a1d; --s2: #1f5fbf; color-scheme: light dark; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7ecea; --muted: #9ba8a4; --line: #2a3532; --ground: #101615; --s0: #5ccbb5; --s1: #f2b04c; --s2: #7fb2ff; } }
@media print { :root { --ink: #000; --muted: #444; --line: #bbb; --ground: #fff; --s0: #0f6b5c; --s1: #b07a1d; --s2: #1f5fbf; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 3rem 1.5rem 6rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); overflow-wrap: anywhere; }
h1 { font-size: 2rem; line-height: 1.2; margin: .25rem 0; } h2 { font-size: 1.25rem; line-height: 1.3; margin: 3rem 0 .75rem; }
h2 span, nav span { color: var(--muted); font-variant-numeric: tabular-nums; display: inline-block; min-width: 2.5em; }
.over, .files, .more, .legend { color: var(--muted); } .subject { font-size: 1.15rem; margin: 0 0 1.5rem; }
dl div { display: grid; grid-template-columns: minmax(9rem, 14rem) 1fr; gap: 1rem; padding: .35rem 0; border-top: 1px solid var(--line); } dt { color: var(--muted); } dd { margin: 0; }
pre { padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .5rem; font: .85rem/1.5 ui-monospace, monospace; white-space: pre-wrap; }
nav ol { list-style: none; padding: 0; columns: 2 20rem; } nav a { color: inherit; text-decoration: none; } nav a:hover { text-decoration: underline; } nav em { color: var(--muted); font-size: .85em; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9rem; } th, td { text-align: start; vertical-align: top; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); overflow-wrap: normal; } th { font-weight: 600; } .n { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
.absent { color: var(--muted); border-inline-start: 3px solid var(--line); padding-inline-start: .9rem; }
figure { margin: 1.25rem 0; } figcaption { font-weight: 600; margin-bottom: .5rem; } .bars th { font-weight: 400; white-space: nowrap; } .bars td:nth-child(2) { width: 60%; min-width: 8rem; } .bars svg { display: block; width: 100%; height: .8rem; margin-top: .25rem; }
rect.s0 { fill: var(--s0); } rect.s1 { fill: var(--s1); } rect.s2 { fill: var(--s2); } .legend span::before { content: ""; display: inline-block; width: .7em; height: .7em; border-radius: 2px; margin-inline-end: .4em; } .legend span { margin-inline-end: 1.25rem; } .legend .s0::before { background: var(--s0); } .legend .s1::before { background: var(--s1); } .legend .s2::before { background: var(--s2); }
section { break-inside: auto; } h2 { break-after: avoid; } tr { break-inside: avoid; }
`;
