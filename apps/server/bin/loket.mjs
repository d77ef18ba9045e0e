#!/usr/bin/env node
// The command `loket` (npx loket …), on whatever Node is installed: what it does runs under the Node that came along,
// in the folder one is in, so that file names mean what they say.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pinnedNode } from "../../../scripts/setup.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const child = spawn(
  pinnedNode(root),
  ["--disable-warning=ExperimentalWarning", join(root, "apps/server/src/cli.ts"), ...process.argv.slice(2)],
  { stdio: "inherit" },
);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code) => process.exit(code ?? 1));
