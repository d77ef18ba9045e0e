import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HandOverHold } from "@loket/contract";
import { createTestDatabase, type TestDatabase } from "@loket/database/testing";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Api, apiOf, signIn, startTestLoket, type TestLoket, until } from "../testing.ts";
import { type Shop, startShop } from "../testing-shop.ts";

/**
 * A shop answers somebody; then what was copied or restored of it is started, and must not say a word before somebody
 * has confirmed. What went out, the phone shows.
 */
const token = { authorization: "Bearer loket_test" };
const left: (() => Promise<void> | void)[] = [];
let shop: Shop;
let original: { database: TestDatabase; dataDir: string };
let phone: string;
let conversationId: string;

const newDir = (from?: string): string => {
  const dir = mkdtempSync(join(tmpdir(), "loket-place-"));
  left.push(() => rmSync(dir, { recursive: true, force: true }));
  if (from) cpSync(from, dir, { recursive: true, preserveTimestamps: true });
  return dir;
};
const newDatabase = async (template?: string): Promise<TestDatabase> => {
  const database = await createTestDatabase(template);
  left.push(() => database.drop());
  return database;
};
const start = async (on: typeof original, role: "all" | "web" | "worker" = "all"): Promise<TestLoket> => {
  const at = await startTestLoket({ sandboxUrl: shop.sandbox.url, on, role });
  running.add(at);
  return at;
};
const running = new Set<TestLoket>();
const close = async (at: TestLoket): Promise<void> => {
  running.delete(at);
  await at.close();
};
const apiAt = (at: TestLoket): Api => apiOf(at.url, token);
const holdOf = async (api: Api) => (await api<{ hold: HandOverHold | null }>("GET", "installation/hold")).body.hold;
const confirm = (api: Api, since: string, waiting: "hand-over" | "call-off") =>
  api<{ messages: number; campaigns: number; code?: string }>("POST", "installation/hold/confirm", { since, waiting });
const reply = async (api: Api, text: string) => {
  const answer = await api("POST", `conversations/${conversationId}/messages`, { clientId: text, type: "text", text });
  expect(answer.status).toBe(201);
};
const words = async (): Promise<string[]> =>
  (await shop.sees(phone)).filter(({ from }) => from === "business").map(({ text }) => text);
const sees = (text: string) => until(async () => (await words()).includes(text), `the phone to see "${text}"`);
const readiness = async (at: TestLoket) =>
  (await (await fetch(`${at.url}/readyz`)).json()) as { installation: { joined: boolean; held: number } };
const nameOf = ({ address }: TestDatabase): string => address.database ?? "";

const signedIn = async (at: TestLoket) => ({
  admin: apiOf(at.url, await signIn(at.url, people.admin, shop.organisationId)),
  agent: apiOf(at.url, await signIn(at.url, people.agent, shop.organisationId)),
});
const people = {
  admin: { email: "admin@bakery.example", password: "correct horse" },
  agent: { email: "agent@bakery.example", password: "correct horse" },
};

/** A copy of the whole cluster keeps its number; here only the database is copied, so the number is put right by hand. */
async function copyOf(database: TestDatabase): Promise<TestDatabase> {
  const copy = await newDatabase(nameOf(database));
  await copy.admin.query(
    "update installation.identity set server = (select system_identifier from pg_control_system()) || '/' || (select oid from pg_database where datname = current_database())",
  );
  return copy;
}
beforeAll(async () => {
  original = { database: await createTestDatabase(), dataDir: newDir() };
  shop = await startShop(original);
  phone = shop.newPhone();
  await shop.says(phone, "are you open?");
  conversationId = (await shop.conversationOf(phone)).id;
  await reply(shop.api, "we are");
  await sees("we are");
  await shop.as("admin");
  await shop.as("agent");
  await shop.at.close();
});
afterEach(async () => {
  for (const at of running) await close(at);
});
afterAll(async () => {
  await shop?.sandbox.close();
  await original.database.drop();
  for (const step of left.reverse()) await step();
});

describe("a copy that is started beside the original", () => {
  it("says nothing until an owner or admin has confirmed, and then what they chose", async () => {
    const before = await start(original, "web");
    await reply(apiAt(before), "waits in the original");
    await close(before);
    const copy = { database: await copyOf(original.database), dataDir: newDir(original.dataDir) };
    const [at, again] = await Promise.all([start(copy), start(original)]);
    await sees("waits in the original");
    expect(await holdOf(apiAt(again))).toBeNull();

    const hold = await until(() => holdOf(apiAt(at)), "the hold");
    expect(hold).toMatchObject({ reason: "copied", waiting: { messages: 1, campaigns: 0, people: 0 } });
    expect(hold.foundAt).toContain(copy.dataDir);
    expect((await readiness(at)).installation).toEqual({ joined: true, held: 1 });
    await reply(apiAt(at), "said in the copy");

    const members = await signedIn(at);
    expect((await confirm(members.agent, hold.since, "call-off")).status).toBe(403);
    expect((await confirm(members.admin, new Date(0).toISOString(), "call-off")).body.code).toBe(
      "installation.not-held",
    );
    expect(await holdOf(apiAt(at))).not.toBeNull();
    expect((await confirm(members.admin, hold.since, "call-off")).body).toEqual({ messages: 1, campaigns: 0 });
    await sees("said in the copy");
    expect(await words()).toEqual(["we are", "waits in the original", "said in the copy"]);
    expect(await holdOf(apiAt(at))).toBeNull();

    const entries = await until(async () => {
      const { body } = await members.admin<{ items: { type: string; contents: unknown }[] }>("GET", "evidence/entries");
      const found = body.items.filter(({ type }) => type === "configuration.changed");
      return found.length > 0 && found;
    }, "the entry");
    expect(entries.at(0)?.contents).toMatchObject({ what: "hand-over confirmed", waiting: "call-off", messages: 1 });
    await close(at);
    await close(again);

    // Confirmed once is enough: it is an installation of its own from here on.
    const later = await start(copy);
    expect(await holdOf(apiAt(later))).toBeNull();
    await close(later);
  });
});

describe("another worker on the same database", () => {
  it("is let in where others are at work, and needs their keys", async () => {
    const web = await start(original, "web");
    await reply(apiAt(web), "for the new worker");
    const dataDir = newDir();
    cpSync(join(original.dataDir, "keys.json"), join(dataDir, "keys.json"));
    const worker = await start({ database: original.database, dataDir }, "worker");
    await sees("for the new worker");
    expect(await holdOf(apiAt(web))).toBeNull();
    await close(worker);

    const stranger = await start({ database: original.database, dataDir: newDir() }, "worker");
    await until(async () => stranger.logged.some((line) => line.includes("with other keys")), "the refusal");
    expect(await holdOf(apiAt(web))).toBeNull();
    await close(stranger);
    await close(web);
  });
});

describe("an older database at the same place", () => {
  it("is noticed while Loket runs, before the next message leaves", async () => {
    const at = await start(original);
    await original.database.admin.query("update installation.identity set epoch = 1");
    await reply(apiAt(at), "after it was set back");
    const hold = await until(() => holdOf(apiAt(at)), "the hold");
    expect(hold.reason).toBe("older");
    expect(await words()).not.toContain("after it was set back");
    const { admin } = await signedIn(at);
    await confirm(admin, hold.since, "hand-over");
    await sees("after it was set back");
    await close(at);
  });

  it("hands over again what it thinks still waits only if somebody says so", async () => {
    const first = await start(original, "web");
    await reply(apiAt(first), "once");
    await close(first);
    const backup = await copyOf(original.database);
    const second = await start(original);
    await sees("once");
    await close(second);

    const restored = await start({ database: backup, dataDir: original.dataDir });
    const hold = await until(() => holdOf(apiAt(restored)), "the hold");
    expect(hold).toMatchObject({ reason: "older", waiting: { messages: 1 } });
    expect(Date.parse(hold.waiting.oldestAt ?? "")).toBeLessThan(Date.parse(hold.since));
    expect((await words()).filter((each) => each === "once")).toHaveLength(1);
    const { admin } = await signedIn(restored);
    expect((await confirm(admin, hold.since, "hand-over")).body).toEqual({ messages: 1, campaigns: 0 });
    await until(async () => (await words()).filter((each) => each === "once").length === 2, "what was confirmed");
    await close(restored);
  });
});
