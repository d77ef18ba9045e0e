import { setFlagsFromString } from "node:v8";
import { createSandbox } from "./index.ts";
import { keepStateFile, readStateFile } from "./state-file.ts";

const {
  SANDBOX_PORT,
  LOKET_HOST,
  SANDBOX_STATE,
  SANDBOX_LOG_LIMIT,
  SANDBOX_SEED,
  SANDBOX_CALLBACK_URL,
  SANDBOX_VERIFY_TOKEN,
  SANDBOX_RULES_AS_OF,
} = process.env;

// Left alone, V8 lets garbage grow to several times what a crowd of a million needs before it collects any.
setFlagsFromString("--heap-growing-percent=40");

const startedAt = performance.now();
const snapshot = SANDBOX_STATE ? await readStateFile(SANDBOX_STATE) : null;
const sandbox = await createSandbox({
  port: Number(SANDBOX_PORT || 4_401),
  host: LOKET_HOST || "127.0.0.1",
  logLimit: Number(SANDBOX_LOG_LIMIT || 5_000),
  seed: Number(SANDBOX_SEED || 1),
  ...(snapshot === null ? {} : { snapshot }),
  ...(SANDBOX_CALLBACK_URL ? { callbackUrl: SANDBOX_CALLBACK_URL } : {}),
  ...(SANDBOX_VERIFY_TOKEN ? { verifyToken: SANDBOX_VERIFY_TOKEN } : {}),
  ...(SANDBOX_RULES_AS_OF ? { rulesAsOf: SANDBOX_RULES_AS_OF } : {}),
});
const file = SANDBOX_STATE ? keepStateFile(sandbox, SANDBOX_STATE) : null;

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
