import { spawn } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { DatabaseAddress } from "@loket/database";
import { EmbeddedServerError, embeddedDatabase, startEmbedded } from "@loket/database/embedded";
import { type Loket, startLoket } from "./app.ts";
import { ConfigError, readConfig } from "./config.ts";
import { seedDemo } from "./demo/seed.ts";
import { demoAccounts, demoPassword } from "./demo/world.ts";
import { createSandboxClock } from "./sandbox-clock.ts";

/** `npm start`: database, sandbox, Loket, demo; ends cleanly on Ctrl-C or SIGTERM. */
const repositoryDir = fileURLToPath(new URL("../../../", import.meta.url));
const startedAt = performance.now();
const say = (line: string): void => console.log(`  ${line}`);

export async function start(): Promise<void> {
  const config = readConfig(process.env, repositoryDir);
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const ending: (() => Promise<void> | void)[] = [];
  let isEnding = false;
  const end = async (code: number): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    for (const step of ending.reverse()) await Promise.resolve(step()).catch((error) => console.error(String(error)));
    process.exit(code);
  };
  process.on("SIGINT", () => void end(0));
  process.on("SIGTERM", () => void end(0));

  try {
    console.log("Loket is starting");
    let address: DatabaseAddress;
    if (config.databaseUrl) {
      address = { connectionString: config.databaseUrl };
    } else {
      const server = await startEmbedded({ dataDir: config.dataDir, log: say });
      ending.push(() => server.stop());
      address = await embeddedDatabase(server);
    }

    const startsSandbox = config.sandbox && config.role !== "worker";
    const sandboxUrl = config.sandboxUrl ?? (startsSandbox ? `http://127.0.0.1:${config.sandboxPort}` : null);
    if (!config.sandboxUrl && sandboxUrl)
      ending.push(await startSandbox(config.sandboxPort, config.host, join(config.dataDir, "sandbox.json")));

    const clock = createSandboxClock();
    if (sandboxUrl) {
      const following = await clock.follow(sandboxUrl);
      ending.push(() => following.close());
    }

    const webDir = join(repositoryDir, "apps/web/dist");
    const loket: Loket = await startLoket({
      config,
      address,
      clock,
      setsUp: true,
      demoAccounts: config.demo ? demoAccounts : [],
      isAlone: config.databaseUrl === null,
      allow: sandboxUrl ? [sandboxUrl] : [],
      webDir: existsSync(join(webDir, "index.html")) ? webDir : null,
      logLevel: process.env.LOKET_LOG ?? "warn",
    });
    ending.push(() => loket.close());

    const demo =
      config.demo && config.role !== "worker"
        ? await seedDemo(loket.ports, { sandboxUrl, apiToken: config.apiToken, say })
        : null;
    loket.setUpDone();
    console.log(`Loket is ready after ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
    if (config.role !== "worker") say(`desk       http://${config.host}:${config.port}/`);
    if (sandboxUrl) say(`phones     ${sandboxUrl}/`);
    if (demo) {
      say(`sign in    ${demo.signIn.email} / ${demoPassword}`);
      say(`API token  ${demo.token}`);
    }
  } catch (error) {
    const isExpected =
      error instanceof ConfigError ||
      error instanceof EmbeddedServerError ||
      (error as { code?: string }).code === "EADDRINUSE";
    console.error(isExpected ? `Loket cannot start: ${(error as Error).message}` : error);
    await end(1);
  }
}

/** The sandbox is a program of its own; it ends when we do, however we end, because its standard input closes then. */
async function startSandbox(port: number, host: string, stateFile: string): Promise<() => Promise<void>> {
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", join(repositoryDir, "apps/sandbox/src/main.ts")],
    {
      stdio: ["pipe", "pipe", "inherit"],
      env: {
        ...process.env,
        SANDBOX_PORT: String(port),
        LOKET_HOST: host,
        SANDBOX_STATE: stateFile,
        SANDBOX_ENDS_WITH_PARENT: "1",
      },
    },
  );
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once("data", () => resolve());
    child.once("exit", () =>
      reject(
        new ConfigError(
          `The sandbox could not start on port ${port}. If something else uses the port, set SANDBOX_PORT.`,
        ),
      ),
    );
  });
  child.stdout?.resume();
  return async () => {
    child.kill("SIGTERM");
    await gone;
  };
}

await start();
