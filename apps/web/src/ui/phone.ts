const twoDigitCodes = /^(20|27|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/** `+31612345002` as `+31 612 345 002`: easier to read aloud. What is no number in international form stays as it is. */
export function readablePhone(value: string): string {
  if (!/^\+\d{7,15}$/.test(value)) return value;
  const digits = value.slice(1);
  const codeLength = digits.startsWith("1") || digits.startsWith("7") ? 1 : twoDigitCodes.test(digits) ? 2 : 3;
  const groups = digits.slice(codeLength).match(/\d{1,3}/g) ?? [];
  const last = groups.at(-1);
  if (last?.length === 1 && groups.length > 1) groups.splice(-2, 2, `${groups.at(-2)}${last}`);
  return `+${digits.slice(0, codeLength)} ${groups.join(" ")}`;
}
