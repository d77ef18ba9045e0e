import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

it("the example in the README prints what the README says", () => {
  const folder = fileURLToPath(new URL("..", import.meta.url));
  const readme = readFileSync(`${folder}README.md`, "utf8");
  const block = (language: string): string => readme.split(`\`\`\`${language}\n`)[1]?.split("```")[0] ?? "";
  const printed = execFileSync(process.execPath, ["--input-type=module-typescript", "--eval", block("ts")], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(printed).toBe(block("text"));
});
