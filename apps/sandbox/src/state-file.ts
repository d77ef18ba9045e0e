import { readFile, rename, writeFile } from "node:fs/promises";
import type { Sandbox } from "./index.ts";

/** The snapshot kept in `path`, or `null` where there is none yet. */
export async function readStateFile(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/**
 * Keeps `path` in step with the sandbox: written aside and renamed, shortly after a change. Writing a large state takes its
 * time, so the pause between two writes is at least twenty times as long as the last one took.
 */
export function keepStateFile(sandbox: Sandbox, path: string): { finish(): Promise<void> } {
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();
  let pauseMs = 300;

  async function save(): Promise<void> {
    const startedAt = performance.now();
    await writeFile(`${path}.new`, sandbox.snapshot());
    await rename(`${path}.new`, path);
    pauseMs = Math.max(300, 20 * (performance.now() - startedAt));
  }
  const saveLater = (): void => {
    timer ??= setTimeout(() => {
      timer = null;
      writing = writing.then(save).catch((error: unknown) => console.error("The state could not be saved:", error));
    }, pauseMs);
  };
  const stop = sandbox.listen(saveLater);
  return {
    async finish() {
      stop();
      if (timer) clearTimeout(timer);
      await writing;
      await save().catch((error: unknown) => console.error("The state could not be saved:", error));
    },
  };
}
