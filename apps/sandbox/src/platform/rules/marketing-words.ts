/**
 * Words by which a template is taken for advertising. The platform judges content by means it does not publish; this list is
 * ours and small: it finds what nobody would call a service message, in the languages of the demo world.
 */
const words = [
  // English
  "discount(?:s|ed)?",
  "sale",
  "special offer",
  "limited offer",
  "promo(?:tion|tional|code)?",
  "coupon(?:s)?",
  "voucher(?:s)?",
  "half price",
  "buy now",
  "shop now",
  "free gift",
  "cashback",
  // Dutch
  "korting(?:en|scode)?",
  "aanbieding(?:en)?",
  "uitverkoop",
  "halve prijs",
  "actieprijs",
  "kortingsbon",
  "nu bestellen",
  "profiteer",
  // German
  "rabatt(?:e|code)?",
  "sonderangebot(?:e)?",
  "angebot der woche",
  "ausverkauf",
  "schnäppchen",
  "gutschein(?:e|code)?",
  "zum halben preis",
  "jetzt kaufen",
];

const pattern = new RegExp(`(?<!\\p{L})(?:${words.join("|")})(?!\\p{L})|\\d\\s?% (?:off|korting|rabatt)`, "iu");

export function advertises(text: string): boolean {
  return pattern.test(text);
}
