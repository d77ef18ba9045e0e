import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

/**
 * Every road out, by the code that makes it: who may begin a send, who may hand one over, who may speak to a platform.
 * A new place in one of these lists is a new road, and needs its own proof that the terms book stands in it.
 */
const root = fileURLToPath(new URL("..", import.meta.url));

const sources = ["apps", "packages"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$|testing/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !/node_modules|\/dist\//.test(path) && !path.startsWith("apps/sandbox/")),
);

const placesOf = (pattern: RegExp) =>
  sources.filter((path) => pattern.test(readFileSync(join(root, path), "utf8"))).sort();

it.each([
  ["queues a delivery", /insert into delivery\s*\(/i, ["packages/delivery/src/enqueue.ts"]],
  ["begins an attempt", /insert into attempt\s*\(/i, ["packages/delivery/src/hand-over.ts"]],
  ["hands over to a channel", /from "@loket\/channels\/sending"/, ["packages/delivery/src/dispatch.ts"]],
  ["speaks to the platform of WhatsApp", /\.sendMessage\(/, ["packages/channels/src/sending.ts"]],
  [
    "asks for a send",
    /\benqueue(Batch)?\b[^;]*from "@loket\/delivery"/,
    [
      "packages/conversations/src/confirm-opt-out.ts",
      "packages/conversations/src/reply.ts",
      "packages/newsletters/src/tend.ts",
    ],
  ],
] as const)("what %s is in one place, behind the terms book", (_what, pattern, places) => {
  expect(placesOf(pattern)).toEqual(places);
});
