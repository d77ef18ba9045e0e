import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../scripts/programs.ts";

/*
 * Loket and the sandbox as programs of their own, the way anyone starts them. Stories know them by their ports, their
 * pages and what they print, and by nothing else. Whatever is started here ends with the test, also when it fails.
 */

export const repositoryDir = fileURLToPath(new URL("..", import.meta.url));
/** The demo's password, as the first start prints it. */
export const password = "loket-demo";

/** Asks again and again until the answer is one that is wanted; says what it waited for when none comes. */
export async function until<T>(
  ask: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  what: string,
  limitMs = 20_000,
): Promise<T> {
  const endsAt = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > endsAt) throw new Error(`Waited in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Program {
  readonly pid: number;
  /** Everything it printed so far, on both channels. */
  said(): string;
  readonly ended: Promise<Ended>;
  /** Sends the signal and waits until it is gone. */
  end(signal?: NodeJS.Signals): Promise<Ended>;
}

const running = new Set<number>();
process.once("exit", () => {
  for (const pid of running) if (isAlive(pid)) process.kill(pid, "SIGKILL");
});

/** Runs one of the repository's programs under the Node that runs the tests. */
export function run(file: string, env: Readonly<Record<string, string>>): Program {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", join(repositoryDir, file)], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...cleanEnvironment(), ...env },
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${file} could not be started.`);
  running.add(pid);
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  const ended = new Promise<Ended>((resolve) =>
    child.once("close", (code, signal) => {
      running.delete(pid);
      resolve({ code, signal });
    }),
  );
  return {
    pid,
    said: () => text,
    ended,
    async end(signal = "SIGTERM") {
      child.kill(signal);
      const tooLong = setTimeout(() => child.kill("SIGKILL"), 20_000);
      const result = await ended;
      clearTimeout(tooLong);
      return result;
    },
  };
}

/** What the machine's own environment says of Loket does not reach a story. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(LOKET_|SANDBOX_|DATABASE_URL$|VITEST|NODE_ENV$|NODE_OPTIONS$)/.test(name),
  );
  return Object.fromEntries(kept);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    // A process that has ended and waits for its parent to notice is no longer at work.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2)[0] !== "Z";
  } catch {
    return true;
  }
}

export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}
// biome-ignore lint/suspicious/noExplicitAny: stories look into answers of many shapes; a wrong guess fails the story.
type Loose = any;
export type Call = <Body = Loose>(method: string, path: string, body?: unknown) => Promise<Answer<Body>>;

/** Calls JSON over HTTP under this address. */
export function callerOf(base: string, headers: Readonly<Record<string, string>> = {}): Call {
  return async <Body>(method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${base}${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = /json/.test(answer.headers.get("content-type") ?? "");
    return { status: answer.status, body: (isJson && text ? JSON.parse(text) : text) as Body, headers: answer.headers };
  };
}

/** A directory of one's own, removed by the answer's `remove`. */
export function ownDirectory(name: string): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), `loket-${name}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
}

export interface RunningLoket extends Program {
  readonly url: string;
  readonly sandboxUrl: string;
  readonly place: Place;
  /** What the API answered to the token at the moment `/readyz` first said yes. */
  readonly statusWhenReady: number;
  /** Under `/api/v1/`, as the owner's token. */
  readonly api: Call;
  /** Under `/_sandbox/`. */
  readonly sandbox: Call;
  /** A person with a phone nobody wrote with yet. */
  newPerson(name: string, settings?: Readonly<Record<string, unknown>>): Promise<Person>;
  /** Ends it and removes what it kept. */
  close(): Promise<void>;
}

export interface Person {
  readonly name: string;
  readonly number: string;
  /** Writes a text from the phone. */
  says(body: string): Promise<string>;
  does(type: string, more?: Readonly<Record<string, unknown>>): Promise<void>;
  /** What the phone shows: who wrote, and the words. */
  sees(): Promise<{ from: string; type: string; text: string; status: string }[]>;
}

export const apiToken = "loket_stories";
let people = 0;

/** Where a Loket keeps its data and listens: the same place twice is a restart. */
export interface Place {
  readonly dataDir: string;
  readonly port: number;
  readonly sandboxPort: number;
}

/** Starts Loket on an embedded database of its own with the demo in it, and waits until it says it is ready. */
export async function startLoket(place?: Place): Promise<RunningLoket> {
  buildWebWhereMissing();
  const own = place === undefined ? ownDirectory("story") : null;
  const dataDir = place?.dataDir ?? own?.path ?? "";
  const [port, sandboxPort] = place ? [place.port, place.sandboxPort] : [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
  const program = run("apps/server/src/main.ts", {
    LOKET_DATA_DIR: dataDir,
    LOKET_PORT: String(port),
    SANDBOX_PORT: String(sandboxPort),
    LOKET_API_TOKEN: apiToken,
  });
  let over = false;
  void program.ended.then(() => {
    over = true;
  });
  const api = callerOf(`${url}/api/v1/`, { authorization: `Bearer ${apiToken}` });
  const sandbox = callerOf(`${sandboxUrl}/_sandbox/`);
  let statusWhenReady = 0;
  try {
    const waiting = (is: () => Promise<boolean> | boolean) => () => {
      if (over) throw new Error(`Loket ended while starting:\n${program.said()}`);
      return is();
    };
    const isReady = async () => (await fetch(`${url}/readyz`).catch(() => null))?.status === 200;
    await until(waiting(isReady), "Loket to be ready", 60_000);
    statusWhenReady = (await api("GET", "conversations?limit=1")).status;
    await until(
      waiting(() => program.said().includes("API token")),
      "Loket to say how to sign in",
      60_000,
    );
  } catch (error) {
    await program.end("SIGKILL");
    own?.remove();
    throw error;
  }
  return {
    ...program,
    place: { dataDir, port, sandboxPort },
    url,
    sandboxUrl,
    statusWhenReady,
    api,
    sandbox,
    async newPerson(name, settings = {}) {
      people += 1;
      const number = `316555${String(20_000 + people)}`;
      await sandbox("PUT", `phones/${number}`, { name, language: "en", ...settings });
      return personOf(sandbox, name, number);
    },
    async close() {
      await program.end();
      own?.remove();
    },
  };
}

function personOf(sandbox: Call, name: string, number: string): Person {
  return {
    name,
    number,
    async says(body) {
      const answer = await sandbox("POST", `phones/${number}/messages`, { type: "text", text: { body } });
      if (answer.status !== 200) throw new Error(`${name} could not write: ${JSON.stringify(answer.body)}`);
      return String(answer.body.id);
    },
    async does(type, more = {}) {
      const answer = await sandbox("POST", `phones/${number}/actions`, { type, ...more });
      if (answer.status !== 200) throw new Error(`${name} could not ${type}: ${JSON.stringify(answer.body)}`);
    },
    async sees() {
      const { body } = await sandbox("GET", `phones/${number}/messages`);
      return body.items.map((item: Loose) => ({
        from: item.from,
        type: item.type,
        text: item.text?.body ?? item.rendered?.body ?? "",
        status: item.status,
      }));
    },
  };
}

export interface Conversation {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly contact: { readonly id: string; readonly addresses: readonly { readonly value: string }[] };
}

/** The conversation with this person, once it is there. */
export function conversationWith(loket: RunningLoket, person: Person): Promise<Conversation> {
  return until(
    async () =>
      (await loket.api("GET", `conversations?q=${person.number}`)).body.items.find((item: Conversation) =>
        item.contact.addresses.some(({ value }) => value === `+${person.number}`),
      ) as Conversation | undefined,
    `a conversation with ${person.name}`,
  );
}

/** A page the server hands out has to be built once; `npm test` has done so before. */
function buildWebWhereMissing(): void {
  if (existsSync(join(repositoryDir, "apps/web/dist/index.html"))) return;
  execFileSync(process.execPath, [join(repositoryDir, "node_modules/vite/bin/vite.js"), "build"], {
    cwd: join(repositoryDir, "apps/web"),
    stdio: "pipe",
  });
}
