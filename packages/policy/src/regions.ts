/** Places, as far as rules tell them apart. Codes are ISO 3166-1 alpha-2 and ISO 3166-2. */

const euMembers = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split(" ");
/** The EU and Iceland, Liechtenstein, Norway. */
export const eeaMembers: readonly string[] = [...euMembers, "IS", "LI", "NO"];
const eea: ReadonlySet<string> = new Set(eeaMembers);

const eu: ReadonlySet<string> = new Set(euMembers);

export function isInEu(region: string | null): boolean {
  return region !== null && eu.has(region);
}

export function isInEea(region: string | null): boolean {
  return region !== null && eea.has(region);
}

/** Consent rules are strictest in Germany: also businesses, also messengers, and proof by double opt-in. */
export const strictestConsentRegion = "DE";

/** Whether one of `regions` covers a place: by its code, or by `EEA`. Where nobody knows it, by `unknown` or as Germany. */
export function coversRegion(regions: readonly string[], region: string | null): boolean {
  if (region === null) return regions.includes("unknown") || coversRegion(regions, strictestConsentRegion);
  return regions.includes(region) || (regions.includes("EEA") && isInEea(region));
}

/**
 * The numbering plan behind +1 is shared by some twenty countries: the three digits after it decide. What is in neither
 * list is the United States.
 */
const canadianAreaCodes: ReadonlySet<string> = new Set(
  (
    "204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 387 403 416 418 428 431 437 438 450 460 468 474 506 " +
    "514 519 537 548 568 579 581 584 587 600 604 613 622 633 639 644 647 655 672 677 683 688 705 709 742 753 778 780 " +
    "782 807 819 825 867 873 879 902 905 942"
  ).split(" "),
);
const otherAreaCodes: Readonly<Record<string, string>> = Object.fromEntries(
  (
    "242BS 246BB 264AI 268AG 284VG 340VI 345KY 441BM 473GD 649TC 658JM 664MS 670MP 671GU 684AS 721SX 758LC 767DM " +
    "784VC 787PR 809DO 829DO 849DO 868TT 869KN 876JM 939PR"
  )
    .split(" ")
    .map((entry) => [entry.slice(0, 3), entry.slice(3)]),
);

const callingCodes: Readonly<Record<string, string>> = Object.fromEntries(
  (
    "20EG 211SS 212MA 213DZ 216TN 218LY 220GM 221SN 222MR 223ML 224GN 225CI 226BF 227NE 228TG 229BJ 230MU 231LR 232SL " +
    "233GH 234NG 235TD 236CF 237CM 238CV 239ST 240GQ 241GA 242CG 243CD 244AO 245GW 246IO 248SC 249SD 250RW 251ET 252SO " +
    "253DJ 254KE 255TZ 256UG 257BI 258MZ 260ZM 261MG 262RE 263ZW 264NA 265MW 266LS 267BW 268SZ 269KM 27ZA 290SH 291ER " +
    "297AW 298FO 299GL 30GR 31NL 32BE 33FR 34ES 350GI 351PT 352LU 353IE 354IS 355AL 356MT 357CY 358FI 359BG 36HU 370LT " +
    "371LV 372EE 373MD 374AM 375BY 376AD 377MC 378SM 380UA 381RS 382ME 383XK 385HR 386SI 387BA 389MK 39IT 40RO 41CH " +
    "420CZ 421SK 423LI 43AT 44GB 45DK 46SE 47NO 48PL 49DE 500FK 501BZ 502GT 503SV 504HN 505NI 506CR 507PA 508PM 509HT " +
    "51PE 52MX 53CU 54AR 55BR 56CL 57CO 58VE 590GP 591BO 592GY 593EC 594GF 595PY 596MQ 597SR 598UY 599CW 60MY 61AU 62ID " +
    "63PH 64NZ 65SG 66TH 670TL 672NF 673BN 674NR 675PG 676TO 677SB 678VU 679FJ 680PW 681WF 682CK 683NU 685WS 686KI 687NC " +
    "688TV 689PF 690TK 691FM 692MH 7RU 76KZ 77KZ 81JP 82KR 84VN 850KP 852HK 853MO 855KH 856LA 86CN 880BD 886TW 90TR " +
    "91IN 92PK 93AF 94LK 95MM 960MV 961LB 962JO 963SY 964IQ 965KW 966SA 967YE 968OM 970PS 971AE 972IL 973BH 974QA 975BT " +
    "976MN 977NP 98IR 992TJ 993TM 994AZ 995GE 996KG 998UZ"
  )
    .split(" ")
    .map((entry) => [entry.slice(0, -2), entry.slice(-2)]),
);

/** The country an E.164 number belongs to, as far as its prefix tells; `null` where it does not. */
export function regionOfPhone(phone: string): string | null {
  if (phone.startsWith("+1")) {
    if (phone.length < 5) return null;
    const areaCode = phone.slice(2, 5);
    return canadianAreaCodes.has(areaCode) ? "CA" : (otherAreaCodes[areaCode] ?? "US");
  }
  for (let length = 3; length >= 1; length--) {
    const region = callingCodes[phone.slice(1, 1 + length)];
    if (region !== undefined) return region;
  }
  return null;
}

/** The country in front of a business-scoped user id (`NL.1234…`); `null` where there is none. */
export function regionOfBsuid(bsuid: string): string | null {
  return /^[A-Z]{2}\./.test(bsuid) ? bsuid.slice(0, 2) : null;
}
