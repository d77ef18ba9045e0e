import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonical, type Json, parseCanonical } from "./canonical.ts";

const text = fc.string({ unit: "binary", maxLength: 8 });
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.boolean(),
    fc.constant(null),
    fc.maxSafeInteger().map((number) => number + 0),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(text, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

describe("the canonical form", () => {
  it("reads back as what was written, and is the only text that does", () => {
    fc.assert(
      fc.property(value, (value) => {
        const text = canonical(value);
        expect(parseCanonical(text)).toEqual({ ok: true, value });
        expect(canonical(JSON.parse(JSON.stringify(value, null, 2)) as Json)).toBe(text);
        const spaced = JSON.stringify(value, null, 1);
        if (spaced !== text) expect(parseCanonical(spaced).ok).toBe(false);
      }),
    );
  });

  it("is that of RFC 8785 where it speaks of what we write", () => {
    // §3.2.3, the order of names, without the number that is not whole; and §3.2.2.2, strings.
    const names = {
      "\u20ac": "Euro Sign",
      "\r": "Carriage Return",
      "\ufb33": "Hebrew",
      "1": "One",
      "😀": "Smiley",
      "\u0080": "Control",
      ö: "o",
    };
    expect(Object.values(JSON.parse(canonical(names)))).toHaveLength(7);
    expect(canonical(names)).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"o","€":"Euro Sign","😀":"Smiley","\ufb33":"Hebrew"}',
    );
    expect(canonical({ string: '€$\u000F\nA\'B"\\"/' })).toBe('{"string":"€$\\u000f\\nA\'B\\"\\\\\\"/"}');
    expect(canonical([null, true, false, 0, -1, 9_007_199_254_740_991])).toBe(
      "[null,true,false,0,-1,9007199254740991]",
    );
  });

  it.each([
    ["a float", { a: 1.5 }, "a is 1.5"],
    ["-0", -0, "-0"],
    ["2^53", [2 ** 53], "[0] is 9007199254740992"],
    ["NaN", Number.NaN, "NaN"],
    ["half a character", { a: { b: "\ud800" } }, ".a.b holds half"],
    ["half a character in a name", { "\udc00": 1 }, "half a character"],
    ["undefined", { a: undefined }, ".a is undefined"],
    ["a bigint", 1n, "bigint"],
    ["a date", { at: new Date(0) }, ".at is a Date"],
    ["bytes", new Uint8Array(1), "Uint8Array"],
    ["a hole", new Array(1), "undefined"],
  ])("refuses %s", (_, value, words) => {
    expect(() => canonical(value as Json)).toThrow(words);
  });

  it("refuses what is nested too deep, as a circle is", () => {
    const circle: { self?: Json } = {};
    circle.self = circle as Json;
    expect(() => canonical(circle as Json)).toThrow("nested");
  });

  it.each([
    '{"a":1,"a":1}',
    '{"a":1,"a":2}',
    '{"b":1,"a":2}',
    "1.0",
    "1e2",
    "-0",
    "01",
    "9007199254740992",
    ' "a"',
    '"a"\n',
    '"\\u0061"',
    '"\\/"',
    '"\\ud800"',
    '"\\u000A"',
    "\ufeff1",
    "{}{}",
    "",
    "[1, 2]",
    "nul",
  ])("refuses the spelling %j", (text) => {
    expect(parseCanonical(text).ok).toBe(false);
  });
});
