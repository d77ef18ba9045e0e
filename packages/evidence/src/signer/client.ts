import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { fail, ok, type Result } from "@loket/kit";
import { toBase64url } from "../bytes.ts";
import type { TreeHead } from "../checkpoint.ts";
import type { Refusal } from "./sign-core.ts";

export type { Refusal, RefusalReason } from "./sign-core.ts";
export { putAside } from "./state.ts";

/** A signer running as a child process. Requests are answered in order; those left when it ends reject. */
export interface Signer {
  /** The key of a log, and the key with which this signer witnesses the logs of others, as lines `name+id+key`. */
  logKey(origin: string): Promise<Result<string, Refusal>>;
  witnessKey(): Promise<string>;
  /** The checkpoint it last signed for a log: from its size the next proof starts. */
  last(origin: string): Promise<string | null>;
  /** Signs if `proof` (from `last`, see `consistencyProof`) shows that nothing was changed. Gives the signed note. */
  checkpoint(head: TreeHead, proof: readonly Uint8Array[]): Promise<Result<string, Refusal>>;
  /** Signs the hash of a pack's manifest. Gives `manifest.note`. */
  manifest(origin: string, manifestHash: Uint8Array): Promise<Result<string, Refusal>>;
  /** From now on witnesses the log with this key. */
  trust(key: string): Promise<Result<true, Refusal>>;
  /** The checkpoint it last witnessed of somebody else's log. */
  witnessed(origin: string): Promise<string | null>;
  /** Gives the checkpoint with a cosignature added. */
  cosign(checkpoint: string, proof: readonly Uint8Array[]): Promise<Result<string, Refusal>>;
  /** Lets it finish what it was asked and end. */
  stop(): Promise<void>;
  /** Its process id, and a promise for its end with the reason in words. */
  readonly pid: number;
  readonly ended: Promise<string>;
}

interface Waiting {
  resolve(answer: Readonly<Record<string, unknown>>): void;
  reject(error: Error): void;
}

/** Starts a signer over its own folder (made, with keys, on first start). Rejects where it does not come up. */
export async function startSigner(options: { readonly state: string; readonly name: string }): Promise<Signer> {
  const program = fileURLToPath(new URL("./main.ts", import.meta.url));
  // Nothing of our environment is passed on: what is secret there is none of its business.
  const child = spawn(process.execPath, [program, "--state", options.state, "--name", options.name], {
    env: {},
    stdio: ["pipe", "pipe", "pipe"],
  });
  const waiting: Waiting[] = [];
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-2_000);
  });
  createInterface({ input: child.stdout }).on("line", (line) => waiting.shift()?.resolve(JSON.parse(line)));
  child.stdin.on("error", () => {}); // told by its end
  const ended = new Promise<string>((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code, signal) => resolve(`The signer ended (${signal ?? code}). ${complaint}`.trim()));
  });
  let end: string | null = null;
  void ended.then((reason) => {
    end = reason;
    for (const one of waiting.splice(0)) one.reject(new Error(reason));
  });

  function ask(verb: string, fields: object = {}): Promise<Readonly<Record<string, unknown>>> {
    return new Promise((resolve, reject) => {
      if (end !== null) return reject(new Error(end));
      waiting.push({ resolve, reject });
      child.stdin.write(`${JSON.stringify({ do: verb, ...fields })}\n`);
    });
  }
  async function askFor(field: string, verb: string, fields: object = {}): Promise<Result<string, Refusal>> {
    const answer = await ask(verb, fields);
    if (answer.ok === true) return ok(String(answer[field]));
    if (answer.reason === "broken") throw new Error(String(answer.words));
    return fail({ reason: answer.reason as Refusal["reason"], words: String(answer.words) });
  }
  async function recall(verb: string, origin: string): Promise<string | null> {
    const { checkpoint } = await ask(verb, { origin });
    return typeof checkpoint === "string" ? checkpoint : null;
  }

  const { witness } = await ask("keys");
  return {
    logKey: (origin) => askFor("key", "key", { origin }),
    witnessKey: async () => String(witness),
    last: (origin) => recall("last", origin),
    witnessed: (origin) => recall("witnessed", origin),
    checkpoint: ({ origin, size, root }, proof) =>
      askFor("checkpoint", "checkpoint", { origin, size, root: toBase64url(root), proof: proof.map(toBase64url) }),
    manifest: (origin, manifestHash) => askFor("note", "manifest", { origin, hash: toBase64url(manifestHash) }),
    async trust(key) {
      const answer = await askFor("ok", "trust", { key });
      return answer.ok ? ok(true) : answer;
    },
    cosign: (checkpoint, proof) => askFor("checkpoint", "cosign", { checkpoint, proof: proof.map(toBase64url) }),
    async stop() {
      child.stdin.end();
      await ended;
    },
    pid: child.pid ?? 0,
    ended,
  };
}
