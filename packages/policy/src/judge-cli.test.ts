import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { judgeCommand } from "./judge-cli.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "loket-judge-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function judge(body: unknown, ...args: string[]): Promise<{ code: number; said: string }> {
  const file = join(folder, "request.json");
  writeFileSync(file, typeof body === "string" ? body : JSON.stringify(body));
  const lines: string[] = [];
  const code = await judgeCommand([file, ...args], (line) => lines.push(line), {
    now: () => Date.parse("2026-11-10T10:00:00Z"),
  });
  return { code, said: lines.join("\n") };
}

const reply = {
  request: { channel: "whatsapp", kind: "reply", payload: "free-form" },
  facts: { recipient: { region: "NL" }, suppressions: [], consents: [] },
};

describe("judge", () => {
  it("says in words what is refused, why, since when and what else can be done, in three languages", async () => {
    const late = { ...reply, facts: { ...reply.facts, lastInboundAt: "2026-11-08T10:00:00Z" } };
    const { code, said } = await judge(late);
    expect(code).toBe(3);
    expect(said).toMatch(/^Not sent\n/);
    expect(said).toContain("whatsapp.cloud.service-window-24h");
    expect(said).toContain("2018-08-01");
    expect(said).toContain("- Send an approved template");
    expect((await judge(late, "--lang", "nl")).said).toMatch(/^Niet verstuurd\n/);
    expect((await judge(late, "--lang", "de")).said).toMatch(/^Nicht gesendet\n/);
  });

  it("lets go what may go, and gives the wire's form to programs", async () => {
    const open = { ...reply, facts: { ...reply.facts, lastInboundAt: "2026-11-10T09:00:00Z" } };
    expect((await judge(open)).code).toBe(0);
    const { said } = await judge(open, "--json");
    expect(JSON.parse(said)).toMatchObject({ outcome: "allow", at: "2026-11-10T10:00:00.000Z" });
  });

  it("holds what lacks facts when asked to be as strict as a send", async () => {
    const open = { ...reply, facts: { ...reply.facts, lastInboundAt: "2026-11-10T09:00:00Z" } };
    const { code, said } = await judge(open, "--strict");
    expect(code).toBe(3);
    expect(said).toContain("core.facts-missing");
  });

  it("judges as of any day", async () => {
    const newsletter = {
      request: { channel: "whatsapp", kind: "newsletter", template: { category: "marketing", status: "APPROVED" } },
      facts: {},
    };
    const before = await judge(newsletter, "--at", "2020-11-01T10:00:00Z");
    const now = await judge(newsletter, "--at", "2026-11-01T10:00:00Z");
    expect(before.said).toContain("whatsapp.policy.transactional-only");
    expect(now.said).not.toContain("whatsapp.policy.transactional-only");
  });

  it("reads standard input", async () => {
    const lines: string[] = [];
    const code = await judgeCommand(["-"], (line) => lines.push(line), {
      now: () => Date.parse("2026-11-10T10:00:00Z"),
      standardInput: async () => JSON.stringify(reply),
    });
    expect([code, lines.length]).toEqual([3, 1]);
  });

  it.each([
    ["{", "This is not JSON"],
    [{ request: { channel: "pigeon", kind: "reply" } }, "is not one of"],
    [{ request: { ...reply.request, colour: "red" } }, "Unknown field"],
    [[], "Send an object"],
  ])("says what is wrong with %j", async (body, words) => {
    const { code, said } = await judge(body);
    expect(code).toBe(2);
    expect(said).toContain(words);
  });

  it("says how it is used", async () => {
    const lines: string[] = [];
    expect(await judgeCommand([], (line) => lines.push(line), { now: () => 0 })).toBe(2);
    expect(await judgeCommand(["nowhere.json"], (line) => lines.push(line), { now: () => 0 })).toBe(2);
    expect(lines[0]).toMatch(/^Use: judge FILE/);
    expect(lines[1]).toContain("nowhere.json");
  });
});
