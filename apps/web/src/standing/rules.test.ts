import type { RuleDescribed } from "@loket/contract";
import { describe, expect, test } from "vitest";
import { groupRules, sectionWords } from "./rules.ts";

const rule = (id: string, differences: Partial<RuleDescribed> = {}): RuleDescribed => ({
  id,
  title: `Title of ${id}`,
  explanation: "What it says.",
  section: id.split(".").slice(0, 2).join("."),
  clause: "Art. 1",
  source: ["A law"],
  confidence: "high",
  verdict: "refuse",
  inForce: true,
  overridable: false,
  reviewed: "2026-11-22",
  isStale: false,
  appliesTo: { channel: null, transport: null, payload: null, kind: null, region: null },
  specialises: [],
  remedies: [],
  versions: [],
  firedCount: 0,
  ...differences,
});
const book = [
  rule("nl.tw117.a", { explanation: "Reclame vraagt één toestemming." }),
  rule("nl.tw117.b", { inForce: false }),
  rule("core.c", { section: "core", verdict: "hold", confidence: "low", firedCount: 3 }),
  rule("core.d", { section: "core", isStale: true }),
];
const ids = (filter: Parameters<typeof groupRules>[1]) =>
  groupRules(book, filter).flatMap((group) => group.rules.map((one) => one.id));

describe("the filter of the terms book", () => {
  test.each([
    [{}, ["nl.tw117.a", "core.c", "core.d"]],
    [{ show: "all" as const }, ["nl.tw117.a", "nl.tw117.b", "core.c", "core.d"]],
    [{ show: "fired" as const }, ["core.c"]],
    [{ show: "weak" as const }, ["core.c"]],
    [{ show: "stale" as const }, ["core.d"]],
    [{ q: "EEN  toestemming" }, ["nl.tw117.a"]],
    [{ q: "tw117.a" }, ["nl.tw117.a"]],
    [{ q: "nothing like it" }, []],
    [{ section: "core", verdict: "hold" as const }, ["core.c"]],
  ])("%o", (filter, expected) => {
    expect(ids(filter)).toEqual(expected);
  });
});

test("sections have names people know", () => {
  expect(sectionWords("nl.tw117", "nl")).toBe("Nederland · TW117");
  expect(sectionWords("uk.pecr22", "de")).toBe("Vereinigtes Königreich · PECR22");
  expect(sectionWords("eu.gdpr", "en")).toBe("European Union · GDPR");
  expect(sectionWords("telegram.bot", "en")).toBe("Telegram · bot");
  expect(sectionWords("whatsapp.goods", "de")).toBe("WhatsApp · beschränkte Waren");
});
