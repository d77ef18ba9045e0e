import { actionProblems } from "./flow-actions.ts";
import { type Finding, type FlowAction, found, type Screen } from "./flow-findings.ts";
import { type Place, placesIn } from "./flow-places.ts";
import { routingProblems } from "./flow-routing.ts";
import { isBody } from "./parameters.ts";
import type { Body } from "./state.ts";

/** What the validation says of one thing, in the platform's shape ("Flow JSON", static validation errors). */
export interface FlowProblem extends Place {
  readonly error: string;
  readonly error_type: string;
  readonly message: string;
  readonly pointers: readonly (Place & { readonly path: string })[];
}

const nowhere: Place = { line_start: 1, line_end: 1, column_start: 1, column_end: 1 };

const topLevel = ["version", "screens", "routing_model", "data_api_version"];
const screenMembers = ["id", "title", "terminal", "success", "data", "layout", "refresh_on_back", "sensitive"];
/** Members every component of a type must have. */
const required: Readonly<Record<string, readonly string[]>> = {
  TextHeading: ["text"],
  TextSubheading: ["text"],
  TextBody: ["text"],
  TextCaption: ["text"],
  RichText: ["text"],
  TextInput: ["label", "name"],
  TextArea: ["label", "name"],
  CheckboxGroup: ["name", "data-source"],
  RadioButtonsGroup: ["name", "data-source"],
  ChipsSelector: ["name", "data-source"],
  Dropdown: ["label", "name", "data-source"],
  OptIn: ["label", "name"],
  DatePicker: ["label", "name"],
  CalendarPicker: ["label", "name"],
  PhotoPicker: ["label", "name"],
  DocumentPicker: ["label", "name"],
  NavigationList: ["name", "list-items"],
  EmbeddedLink: ["text", "on-click-action"],
  Footer: ["label", "on-click-action"],
  Image: ["src"],
  ImageCarousel: ["images"],
  Form: ["name", "children"],
  If: ["condition", "then"],
  Switch: ["value", "cases"],
};

/** Everything that is wrong with a flow's JSON, as far as the platform names it; nothing where it could be published. */
export function validateFlow(json: string | null): FlowProblem[] {
  if (json === null)
    return [placed({ error: "INVALID_FLOW_JSON", message: "The flow has no JSON yet.", path: "" }, new Map())];
  let flow: unknown;
  try {
    flow = JSON.parse(json);
  } catch (error) {
    const message = `Flow JSON is not valid: ${error instanceof Error ? error.message : "it can not be read"}`;
    return [placed({ error: "INVALID_FLOW_JSON", message, path: "" }, new Map())];
  }
  const findings = isBody(flow) ? findingsOf(flow) : [wrongType("", "object", flow)];
  const places = placesIn(json);
  return findings.map((finding) => placed(finding, places));
}

function placed({ error, message, path }: Finding, places: ReadonlyMap<string, Place>): FlowProblem {
  const place = places.get(path) ?? nowhere;
  return { error, error_type: "FLOW_JSON_ERROR", message, ...place, pointers: [{ ...place, path }] };
}

function findingsOf(flow: Body): Finding[] {
  const findings = [...versionFindings(flow), ...unknownMembers(flow, topLevel, "")];
  if (flow.screens === undefined) return [...findings, missing("screens", "")];
  if (!Array.isArray(flow.screens)) return [...findings, wrongType("screens", "array", flow.screens)];
  if (flow.screens.length === 0)
    return [...findings, found("MIN_ITEMS_REQUIRED", "Property 'screens' should have at least 1 item", "screens")];
  const screens: Screen[] = [];
  for (const [index, one] of flow.screens.entries()) {
    const path = `screens[${index}]`;
    if (!isBody(one)) findings.push(wrongType(path, "object", one));
    else {
      findings.push(...screenFindings(one, path));
      const screen = readScreen(one, path, findings);
      if (screen && screens.some(({ id }) => id === screen.id))
        findings.push(found("INVALID_PROPERTY_VALUE", `Duplicate screen id '${screen.id}'.`, `${path}.id`));
      else if (screen) screens.push(screen);
    }
  }
  if (!screens.some(({ terminal }) => terminal))
    findings.push(found("INVALID_PROPERTY_VALUE", "At least one screen must be 'terminal'.", "screens"));
  return [...findings, ...actionProblems(screens), ...routingProblems(flow, screens)];
}

function versionFindings({ version, data_api_version: dataApi }: Body): Finding[] {
  const findings: Finding[] = [];
  if (version === undefined)
    findings.push(found("MISSING_FLOW_JSON_VERSION", "Flow JSON version is not specified.", ""));
  else if (typeof version !== "string" || !/^\d+\.\d+$/.test(version))
    findings.push(found("INVALID_FLOW_JSON_VERSION", "Invalid Flow JSON version.", "version"));
  if (dataApi !== undefined && dataApi !== "3.0" && dataApi !== "4.0")
    findings.push(
      found("NO_SUPPORTED_DATA_API_VERSION", "No supported Data API version for this version.", "data_api_version"),
    );
  return findings;
}

function screenFindings(screen: Body, path: string): Finding[] {
  const findings = unknownMembers(screen, screenMembers, path);
  const { id, layout } = screen;
  if (id === undefined) findings.push(missing("id", path));
  else if (typeof id !== "string") findings.push(wrongType(`${path}.id`, "string", id));
  else if (!/^[A-Za-z_]+$/.test(id))
    findings.push(found("PATTERN_MISMATCH", "Property 'id' should have letters and underscores only.", `${path}.id`));
  else if (id === "SUCCESS")
    findings.push(
      found("INVALID_PROPERTY_VALUE", "Invalid value found for property 'id': SUCCESS is reserved.", `${path}.id`),
    );
  if (layout === undefined) findings.push(missing("layout", path));
  else if (!isBody(layout)) findings.push(wrongType(`${path}.layout`, "object", layout));
  else {
    if (layout.type !== "SingleColumnLayout")
      findings.push(
        found("INVALID_ENUM_VALUE", "Value should be one of: [SingleColumnLayout].", `${path}.layout.type`),
      );
    if (!Array.isArray(layout.children)) findings.push(missing("children", `${path}.layout`));
  }
  return findings;
}

function readScreen(screen: Body, path: string, findings: Finding[]): Screen | null {
  if (typeof screen.id !== "string" || !isBody(screen.layout)) return null;
  const names = new Set<string>();
  const actions: FlowAction[] = [];
  const visit = (children: unknown, at: string): void => {
    for (const [index, child] of (Array.isArray(children) ? children : []).entries()) {
      const here = `${at}[${index}]`;
      if (!isBody(child)) {
        findings.push(wrongType(here, "object", child));
        continue;
      }
      findings.push(...componentFindings(child, here));
      if (typeof child.name === "string") names.add(child.name);
      for (const key of ["on-click-action", "on-select-action"]) {
        const action = child[key];
        if (isBody(action)) actions.push({ action, path: `${here}.${key}` });
      }
      visit(child.children, `${here}.children`);
      visit(child.then, `${here}.then`);
      visit(child.else, `${here}.else`);
      if (isBody(child.cases))
        for (const [name, list] of Object.entries(child.cases)) visit(list, `${here}.cases.${name}`);
    }
  };
  visit(screen.layout.children, `${path}.layout.children`);
  const data = isBody(screen.data) ? screen.data : null;
  return { id: screen.id, path, terminal: screen.terminal === true, data, names, actions };
}

function componentFindings(component: Body, path: string): Finding[] {
  const { type } = component;
  if (type === undefined) return [missing("type", path)];
  const members = typeof type === "string" ? required[type] : undefined;
  if (!members) return [found("INVALID_PROPERTY_VALUE", "Invalid value found for property 'type'.", `${path}.type`)];
  return members.filter((name) => component[name] === undefined).map((name) => missing(name, path));
}

function unknownMembers(body: Body, known: readonly string[], path: string): Finding[] {
  return Object.keys(body)
    .filter((key) => !known.includes(key))
    .map((key) =>
      found(
        "INVALID_PROPERTY_KEY",
        `Property '${key}' cannot be specified at '$root${path === "" ? "" : `/${path}`}'.`,
        path === "" ? key : `${path}.${key}`,
      ),
    );
}

const missing = (name: string, path: string): Finding =>
  found("MISSING_REQUIRED_TYPE_PROPERTY", `Required property '${name}' is missing.`, path);

const wrongType = (path: string, expected: string, actual: unknown): Finding =>
  found(
    "INVALID_PROPERTY_TYPE",
    `Expected '${path === "" ? "$root" : path}' to be ${expected} but found ${Array.isArray(actual) ? "array" : typeof actual}.`,
    path,
  );
