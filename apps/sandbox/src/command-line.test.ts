import { describe, expect, it } from "vitest";
import { readCommandLine } from "./command-line.ts";

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
    { args: ["crowd"], code: 2, says: /--size/ },
    { args: ["crowds"], code: 2, says: /crowds/ },
  ])("says $says to $args", ({ args, code, says }) => {
    expect(read(args)).toEqual({ do: "say", code, text: expect.stringMatching(says) });
  });
});
