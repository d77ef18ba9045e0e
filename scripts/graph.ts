import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Who may import whom. The arrows are the architecture: a package that needs another not named here asks for a new
 * boundary, not for a new arrow.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const mayImport: Readonly<Record<string, readonly string[]>> = {
  "packages/kit": [],
  "packages/contract": ["kit"],
  "packages/policy": ["kit"],
  "packages/database": ["kit"],
  "packages/organisations": ["kit", "database", "evidence/ledger"],
  "packages/evidence": ["kit", "database"],
  "packages/contacts": ["kit", "database", "organisations", "evidence/ledger"],
  "packages/channels": ["kit", "database", "organisations"],
  "packages/delivery": [
    "kit",
    "database",
    "contacts",
    "channels",
    "channels/sending",
    "channels/whatsapp",
    "policy",
    "evidence/ledger",
  ],
  "packages/conversations": [
    "kit",
    "database",
    "organisations",
    "contacts",
    "channels",
    "channels/whatsapp",
    "delivery",
  ],
  "packages/newsletters": ["kit", "database", "channels", "channels/whatsapp", "delivery", "policy", "evidence/ledger"],
  "apps/server": [
    "kit",
    "contract",
    "database",
    "database/embedded",
    "organisations",
    "contacts",
    "contacts/imports",
    "policy",
    "policy/judge-cli",
    "channels",
    "channels/whatsapp",
    "delivery",
    "conversations",
    "newsletters",
    "evidence",
    "evidence/ledger",
    "evidence/signer",
    "evidence/verifier",
    "evidence/verify-cli",
  ],
  "apps/web": ["contract"],
  "apps/sandbox": ["kit"],
  stories: ["kit"],
};
/** What tests and benchmarks may reach besides. */
const alsoInTests: readonly string[] = ["database/testing", "policy/testing"];

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+["']([^"']+)["']|import\(\s*["']([^"']+)["']\s*\)|(?:^|\n)\s*import\s+["']([^"']+)["']/g;

function* sources(dir: string): Generator<string> {
  for (const name of readdirSync(dir)) {
    if (name === "node_modules" || name === "dist" || name === "fixtures") continue;
    const path = join(dir, name);
    if (statSync(path).isDirectory()) yield* sources(path);
    else if (/\.tsx?$/.test(name)) yield path;
  }
}

/** Every import that crosses a boundary where it may not, with what to do instead. */
export function findTrespasses(): string[] {
  const wrong: string[] = [];
  for (const [home, allowed] of Object.entries(mayImport)) {
    for (const file of sources(join(root, home))) {
      const isTest = home === "stories" || /\.test\.tsx?$|testing(-[a-z]+)?\.ts$|\.bench\.ts$/.test(file);
      for (const match of readFileSync(file, "utf8").matchAll(importPattern)) {
        const target = match[1] ?? match[2] ?? match[3] ?? "";
        const where = relative(root, file);
        if (target.startsWith(".")) {
          const reached = relative(root, resolve(dirname(file), target));
          if (!reached.startsWith(`${home}/`) && !(isTest && reached.startsWith("scripts/")))
            wrong.push(
              `${where} reaches into ${reached}. Import the package by its name; if what you need is not on its face, ask whether it should be.`,
            );
          continue;
        }
        if (!target.startsWith("@loket/")) continue;
        const name = target.slice("@loket/".length);
        if (home.endsWith(`/${name}`) || allowed.includes(name) || (isTest && alsoInTests.includes(name))) continue;
        wrong.push(
          `${where} imports ${target}. ${home} may import ${allowed.join(", ") || "nothing"}; nothing points back. Pass what you need as an argument, or connect the two in apps/server.`,
        );
      }
    }
  }
  return wrong;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wrong = findTrespasses();
  for (const line of wrong) console.error(line);
  console.log(`import graph: ${wrong.length} trespasses`);
  process.exit(wrong.length === 0 ? 0 : 1);
}
