import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, givenSandbox } from "../src/given.ts";
import { checks } from "./checks.ts";
import { misfit } from "./match.ts";
import { dryList, type Options, runChecks } from "./run.ts";

afterEach(closeAll);

const program = fileURLToPath(new URL("./run.ts", import.meta.url));

async function givenOptions(): Promise<Options> {
  const given = await givenSandbox();
  return {
    baseUrl: given.sandbox.url,
    version: "v25.0",
    token: given.token,
    number: given.number.id,
    to: "31612345678",
    kinds: ["reads", "sends", "changes"],
    run: "test",
  };
}

describe("the conformance suite", () => {
  it("holds of the sandbox, whole", async () => {
    const outcomes = await runChecks(await givenOptions(), () => {});
    expect(outcomes.filter(({ result }) => result !== "as documented").map(({ problem }) => problem)).toEqual([]);
    expect(outcomes).toHaveLength(checks.length);
  });

  it("is a program: it sends and changes nothing unless told to, and says so line by line", async () => {
    const given = await givenSandbox();
    const { stdout } = await promisify(execFile)(process.execPath, [
      program,
      ...["--base-url", given.sandbox.url, "--token", given.token, "--number", given.number.id, "--to", "31612345678"],
    ]);
    const skipped = checks.filter(({ kind }) => kind !== "reads").length;
    expect(stdout).toContain("ok   asks for a token\n");
    expect(stdout).toContain("skip accepts a text (needs --send)\n");
    expect(stdout).toContain(
      `${checks.length} checks: ${checks.length - skipped} as documented, 0 not, ${skipped} skipped.`,
    );
    const { items } = (await given.control("GET", "/phones/31612345678/messages")).body;
    expect(items).toEqual([]);
  });

  it("lists what it would send, and finds out what is no such API", async () => {
    const options = await givenOptions();
    expect(dryList({ ...options, kinds: ["sends"] }).join("\n")).toContain(
      `POST /${options.number}/messages {"messaging_product":"whatsapp","recipient_type":"individual","to":"31612345678","type":"text"`,
    );
    const other = createServer((_, response) => response.end("Hello")).listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const baseUrl = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const outcomes = await runChecks({ ...options, baseUrl, account: "1" }, () => {});
    other.close();
    expect(new Set(outcomes.map(({ result }) => result))).toEqual(new Set(["not as documented"]));
  });

  it.each<[unknown, Parameters<typeof misfit>[1], string | null]>([
    [{ id: "1", more: 2 }, { id: "string" }, null],
    [{ id: 1 }, { id: "string" }, "answer.id is 1, not string"],
    [{}, { id: "string" }, "answer has no id"],
    [{ data: [] }, { data: ["object"] }, "answer.data is [], not a list with something in it"],
    [{ data: [{ id: "x" }, {}] }, { data: [{ id: "=x" }] }, "answer.data[1] has no id"],
    ["wamid.x", "/^wamid/", null],
    [null, "object", "answer is null, not object"],
  ])("%j against %j: %s", (value, pattern, problem) => {
    expect(misfit(value, pattern)).toBe(problem);
  });
});
