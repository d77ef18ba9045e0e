import type { Locale } from "@loket/contract";

/**
 * What people read of a pack, before it is drawn: the same document becomes a page (`page.ts`) and a printed one
 * (`print.ts`). Everything that is counted here is in the pack's tables as well, as a file.
 */
export interface PackDocument {
  readonly locale: Locale;
  readonly title: string;
  /** Of whom or what, in words. */
  readonly subject: string;
  readonly organisation: string;
  readonly cover: readonly Fact[];
  readonly seal: Seal;
  readonly sections: readonly Section[];
}

export type Fact = readonly [label: string, value: string];

/** What ties the paper to the log. */
export interface Seal {
  readonly fingerprint: string;
  readonly checkpoint: string;
}

/** One item of the contents list (P1 to P21). `absent` says why there is nothing. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  /** Files of the pack that hold the whole of it. */
  readonly files: readonly string[];
  readonly absent: string | null;
}

export type Block =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "facts"; readonly facts: readonly Fact[] }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | { readonly kind: "code"; readonly text: string }
  | Table
  | Bars;

export interface Table {
  readonly kind: "table";
  readonly columns: readonly { readonly title: string; readonly numeric?: boolean; readonly wide?: boolean }[];
  readonly rows: readonly (readonly string[])[];
  /** How many rows were left out here. */
  readonly more: number;
}

/** Bars with their numbers written beside them. `upright`: one per day, drawn as columns, with a table of their own. */
export interface Bars {
  readonly kind: "bars";
  readonly title: string;
  readonly upright: boolean;
  readonly series: readonly string[];
  readonly bars: readonly { readonly label: string; readonly values: readonly number[] }[];
}

const mostRows = 60;

/** A table of what fits on paper; the rest is in its file. */
export function tableOf(columns: Table["columns"], rows: readonly (readonly (string | number | null)[])[]): Table {
  return {
    kind: "table",
    columns,
    rows: rows.slice(0, mostRows).map((row) => row.map((cell) => (cell === null ? "–" : String(cell)))),
    more: Math.max(0, rows.length - mostRows),
  };
}

/** Words in the language of the pack, written where they are used. */
export type Say = (en: string, nl: string, de: string) => string;

export function sayIn(locale: Locale): Say {
  return (en, nl, de) => (locale === "nl" ? nl : locale === "de" ? de : en);
}
