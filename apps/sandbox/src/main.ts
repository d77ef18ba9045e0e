import { readFile } from "node:fs/promises";
import { setFlagsFromString } from "node:v8";
import { readCommandLine, type Settings, whyNotStarted } from "./command-line.ts";
import { createSandbox } from "./index.ts";
import { keepStateFile, readStateFile } from "./state-file.ts";

const { version } = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
const command = readCommandLine(process.argv.slice(2), process.env, version);
if (command.do === "say") {
  (command.code === 0 ? console.log : console.error)(command.text);
  process.exitCode = command.code;
} else if (command.do === "crowd") await loadCrowd(command.url, command.crowd);
else
  await serve(command.settings).catch((error: unknown) => {
    const why = whyNotStarted(error, command.settings);
    if (why === null) throw error;
    console.error(why);
    process.exitCode = 1;
  });

async function serve(settings: Settings): Promise<void> {
  // Left alone, V8 lets garbage grow to several times what a crowd of a million needs before it collects any.
  setFlagsFromString("--heap-growing-percent=40");

  const startedAt = performance.now();
  const { state, callbackUrl, verifyToken, rulesAsOf, mediaLinks, ...rest } = settings;
  const snapshot = state === null ? null : await readStateFile(state);
  const sandbox = await createSandbox({
    ...rest,
    ...(snapshot === null ? {} : { snapshot }),
    ...(callbackUrl === null ? {} : { callbackUrl }),
    ...(verifyToken === null ? {} : { verifyToken }),
    ...(rulesAsOf === null ? {} : { rulesAsOf }),
    ...(mediaLinks === null ? {} : { mediaLinks }),
  });
  const file = state === null ? null : keepStateFile(sandbox, state);

  console.log(`Sandbox ready in ${Math.round(performance.now() - startedAt)} ms: ${sandbox.url}`);
  console.log(`  phones   ${sandbox.url}/`);
  console.log(`  console  ${sandbox.url}/console`);
  console.log(`  control  ${sandbox.url}/_sandbox`);

  let ending = false;
  async function end(): Promise<void> {
    if (ending) process.exit(1);
    ending = true;
    await file?.finish();
    await sandbox.close();
    process.exit(0);
  }
  if (process.env.SANDBOX_ENDS_WITH_PARENT === "1") process.stdin.on("end", () => void end()).resume();
  process.on("SIGTERM", () => void end());
  process.on("SIGINT", () => void end());
}

async function loadCrowd(url: string, crowd: Record<string, unknown>): Promise<void> {
  const answer = await fetch(`${url}/_sandbox/crowd`, { method: "POST", body: JSON.stringify(crowd) }).catch(
    () => null,
  );
  if (!answer) {
    console.error(`No sandbox answers at ${url}. Start one, or say where it is with --url.`);
    process.exitCode = 1;
    return;
  }
  const body = await answer.json();
  if (answer.ok)
    console.log(`${body.size} people, from +${body.first} to +${body.last}. What they do: ${url}/_sandbox/crowd`);
  else {
    console.error(body.error?.message ?? answer.statusText);
    process.exitCode = 2;
  }
}
