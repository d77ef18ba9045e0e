/**
 * What an answer must look like: members named must be there and fit, others may be there too. A string is a kind (`string`, `number`,
 * `boolean`, `list`, `object`), an exact value after `=`, or a pattern between slashes; `[pattern]` means each item of a list that
 * has at least one.
 */
export type Pattern = string | { readonly [member: string]: Pattern } | readonly [Pattern];

/** Where and how a value does not fit, or `null`. */
export function misfit(value: unknown, pattern: Pattern, at = "answer"): string | null {
  if (typeof pattern === "string") return fits(value, pattern) ? null : `${at} is ${show(value)}, not ${pattern}`;
  if (isList(pattern)) {
    if (!Array.isArray(value) || value.length === 0) return `${at} is ${show(value)}, not a list with something in it`;
    for (const [index, item] of value.entries()) {
      const problem = misfit(item, pattern[0], `${at}[${index}]`);
      if (problem !== null) return problem;
    }
    return null;
  }
  if (typeof value !== "object" || value === null) return `${at} is ${show(value)}, not an object`;
  for (const [member, inner] of Object.entries(pattern)) {
    if (!(member in value)) return `${at} has no ${member}`;
    const problem = misfit((value as Record<string, unknown>)[member], inner, `${at}.${member}`);
    if (problem !== null) return problem;
  }
  return null;
}

function isList(pattern: Pattern): pattern is readonly [Pattern] {
  return Array.isArray(pattern);
}

function fits(value: unknown, pattern: string): boolean {
  if (pattern.startsWith("=")) return String(value) === pattern.slice(1);
  if (pattern.startsWith("/")) return typeof value === "string" && new RegExp(pattern.slice(1, -1)).test(value);
  if (pattern === "list") return Array.isArray(value);
  if (pattern === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  return typeof value === pattern;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "absent";
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
