import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

/** The command as people call it: from any folder, on files of that folder, with an exit code a script can use. */
const command = fileURLToPath(new URL("../bin/loket.mjs", import.meta.url));
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "loket-command-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const loket = (...words: string[]) =>
  new Promise<{ code: number; said: string }>((resolve) =>
    execFile(process.execPath, [command, ...words], { cwd: folder }, (error, out, err) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, said: out + err }),
    ),
  );

const written = (lastInboundAt: string) =>
  writeFileSync(
    join(folder, "request.json"),
    JSON.stringify({
      request: { channel: "whatsapp", kind: "reply", payload: "free-form" },
      facts: { recipient: { region: "NL" }, lastInboundAt, suppressions: [], consents: [] },
      at: "2026-11-10T10:00:00Z",
    }),
  );

it("judges a send that a file describes", async () => {
  written("2026-11-09T10:00:00Z");
  const late = await loket("judge", "request.json", "--lang", "nl");
  expect(late.said).toContain("Vrije tekst alleen binnen 24 uur");
  expect(late.code).toBe(3);
});

it("says what is wrong with a command that is not there, and with a file that is not", async () => {
  expect(await loket("fly")).toMatchObject({ code: 2, said: expect.stringContaining("There is no command fly") });
  const none = await loket("evidence", "verify", "none.zip");
  expect(none.code).toBe(2);
  expect(none.said).toContain("none.zip");
});
