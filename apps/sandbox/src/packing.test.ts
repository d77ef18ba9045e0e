import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/*
 * The package as others get it: packed, installed into an empty folder far from here, started. Nothing is taken from the
 * network but the four dependencies, from the registry.
 */
const run = promisify(execFile);
const packer = fileURLToPath(new URL("../packing/pack.mjs", import.meta.url));
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sandbox-package-"));
  const { stdout } = await run(process.execPath, [packer, "--into", folder], { timeout: 60_000 });
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "empty", private: true, type: "module" }));
  const tarball = stdout.trim().split("\n").at(-1) ?? "";
  await run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", tarball], {
    cwd: folder,
    timeout: 90_000,
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const program = () => join(folder, "node_modules/@loket/sandbox/bin/sandbox.mjs");

async function started(args: string[]): Promise<{ child: ChildProcess; url: string; said: () => string }> {
  const child = spawn(process.execPath, [program(), ...args], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      said += chunk.toString();
      const found = /ready in .*: (http:\S+)/.exec(said)?.[1];
      if (found) resolve(found);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", () => reject(new Error(said)));
  });
  return { child, url, said: () => said };
}

describe("the package, installed elsewhere", () => {
  it("starts, shows its pages and takes its options", async () => {
    const state = join(folder, "state.json");
    const args = [
      "--port",
      "0",
      "--seed",
      "9",
      "--state",
      state,
      "--callback-url",
      "http://127.0.0.1:9/hook",
      "--verify-token",
      "v",
    ];
    const { child, url, said } = await started(args);
    const world = await (await fetch(`${url}/_sandbox`)).json();
    expect(world).toMatchObject({ seed: 9, apps: [{ callbackUrl: "http://127.0.0.1:9/hook", verifyToken: "v" }] });
    for (const path of [
      "/",
      "/console",
      "/coverage",
      "/_page/phones.ts",
      "/_page/base.css",
      "/_page/lib/preact.mjs",
      "/_page/inter.woff2",
    ])
      expect([path, (await fetch(url + path)).status]).toEqual([path, 200]);
    const loaded = await run(process.execPath, [
      program(),
      "crowd",
      "--size",
      "1000",
      "--profile",
      "shop",
      "--url",
      url,
    ]);
    expect(loaded.stdout).toMatch(/^1000 people/);
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(said()).not.toMatch(/warning/i);
    const again = await started(["--port", "0", "--state", state]);
    expect((await (await fetch(`${again.url}/_sandbox/crowd`)).json()).size).toBe(1_000);
    again.child.kill("SIGTERM");
  });

  it("is found by npx under its name", async () => {
    const { stdout } = await run("npx", ["--no-install", "@loket/sandbox", "--help"], { cwd: folder });
    expect(stdout).toMatch(/--callback-url/);
  });

  it("does in tests what docs/in-your-tests.md says", async () => {
    const doc = await readFile(new URL("../docs/in-your-tests.md", import.meta.url), "utf8");
    const files = [...doc.matchAll(/```js\n\/\/ (\S+)\n(.*?)```/gs)].map(([, name = "", text = ""]) => ({
      name,
      text,
    }));
    expect(files.map(({ name }) => name)).toEqual(["bot.mjs", "bot.test.mjs", "bot.node-test.mjs"]);
    for (const { name, text } of files) await writeFile(join(folder, name), text);
    await run(process.execPath, ["--test", "bot.node-test.mjs"], { cwd: folder });
    const modules = fileURLToPath(new URL("../../../node_modules/", import.meta.url));
    await symlink(join(modules, "vitest"), join(folder, "node_modules/vitest"), "junction");
    const { VITEST: _ours, ...env } = process.env;
    await run(process.execPath, [join(modules, "vitest/vitest.mjs"), "run", "--root", folder, "bot.test.mjs"], {
      cwd: folder,
      env,
    });
  });

  it("is a library whose types hold", async () => {
    const source = `
      import { createSandbox, instant, manualClock } from "@loket/sandbox";
      const sandbox = await createSandbox({ seed: 7, clock: manualClock(instant(Date.UTC(2026, 10, 22, 8))) });
      const phone = sandbox.phone("+31612345678");
      await phone.says("Hallo");
      const number: string = sandbox.accounts[0]!.numbers[0]!.id;
      await fetch(\`\${sandbox.url}/v25.0/\${number}/messages\`, {
        method: "POST",
        headers: { authorization: \`Bearer \${sandbox.accounts[0]!.token}\`, "content-type": "application/json" },
        body: JSON.stringify({ messaging_product: "whatsapp", to: phone.number, type: "text", text: { body: "Dag" } }),
      });
      await sandbox.advance(1_000);
      const seen = await phone.sees("Dag");
      console.log(seen.type, seen.words);
      await sandbox.close();
    `;
    await writeFile(join(folder, "use.mts"), source);
    const { stdout } = await run(process.execPath, ["--disable-warning=ExperimentalWarning", join(folder, "use.mts")], {
      cwd: folder,
    });
    expect(stdout).toBe("text Dag\n");
    await writeFile(join(folder, "wrong.mts"), source.replace("seen.words", "seen.wards"));
    const compile = (file: string) =>
      run(
        process.execPath,
        [
          fileURLToPath(new URL("../../../node_modules/typescript/bin/tsc", import.meta.url)),
          ...[
            "--noEmit",
            "--strict",
            "--module",
            "nodenext",
            "--target",
            "es2024",
            "--skipLibCheck",
            "false",
            "--types",
            "node",
          ],
          ...[
            "--typeRoots",
            fileURLToPath(new URL("../../../node_modules/@types", import.meta.url)),
            join(folder, file),
          ],
        ],
        { cwd: folder },
      ).then(
        () => "",
        (error) => String(error.stdout),
      ); // prettier-ignore
    expect(await compile("use.mts")).toBe("");
    expect(await compile("wrong.mts")).toMatch(/wards/);
  });
});
