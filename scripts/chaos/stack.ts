import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type EmbeddedServer, embeddedDatabase, startEmbedded } from "@loket/database/embedded";
import pg from "pg";
import { freePort, type Program, pause, startSandboxProgram, tempDir } from "../programs.ts";
import { createLine, type Line } from "./line.ts";

/**
 * Loket as it runs on several machines: a web process, two workers, a PostgreSQL of their own and the sandbox, each a
 * process that can be killed, with lines between them that can go bad. The first worker shares the web's directory; the
 * second has one of its own, with the keys, as on another machine.
 */
export type Part = "web" | "worker-a" | "worker-b";
export const parts: readonly Part[] = ["web", "worker-a", "worker-b"];

export interface Stack {
  readonly url: string;
  readonly sandbox: Program;
  readonly databaseLine: Line;
  readonly platformLine: Line;
  readonly dataDir: string;
  start(part: Part): void;
  /** `kill -9`, and waits until it is gone. */
  kill(part: Part): Promise<void>;
  signal(part: Part, signal: "SIGSTOP" | "SIGCONT"): void;
  /** The worker that hands over for the first sender at this moment. */
  holder(): Promise<Part | null>;
  killDatabase(): Promise<void>;
  stopDatabase(): Promise<void>;
  startDatabase(): Promise<void>;
  /** From now on no file of PostgreSQL's may grow beyond a megabyte, which its log never does; `false` lifts it. */
  fillDisk(isFull: boolean): boolean;
  /** How many processes have ended without anybody killing them. */
  ended(): number;
  /** A copy of the directory, database included, started the way anybody would. The database must be stopped. */
  copyDirectory(): string;
  startCopy(dataDir: string): Promise<Copy>;
  close(): Promise<void>;
}

export interface Copy {
  readonly url: string;
  /** Messages the copy asked the platform to send. */
  sent(): number;
  close(): Promise<void>;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const main = join(root, "apps/server/src/main.ts");
const quiet = "--disable-warning=ExperimentalWarning";
const megabyte = 2 ** 20;
const sends = /POST \/v[\d.]+\/\d+\/messages/g;

export async function startStack(token: string): Promise<Stack> {
  const dataDir = tempDir();
  const otherDir = tempDir();
  const sandbox = await startSandboxProgram({ SANDBOX_LOG_LIMIT: "1000" });
  const startServer = () =>
    startEmbedded({
      dataDir,
      settings: { max_connections: "300", shared_buffers: "64MB" },
      // One megabyte is the smallest a segment of PostgreSQL's log can be: a limit for files leaves it alone.
      initdb: ["--wal-segsize=1"],
    });
  let server: EmbeddedServer = await startServer();
  await embeddedDatabase(server);
  const databaseLine = await createLine({ path: join(server.admin.host, `.s.PGSQL.${server.admin.port}`) });
  const platformLine = await createLine({ port: Number(new URL(sandbox.url).port), host: "127.0.0.1" });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const common = {
    ...process.env,
    LOKET_PORT: String(port),
    LOKET_API_TOKEN: token,
    LOKET_LOG: process.env.LOKET_LOG ?? "silent",
    LOKET_SIGNER_DIR: join(dataDir, "signer"),
    LOKET_SANDBOX_URL: `http://127.0.0.1:${platformLine.port}`,
    DATABASE_URL: `postgresql://${server.admin.user}@127.0.0.1:${databaseLine.port}/loket`,
  };
  const environments: Record<Part, NodeJS.ProcessEnv> = {
    web: { ...common, LOKET_ROLE: "web", LOKET_DATA_DIR: dataDir },
    "worker-a": { ...common, LOKET_ROLE: "worker", LOKET_DATA_DIR: dataDir },
    "worker-b": { ...common, LOKET_ROLE: "worker", LOKET_DATA_DIR: otherDir },
  };
  const running = new Map<Part, ChildProcess>();
  const cleaning: (() => Promise<void> | void)[] = [];
  let ended = 0;
  const wanted = new WeakSet<ChildProcess>(); // deaths that were
  const start = (part: Part): void => {
    const child = spawn(process.execPath, [quiet, main], {
      stdio: ["ignore", "pipe", "pipe"],
      env: environments[part],
    });
    running.set(part, child);
    let isReady = false;
    let complaint = "";
    child.stderr?.on("data", (text: Buffer) => {
      complaint = (complaint + text).slice(-1_500);
    });
    child.stdout?.on("data", (text: Buffer) => {
      isReady ||= text.includes("Loket is ready");
    });
    // What ends by itself is started again, as the system's supervisor would. Starting without a database is no fault.
    child.once("exit", (code) => {
      if (wanted.has(child)) return;
      if (isReady) {
        ended += 1;
        console.log(`${part} ended by itself, with ${code}; started again:\n${complaint}`);
      }
      setTimeout(() => running.get(part) === child && !wanted.has(child) && start(part), 500);
    });
  };
  const endPart = async (part: Part, signal: "SIGKILL" | "SIGTERM"): Promise<void> => {
    const child = running.get(part);
    if (!child) return;
    wanted.add(child);
    await end(child, signal);
  };
  // However we end, nothing of this goes on.
  const killAll = () => {
    for (const child of running.values()) child.kill("SIGKILL");
  };
  process.on("exit", killAll);
  const postmaster = (): number =>
    Number(readFileSync(join(dataDir, "postgres/postmaster.pid"), "utf8").split("\n")[0]);

  start("web");
  await untilReady(url);
  mkdirSync(otherDir, { recursive: true });
  cpSync(join(dataDir, "keys.json"), join(otherDir, "keys.json"));
  start("worker-a");
  start("worker-b");

  return {
    url,
    sandbox,
    databaseLine,
    platformLine,
    dataDir,
    start,
    ended: () => ended,
    kill: (part) => endPart(part, "SIGKILL"),
    signal(part, signal) {
      running.get(part)?.kill(signal);
    },
    async holder() {
      const client = new pg.Client({ ...server.admin, database: "loket" });
      try {
        await client.connect();
        const { rows } = await client.query<{ holder: string | null }>(
          "select holder from lane where direction = 'out' order by organisation_id, sender_id limit 1",
        );
        const pid = Number(rows[0]?.holder?.split("-")[0]);
        return parts.find((part) => running.get(part)?.pid === pid) ?? null;
      } catch {
        return null;
      } finally {
        await client.end().catch(() => {});
      }
    },
    async killDatabase() {
      const first = postmaster();
      for (const pid of [first, ...childrenOf(first)]) killIfThere(pid);
      while (isThere(first)) await pause(20);
    },
    stopDatabase: () => server.stop(),
    async startDatabase() {
      server = await startServer();
    },
    fillDisk(isFull) {
      const first = postmaster();
      try {
        for (const pid of [first, ...childrenOf(first)])
          execFileSync("prlimit", ["--pid", String(pid), `--fsize=${isFull ? megabyte : "unlimited"}:unlimited`], {
            stdio: "ignore",
          });
        return true;
      } catch {
        return false;
      }
    },
    copyDirectory() {
      const copy = tempDir();
      cpSync(dataDir, copy, { recursive: true, preserveTimestamps: true });
      rmSync(join(copy, "loket.pid"), { force: true });
      execFileSync("chmod", ["700", join(copy, "postgres")]);
      cleaning.push(() => rmSync(copy, { recursive: true, force: true }));
      return copy;
    },
    async startCopy(copyDir) {
      const line = await createLine({ port: Number(new URL(sandbox.url).port), host: "127.0.0.1" }, sends);
      const lineUrl = `http://127.0.0.1:${line.port}`;
      await pointSenders(copyDir, lineUrl);
      const copyPort = await freePort();
      const copyUrl = `http://127.0.0.1:${copyPort}`;
      const env = {
        ...common,
        LOKET_ROLE: "all",
        LOKET_PORT: String(copyPort),
        LOKET_DATA_DIR: copyDir,
        LOKET_SIGNER_DIR: join(copyDir, "signer"),
        LOKET_SANDBOX_URL: lineUrl,
        LOKET_DEMO: "0",
        DATABASE_URL: "",
      };
      const child = spawn(process.execPath, [quiet, main], { stdio: ["ignore", "ignore", "inherit"], env });
      const close = async () => {
        await end(child, "SIGTERM");
        await line.close();
      };
      cleaning.push(close);
      await untilReady(copyUrl);
      return { url: copyUrl, sent: () => line.heard(), close };
    },
    async close() {
      databaseLine.heal();
      for (const child of running.values()) child.kill("SIGCONT");
      await Promise.all(parts.map((part) => endPart(part, "SIGTERM")));
      for (const step of cleaning.reverse()) await step();
      await server.stop();
      process.off("exit", killAll);
      await Promise.all([databaseLine.close(), platformLine.close(), sandbox.stop()]);
      for (const dir of [dataDir, otherDir]) rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** The copy speaks to the platform over a line of its own, so that it can be told apart. */
async function pointSenders(copyDir: string, url: string): Promise<void> {
  const server = await startEmbedded({ dataDir: copyDir });
  const client = new pg.Client({ ...server.admin, database: "loket" });
  await client.connect();
  await client.query("update sender set api_url = $1", [url]);
  await client.end();
  await server.stop();
}

async function untilReady(url: string): Promise<void> {
  const isReady = () =>
    fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
  while (!(await isReady())) await pause(50);
}

function end(child: ChildProcess, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill(signal);
  });
}

/** PostgreSQL's processes below this one, where the system tells (Linux); elsewhere they go by themselves when it does. */
function childrenOf(parent: number): number[] {
  if (!existsSync("/proc/self/stat")) return [];
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) === parent ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It went before us.
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
