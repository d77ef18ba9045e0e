import { readFile } from "node:fs/promises";
import { text as readAll } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { instant, toIso } from "@loket/kit";
import { type DescribedVerdict, describe, toWire } from "./describe.ts";
import { parseJudgement } from "./parse.ts";
import { locales } from "./rule.ts";
import { bookVersion, decide } from "./terms-book.ts";

const usage = `Use: judge FILE|- [--at 2026-11-10T10:00:00Z] [--lang en|nl|de] [--json] [--strict]

FILE holds { "request": …, "facts": …, "at"?: … }; - reads it from standard input.
--strict treats facts that are not given as a send would: what could stop it holds it.`;

const exitCodes = { allow: 0, change: 0, hold: 3, refuse: 3 } as const;

/**
 * Judges one send from the command line: `args` as after the program's name. Prints with `print`. Gives the exit code: 0
 * it may go (with the changes named), 3 it is held or refused, 2 the request could not be read.
 */
export async function judgeCommand(
  args: readonly string[],
  print: (line: string) => void,
  ports: { readonly now: () => number; readonly standardInput?: () => Promise<string> },
): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        at: { type: "string" },
        lang: { type: "string", default: "en" },
        json: { type: "boolean", default: false },
        strict: { type: "boolean", default: false },
      },
    });
    const [file, ...others] = positionals;
    const locale = locales.find((one) => one === values.lang);
    if (file === undefined || others.length > 0 || locale === undefined) throw new TypeError(usage);
    const given = file === "-" ? await (ports.standardInput ?? readStandardInput)() : await readFile(file, "utf8");
    const body: unknown = JSON.parse(given);
    const parsed = parseJudgement(
      values.at === undefined || typeof body !== "object" || body === null ? body : { ...body, at: values.at },
    );
    if (!parsed.ok)
      throw new TypeError(parsed.failure.map(({ path, message }) => `${path || "(all)"}: ${message}`).join("\n"));
    const { request, facts, at } = parsed.value;
    const verdict = decide(request, facts ?? {}, at ?? instant(ports.now()), {
      missingFacts: values.strict ? "hold" : "note",
    });
    print(
      values.json
        ? JSON.stringify(toWire(verdict, locale), null, 2)
        : inWords(describe(verdict, locale), toIso(verdict.at)),
    );
    return exitCodes[verdict.outcome];
  } catch (error) {
    print(error instanceof SyntaxError ? `This is not JSON: ${error.message}` : String((error as Error).message));
    return 2;
  }
}

function inWords(verdict: DescribedVerdict, at: string): string {
  const until = verdict.until === null ? verdict.awaits : toIso(verdict.until);
  const lines = [`${verdict.label}${until === null ? "" : ` (${until})`}`, verdict.sentence];
  for (const rule of verdict.rules) {
    lines.push("", `${rule.id}  ${rule.label}`, `  ${rule.title}`, `  ${rule.explanation}`);
    lines.push(`  ${rule.clause}${rule.since === null ? "" : `, ${rule.since}`}; ${rule.sources.join("; ")}`);
    for (const remedy of rule.remedies) lines.push(`  - ${remedy.label}`);
  }
  for (const change of verdict.changes) lines.push("", `+ ${change.label}`);
  for (const note of verdict.notes) lines.push("", `${note.id}  ${note.label}: ${note.title}`);
  if (verdict.missing.length > 0) lines.push("", `? ${verdict.missing.join(", ")}`);
  return [...lines, "", `${at} · ${bookVersion}`].join("\n");
}

function readStandardInput(): Promise<string> {
  return readAll(process.stdin);
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.exitCode = await judgeCommand(process.argv.slice(2), console.log, { now: Date.now });
