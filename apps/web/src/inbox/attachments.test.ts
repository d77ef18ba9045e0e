import { expect, test } from "vitest";
import { checkFile } from "./attachments.ts";

test.each([
  ["image/jpeg", 5_000_000, { ok: true, kind: "image" }],
  ["image/jpeg", 5_000_001, { ok: false, reason: "too-large", limitBytes: 5_000_000 }],
  ["audio/ogg; codecs=opus", 10, { ok: true, kind: "audio" }],
  ["application/pdf", 100_000_000, { ok: true, kind: "document" }],
  ["image/gif", 10, { ok: false, reason: "wrong-type" }],
  ["", 10, { ok: false, reason: "wrong-type" }],
  ["text/plain", 0, { ok: false, reason: "empty" }],
])("a file of type %s and %i bytes over WhatsApp", (type, size, answer) => {
  expect(checkFile("whatsapp", { type, size })).toEqual(answer);
});

test("another channel takes any kind", () => {
  expect(checkFile("email", { type: "application/zip", size: 10 })).toEqual({ ok: true, kind: "document" });
});
