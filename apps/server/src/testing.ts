import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createTestDatabase, type TestDatabase } from "@loket/database/testing";
import type { OrganisationId } from "@loket/kit";
import { call, freePort, startSandboxProgram } from "../../../scripts/programs.ts";
import { type Loket, startLoket } from "./app.ts";
import { readConfig } from "./config.ts";
import { createSandboxClock } from "./sandbox-clock.ts";

const repositoryDir = fileURLToPath(new URL("../../../", import.meta.url));

/** The sandbox as a program of its own, spoken to over HTTP like anyone else does. */
export interface RunningSandbox {
  readonly url: string;
  call<Answer = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<Answer>;
  close(): Promise<void>;
}

export async function startSandbox(): Promise<RunningSandbox> {
  const { url, stop } = await startSandboxProgram();
  return {
    url,
    async call<Answer>(method: string, path: string, body?: unknown) {
      const answer = await call<Answer>(`${url}/_sandbox/${path}`, method, body);
      if (answer === null) throw new Error(`The sandbox gave no readable answer to ${method} ${path}.`);
      return answer.body;
    },
    close: stop,
  };
}

export interface TestLoket {
  readonly loket: Loket;
  readonly database: TestDatabase;
  readonly url: string;
  readonly dataDir: string;
  /** Everything that was logged, down to the last detail. */
  readonly logged: readonly string[];
  close(): Promise<void>;
}

/** A whole Loket on a database and port of its own. Every answer is checked against its schema. */
export async function startTestLoket(
  options: {
    readonly sandboxUrl?: string;
    readonly role?: "all" | "web" | "worker";
    /** What the environment says besides. */
    readonly env?: Readonly<Record<string, string>>;
    /** A database and a directory that are there already, and stay. */
    readonly on?: { readonly database: TestDatabase; readonly dataDir: string };
    /** Origins it may call although they are on this machine. */
    readonly allow?: readonly string[];
  } = {},
): Promise<TestLoket> {
  const database = options.on?.database ?? (await createTestDatabase());
  const dataDir = options.on?.dataDir ?? mkdtempSync(join(tmpdir(), "loket-data-"));
  const port = await freePort();
  const config = readConfig(
    {
      ...options.env,
      LOKET_PORT: String(port),
      LOKET_DATA_DIR: dataDir,
      ...(options.role ? { LOKET_ROLE: options.role } : {}),
    },
    repositoryDir,
  );
  const clock = createSandboxClock();
  const logged: string[] = [];
  const following = options.sandboxUrl ? await clock.follow(options.sandboxUrl) : null;
  const loket = await startLoket({
    config,
    address: database.address,
    clock,
    allow: [...(options.allow ?? []), ...(options.sandboxUrl ? [options.sandboxUrl] : [])],
    checkAnswers: true,
    ...(process.env.LOKET_LOG ? {} : { logLevel: "trace", logTo: { write: (line: string) => void logged.push(line) } }),
  });
  return {
    loket,
    database,
    url: `http://127.0.0.1:${port}`,
    dataDir,
    logged,
    async close() {
      following?.close();
      await loket.close();
      if (options.on) return;
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Asks again and again until the answer is one that is wanted; the test's own time limit ends what never comes. */
export async function until<T>(
  ask: () => Promise<T | null | undefined | false>,
  what: string,
  limitMs = 30_000,
): Promise<T> {
  const endsAt = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > endsAt) throw new Error(`Waited in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

export interface ApiAnswer<Body> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}
export type Api = <Body = Record<string, unknown>>(
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<ApiAnswer<Body>>;

/** Calls the API with these headers; bodies are JSON. */
export function apiOf(url: string, always: Record<string, string>): Api {
  return async <Body>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${url}/api/v1/${path}`, {
      method,
      headers: { ...always, ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text === "" ? null : JSON.parse(text)) as Body, headers: answer.headers };
  };
}

/** Signs in and answers the headers of whoever is signed in, in this organisation. */
export async function signIn(
  url: string,
  person: { email: string; password: string },
  organisationId: OrganisationId,
): Promise<Record<string, string>> {
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify(person),
  });
  if (answer.status !== 200) throw new Error(`Signing in answered ${answer.status}: ${await answer.text()}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");
  return { cookie, origin: url, "loket-organisation": organisationId };
}
