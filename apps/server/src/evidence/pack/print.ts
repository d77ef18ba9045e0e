import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import pdfmake from "pdfmake";
import type { Content, ContentTable, TDocumentDefinitions } from "pdfmake/interfaces.js";
import { type Bars, type Block, type PackDocument, type Section, sayIn } from "./document.ts";

const green = "#0f6b5c";
const amber = "#b07a1d";
const blue = "#1f5fbf";
const muted = "#5b6764";
const line = "#d9d4ca";
const seriesColours = [green, amber, blue];
const widthPt = 483;

/**
 * The document as PDF, with page numbers and a contents list. The same document and time give the same bytes. The font
 * is in the file and has Latin, Greek and Cyrillic letters; others are drawn as boxes here, and whole in index.html.
 */
export async function drawPrint(document: PackDocument, madeAt: Date): Promise<Uint8Array> {
  const fonts = join(dirname(createRequire(import.meta.url).resolve("pdfmake/package.json")), "fonts/Roboto");
  pdfmake.setFonts({
    Roboto: {
      normal: join(fonts, "Roboto-Regular.ttf"),
      bold: join(fonts, "Roboto-Medium.ttf"),
      italics: join(fonts, "Roboto-Italic.ttf"),
      bolditalics: join(fonts, "Roboto-MediumItalic.ttf"),
    },
  });
  // Nothing is fetched, and nothing but the fonts is read.
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => path.startsWith(fonts));
  return new Uint8Array(await pdfmake.createPdf(define(document, madeAt)).getBuffer());
}

function define(document: PackDocument, madeAt: Date): TDocumentDefinitions {
  const say = sayIn(document.locale);
  const short = document.seal.fingerprint.slice(0, 19);
  return {
    pageSize: "A4",
    pageMargins: [56, 64, 56, 64],
    language: document.locale,
    info: {
      title: `${document.title}: ${document.subject}`,
      author: document.organisation,
      creator: "Loket",
      producer: "Loket",
      creationDate: madeAt,
      modDate: madeAt,
    },
    defaultStyle: { font: "Roboto", fontSize: 9.5, lineHeight: 1.25, color: "#16211f" },
    styles: {
      title: { fontSize: 26, bold: true, lineHeight: 1.1 },
      section: { fontSize: 14, bold: true },
      head: { bold: true, color: muted, fontSize: 8.5 },
      quiet: { color: muted },
    },
    header: (page) =>
      page === 1
        ? null
        : {
            columns: [
              { text: `${document.organisation} · ${document.title}`, style: "quiet" },
              { text: document.subject, style: "quiet", alignment: "right" },
            ],
            margin: [56, 28, 56, 0],
            fontSize: 8,
          },
    footer: (page, pages) => ({
      columns: [
        { text: `${say("Key", "Sleutel", "Schlüssel")} ${short} …`, style: "quiet" },
        { text: `${page} / ${pages}`, style: "quiet", alignment: "right" },
      ],
      margin: [56, 24, 56, 0],
      fontSize: 8,
    }),
    content: [
      { text: document.organisation, style: "quiet", margin: [0, 90, 0, 8] },
      { text: document.title, style: "title" },
      { text: document.subject, fontSize: 14, margin: [0, 6, 0, 28] },
      facts(document.cover),
      {
        text: say(
          "Fingerprint of the log's key",
          "Vingerafdruk van de sleutel van het logboek",
          "Fingerabdruck des Schlüssels des Protokolls",
        ),
        style: "head",
        margin: [0, 28, 0, 4],
      },
      code(document.seal.fingerprint),
      {
        text: say("Signed checkpoint", "Ondertekend controlepunt", "Unterzeichneter Kontrollpunkt"),
        style: "head",
        margin: [0, 12, 0, 4],
      },
      code(document.seal.checkpoint.trimEnd()),
      {
        toc: {
          title: { text: say("Contents", "Inhoud", "Inhalt"), style: "section", margin: [0, 0, 0, 10] },
          numberStyle: { color: muted },
        },
        pageBreak: "before",
      },
      ...document.sections.flatMap((section, index) => drawSection(section, document, index === 0)),
    ],
  };
}

function drawSection(section: Section, document: PackDocument, isFirst: boolean): Content[] {
  const say = sayIn(document.locale);
  const content: Content[] = [
    {
      text: `${section.id}  ${section.title}${section.absent === null ? "" : ` (${say("absent", "ontbreekt", "fehlt")})`}`,
      style: "section",
      tocItem: true,
      tocMargin: [0, 3, 0, 0],
      margin: [0, isFirst ? 0 : 22, 0, 8],
      headlineLevel: 1,
      ...(isFirst ? { pageBreak: "before" as const } : {}),
    },
  ];
  if (section.absent !== null) content.push({ text: section.absent, style: "quiet" });
  else for (const block of section.blocks) content.push(...drawBlock(block, document));
  if (section.files.length > 0)
    content.push({
      text: `${say("In full:", "Volledig:", "Vollständig:")} ${section.files.join(", ")}`,
      style: "quiet",
      fontSize: 8.5,
      margin: [0, 4, 0, 0],
    });
  return content;
}

function drawBlock(block: Block, document: PackDocument): Content[] {
  const say = sayIn(document.locale);
  switch (block.kind) {
    case "text":
      return [{ text: block.text, margin: [0, 0, 0, 6] }];
    case "facts":
      return [facts(block.facts)];
    case "list":
      return [{ ul: block.items.map((item) => ({ text: item, margin: [0, 1, 0, 1] })), margin: [0, 0, 0, 6] }];
    case "code":
      return [code(block.text)];
    case "table": {
      if (block.rows.length === 0) return [];
      const align = (index: number) => (block.columns[index]?.numeric ? ("right" as const) : ("left" as const));
      const table: ContentTable = {
        table: {
          headerRows: 1,
          dontBreakRows: true,
          widths: block.columns.map(({ wide }) => (wide ? "*" : "auto")),
          body: [
            block.columns.map(({ title }, index) => ({ text: title, style: "head", alignment: align(index) })),
            ...block.rows.map((row) => row.map((text, index) => ({ text: breakable(text), alignment: align(index) }))),
          ],
        },
        layout: lines,
        fontSize: block.columns.length > 6 ? 7.5 : 8.5,
        margin: [0, 2, 0, 6],
      };
      if (block.more === 0) return [table];
      const more = say(
        `${block.more} more rows are in the file.`,
        `Nog ${block.more} rijen staan in het bestand.`,
        `${block.more} weitere Zeilen stehen in der Datei.`,
      );
      return [table, { text: more, style: "quiet", margin: [0, 0, 0, 6] }];
    }
    case "bars":
      return drawBars(block, document);
  }
}

const lines = {
  hLineWidth: (row: number) => (row === 0 ? 0 : 0.5),
  vLineWidth: () => 0,
  hLineColor: () => line,
  paddingLeft: () => 0,
  paddingRight: () => 8,
  paddingTop: () => 3,
  paddingBottom: () => 3,
};

function facts(all: readonly (readonly [string, string])[]): Content {
  return {
    table: {
      widths: [150, "*"],
      body: all.map(([label, value]) => [{ text: label, color: muted }, { text: breakable(value) }]),
    },
    layout: lines,
    margin: [0, 2, 0, 6],
  };
}

function code(text: string): Content {
  return {
    table: {
      widths: ["*"],
      body: [[{ text, wordBreak: "break-all", fontSize: 8.5, lineHeight: 1.35, margin: [6, 4, 6, 4] }]],
    },
    layout: { hLineColor: () => line, vLineColor: () => line, hLineWidth: () => 0.5, vLineWidth: () => 0.5 },
  };
}

function drawBars(block: Bars, document: PackDocument): Content[] {
  const figures = new Intl.NumberFormat(document.locale);
  const totals = block.bars.map(({ values }) => values.reduce((sum, value) => sum + value, 0));
  const highest = Math.max(1, ...totals);
  const legend: Content[] =
    block.series.length < 2
      ? []
      : [
          {
            text: block.series.flatMap((name, index) => [
              { text: "■ ", color: seriesColours[index] ?? green },
              { text: `${name}    `, color: muted },
            ]),
            fontSize: 8.5,
            margin: [0, 0, 0, 4],
          },
        ];
  const title: Content = { text: block.title, bold: true, margin: [0, 8, 0, 4] };
  if (block.upright)
    return [{ stack: [title, ...legend, columns(block, highest), edges(block, figures, highest)], unbreakable: true }];
  const body = block.bars.map(({ label, values }) => [
    { text: label },
    { canvas: pieces(values, highest, 230), margin: [0, 2, 0, 0] as [number, number, number, number] },
    ...values.map((value) => ({ text: figures.format(value), alignment: "right" as const })),
  ]);
  const widths = [150, "*", ...block.series.map(() => "auto" as const)];
  const table: Content = { table: { widths, body }, layout: lines, fontSize: 8.5, margin: [0, 0, 0, 6] };
  return [{ stack: [title, ...legend, table], unbreakable: block.bars.length <= 20 }];
}

function pieces(values: readonly number[], highest: number, width: number) {
  let x = 0;
  const drawn = values.map((value, index) => {
    const w = (value / highest) * width;
    const piece = { type: "rect" as const, x, y: 0, w, h: 8, color: seriesColours[index] ?? green };
    x += w;
    return piece;
  });
  return drawn.filter(({ w }) => w > 0);
}

/** One column per day, its parts one on the other. */
function columns(block: Bars, highest: number): Content {
  const heightPt = 90;
  const step = widthPt / Math.max(1, block.bars.length);
  const rects = block.bars.flatMap(({ values }, day) => {
    let y = heightPt;
    return values.map((value, index) => {
      const h = (value / highest) * heightPt;
      y -= h;
      return {
        type: "rect" as const,
        x: day * step,
        y,
        w: Math.max(0.5, Math.min(step * 0.8, 24)),
        h,
        color: seriesColours[index] ?? green,
      };
    });
  });
  const ground = {
    type: "line" as const,
    x1: 0,
    y1: heightPt,
    x2: widthPt,
    y2: heightPt,
    lineWidth: 0.5,
    lineColor: line,
  };
  return { canvas: [ground, ...rects.filter(({ h }) => h > 0)], margin: [0, 4, 0, 2] };
}

function edges(block: Bars, figures: Intl.NumberFormat, highest: number): Content {
  return {
    columns: [
      { text: block.bars[0]?.label ?? "" },
      { text: `max. ${figures.format(highest)}`, alignment: "center" },
      { text: block.bars.at(-1)?.label ?? "", alignment: "right" },
    ],
    style: "quiet",
    fontSize: 8,
    margin: [0, 0, 0, 6],
  };
}

/** Long ids and hashes may break anywhere: a zero-width space lets them. */
function breakable(text: string): string {
  return text.replaceAll(/[^\s]{24}/g, "$&\u200b");
}
