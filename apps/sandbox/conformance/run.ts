import { parseArgs } from "node:util";
import { type Check, checks, type Kind, type Step } from "./checks.ts";
import { misfit, type Pattern } from "./match.ts";

/**
 * Whether something that claims to be the Graph API for WhatsApp behaves like it: `node conformance/run.ts --help`. It speaks HTTP and
 * nothing else, so that it can be held against the sandbox, the platform, or another imitation.
 */

export interface Options {
  readonly baseUrl: string;
  readonly version: string;
  readonly token: string;
  readonly number: string;
  /** Asked of `debug_token` where it is left out. */
  readonly account?: string | undefined;
  readonly to: string;
  /** Kinds of checks that are run; the others are told as skipped. */
  readonly kinds: readonly Kind[];
  /** Tells this run's templates and flows from those of others. */
  readonly run: string;
}

export interface Outcome {
  readonly check: Check;
  readonly result: "as documented" | "not as documented" | "skipped";
  readonly problem: string | null;
}

/** Runs the checks in order and tells each as soon as it is known. */
export async function runChecks(options: Options, tell: (outcome: Outcome) => void): Promise<Outcome[]> {
  const account = options.account ?? (await findAccount(options));
  const outcomes: Outcome[] = [];
  for (const check of checks) {
    const outcome = await runCheck(check, options, account);
    outcomes.push(outcome);
    tell(outcome);
  }
  return outcomes;
}

async function runCheck(check: Check, options: Options, account: string | null): Promise<Outcome> {
  if (!options.kinds.includes(check.kind)) return { check, result: "skipped", problem: flagOf[check.kind] };
  if (account === null && JSON.stringify(check.steps).includes("{account}"))
    return { check, result: "skipped", problem: "needs --account" };
  const values: Record<string, string> = {
    number: options.number,
    account: account ?? "",
    to: options.to,
    run: options.run,
  };
  for (const step of check.steps) {
    const problem = await runStep(step, options, values);
    if (problem !== null)
      return { check, result: "not as documented", problem: `${step.method} ${fill(step.path, values)}: ${problem}` };
  }
  return { check, result: "as documented", problem: null };
}

const flagOf: Record<Kind, string> = { reads: "", sends: "needs --send", changes: "needs --change" };

async function runStep(step: Step, options: Options, values: Record<string, string>): Promise<string | null> {
  let response: Response;
  try {
    response = await ask(step, options, values);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const raw = await response.text();
  let answer: unknown = raw;
  try {
    answer = JSON.parse(raw);
  } catch {
    // Told below, where the answer does not fit.
  }
  if (response.status !== step.status) return `status ${response.status}, not ${step.status}: ${raw.slice(0, 200)}`;
  for (const [name, pattern] of Object.entries(step.headers ?? {})) {
    const value = response.headers.get(name);
    if (value === null || !new RegExp(pattern).test(value)) return `header ${name} is ${value}, not /${pattern}/`;
  }
  const problem = step.answer === undefined ? null : misfit(answer, fillPattern(step.answer, values));
  if (problem !== null) return problem;
  for (const [name, path] of Object.entries(step.keep ?? {})) values[name] = String(pick(answer, path));
  return null;
}

async function ask(step: Step, options: Options, values: Record<string, string>): Promise<Response> {
  const token = step.token === "none" ? null : (step.token ?? options.token);
  const body = step.body === undefined ? undefined : (JSON.parse(fill(JSON.stringify(step.body), values)) as object);
  const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  const url = `${options.baseUrl}/${options.version}${fill(step.path, values)}`;
  const signal = AbortSignal.timeout(30_000);
  if (step.file) {
    const form = new FormData();
    for (const [name, value] of Object.entries(body ?? {})) form.set(name, String(value));
    form.set("file", new Blob([step.file.text], { type: step.file.type }), step.file.name);
    return fetch(url, { method: step.method, headers, body: form, signal });
  }
  if (body === undefined) return fetch(url, { method: step.method, headers, signal });
  return fetch(url, {
    method: step.method,
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(body),
    signal,
  });
}

/** The first account the token may manage. */
async function findAccount({ baseUrl, version, token }: Options): Promise<string | null> {
  const query = new URLSearchParams({ input_token: token });
  try {
    const response = await fetch(`${baseUrl}/${version}/debug_token?${query}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(30_000),
    });
    const { data } = (await response.json()) as {
      data?: { granular_scopes?: { scope: string; target_ids?: string[] }[] };
    };
    const scope = data?.granular_scopes?.find((one) => one.scope === "whatsapp_business_management");
    return scope?.target_ids?.[0] ?? null;
  } catch {
    return null;
  }
}

/** Fills in what is known; double braces, as templates have them, stay. */
function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/(?<!\{)\{([a-z]+)\}(?!\})/g, (whole, name: string) => values[name] ?? whole);
}

function fillPattern(pattern: Pattern, values: Readonly<Record<string, string>>): Pattern {
  return JSON.parse(fill(JSON.stringify(pattern), values)) as Pattern;
}

function pick(value: unknown, path: string): unknown {
  let found = value;
  for (const key of path.split(".")) found = (found as Record<string, unknown> | undefined)?.[key];
  return found;
}

/** What would be sent, a line for each request, without sending anything. */
export function dryList(options: Omit<Options, "account">): string[] {
  const values = { number: options.number, to: options.to, run: options.run };
  return checks
    .filter(({ kind }) => options.kinds.includes(kind))
    .flatMap(({ name, kind, steps }) => [
      `${name} (${kind})`,
      ...steps.map(({ method, path, body, file, status }) => {
        const sent = [body === undefined ? "" : JSON.stringify(body), file ? `a file ${file.name} (${file.type})` : ""];
        return `    ${method} ${fill(path, values)} ${fill(sent.filter((part) => part !== "").join(" with "), values)} → ${status}`;
      }),
    ]);
}

const help = `node conformance/run.ts --token … --number … --to … [options]

Asks a Graph API for WhatsApp what the platform documents, and says of each check whether it holds.

  --base-url   default https://graph.facebook.com; for the sandbox http://127.0.0.1:4401
  --version    default v25.0
  --token      an access token
  --number     the id of a phone number
  --account    the id of its business account; asked of debug_token where left out
  --to         a person's number, digits only; nothing is sent to it without --send
  --send       also send messages to --to: real people read them
  --change     also make templates, flows and QR codes, and delete them again (a deleted template's name stays taken)
  --dry        list what would be sent, and send nothing
`;

const marks = { "as documented": "ok  ", "not as documented": "FAIL", skipped: "skip" };

function readArguments() {
  return parseArgs({
    options: {
      "base-url": { type: "string", default: "https://graph.facebook.com" },
      version: { type: "string", default: "v25.0" },
      token: { type: "string" },
      number: { type: "string" },
      account: { type: "string" },
      to: { type: "string" },
      send: { type: "boolean", default: false },
      change: { type: "boolean", default: false },
      dry: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  }).values;
}

async function main(): Promise<number> {
  let values: ReturnType<typeof readArguments>;
  try {
    values = readArguments();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${help}`);
    return 2;
  }
  const { token, number, to } = values;
  if (values.help) {
    console.log(help);
    return 0;
  }
  if (!number || !to || (!token && !values.dry)) {
    console.error(help);
    return 2;
  }
  const kinds: Kind[] = [
    "reads",
    ...(values.send ? (["sends"] as const) : []),
    ...(values.change ? (["changes"] as const) : []),
  ];
  const options: Options = {
    baseUrl: values["base-url"].replace(/\/$/, ""),
    version: values.version,
    token: token ?? "",
    number,
    account: values.account,
    to: to.replace(/\D/g, ""),
    kinds,
    run: Date.now().toString(36),
  };
  if (values.dry) {
    for (const line of dryList(options)) console.log(line);
    return 0;
  }
  const outcomes = await runChecks(options, ({ check, result, problem }) =>
    console.log(`${marks[result]} ${check.name}${problem ? ` (${problem})` : ""}`),
  );
  const count = (wanted: Outcome["result"]) => outcomes.filter(({ result }) => result === wanted).length;
  const failed = count("not as documented");
  console.log(
    `\n${outcomes.length} checks: ${count("as documented")} as documented, ${failed} not, ${count("skipped")} skipped.`,
  );
  return failed === 0 ? 0 : 1;
}

if (import.meta.main) process.exitCode = await main();
