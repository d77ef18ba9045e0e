import type { Sentence } from "./sentences.ts";

/** What stands between quotation marks: from behind the opening one to before the closing one. */
export interface Quotation {
  readonly from: number;
  readonly to: number;
}

/** The marks that close what an opening mark opens, by the habits of English, Dutch and German. */
const closings: Readonly<Record<string, string>> = {
  "“": "”",
  "„": "“”",
  '"': '"',
  "«": "»",
  "»": "«",
  "‹": "›",
  "›": "‹",
  "‘": "’",
  "‚": "‘’",
  "'": "'",
};
const isSingle = (mark: string): boolean => mark === "'" || mark === "‘" || mark === "’" || mark === "‚";

/** Quotations in the text. One that is not closed within its paragraph is none. */
export function quotationsIn(text: string): readonly Quotation[] {
  const quotations: Quotation[] = [];
  let opening: string | null = null;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? "";
    if (opening !== null) {
      if (closings[opening]?.includes(sign) && !isApostrophe(text, at)) {
        quotations.push({ from, to: at });
        opening = null;
      } else if (sign === "\n" && text[at + 1] === "\n") opening = null;
    } else if (closings[sign] !== undefined && (!isSingle(sign) || opensWord(text, at))) {
      opening = sign;
      from = at + 1;
    }
  }
  return quotations;
}

/** A single mark between letters, or after a plural: it closes nothing. */
function isApostrophe(text: string, at: number): boolean {
  return isSingle(text[at] ?? "") && /\p{L}/u.test(text[at + 1] ?? "");
}

function opensWord(text: string, at: number): boolean {
  return /[\s(]|^$/.test(text[at - 1] ?? "") && /\S/.test(text[at + 1] ?? "");
}

export interface Quoted {
  /** What is quoted in the sentence, piece by piece. */
  readonly pieces: readonly string[];
  /** The sentence without it. */
  readonly rest: string;
  /** Where the first quotation in it opens, which may be in an earlier sentence. */
  readonly opensAt: number;
}

/** What of a sentence is quoted; `null` where nothing is. */
export function quotedIn({ text, offset }: Sentence, quotations: readonly Quotation[]): Quoted | null {
  const end = offset + text.length;
  const inside = quotations.filter((quotation) => quotation.from < end && quotation.to > offset);
  const first = inside[0];
  if (first === undefined) return null;
  const pieces: string[] = [];
  let rest = "";
  let at = offset;
  for (const { from, to } of inside) {
    const pieceFrom = Math.max(from, offset);
    const pieceTo = Math.min(to, end);
    rest += `${text.slice(at - offset, pieceFrom - offset)} `;
    pieces.push(text.slice(pieceFrom - offset, pieceTo - offset));
    at = pieceTo;
  }
  rest += text.slice(at - offset);
  return { pieces, rest, opensAt: first.from };
}
