// Every command of this repository begins here, on whatever Node is installed. This file and setup.mjs use nothing but
// what any Node from version 18 brings; they install what is missing and then hand over to the Node that the lock file
// pins. (npm start, npm test, npm run …)
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pinnedNode, setUp } from "./setup.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const [command = "start", ...args] = process.argv.slice(2);
const quiet = ["--disable-warning=ExperimentalWarning"];

/** What each command needs to be there, and what it runs, in order. */
const commands = {
  start: { needs: ["web"], runs: [[...quiet, "apps/server/src/main.ts"]] },
  loket: { needs: [], runs: [[...quiet, "apps/server/src/cli.ts", ...args]] },
  sandbox: { needs: [], runs: [[...quiet, "apps/sandbox/src/main.ts", ...args]] },
  "bench-sandbox": { needs: [], runs: [[...quiet, "apps/sandbox/src/bench/bench.ts", ...args]] },
  test: { needs: ["web", "browser"], runs: [[bin("vitest", "vitest.mjs"), "run", ...args]] },
  check: {
    needs: [],
    runs: [
      [bin("typescript", "bin/tsc"), "-p", "."],
      [bin("typescript", "bin/tsc"), "-p", "apps/web"],
      [bin("typescript", "bin/tsc"), "-p", "apps/sandbox/src/page"],
      [bin("@biomejs/biome", "bin/biome"), "check", "--error-on-warnings", "."],
      [bin("knip", "bin/knip.js")],
      [...quiet, "scripts/graph.ts"],
    ],
    ends: "check: types, lint, dead code and import graph are in order",
  },
  bench: { needs: [], runs: [[...quiet, "scripts/bench.ts", ...args]] },
  sim: { needs: [], runs: [[...quiet, "simulation/main.ts", ...args]] },
  chaos: { needs: [], runs: [[...quiet, "scripts/chaos.ts", ...args]] },
  dev: { needs: ["web"], runs: [[...quiet, "--watch", "apps/server/src/main.ts"]] },
};

function bin(name, path) {
  return () => {
    for (const modules of createRequire(import.meta.url).resolve.paths(name) ?? []) {
      const file = join(modules, name, path);
      if (file.startsWith(root) && existsSync(file)) return file;
    }
    throw new Error(`${name} is not installed`);
  };
}

const chosen = commands[command];
if (!chosen) {
  console.error(`There is no command ${command}. There are: ${Object.keys(commands).join(", ")}.`);
  process.exit(2);
}
await setUp({ root, needs: chosen.needs });

const node = pinnedNode(root);
for (const words of chosen.runs) {
  const code = await run(words.map((word) => (typeof word === "function" ? word() : word)));
  if (code !== 0) process.exit(code);
}
if (chosen.ends) console.log(chosen.ends);

function run(words) {
  return new Promise((resolve) => {
    const child = spawn(node, words, {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, PATH: `${join(node, "..")}:${process.env.PATH ?? ""}` },
    });
    // The terminal sends Ctrl-C to the whole group; a signal sent to us alone is passed on. Either way we wait.
    const pass = (signal) => () => child.kill(signal);
    const handlers = { SIGINT: () => {}, SIGTERM: pass("SIGTERM"), SIGHUP: pass("SIGTERM") };
    if (!process.stdin.isTTY) handlers.SIGINT = pass("SIGINT");
    for (const [signal, handler] of Object.entries(handlers)) process.on(signal, handler);
    child.on("exit", (code, signal) => {
      for (const [name, handler] of Object.entries(handlers)) process.off(name, handler);
      resolve(code ?? (signal === "SIGINT" || signal === "SIGTERM" ? 0 : 1));
    });
    child.on("error", (error) => {
      console.error(String(error));
      resolve(1);
    });
  });
}
