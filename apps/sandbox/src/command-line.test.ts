import { afterEach, describe, expect, it } from "vitest";
import { readCommandLine, type Settings, whyNotStarted } from "./command-line.ts";
import { closeAll, givenSandbox } from "./given.ts";
import { createSandbox, type SandboxOptions } from "./index.ts";

afterEach(closeAll);

const read = (args: string[], env: Record<string, string> = {}) => readCommandLine(args, env, "1.2.3");

describe("the command line", () => {
  it("comes before the environment, which comes before the defaults", () => {
    const env = { SANDBOX_PORT: "5000", SANDBOX_SEED: "3", SANDBOX_STATE: "" };
    expect(read(["--port", "0", "--callback-url", "http://127.0.0.1:1/"], env)).toMatchObject({
      do: "serve",
      settings: {
        port: 0,
        seed: 3,
        state: null,
        host: "127.0.0.1",
        callbackUrl: "http://127.0.0.1:1/",
        verifyToken: null,
      },
    });
  });

  it("loads a crowd", () => {
    expect(read(["crowd", "--size", "100000", "--profile", "shop"])).toEqual({
      do: "crowd",
      url: "http://127.0.0.1:4401",
      crowd: { size: 100_000, profile: "shop" },
    });
  });

  it.each([
    { args: ["--help"], code: 0, says: /--callback-url/ },
    { args: ["crowd", "--help"], code: 0, says: /--profile/ },
    { args: ["--version"], code: 0, says: /1\.2\.3/ },
    { args: ["--prot", "1"], code: 2, says: /--prot/ },
    { args: ["--port", "x"], code: 2, says: /whole number/ },
    { args: ["--port", "65536"], code: 2, says: /65535/ },
    { args: ["--callback-url", "localhost:8080"], code: 2, says: /http\(s\) URL/ },
    { args: ["--rules-as-of", "soon"], code: 2, says: /such as 2024-06-01/ },
    { args: ["crowd"], code: 2, says: /--size/ },
    { args: ["crowds"], code: 2, says: /crowds/ },
  ])("says $says to $args", ({ args, code, says }) => {
    expect(read(args)).toEqual({ do: "say", code, text: expect.stringMatching(says) });
  });

  const settings: Settings = {
    port: 4401,
    host: "127.0.0.1",
    seed: 1,
    logLimit: 10,
    state: "world.json",
    callbackUrl: null,
    verifyToken: null,
    rulesAsOf: null,
    mediaLinks: null,
  };
  const refusalOf = (options: SandboxOptions) =>
    createSandbox(options).then(
      () => null,
      (error: unknown) => error,
    );

  it("says why the sandbox did not start, where somebody can do something about it", async () => {
    const { sandbox } = await givenSandbox();
    const taken = await refusalOf({ port: Number(new URL(sandbox.url).port) });
    expect(whyNotStarted(taken, settings)).toMatch(/Port 4401 is taken.*--port/);
    for (const snapshot of ["{", "{}", '{"state":{"serial":1,"messages":{}}}'])
      expect(whyNotStarted(await refusalOf({ snapshot }), settings)).toMatch(/world\.json can not be gone on from: /);
    expect(whyNotStarted(await refusalOf({ host: "192.0.2.1" }), settings)).toMatch(/no address of this machine/);
    expect(whyNotStarted(new RangeError("ours"), settings)).toBeNull();
  });
});
