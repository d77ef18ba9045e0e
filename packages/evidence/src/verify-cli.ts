import { hash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Verification, type VerifierLanguage, verifyPack } from "./verifier.ts";

const headings: Readonly<Record<VerifierLanguage, Readonly<Record<string, string>>>> = {
  en: {
    valid: "VALID",
    invalid: "INVALID",
    incomplete: "INCOMPLETE",
    proven: "Proven",
    notProven: "Not proven",
    problems: "Wrong",
  },
  nl: {
    valid: "GELDIG",
    invalid: "ONGELDIG",
    incomplete: "ONVOLLEDIG",
    proven: "Bewezen",
    notProven: "Niet bewezen",
    problems: "Fout",
  },
  de: {
    valid: "GÜLTIG",
    invalid: "UNGÜLTIG",
    incomplete: "UNVOLLSTÄNDIG",
    proven: "Bewiesen",
    notProven: "Nicht bewiesen",
    problems: "Falsch",
  },
};
const exitCodes: Readonly<Record<Verification["result"], number>> = { valid: 0, invalid: 1, incomplete: 2 };
const usage = "Use: verify FILE [--key FINGERPRINT-OR-KEY]... [--lang en|nl|de] [--json]";

/**
 * Checks a pack from the command line: `args` as after the program's name. Prints with `print`. Gives the exit code: 0
 * valid, 1 invalid, 2 incomplete or not checked at all (no such file, wrong arguments).
 */
export async function verifyCommand(args: readonly string[], print: (line: string) => void): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        key: { type: "string", multiple: true },
        lang: { type: "string", default: "en" },
        json: { type: "boolean", default: false },
      },
    });
    const [file, ...others] = positionals;
    const language = (["en", "nl", "de"] as const).find((one) => one === values.lang);
    if (file === undefined || others.length > 0 || language === undefined) throw new TypeError(usage);
    const verified = await verifyPack(await readFile(file), {
      language,
      sha256: (bytes) => hash("sha256", bytes, "buffer"),
      ...(values.key === undefined ? {} : { trustedKeys: values.key }),
    });
    print(values.json ? JSON.stringify(verified, null, 2) : describe(file, verified, language));
    return exitCodes[verified.result];
  } catch (error) {
    print(error instanceof Error ? error.message : String(error));
    return 2;
  }
}

function describe(file: string, verified: Verification, language: VerifierLanguage): string {
  const words = headings[language];
  const list = (title: "problems" | "proven" | "notProven"): string[] =>
    verified[title].length === 0 ? [] : ["", `${words[title]}:`, ...verified[title].map((line) => `  - ${line}`)];
  const { facts } = verified;
  const about = facts === null ? [] : [`${facts.origin} · ${facts.madeAt} · ${facts.purpose}`];
  return [
    `${words[verified.result]}  ${file}`,
    ...about,
    ...list("problems"),
    ...list("proven"),
    ...list("notProven"),
  ].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = await verifyCommand(process.argv.slice(2), (line) => console.log(line));
}
