import { describe, expect, it } from "vitest";
import { errorEntries, errorEntry, explainError, readFailure } from "./errors.ts";

/** What an agent can meet between pressing send and the first status. */
const metWhenSending =
  "0 10 33 190 368 130497 131031 4 130429 131048 131056 131057 131064 1 2 100 130472 131000 131008 131009 131016 131021 131026 131030 131037 131042 131045 131047 131049 131050 131051 131052 131053 131062 135000 137000 132000 132001 132005 132007 132008 132012 132015 132016 132018".split(
    " ",
  );

describe("the table of errors", () => {
  const entries = errorEntries();

  it("says everything about every code, each once", () => {
    expect(entries.length).toBeGreaterThanOrEqual(130);
    expect(new Set(entries.map(({ code }) => code)).size).toBe(entries.length);
    for (const { code, title, meaning, advice, retry, waitMs } of entries) {
      expect(code).toMatch(/^\d+$/);
      for (const text of [title, meaning.en, advice]) expect(text.trim(), code).not.toBe("");
      expect(meaning.en, code).toMatch(/\.$/);
      // Who must wait is told for how long.
      if (retry === "after" || retry === "backoff") expect(waitMs, code).toBeGreaterThan(0);
      else expect(waitMs, code).toBeUndefined();
    }
  });

  it.each(metWhenSending)("explains %s to an agent in her own language", (code) => {
    const meaning = errorEntry(code)?.meaning;
    expect(meaning?.nl, `${code} nl`).toBeTruthy();
    expect(meaning?.de, `${code} de`).toBeTruthy();
    expect(new Set([explainError(code, "en"), explainError(code, "nl"), explainError(code, "de")]).size).toBe(3);
  });

  it("knows ranges, and says so where it knows nothing", () => {
    expect(errorEntry(274)).toMatchObject({ code: "274", reason: "unauthorised" });
    expect(errorEntry(130403)).toBeNull();
    expect(explainError(130403, "nl")).toContain("130403");
    expect(explainError("constructor", "en")).toContain("constructor");
    expect(explainError(138012, "de")).toBe(explainError(138012, "en"));
  });

  it.each([
    [131026, "never"],
    [131047, "fix"],
    [131049, "after"],
    [131050, "never"],
    [131048, "never"],
    [130429, "backoff"],
    [131056, "after"],
    [132015, "after"],
    [132016, "never"],
    [190, "never"],
    [368, "never"],
  ])("%i: %s", (code, retry) => expect(errorEntry(code)?.retry).toBe(retry));

  it("waits a day before it asks a capped person again", () => expect(errorEntry(131049)?.waitMs).toBe(86_400_000));
});

describe("an error object", () => {
  it.each([
    [
      { code: 131009, message: "(#131009) No", error_data: { details: "Sticker must be webp" }, fbtrace_id: "A" },
      { reason: "invalid", code: "131009", title: "(#131009) No", detail: "Sticker must be webp", traceId: "A" },
    ],
    [
      { code: 100, message: "No", error_data: "plain" },
      { code: "100", detail: "plain" },
    ],
    [{ code: 100, message: "No", error_user_msg: "Nee." }, { detail: "Nee." }],
    [
      { code: "131026", title: "Undeliverable", message: "x" },
      { reason: "undeliverable", title: "Undeliverable" },
    ],
    [{ code: 190 }, { title: "Access token expired or invalid" }],
    [{ code: 5_000_000 }, { reason: "other", title: "Error 5000000" }],
    [undefined, { reason: "other", code: "unknown" }],
    [[], { reason: "other" }],
  ])("%j", (raw, expected) => expect(readFailure(raw)).toMatchObject(expected));
});
