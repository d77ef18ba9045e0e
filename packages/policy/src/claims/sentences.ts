/** A sentence, a heading or an item of a list, where it stands in the text. */
export interface Sentence {
  readonly text: string;
  readonly offset: number;
}

/** Lines shorter than this end by themselves: headings, items, cells. Longer ones were wrapped. */
const wrappedLength = 60;
const opensBlock = /^\s*(?:[-*+•·–—>#|]|\d+[.)]\s)/;
const abbreviations = new Set(
  "bijv b.v bv ca nr no art e.g i.e etc resp z.b d.h u.a usw bzw inkl evtl o.a d.w.z m.b.t t.a.v mr mrs dr st vs".split(
    " ",
  ),
);

/** Splits a text into its sentences. Every one of them is found in the text at its offset. */
export function sentencesOf(text: string): readonly Sentence[] {
  return blocksOf(text).flatMap(({ text: block, offset }) => splitBlock(block, offset));
}

/** Lines that belong together: a paragraph that was wrapped, or a line that stands alone. */
function blocksOf(text: string): Sentence[] {
  const blocks: Sentence[] = [];
  let start = 0;
  let end = 0;
  let isOpen = false;
  for (const { text: line, offset } of linesOf(text)) {
    const continues = isOpen && line.trim() !== "" && !opensBlock.test(line);
    if (!continues) {
      if (end > start) blocks.push({ text: text.slice(start, end), offset: start });
      start = offset;
    }
    end = offset + line.length;
    isOpen = line.trim().length >= wrappedLength && !/[.!?:;…|]\s*$/.test(line);
  }
  if (end > start) blocks.push({ text: text.slice(start, end), offset: start });
  return blocks;
}

function* linesOf(text: string): Generator<Sentence> {
  let offset = 0;
  while (offset <= text.length) {
    const newline = text.indexOf("\n", offset);
    const end = newline === -1 ? text.length : newline;
    yield { text: text.slice(offset, end), offset };
    offset = end + 1;
  }
}

function splitBlock(block: string, blockOffset: number): Sentence[] {
  const sentences: Sentence[] = [];
  let start = 0;
  const add = (end: number): void => {
    const raw = block.slice(start, end);
    const text = raw.trim();
    if (text !== "") sentences.push({ text, offset: blockOffset + start + raw.indexOf(text) });
    start = end;
  };
  for (const mark of block.matchAll(/[.!?…]+["'”’»)\]]*(?=\s)/g)) {
    const end = mark.index + mark[0].length;
    if (endsSentence(block, mark.index, end)) add(end);
  }
  add(block.length);
  return sentences;
}

/** A point may also belong to a short form, and what goes on in small letters goes on. */
function endsSentence(block: string, at: number, end: number): boolean {
  if (block[at] !== ".") return true;
  const next = block.slice(end).match(/\S/)?.[0] ?? "";
  if (/\p{Ll}/u.test(next)) return false;
  const before = block.slice(Math.max(0, at - 12), at).match(/[\p{L}.]+$/u)?.[0] ?? "";
  return !abbreviations.has(before.toLowerCase());
}
