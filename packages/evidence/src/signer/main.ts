/**
 * The signer as a program: `node packages/evidence/src/signer/main.ts --state DIR --name ORIGIN`. One request per line on
 * standard input, one answer per line on standard output, in the order asked; ends when its input ends. What may be
 * asked is in README.md.
 */
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { isOrigin } from "../entry.ts";
import { createAnswerer } from "./answer.ts";
import { openState } from "./state.ts";

const { values } = parseArgs({ options: { state: { type: "string" }, name: { type: "string" } } });
if (values.state === undefined || values.name === undefined || !isOrigin(values.name)) {
  console.error(
    "Use: main.ts --state DIR --name ORIGIN, e.g. --state /var/lib/loket-signer --name loket.example/evidence",
  );
  process.exit(2);
}

const state = openState(values.state);
process.on("exit", state.release);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(0));
const answer = createAnswerer({
  name: values.name,
  logKey: state.logKey,
  witnessKey: state.witnessKey,
  memory: state.memory,
  nowSeconds: () => Math.floor(Date.now() / 1000),
});

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(answerLine(line))}\n`);
}

function answerLine(line: string): object {
  let request: unknown;
  try {
    request = JSON.parse(line);
  } catch {
    return { ok: false, reason: "malformed", words: "The line is not JSON." };
  }
  const id = typeof request === "object" && request !== null && "id" in request ? { id: request.id } : {};
  try {
    return { ...id, ...answer(request) };
  } catch (error) {
    // A disk that does not take the state, or a state that is not ours: no signature leaves, and the asker hears why.
    return { ...id, ok: false, reason: "broken", words: error instanceof Error ? error.message : String(error) };
  }
}
