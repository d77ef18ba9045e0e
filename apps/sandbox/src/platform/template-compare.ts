import { dayMs } from "@loket/kit";
import { GraphError, unknownObject } from "./graph-error.ts";
import { numberAt, optionalListAt } from "./parameters.ts";
import type { Platform } from "./platform.ts";
import { type Counts, countsOf } from "./rules/tally.ts";
import type { Body, Template } from "./state.ts";

const lookBackDays = [7, 30, 60, 90];
const sendsAtLeast = 1_000;

/**
 * `GET /{template}/compare`: which of two templates of an account is blocked less ("Template comparison"). Sends are those
 * delivered; nobody here gives a reason for blocking. Error 100 for other windows than 7, 30, 60 or 90 days back from now,
 * and where one was sent less than a thousand times in it.
 */
export function compareTemplates(platform: Platform, template: Template, parameters: Body): Body {
  const given = typeof parameters.template_ids === "number" ? [parameters.template_ids] : null;
  const ids = (given ?? readIds(parameters)).map(String);
  if (ids.length !== 1)
    throw new GraphError(100, { details: "Two templates are compared at a time; give the id of the other one." });
  const other = platform.state.templates.get(ids[0] ?? "");
  if (other?.accountId !== template.accountId || other.id === template.id) throw unknownObject("get", ids[0] ?? "");
  const days = readDays(platform, parameters);
  const both = [template, other].map((one) => ({ id: one.id, counts: countsSince(platform, one, days) }));
  if (both.some(({ counts }) => counts.delivered < sendsAtLeast))
    throw new GraphError(100, {
      details: `Both templates must have been sent at least ${sendsAtLeast} times in the time asked about.`,
    });
  const blockRate = ({ blocked, delivered }: Counts) => blocked / delivered;
  return {
    data: [
      {
        metric: "BLOCK_RATE",
        type: "RELATIVE",
        order_by_relative_metric: [...both]
          .sort((one, another) => blockRate(one.counts) - blockRate(another.counts))
          .map(({ id }) => id),
      },
      {
        metric: "MESSAGE_SENDS",
        type: "NUMBER_VALUES",
        number_values: both.map(({ id, counts }) => ({ key: id, value: counts.delivered })),
      },
      {
        metric: "TOP_BLOCK_REASON",
        type: "STRING_VALUES",
        string_values: both.map(({ id }) => ({ key: id, value: "UNKNOWN_BLOCK_REASON" })),
      },
    ],
  };
}

function readIds(parameters: Body): unknown[] {
  const text = parameters.template_ids;
  if (typeof text === "string" && !text.trimStart().startsWith("[")) return text.split(",");
  // Ids are longer than a JSON number holds exactly.
  if (typeof text === "string") return text.match(/\d+/g) ?? [];
  return optionalListAt(parameters, "template_ids", "") ?? [];
}

/** Unix seconds; the page's own example has milliseconds, so both are read. */
function readDays(platform: Platform, parameters: Body): number {
  const toMs = (time: number) => (time > 1e11 ? time : time * 1000);
  const start = toMs(numberAt(parameters, "start", ""));
  const end = toMs(numberAt(parameters, "end", ""));
  const days = lookBackDays.find((one) => Math.abs(end - start - one * dayMs) < dayMs / 24);
  if (days === undefined || Math.abs(platform.now() - end) > dayMs)
    throw new GraphError(100, { details: `start and end must be ${lookBackDays.join(", ")} days back from now.` });
  return days;
}

function countsSince(platform: Platform, template: Template, days: number): Counts {
  const tally = platform.state.rules.templates.get(template.id)?.whole ?? [];
  return countsOf(tally, platform.now(), days + 1);
}
