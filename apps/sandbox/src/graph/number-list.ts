import { GraphError } from "../platform/graph-error.ts";
import { moreOf } from "../platform/number-more.ts";
import { isBody } from "../platform/parameters.ts";
import type { Platform } from "../platform/platform.ts";
import type { Account, BusinessNumber } from "../platform/state.ts";
import { numberNode } from "./nodes.ts";

/**
 * The numbers of an account as `GET /{account}/phone_numbers` sorts and filters them: `sort=['last_onboarded_time_ascending']` (also
 * written `creation_time.asc`), `filtering=[{"field":"account_mode","operator":"EQUAL","value":"LIVE"}]`. Error 100.
 */
export function listNumbers(platform: Platform, account: Account, query: URLSearchParams): BusinessNumber[] {
  const numbers = [...platform.state.numbers.values()].filter((number) => number.accountId === account.id);
  const filters = readFilters(query.get("filtering"));
  const kept = numbers.filter((number) => {
    const node = numberNode(platform, number);
    return filters.every(({ field, operator, values }) => {
      if (!(field in node)) throw new GraphError(100, { message: `(#100) Filtering field ${field} is not supported.` });
      const found = values.includes(String(node[field]));
      return operator.startsWith("NOT") ? !found : found;
    });
  });
  const sort = /(creation|last_onboarded)_time[._](asc|desc)/.exec(query.get("sort") ?? "");
  if (query.get("sort") && !sort) throw new GraphError(100, { message: "(#100) Param sort is not supported." });
  if (!sort) return kept;
  const direction = sort[2] === "desc" ? -1 : 1;
  const sorted =
    sort[1] === "creation" ? kept : [...kept].sort((one, other) => moreOf(one).onboardedAt - moreOf(other).onboardedAt);
  return direction === 1 ? sorted : sorted.reverse();
}

function readFilters(text: string | null): { field: string; operator: string; values: string[] }[] {
  if (!text) return [];
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw new GraphError(100, { message: "(#100) Param filtering must be an array." });
  }
  if (!Array.isArray(list)) throw new GraphError(100, { message: "(#100) Param filtering must be an array." });
  return list.filter(isBody).map(({ field, operator, value }) => ({
    field: String(field),
    operator: String(operator ?? "EQUAL").toUpperCase(),
    values: (Array.isArray(value) ? value : [value]).map(String),
  }));
}
