import { type Finding, found, type Screen } from "./flow-findings.ts";
import { isBody } from "./parameters.ts";
import type { Body } from "./state.ts";

const branchesAtMost = 10;

/** What is wrong with the routing model, which a flow with an endpoint must have ("Flow JSON", routing model). */
export function routingProblems(flow: Body, screens: readonly Screen[]): Finding[] {
  const { routing_model: model } = flow;
  if (model === undefined) {
    if (flow.data_api_version === undefined) return [];
    return [found("MISSING_REQUIRED_TYPE_PROPERTY", "Required property 'routing_model' is missing.", "")];
  }
  const wrong = (message: string) => found("INVALID_ROUTING_MODEL", message, "routing_model");
  if (!isBody(model)) return [wrong("The routing model must be an object of lists.")];
  const routes = new Map(
    Object.entries(model).map(([from, to]) => [from, Array.isArray(to) ? to.map(String) : []] as const),
  );
  const ids = new Set(screens.map(({ id }) => id));
  const named = new Set([...routes.keys(), ...[...routes.values()].flat()]);
  const lost = [...ids].filter((id) => !routes.has(id));
  const unknown = [...named].filter((id) => !ids.has(id));
  const reached = new Set([...routes.values()].flat());
  const findings: Finding[] = [];
  if (lost.length > 0) findings.push(wrong(`Following screens are missing in the routing model: ${lost.join(", ")}.`));
  if (unknown.length > 0) findings.push(wrong(`Invalid screens in the routing model: ${unknown.join(", ")}.`));
  for (const [from, to] of routes) {
    if (to.length > branchesAtMost)
      findings.push(wrong(`Branches of ${from} exceed the maximum of ${branchesAtMost}.`));
    for (const id of to)
      if (from !== id && routes.get(id)?.includes(from) && from < id)
        findings.push(wrong(`Backward route is not allowed: ${from} and ${id} lead to each other.`));
  }
  if (![...ids].some((id) => !reached.has(id))) findings.push(wrong("No entry screen found."));
  else if (hasLoop(routes)) findings.push(wrong("Loop detected in the routing model."));
  for (const screen of screens) {
    for (const { action, path } of screen.actions) {
      const name = isBody(action.next) ? String(action.next.name) : null;
      if (action.name !== "navigate" || name === null || !ids.has(name) || routes.get(screen.id)?.includes(name))
        continue;
      findings.push(found("INVALID_ROUTING_MODEL", `Missing direct route from ${screen.id} to ${name}.`, path));
    }
  }
  return findings;
}

function hasLoop(routes: ReadonlyMap<string, readonly string[]>): boolean {
  const done = new Set<string>();
  const visit = (id: string, above: readonly string[]): boolean => {
    if (above.includes(id)) return true;
    if (done.has(id)) return false;
    done.add(id);
    return (routes.get(id) ?? []).some((next) => visit(next, [...above, id]));
  };
  return [...routes.keys()].some((id) => visit(id, []));
}
