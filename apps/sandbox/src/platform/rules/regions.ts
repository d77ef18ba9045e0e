/**
 * Regions as the marketing rules draw them, by the number's calling code. The per-user limit is not active where the
 * business's or the person's number is of the European Economic Area, the United Kingdom, Japan or South Korea ("Per-user
 * marketing template message limits").
 */
const uncappedCallingCodes =
  // prettier-ignore
  [
    "30",
    "31",
    "32",
    "33",
    "34",
    "36",
    "39",
    "40",
    "43",
    "44",
    "45",
    "46",
    "47",
    "48",
    "49",
    "351",
    "352",
    "353",
    "354",
    "356",
    "357",
    "358",
    "359",
    "370",
    "371",
    "372",
    "385",
    "386",
    "420",
    "421",
    "423",
    "81",
    "82",
  ];

/** Area codes behind +1 that are not of the United States: Canada's, and those of the Caribbean and the Pacific. */
const canada = new Set(
  `204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 387 403 416 418 428 431 437 438 450 460 468 474 506 514 519 537
  548 568 579 581 584 587 600 604 613 622 639 647 672 683 705 709 742 753 778 780 782 807 819 825 867 873 879 902 905 942`.split(
    /\s+/,
  ),
);
const islands = new Set(
  `242 246 264 268 284 340 345 441 473 649 658 664 670 671 684 721 758 767 784 787 809 829 849 868 869 876 939`.split(
    " ",
  ),
);

export function isUncapped(digits: string): boolean {
  return uncappedCallingCodes.some((code) => digits.startsWith(code));
}

/** A number with a United States area code; the territories' own codes are left out, as nothing says they are meant. */
export function isUnitedStates(digits: string): boolean {
  return digits.startsWith("1") && digits.length === 11 && !canada.has(areaOf(digits)) && !islands.has(areaOf(digits));
}

export function isNorthAmerica(digits: string): boolean {
  return isUnitedStates(digits) || (digits.startsWith("1") && canada.has(areaOf(digits)));
}

function areaOf(digits: string): string {
  return digits.slice(1, 4);
}
