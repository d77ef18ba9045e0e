import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { verifyCommand } from "./verify-cli.ts";

const folder = fileURLToPath(new URL("..", import.meta.url));
const readme = readFileSync(`${folder}README.md`, "utf8");
const blocks = (language: string): string[] =>
  readme
    .split(`\`\`\`${language}\n`)
    .slice(1)
    .map((rest) => rest.split("```")[0] ?? "");

it("the example in the README prints what the README says", () => {
  const printed = execFileSync(process.execPath, ["--input-type=module-typescript", "--eval", blocks("ts")[0] ?? ""], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(printed).toBe(blocks("text")[0]);
});

it("the command in the README prints what the README says", async () => {
  const lines: string[] = [];
  const [, file = "", printed] =
    /^\$ node src\/verify-cli\.ts (\S+)\n([\s\S]*)$/.exec(blocks("console")[0] ?? "") ?? [];
  expect(await verifyCommand([folder + file], (line) => lines.push(line.replaceAll(folder, "")))).toBe(0);
  expect(`${lines.join("\n")}\n`).toBe(printed);
});
