/**
 * A table as a file (RFC 4180, UTF-8). A spreadsheet takes text that begins with `=`, `+`, `-` or `@` for a formula, so
 * such text gets an apostrophe in front; numbers, signed ones too, stay as they are.
 */
export function csv(columns: readonly string[], rows: readonly (readonly Cell[])[]): Uint8Array {
  return Buffer.from([columns, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join(""), "utf8");
}

export type Cell = string | number | boolean | null;

function cell(value: Cell): string {
  if (value === null) return "";
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d[\d.]*$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
