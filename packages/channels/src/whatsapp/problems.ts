import type { Problem, ProblemCode } from "./outcome.ts";

/** Gathers what is wrong, all of it rather than the first, with where and what to do. */
export class Problems {
  readonly found: Problem[] = [];

  add(path: string, code: ProblemCode, message: string, remedy: string): void {
    this.found.push({ path, code, message, remedy });
  }

  text(path: string, value: string | undefined, rule: { readonly max: number; readonly optional?: boolean }): void {
    if (value === undefined) {
      if (rule.optional !== true) this.add(path, "missing", "This is required.", "Fill it in.");
    } else if (value.trim() === "") {
      this.add(path, "empty", "This is empty.", rule.optional === true ? "Fill it in or leave it out." : "Fill it in.");
    } else if (value.length > rule.max) {
      const over = value.length - rule.max;
      this.add(
        path,
        "tooLong",
        `This has ${value.length} characters; ${rule.max} are allowed.`,
        `Shorten it by ${over}.`,
      );
    }
  }

  count(path: string, count: number, min: number, max: number, what: string): void {
    if (count > max) {
      this.add(path, "tooMany", `There are ${count} ${what}; ${max} are allowed.`, `Take ${count - max} away.`);
    } else if (count < min) {
      this.add(path, "tooFew", `There are ${count} ${what}; at least ${min} are needed.`, `Add ${min - count}.`);
    }
  }

  range(path: string, value: number, min: number, max: number): void {
    if (!Number.isFinite(value) || value < min || value > max) {
      this.add(path, "outOfRange", `This is not between ${min} and ${max}.`, `Give a number from ${min} to ${max}.`);
    }
  }

  url(path: string, value: string): void {
    const url = URL.canParse(value) ? new URL(value) : null;
    if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
      this.add(path, "invalid", "This is not a web address.", "Write an address that begins with https://.");
    } else if (value.length > 2000) {
      this.add(path, "tooLong", `This has ${value.length} characters; 2000 are allowed.`, "Use a shorter address.");
    }
  }

  /** Every value after the first of its kind. */
  unique(values: readonly (readonly [path: string, value: string])[]): void {
    const seen = new Set<string>();
    for (const [path, value] of values) {
      if (seen.has(value)) this.add(path, "duplicate", `“${value}” occurs twice.`, "Give each its own.");
      seen.add(value);
    }
  }
}
