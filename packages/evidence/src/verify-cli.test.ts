import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { makePack } from "./pack.ts";
import { verifierPage } from "./page.ts";
import { packInput, sampleKeys, sampleLog } from "./testing.ts";
import { verifyPack } from "./verifier.ts";
import { verifyCommand } from "./verify-cli.ts";

const folder = mkdtempSync(join(tmpdir(), "verify-"));
const file = join(folder, "pack.zip");
const log = sampleLog({ size: 9 });
const bytes = await (await makePack(await packInput(log, { erased: [1] }), log.ports)).bytes();
writeFileSync(file, bytes);
const fingerprint = (await verifyPack(bytes)).facts?.fingerprint ?? "";
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => void vi.unstubAllGlobals());

async function run(...args: string[]): Promise<{ code: number; printed: string }> {
  const lines: string[] = [];
  const code = await verifyCommand(args, (line) => lines.push(line));
  return { code, printed: lines.join("\n") };
}

describe("the command", () => {
  it("says what is proven and what is not, in three languages", async () => {
    const english = await run(file);
    expect(english.code).toBe(0);
    expect(english.printed).toContain("VALID");
    expect(english.printed).toContain(fingerprint);
    expect(english.printed).toContain("erased entries said (1)");
    expect((await run(file, "--lang", "nl")).printed).toContain("Niet bewezen:");
    expect((await run(file, "--lang", "de")).printed).toContain("GÜLTIG");
    const json = JSON.parse((await run(file, "--json")).printed);
    expect(json).toMatchObject({ result: "valid", facts: { entries: 9, erased: 1 } });
  });

  it("believes only the keys it is given, in any of their forms", async () => {
    const [line] = sampleKeys.log;
    const key = Buffer.from(line.split("+").slice(2).join("+"), "base64").subarray(1);
    for (const form of [
      fingerprint,
      fingerprint.replaceAll(" ", "").toUpperCase(),
      line,
      key.toString("base64"),
      key.toString("base64url"),
    ]) {
      const { code, printed } = await run(file, "--key", form);
      expect(code).toBe(0);
      expect(printed).toContain("is one you trust");
      expect(printed).not.toContain("Whose key it is");
    }
    const other = await run(file, "--key", "0".repeat(64));
    expect(other.code).toBe(1);
    expect(other.printed).toContain("none of those you trust");
    expect(await run(file, "--key", "nonsense")).toMatchObject({
      code: 2,
      printed: expect.stringContaining("Not a key"),
    });
  });

  it("ends with 1 for what is wrong and 2 for what could not be checked", async () => {
    const wrong = join(folder, "wrong.zip");
    writeFileSync(wrong, Uint8Array.from(bytes).fill(7, 500, 501));
    expect((await run(wrong)).code).toBe(1);
    expect((await run(join(folder, "absent.zip"))).code).toBe(2);
    expect((await run()).printed).toContain("Use: verify FILE");
    expect((await run(file, "--lang", "fr")).code).toBe(2);
    vi.stubGlobal("crypto", undefined);
    const { code, printed } = await run(file);
    expect(code).toBe(2);
    expect(printed).toContain("Could not check: no signature");
    expect(printed).not.toContain("issued this pack");
    expect((await run(wrong)).code).toBe(1);
  });
});

describe("the page", () => {
  const page = verifierPage();

  it("needs nothing but itself and says so to the browser", () => {
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/(src|href)=|https?:|\burl\(|@import|\bfetch\(/);
    for (const heading of ["What is not proven", "Wat niet bewezen is", "Was nicht bewiesen ist"])
      expect(page).toContain(heading);
  });

  it("holds the verifier as it is now, and that judges packs", async () => {
    const script = /<script type="module">([\s\S]*)\nconst pageWords/.exec(page)?.[1] ?? "";
    expect(script).toContain("export async function verifyPack");
    const own = { crypto, TextEncoder, TextDecoder, Uint8Array };
    const verify: typeof verifyPack = runInNewContext(`${script.replaceAll(/^export /gm, "")}; verifyPack`, own);
    expect(JSON.stringify(await verify(bytes, { language: "nl" }))).toBe(
      JSON.stringify(await verifyPack(bytes, { language: "nl" })),
    );
    expect((await verify(Uint8Array.from(bytes).fill(7, 500, 501))).result).toBe("invalid");
  });

  it("has a script without errors of form", () => {
    const script = /<script type="module">([\s\S]*)<\/script>/.exec(page)?.[1] ?? "";
    expect(() => new Function(script.replaceAll(/^export /gm, ""))).not.toThrow();
  });
});
