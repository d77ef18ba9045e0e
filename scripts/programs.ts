import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Loket and the sandbox as programs, for the scripts that break or measure them from outside. */
const root = fileURLToPath(new URL("..", import.meta.url));
const quiet = "--disable-warning=ExperimentalWarning";

export interface Program {
  readonly url: string;
  readonly process: ChildProcess;
  /** Ends it the way a terminal would, and waits. */
  stop(): Promise<void>;
}

export const tempDir = (): string => mkdtempSync(join(tmpdir(), "loket-run-"));

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

export async function startSandboxProgram(env: Record<string, string> = {}): Promise<Program> {
  const child = spawn(process.execPath, [quiet, join(root, "apps/sandbox/src/main.ts")], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, SANDBOX_PORT: "0", SANDBOX_STATE: "", SANDBOX_ENDS_WITH_PARENT: "1", ...env },
  });
  const url = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const found = /ready in .*: (http:\S+)/.exec(text)?.[1];
      if (found) resolve(found);
    });
    child.once("exit", () => reject(new Error("The sandbox ended while starting.")));
  });
  return { url, process: child, stop: () => stop(child) };
}

export interface LoketProgram extends Program {
  readonly startedInMs: number;
}

export async function startLoketProgram(options: {
  port: number;
  dataDir: string;
  sandboxUrl: string;
  token: string;
  env?: Record<string, string>;
}): Promise<LoketProgram> {
  const startedAt = performance.now();
  const url = `http://127.0.0.1:${options.port}`;
  const child = spawn(process.execPath, [quiet, join(root, "apps/server/src/main.ts")], {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      LOKET_PORT: String(options.port),
      LOKET_DATA_DIR: options.dataDir,
      LOKET_SANDBOX_URL: options.sandboxUrl,
      LOKET_API_TOKEN: options.token,
      LOKET_LOG: process.env.LOKET_LOG ?? "silent",
      ...options.env,
    },
  });
  for (;;) {
    if (child.exitCode !== null) throw new Error(`Loket ended while starting, with ${child.exitCode}.`);
    const ready = await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) break;
    await pause(50);
  }
  return { url, process: child, startedInMs: performance.now() - startedAt, stop: () => stop(child) };
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** JSON over HTTP; `null` where nobody answered. */
export async function call<Body = Record<string, unknown>>(
  url: string,
  method: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Body } | null> {
  try {
    const answer = await fetch(url, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text === "" ? null : JSON.parse(text)) as Body };
  } catch {
    return null;
  }
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** `--name 20` from the command line. */
export function option(name: string, fallback: number): number {
  const index = process.argv.indexOf(`--${name}`);
  const value = index === -1 ? Number.NaN : Number(process.argv[index + 1]);
  return Number.isFinite(value) ? value : fallback;
}
