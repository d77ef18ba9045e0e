import { language } from "./words.ts";

/** An amount as people write it; of what is no currency, the number and the word. */
export function money(amount: number, currency: string, digits?: number): string {
  const fraction = digits === undefined ? {} : { maximumFractionDigits: digits };
  try {
    return new Intl.NumberFormat(language, { style: "currency", currency, ...fraction }).format(amount);
  } catch {
    return `${new Intl.NumberFormat(language, fraction).format(amount)} ${currency}`;
  }
}
