import { expect, test } from "vitest";
import { csvOf } from "./csv.ts";

test.each([
  [[["a", "b"]], "a,b\r\n"],
  [[['say "hi"', "x, y", "two\nlines"]], '"say ""hi""","x, y","two\nlines"\r\n'],
  [[["=1+1", "@x", "-cmd", "+31612345678", "-5"]], "'=1+1,'@x,'-cmd,+31612345678,-5\r\n"],
])("%j", (rows, text) => {
  expect(csvOf(rows)).toBe(text);
});
