/**
 * The area codes of the United States and Canada, with the state or province and the clocks that hold there. Compared
 * with public numbering tables on 22 November 2026; new codes come every few months. A code that is not here tells the
 * country at most, and everything that depends on the place is then judged as for the whole country.
 */

/** What a number or a subdivision says about where somebody is. */
export interface Place {
  /** ISO 3166-1. */
  readonly region: string;
  /** ISO 3166-2. More than one where a code serves several; empty: not told. */
  readonly subdivisions: readonly string[];
  /** IANA names of every zone somebody there may live in. */
  readonly zones: readonly string[];
}

const clocksOfUnitedStates: Readonly<Record<string, string>> = {
  E: "America/New_York",
  C: "America/Chicago",
  M: "America/Denver",
  Z: "America/Phoenix",
  P: "America/Los_Angeles",
  K: "America/Anchorage",
  U: "America/Adak",
  H: "Pacific/Honolulu",
  A: "America/Puerto_Rico",
  G: "Pacific/Guam",
  S: "Pacific/Pago_Pago",
};

const clocksOfCanada: Readonly<Record<string, string>> = {
  N: "America/St_Johns",
  A: "America/Halifax",
  E: "America/Toronto",
  C: "America/Winnipeg",
  R: "America/Regina",
  M: "America/Edmonton",
  Y: "America/Whitehorse",
  P: "America/Vancouver",
};

/** State, its clocks, the codes that keep them. A state split between clocks has a line for each set of codes. */
const unitedStates = `
AL C 205 251 256 334 659 938
AK KU 907
AZ Z 480 520 602 623
AZ ZM 928
AR C 327 479 501 870
CA P 209 213 279 310 323 341 350 369 408 415 424 442 510 530 559 562 619 626 628 650 657 661 669 707 714 738 747 760
CA P 805 818 820 831 837 840 858 909 916 925 949 951
CO M 303 719 720 748 970 983
CT E 203 475 860 959
DE E 302
DC E 202 771
FL E 239 305 321 324 352 386 407 561 645 656 689 727 728 754 772 786 813 863 904 941 954
FL EC 448 850
GA E 229 404 470 478 678 706 762 770 912 943
HI H 808
ID MP 208 986
IL C 217 224 309 312 331 447 464 618 630 708 730 773 779 815 847 861 872
IN E 260 317 463 765
IN EC 219 574 812 930
IA C 319 515 563 641 712
KS C 316 913
KS CM 620 785
KY E 502 859
KY EC 270 364 606
LA C 225 318 337 457 504 985
ME E 207
MD E 227 240 301 410 443 667
MA E 339 351 413 508 617 774 781 857 978
MI E 231 248 269 313 517 586 616 679 734 810 947 989
MI EC 906
MN C 218 320 507 612 651 763 924 952
MS C 228 471 601 662 769
MO C 235 314 417 557 573 636 660 816 975
MT M 406
NE C 402 531
NE CM 308
NV P 702 725
NV PM 775
NH E 603
NJ E 201 551 609 640 732 848 856 862 908 973
NM M 505 575
NY E 212 315 329 332 347 363 516 518 585 607 624 631 646 680 716 718 838 845 914 917 929 934
NC E 252 336 472 704 743 828 910 919 980 984
ND CM 701
OH E 216 220 234 283 326 330 380 419 436 440 513 567 614 740 937
OK C 405 539 572 580 918
OR P 503 971
OR PM 458 541
PA E 215 223 267 272 412 445 484 570 582 610 717 724 814 835 878
RI E 401
SC E 803 821 839 843 854 864
SD CM 605
TN E 865
TN EC 423
TN C 615 629 731 901 931
TX C 210 214 254 281 325 346 361 409 430 432 469 512 621 682 713 726 737 806 817 830 832 903 936 940 945 956 972 979
TX M 915
UT M 385 435 801
VT E 802
VA E 276 434 540 571 686 703 757 804 826 948
WA P 206 253 360 425 509 564
WV E 304 681
WI C 262 274 353 414 534 608 715 920
WY M 307
PR A 787 939
VI A 340
GU G 671
MP G 670
AS S 684`;

const canada = `
AB M 368 403 587 780 825
BC P 604
BC PM 236 250 257 672 778
MB C 204 431 584
NB A 428 506
NL NA 709 879
NS A 782 902
PE A 782 902
ON E 226 249 289 343 365 382 416 437 519 548 613 647 683 705 742 753 905 942
ON EC 807
QC E 263 354 438 450 468 514 579 819 873
QC EA 367 418 581
SK RM 306 474 639
YT Y 867
NT M 867
NU ECM 867`;

/** Places with an ISO country of their own. Their law is that of the United States. */
export const territories = ["PR", "VI", "GU", "MP", "AS"] as const;

const byAreaCode = new Map<string, Place>();
const bySubdivision = new Map<string, Place>();

read(unitedStates, "US", clocksOfUnitedStates);
read(canada, "CA", clocksOfCanada);

function read(table: string, country: string, clocks: Readonly<Record<string, string>>): void {
  for (const line of table.trim().split("\n")) {
    const [state = "", letters = "", ...codes] = line.split(" ");
    const region = territories.find((territory) => territory === state) ?? country;
    const place: Place = {
      region,
      subdivisions: [`${country}-${state}`],
      zones: [...letters].flatMap((letter) => clocks[letter] ?? []),
    };
    for (const code of codes) byAreaCode.set(code, united(byAreaCode.get(code), place));
    bySubdivision.set(`${country}-${state}`, united(bySubdivision.get(`${country}-${state}`), place));
  }
}

function united(one: Place | undefined, other: Place): Place {
  return one === undefined ? other : bothPlaces(one, other);
}

/** Wherever of the two somebody may be. */
export function bothPlaces(one: Place, other: Place): Place {
  return {
    region: one.region,
    subdivisions: [...new Set([...one.subdivisions, ...other.subdivisions])],
    zones: [...new Set([...one.zones, ...other.zones])],
  };
}

/** Where a number of the plan behind +1 belongs; `null` where its area code does not tell. */
export function placeOfNumber(phone: string): Place | null {
  return phone.startsWith("+1") ? (byAreaCode.get(phone.slice(2, 5)) ?? null) : null;
}

/** A state or province by its ISO 3166-2 code. */
export function placeOfSubdivision(subdivision: string): Place | null {
  return bySubdivision.get(subdivision) ?? null;
}

/** Every zone of a country, by its states or provinces. */
export function zonesOfCountry(region: string): readonly string[] {
  const zones = [...bySubdivision.values()].flatMap((place) => (place.region === region ? place.zones : []));
  return [...new Set(zones)];
}
