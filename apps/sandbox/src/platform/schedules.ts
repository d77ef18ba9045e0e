import type { Instant } from "@loket/kit";
import { GraphError, missing } from "./graph-error.ts";
import { nextNodeId } from "./identifiers.ts";
import { choiceAt, flagOf, isBody, optionalListAt, optionalObjectAt, optionalTextAt, textAt } from "./parameters.ts";
import type { Platform } from "./platform.ts";
import type { Account, Body } from "./state.ts";

/** A schedule as it is managed ("Schedule Management" of Meta's description of the API). Nothing happens by it. */
export interface Schedule {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly type: string;
  readonly description: string | null;
  /** `HH:MM`, in the schedule's own time zone. */
  readonly startTime: string;
  readonly endTime: string;
  readonly timezone: string;
  readonly days: readonly string[];
  readonly active: boolean;
  readonly recurrence: Body | null;
  readonly createdAt: Instant;
}

const types = ["BUSINESS_HOURS", "AUTOMATED_RESPONSE", "MESSAGE_CAMPAIGN", "MAINTENANCE_WINDOW", "CUSTOM"] as const;
const days = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];
const frequencies = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"];

/** `POST /{account}/schedules`. Error 100 for what no schedule can be. */
export function createSchedule(platform: Platform, account: Account, body: Body): Body {
  const name = textAt(body, "name", "", { min: 1, max: 100 });
  const type = choiceAt(body, "schedule_type", "", types);
  const startTime = timeAt(body, "start_time");
  const endTime = timeAt(body, "end_time");
  // Answers outside business hours run past midnight, in the description's own example.
  if (type !== "AUTOMATED_RESPONSE" && startTime >= endTime)
    throw new GraphError(100, { message: "(#100) Param start_time must be before end_time." });
  const schedule: Schedule = {
    id: nextNodeId(platform.state, "schedule"),
    accountId: account.id,
    name,
    type,
    description: optionalTextAt(body, "description", "", { max: 500 }),
    startTime,
    endTime,
    timezone: readTimezone(body),
    days: readDays(body),
    active: body.is_active === undefined || body.is_active === null || flagOf(body.is_active),
    recurrence: readRecurrence(body),
    createdAt: platform.now(),
  };
  platform.state.records.schedules.set(schedule.id, schedule);
  return { id: schedule.id };
}

function timeAt(body: Body, key: string): string {
  const time = textAt(body, key, "");
  if (!/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(time))
    throw new GraphError(100, { message: `(#100) Param ${key} must be a time in HH:MM.` });
  return time;
}

function readTimezone(body: Body): string {
  const timezone = optionalTextAt(body, "timezone", "") ?? "UTC";
  try {
    new Intl.DateTimeFormat("en", { timeZone: timezone });
  } catch {
    throw new GraphError(100, { message: "(#100) Param timezone must be a time zone." });
  }
  return timezone;
}

function readDays(body: Body): string[] {
  const list = optionalListAt(body, "days_of_week", "") ?? [];
  for (const day of list) {
    if (typeof day !== "string" || !days.includes(day))
      throw new GraphError(100, { message: `(#100) Param days_of_week must be of {${days.join(", ")}}.` });
  }
  return list.map(String);
}

function readRecurrence(body: Body): Body | null {
  const pattern = optionalObjectAt(body, "recurrence_pattern", "");
  if (pattern?.frequency !== undefined && !frequencies.includes(String(pattern.frequency)))
    throw new GraphError(100, { message: `(#100) Param frequency must be one of {${frequencies.join(", ")}}.` });
  return pattern;
}

export const scheduleFields = ["name", "status", "schedule_type", "start_time", "end_time", "is_active"];

function scheduleNode(schedule: Schedule): Body {
  const at = new Date(schedule.createdAt).toISOString();
  return {
    id: schedule.id,
    name: schedule.name,
    status: schedule.active ? "ACTIVE" : "INACTIVE",
    schedule_type: schedule.type,
    description: schedule.description,
    start_time: schedule.startTime,
    end_time: schedule.endTime,
    timezone: schedule.timezone,
    days_of_week: schedule.days,
    created_time: at,
    updated_time: at,
    is_active: schedule.active,
    recurrence_pattern: schedule.recurrence,
  };
}

/** `GET /{account}/schedules`, by `filtering` and `sort`. Error 100. */
export function listSchedules(platform: Platform, account: Account, query: URLSearchParams): Body[] {
  const filters = readFilters(query.get("filtering"));
  const sort = query.get("sort");
  if (sort !== null && !/^(created|updated)_time\.(asc|desc)$/.test(sort))
    throw new GraphError(100, { message: "(#100) Param sort is not supported." });
  const nodes = [...platform.state.records.schedules.values()]
    .filter(({ accountId }) => accountId === account.id)
    .map(scheduleNode)
    .filter((node) => filters.every(({ field, value }) => String(node[field]) === value));
  return sort?.endsWith(".desc") ? nodes.reverse() : nodes;
}

const filterable = ["status", "schedule_type", "is_active"];

function readFilters(text: string | null): { field: string; value: string }[] {
  if (text === null || text === "") return [];
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw new GraphError(100, { message: "(#100) Param filtering must be an array." });
  }
  if (!Array.isArray(list)) throw new GraphError(100, { message: "(#100) Param filtering must be an array." });
  return list.filter(isBody).map(({ field, value }) => {
    if (typeof field !== "string") throw missing("filtering['field']");
    if (!filterable.includes(field))
      throw new GraphError(100, { message: `(#100) Filtering field ${field} is not supported.` });
    return { field, value: String(value) };
  });
}
