import { CsvError, parse } from "csv-parse/sync";

export interface Table {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
export type ReadTable =
  | { readonly ok: true; readonly table: Table }
  | { readonly ok: false; readonly failure: "empty" | "unreadable" | "too-long"; readonly detail: string };

export const mostRows = 100_000;
const delimiters = [";", ",", "\t"] as const;

/** Reads a list as spreadsheets save it: UTF-8 or Windows-1252, with semicolons, commas or tabs, quoted or not. */
export function readTable(bytes: Uint8Array): ReadTable {
  const text = decode(bytes);
  try {
    const records = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      to: mostRows + 2,
    }) as string[][];
    const [headers, ...rows] = records;
    if (!headers || rows.length === 0) return { ok: false, failure: "empty", detail: "" };
    if (rows.length > mostRows) return { ok: false, failure: "too-long", detail: String(mostRows) };
    return { ok: true, table: { headers: headers.map((header) => header.trim()), rows } };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { ok: false, failure: "unreadable", detail: error.message };
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** The sign that splits the first line into the most columns; what stands in quotes does not count. */
function delimiterOf(text: string): string {
  const [firstLine = ""] = text.split(/\r?\n/, 1);
  const bare = firstLine.replace(/"[^"]*"/g, "");
  const count = (sign: string) => bare.split(sign).length;
  return delimiters.reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

/** A table for spreadsheets. What they would take for a formula is made plain text. */
export function writeTable(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => {
    const plain = /^[=@\t\r]|^[+-](?!\d)/.test(text) ? `'${text}` : text;
    return /[";\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  return `\uFEFF${rows.map((row) => row.map(cell).join(";")).join("\r\n")}\r\n`;
}
