import { minuteMs, secondMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox } from "./given.ts";
import type { Download } from "./index.ts";
import type { Body } from "./platform/state.ts";

afterEach(closeAll);

const png = Buffer.from("iVBORw0KGgo=", "base64");
const link = "https://korenaar.example/broden.png";

/** A sandbox that fetches links from a table instead of the network, and what it asked for. */
async function givenFetching(files: Record<string, Partial<Download>>): Promise<{ given: Given; asked: string[] }> {
  const asked: string[] = [];
  const given = await givenSandbox({
    mediaLinks: "fetch",
    async download(url) {
      asked.push(url);
      const file = files[url];
      if (!file) throw new Error("ECONNREFUSED");
      return { status: 200, statusText: "OK", type: "image/png", size: png.length, bytes: png, ...file };
    },
  });
  await given.personWrites();
  return { given, asked };
}

const image = (url = link): Body => ({ type: "image", image: { link: url } });

async function sent(given: Given, content: Body): Promise<Body[]> {
  const id = await given.send(content);
  await given.sandbox.advance(secondMs);
  return given.statusesOf(id);
}

describe("a link that is fetched", () => {
  it("is on the phone as a file", async () => {
    const { given } = await givenFetching({ [link]: {} });
    expect((await sent(given, image())).map(({ status }) => status)).toEqual(["sent", "delivered"]);
    const { items } = (await given.control("GET", "/phones/31612345678/messages")).body;
    const shown = items.at(-1).image;
    expect(shown.link).toBe(link);
    const file = await fetch(`${given.sandbox.url}/_sandbox/media/${shown.id}`);
    expect(Buffer.from(await file.arrayBuffer())).toEqual(png);
    expect((await given.graph("GET", `/${shown.id}`)).status).toBe(400);
  });

  it("is kept for ten minutes, and asked for once by many", async () => {
    const { given, asked } = await givenFetching({ [link]: {} });
    await given.send(image());
    await given.send(image());
    await given.sandbox.advance(9 * minuteMs);
    await sent(given, image());
    expect(asked).toEqual([link]);
    await given.sandbox.advance(2 * minuteMs);
    await sent(given, image());
    expect(asked).toEqual([link, link]);
  });

  it.each([
    ["is not there", { status: 404, statusText: "Not Found" }, "http code 404"],
    ["is a page", { type: "text/html; charset=utf-8" }, "text/html"],
    ["is too large", { bytes: new Uint8Array(5 * 1024 * 1024 + 1) }, "larger than"],
    ["is larger than anything may be", { size: 200 * 1024 * 1024 }, "larger than"],
    ["does not answer", null, "without an answer"],
  ])("fails with 131053 when the file %s", async (_, file, words) => {
    const { given } = await givenFetching(file === null ? {} : { [link]: file });
    expect(await sent(given, image())).toMatchObject([
      { status: "failed", errors: [{ code: 131053, error_data: { details: expect.stringContaining(words) } }] },
    ]);
  });

  it("is asked for again when the world comes back from a snapshot", async () => {
    let answer: (() => void) | undefined;
    const slow = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const file = { status: 200, statusText: "OK", type: "image/png", size: png.length, bytes: png };
    const given = await givenSandbox({ mediaLinks: "fetch", download: () => slow.then(() => file) });
    await given.personWrites();
    const id = await given.send(image());
    const advanced = given.sandbox.advance(secondMs);
    await new Promise((resolve) => setImmediate(resolve));
    const snapshot = given.sandbox.snapshot();
    answer?.();
    await advanced;
    const another = await givenSandbox({ snapshot, download: async () => file });
    await another.sandbox.advance(secondMs);
    expect((await another.control("GET", `/messages/${encodeURIComponent(id)}`)).body.status).toBe("delivered");
  });
});

describe("a link that is trusted", () => {
  it("is not asked for", async () => {
    const asked: string[] = [];
    const given = await givenSandbox({
      async download(url) {
        asked.push(url);
        throw new Error("never");
      },
    });
    await given.personWrites();
    expect((await sent(given, image())).map(({ status }) => status)).toEqual(["sent", "delivered"]);
    expect(asked).toEqual([]);
    await given.control("PUT", "/settings", { mediaLinks: "fetch" });
    expect(await sent(given, image())).toMatchObject([{ status: "failed" }]);
    expect((await given.control("PUT", "/settings", { mediaLinks: "perhaps" })).status).toBe(400);
  });
});
