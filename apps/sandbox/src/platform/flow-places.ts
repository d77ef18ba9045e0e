/** Where something stands in a text, counted from 1; the columns are those of the first and the last character. */
export interface Place {
  readonly line_start: number;
  readonly line_end: number;
  readonly column_start: number;
  readonly column_end: number;
}

/** Where each member of a JSON text stands, by its path, such as `screens[0].layout.type`; the whole is "". The text must be JSON. */
export function placesIn(text: string): Map<string, Place> {
  const places = new Map<string, Place>();
  const lineStarts = [0];
  for (let index = 0; index < text.length; index++) if (text[index] === "\n") lineStarts.push(index + 1);
  let at = 0;

  const pointOf = (offset: number): { line: number; column: number } => {
    const line = lineStarts.findLastIndex((start) => start <= offset);
    return { line: line + 1, column: offset - (lineStarts[line] ?? 0) + 1 };
  };
  const note = (path: string, from: number, to: number) => {
    const start = pointOf(from);
    const end = pointOf(Math.max(from, to - 1));
    places.set(path, {
      line_start: start.line,
      line_end: end.line,
      column_start: start.column,
      column_end: end.column,
    });
  };
  const skip = () => {
    while (/[\s,:]/.test(text[at] ?? "")) at += 1;
  };
  const readText = (): string => {
    const from = at;
    at += 1;
    while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
    at += 1;
    return JSON.parse(text.slice(from, at)) as string;
  };
  const readValue = (path: string, from: number): void => {
    skip();
    const opening = text[at];
    if (opening === "{" || opening === "[") readMembers(path, opening);
    else if (opening === '"') readText();
    else while (at < text.length && !/[\s,\]}]/.test(text[at] ?? "")) at += 1;
    note(path, from, at);
  };
  const readMembers = (path: string, opening: "{" | "["): void => {
    at += 1;
    for (let index = 0; ; index++) {
      skip();
      if (text[at] === "}" || text[at] === "]" || at >= text.length) break;
      const from = at;
      const inner = opening === "[" ? `${path}[${index}]` : joined(path, readText());
      readValue(inner, from);
    }
    at += 1;
  };
  skip();
  readValue("", at);
  return places;
}

const joined = (path: string, key: string): string => (path === "" ? key : `${path}.${key}`);
