import { type Finding, type FlowAction, found, type Screen } from "./flow-findings.ts";
import { isBody } from "./parameters.ts";
import type { Body } from "./state.ts";

const names = ["navigate", "complete", "data_exchange", "open_url", "update_data"];

/** What is wrong with actions: where they lead, and what they hand over ("Flow JSON", actions). */
export function actionProblems(screens: readonly Screen[]): Finding[] {
  return screens.flatMap((screen) => screen.actions.flatMap((one) => problemsOf(one, screen, screens)));
}

function problemsOf({ action, path }: FlowAction, screen: Screen, screens: readonly Screen[]): Finding[] {
  if (typeof action.name !== "string" || !names.includes(action.name))
    return [found("INVALID_ENUM_VALUE", `Value should be one of: [${names.join(", ")}].`, `${path}.name`)];
  const payload = isBody(action.payload) ? action.payload : {};
  const findings = bindingProblems(payload, screen, `${path}.payload`);
  if (action.name === "complete" && !screen.terminal)
    findings.push(found("INVALID_COMPLETE_ACTION", "'complete' can be used on terminal screens only.", path));
  if (action.name === "navigate") findings.push(...navigationProblems(action, payload, path, screen, screens));
  return findings;
}

function bindingProblems(payload: Body, screen: Screen, path: string): Finding[] {
  return Object.entries(payload).flatMap(([key, value]) => {
    const [, source, name = ""] = /^\$\{(form|data)\.([^.}]+).*\}$/.exec(String(value)) ?? [];
    const isKnown = source === "form" ? screen.names.has(name) : name in (screen.data ?? {});
    if (source === undefined || isKnown) return [];
    const what = source === "form" ? "Form component" : "dynamic data";
    return [found("INVALID_ON_CLICK_ACTION_PAYLOAD", `Missing ${what} '${String(value)}'.`, `${path}.${key}`)];
  });
}

function navigationProblems(
  action: Body,
  payload: Body,
  path: string,
  screen: Screen,
  screens: readonly Screen[],
): Finding[] {
  const name = isBody(action.next) ? action.next.name : undefined;
  const next = screens.find(({ id }) => id === name);
  const wrong = (message: string) => [found("INVALID_NAVIGATE_ACTION_NEXT_SCREEN_NAME", message, `${path}.next`)];
  if (!next) return wrong(`Unknown screen id '${String(name)}'.`);
  if (next.id === screen.id) return wrong("A screen can not navigate to itself.");
  const given = Object.keys(payload);
  const expected = Object.keys(next.data ?? {});
  const bad = (message: string) => found("INVALID_NAVIGATE_ACTION_PAYLOAD", message, `${path}.payload`);
  if (given.length > 0 && next.data === null) return [bad(`No data model in screen '${next.id}'.`)];
  const extra = given.filter((key) => !expected.includes(key));
  const lacking = expected.filter((key) => !given.includes(key));
  return [
    ...(extra.length > 0 ? [bad(`Missing in the data model of '${next.id}': ${extra.join(", ")}.`)] : []),
    ...(lacking.length > 0 ? [bad(`Expected by '${next.id}' and missing in the payload: ${lacking.join(", ")}.`)] : []),
  ];
}
