import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ordinaryAt } from "../testing.ts";
import { checkClaims } from "./check.ts";
import { textOfHtml } from "./html.ts";

describe("the words of a page", () => {
  it("come without markup, scripts and styles", () => {
    const page = `<!doctype html><html><head><title>Desk &amp; Co</title><style>.bulk{}</style>
      <script>const a = "<p>unlimited WhatsApp blasts</p>";</script></head>
      <body class="a > b"><!-- anti-ban --><h1>Hello&nbsp;you</h1><p>One <b>bold</b>
      word.</p><ul><li>First</li><li>Second</li></ul>
      <table><tr><td>A</td><td>B</td></tr></table>5 < 6 &euro;</body></html>`;
    expect(textOfHtml(page).split("\n\n")).toEqual([
      "Desk & Co",
      "Hello you",
      "One bold word.",
      "First",
      "Second",
      "A | B",
      "5 < 6 €",
    ]);
  });

  it("can be checked for claims", () => {
    const page = "<h2>Prices</h2><p>Our <em>price</em> per WhatsApp message: &#8364;&#x20;0.02</p><script>mod</script>";
    const text = textOfHtml(page);
    const [hit, ...others] = checkClaims(text, { at: ordinaryAt });
    expect(others).toEqual([]);
    expect(hit).toMatchObject({ rule: "claims.charging-per-message" });
    expect(text.startsWith(hit?.sentence ?? "-", hit?.offset)).toBe(true);
  });

  it("come from any text, in time", () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.constantFrom(
        "<p>",
        "</p>",
        "<script>",
        "</script",
        "<!--",
        "-->",
        "<a href='",
        '"',
        ">",
        "&#xd800;",
        "&amp",
        "<",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        expect(textOfHtml(pieces.join(""))).not.toMatch(/[ \t]{2}/);
      }),
    );
    expect(textOfHtml("<script>".repeat(50_000))).toBe("");
    expect(textOfHtml("<".repeat(100_000))).toHaveLength(100_000);
  });
});
