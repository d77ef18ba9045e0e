import { readFile } from "node:fs/promises";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, givenSandbox } from "./given.ts";

afterEach(closeAll);

/** Rows of the README's coverage table: a call in backticks and how well it is imitated. */
async function coverage(): Promise<{ method: string; path: string; imitated: string }[]> {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  return [...readme.matchAll(/^\| `(GET|POST|DELETE) (\/\S+)`\s+\| (yes|part|no)\b/gm)].map(
    ([, method = "", path = "", imitated = ""]) => ({ method, path, imitated }),
  );
}

describe("the coverage table in the README", () => {
  it("says of every call whether it is there", async () => {
    const given = await givenSandbox();
    const world = (await given.control("GET", "")).body;
    const [template] = (await given.control("GET", "/templates")).body.items;
    await given.personWrites({ type: "image" });
    const media = given.subscriber.values()[0]?.messages[0].image.id;
    const ids: Record<string, string> = {
      number: given.number.id,
      account: given.accountId,
      app: given.sandbox.app.id,
      portfolio: world.accounts[0].portfolioId,
      template: template.id,
      media,
    };
    const rows = await coverage();
    expect(rows.length).toBeGreaterThan(40);
    for (const { method, path, imitated } of rows) {
      const url = path.replace(/\{(\w+)\}/g, (whole, noun: string) => ids[noun] ?? whole);
      const { error } = (await given.graph(method, `/v25.0${url}`, method === "GET" ? undefined : {})).body;
      const absent =
        error?.error_subcode === 33 || error?.code === 2500 || /nonexisting field/.test(error?.message ?? "");
      expect([method, path, absent ? "no" : imitated]).toEqual([method, path, imitated]);
    }
  });
});
