import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MediaStore } from "@loket/conversations";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createBucketStore, createDiskStore } from "./media-store.ts";

/** The least of an S3-compatible storage: objects by path, and its own word for what is not there. */
const objects = new Map<string, { bytes: Buffer; type: string }>();
const storage = createServer((request, response) => {
  const path = new URL(request.url ?? "/", "http://storage").pathname;
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    if (!request.headers.authorization?.startsWith("AWS4-HMAC-SHA256")) return response.writeHead(403).end();
    if (request.method === "PUT") {
      objects.set(path, { bytes: Buffer.concat(chunks), type: request.headers["content-type"] ?? "" });
      return response.writeHead(200, { etag: '"1"' }).end();
    }
    const object = objects.get(path);
    if (!object)
      return response
        .writeHead(404, { "content-type": "application/xml" })
        .end('<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>none</Message></Error>');
    return response
      .writeHead(200, { "content-type": object.type, "content-length": object.bytes.length })
      .end(object.bytes);
  });
});

const stores: [string, () => MediaStore][] = [];
const dir = mkdtempSync(join(tmpdir(), "loket-store-"));

beforeAll(async () => {
  process.env.AWS_ACCESS_KEY_ID = "test";
  process.env.AWS_SECRET_ACCESS_KEY = "test";
  await new Promise<void>((resolve) => storage.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  storage.closeAllConnections();
  storage.close();
  rmSync(dir, { recursive: true, force: true });
});
stores.push(
  ["a folder", () => createDiskStore(dir)],
  [
    "a bucket",
    () =>
      createBucketStore({
        bucket: "media",
        endpoint: `http://127.0.0.1:${(storage.address() as AddressInfo).port}`,
        region: "auto",
      }),
  ],
);

describe.each(stores)("%s", (_name, open) => {
  const key = "0190aaaa-0000-7000-8000-000000000001/0190aaaa-0000-7000-8000-000000000002";
  it("gives back what was put, byte for byte", async () => {
    const bytes = Buffer.from([0, 255, 10, 13, 0]);
    await open().put(key, bytes, "image/png");
    expect(Buffer.from((await open().get(key)) ?? [])).toEqual(bytes);
  });
  it("has nothing under a key nobody used", async () => {
    expect(await open().get(key.replace("2", "3"))).toBeNull();
  });
});

it("a folder is not left by a key that climbs out of it", async () => {
  await expect(createDiskStore(dir).put("../outside", Buffer.from("x"), "text/plain")).rejects.toThrow();
  await expect(createDiskStore(dir).get("a/../../b")).rejects.toThrow();
});
