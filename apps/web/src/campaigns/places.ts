import type { Locale } from "@loket/contract";

/* Names of languages and countries, in the reader's language. */

/** Languages of Europe and of the people who came to live there; others are few, and found by the lists they came with. */
const languageCodes =
  "ar bg bn bs ca cs da de el en es et eu fa fi fr ga gl he hi hr hu id is it ja ko ku lb lt lv mk mt ms nb nl nn pa pl ps pt ro ru sk sl so sq sr sv sw ta te th ti tr uk ur vi yi zh";
const countryCodes =
  "AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

/** `nl`, or as a template says it: `pt_BR`. */
export function languageName(code: string, locale: Locale): string {
  try {
    return new Intl.DisplayNames(locale, { type: "language" }).of(code.replace("_", "-")) ?? code;
  } catch {
    return code;
  }
}

export function countryName(code: string, locale: Locale): string {
  return new Intl.DisplayNames(locale, { type: "region" }).of(code) ?? code;
}

export function languageOptions(locale: Locale): { value: string; label: string }[] {
  return named(languageCodes, (code) => languageName(code, locale), locale);
}

export function countryOptions(locale: Locale): { value: string; label: string }[] {
  return named(countryCodes, (code) => countryName(code, locale), locale);
}

function named(codes: string, name: (code: string) => string, locale: Locale) {
  return codes
    .split(" ")
    .map((value) => ({ value, label: name(value) }))
    .sort((a, b) => a.label.localeCompare(b.label, locale));
}
