import { hash } from "node:crypto";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { type Verification, verifyPack } from "@loket/evidence/verifier";
import type { PackDocument } from "./document.ts";
import { drawPrint } from "./print.ts";

/*
 * Drawing pages and checking a whole pack keep a processor busy for a while. They do so beside the thread that answers
 * requests, in this same file run as a thread of its own.
 */

type Task =
  | { readonly do: "print"; readonly document: PackDocument; readonly madeAt: number }
  | { readonly do: "verify"; readonly bytes: Uint8Array; readonly trustedKeys: readonly string[] };
type Done = { readonly bytes: Uint8Array } | { readonly verified: Verification } | { readonly failure: string };

export async function printAside(document: PackDocument, madeAt: number): Promise<Uint8Array> {
  const done = await aside({ do: "print", document, madeAt });
  if (!("bytes" in done)) throw new Error("The pages were not drawn.");
  return done.bytes;
}

export async function verifyAside(bytes: Uint8Array, trustedKeys: readonly string[]): Promise<Verification> {
  const done = await aside({ do: "verify", bytes, trustedKeys });
  if (!("verified" in done)) throw new Error("The pack was not checked.");
  return done.verified;
}

function aside(task: Task): Promise<Done> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), {
      env: {},
      execArgv: ["--disable-warning=ExperimentalWarning"],
    });
    worker.once("message", (done: Done) => {
      if ("failure" in done) reject(new Error(done.failure));
      else resolve(done);
      void worker.terminate();
    });
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`The thread ended with ${code}.`)));
    worker.postMessage(task);
  });
}

async function work(task: Task): Promise<Done> {
  try {
    if (task.do === "print") return { bytes: await drawPrint(task.document, new Date(task.madeAt)) };
    const sha256 = (bytes: Uint8Array) => hash("sha256", bytes, "buffer");
    return { verified: await verifyPack(task.bytes, { trustedKeys: task.trustedKeys, sha256 }) };
  } catch (error) {
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

if (!isMainThread && parentPort) {
  const port = parentPort;
  port.once("message", async (task: Task) => port.postMessage(await work(task)));
}
