import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parseCheckpoint, type TreeHead } from "../checkpoint.ts";
import { checkSignature, parseKey } from "../note.ts";
import { knownKey, tileStore } from "../testing.ts";
import { consistencyProof, rootAt } from "../tiles.ts";
import { hashLeaf } from "../tree.ts";
import { createAnswerer, type Memory } from "./answer.ts";
import { type Signer, startSigner } from "./client.ts";
import { admit } from "./sign-core.ts";

const name = "loket.example/evidence";
const origin = `${name}/one`;
const store = tileStore();
const otherStore = tileStore();
store.append(Array.from({ length: 3_000 }, (_, index) => hashLeaf(Buffer.from(`entry ${index}`))));
otherStore.append(
  Array.from({ length: 3_000 }, (_, index) => hashLeaf(Buffer.from(index === 3 ? "changed" : `entry ${index}`))),
);
const headAt = async (size: number, from = store): Promise<TreeHead> => ({
  origin,
  size,
  root: await rootAt(size, from.readTile),
});
const proof = (old: number, size: number, from = store): Promise<Uint8Array[]> =>
  consistencyProof(old, size, from.readTile);

const folders: string[] = [];
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "signer-"));
  folders.push(folder);
  return join(folder, "state");
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe("what may be signed", () => {
  it("is what continues the last tree", async () => {
    const last = await headAt(10);
    expect(admit(null, last, [])).toEqual({ ok: true, value: "first" });
    expect(admit(last, last, [])).toEqual({ ok: true, value: "same" });
    expect(admit(last, await headAt(25), await proof(10, 25))).toEqual({ ok: true, value: "grown" });
    const reasons = [
      admit(last, await headAt(9), []),
      admit(last, await headAt(10, otherStore), []),
      admit(last, await headAt(25, otherStore), await proof(10, 25, otherStore)),
      admit(last, await headAt(25), await proof(9, 25)),
      admit(last, { ...last, size: 0 }, []),
    ].map((result) => (result.ok ? null : result.failure.reason));
    expect(reasons).toEqual(["smaller", "forked", "inconsistent", "inconsistent", "malformed"]);
  });

  it("waits until the state is on disk: where that fails, no signature leaves", async () => {
    const memory: Memory = {
      recall: () => null,
      remember: () => {
        throw new Error("disk full");
      },
    };
    const parts = { name, memory, logKey: knownKey("l"), witnessKey: knownKey("w"), nowSeconds: () => 0 };
    const head = await headAt(3);
    const request = {
      do: "checkpoint",
      origin,
      size: 3,
      root: Buffer.from(head.root).toString("base64url"),
      proof: [],
    };
    expect(() => createAnswerer(parts)(request)).toThrow("disk full");
  });
});

describe("the signer as a program", () => {
  it("signs what grows, refuses an older copy put in its place, also after a new start, and says why", async () => {
    const state = newFolder();
    let signer = await startSigner({ state, name });
    const key = await signer.logKey(origin);
    if (!key.ok) throw new Error(key.failure.words);
    const noteKey = parseKey(key.value);
    expect(noteKey?.name).toBe(origin);
    const signed = await signer.checkpoint(await headAt(100), []);
    const grown = await signer.checkpoint(await headAt(300), await proof(100, 300));
    for (const note of [signed, grown]) {
      const read = note.ok ? parseCheckpoint(note.value) : note;
      if (!read.ok || noteKey === null) throw new Error("nothing was signed");
      expect(checkSignature(read.value.note, noteKey)).toBe("good");
    }
    expect(await signer.checkpoint(await headAt(300), [])).toEqual(grown);
    await signer.stop();

    signer = await startSigner({ state, name });
    expect(await signer.logKey(origin)).toEqual(key);
    expect(await signer.last(origin)).toBe(grown.ok ? grown.value : null);
    expect(await signer.checkpoint(await headAt(100), [])).toMatchObject({
      failure: {
        reason: "smaller",
        words: expect.stringContaining("had 300 entries when it was last signed, and is said to have 100"),
      },
    });
    const refused = await signer.checkpoint(await headAt(400, otherStore), await proof(300, 400, otherStore));
    expect(refused).toMatchObject({ ok: false, failure: { reason: "inconsistent" } });
    expect(await signer.checkpoint({ ...(await headAt(5)), origin: "elsewhere.example" }, [])).toMatchObject({
      failure: { reason: "not-mine" },
    });
    expect(await signer.checkpoint(await headAt(400), await proof(300, 400))).toMatchObject({ ok: true });
    const other = await signer.checkpoint({ ...(await headAt(2)), origin: `${name}/two` }, []);
    expect(other.ok).toBe(true);
    await signer.stop();
  });

  it("keeps its keys to itself, one process per folder, and notices a state that is not its own", async () => {
    const state = newFolder();
    const signer = await startSigner({ state, name });
    expect(statSync(join(state, "log.key")).mode & 0o777).toBe(0o600);
    expect(statSync(join(state, "witness.key")).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(state, "log.key"), "utf8")).not.toBe(readFileSync(join(state, "witness.key"), "utf8"));
    await expect(startSigner({ state, name })).rejects.toThrow("is in use by process");
    await signer.checkpoint(await headAt(10), []);
    const [file = ""] = readdirSync(join(state, "signed"));
    const note = readFileSync(join(state, "signed", file), "utf8");
    writeFileSync(join(state, "signed", file), note.replace("\n10\n", "\n9\n"));
    await expect(signer.checkpoint(await headAt(11), await proof(10, 11))).rejects.toThrow("not one this key signed");
    await signer.stop();
    chmodSync(join(state, "log.key"), 0o644);
    await expect(startSigner({ state, name })).rejects.toThrow("can be read by others");
  });

  it("killed at any moment has what it answered on disk, and signs on from there", async () => {
    const state = newFolder();
    let answered = 0;
    for (let round = 0; round < 12; round++) {
      const signer = await startSigner({ state, name });
      const last = parseCheckpoint((await signer.last(origin)) ?? "");
      const size = last.ok ? last.value.size : 0;
      expect(size).toBeGreaterThanOrEqual(answered);
      if (size > 0) expect(last.ok && last.value.root).toEqual((await headAt(size)).root);
      const asked = growth(signer, size, (reached) => {
        answered = reached;
      });
      await new Promise((resolve) => setTimeout(resolve, 5 + round * 3));
      process.kill(signer.pid, "SIGKILL");
      await signer.ended;
      await asked;
    }
    expect(answered).toBeGreaterThan(0);
    const signer = await startSigner({ state, name });
    expect(readdirSync(join(state, "signed")).length).toBe(1);
    const forked = await signer.checkpoint(await headAt(2_999, otherStore), await proof(answered, 2_999, otherStore));
    expect(forked.ok).toBe(false);
    await signer.stop();
  });

  /** Asks for one checkpoint after another, without waiting, until the signer ends. */
  async function growth(signer: Signer, from: number, onAnswer: (size: number) => void): Promise<void> {
    const asked: Promise<unknown>[] = [];
    for (let size = from; size < from + 200; size++) {
      const [head, growing] = [await headAt(size + 1), await proof(size, size + 1)];
      asked.push(
        signer
          .checkpoint(head, growing)
          .then((answer) => answer.ok && onAnswer(size + 1))
          .catch(() => {}),
      );
    }
    await Promise.all(asked);
  }

  it("witnesses the log of another, and not one that forks", async () => {
    const [logSigner, witness] = await Promise.all([
      startSigner({ state: newFolder(), name }),
      startSigner({ state: newFolder(), name: "witness.example" }),
    ]);
    const key = await logSigner.logKey(origin);
    const first = await logSigner.checkpoint(await headAt(10), []);
    if (!key.ok || !first.ok) throw new Error("nothing was signed");
    expect(await witness.cosign(first.value, [])).toMatchObject({ failure: { reason: "unknown-log" } });
    expect(await witness.trust(key.value)).toEqual({ ok: true, value: true });
    const cosigned = await witness.cosign(first.value, []);
    const read = cosigned.ok ? parseCheckpoint(cosigned.value) : cosigned;
    if (!read.ok) throw new Error("nothing was witnessed");
    expect(read.value.note.signatures.map((one) => one.name)).toEqual([origin, "witness.example/witness"]);
    expect(await witness.witnessed(origin)).toBe(first.value);

    // The log's own signer forgot everything: with a fresh memory and the same key it would sign a fork.
    const second = await logSigner.checkpoint(await headAt(20), await proof(10, 20));
    if (!second.ok) throw new Error(second.failure.words);
    expect(await witness.cosign(second.value, await proof(10, 20))).toMatchObject({ ok: true });
    expect(await witness.cosign(first.value, [])).toMatchObject({ failure: { reason: "smaller" } });
    expect(await witness.cosign(second.value.replace("\n20\n", "\n21\n"), [])).toMatchObject({
      failure: { reason: "unsigned" },
    });
    await Promise.all([logSigner.stop(), witness.stop()]);
  });

  it("answers nonsense with words", async () => {
    const memory: Memory = { recall: () => null, remember: () => {} };
    const parts = { name, memory, logKey: knownKey("l"), witnessKey: knownKey("w"), nowSeconds: () => 0 };
    const answer = createAnswerer(parts);
    for (const request of [
      null,
      7,
      {},
      { do: "constructor" },
      { do: "checkpoint", origin },
      { do: "manifest", origin },
    ]) {
      expect(answer(request)).toMatchObject({ ok: false, reason: "malformed" });
    }
    expect(answer({ do: "manifest", origin: "elsewhere", hash: "" })).toMatchObject({ reason: "not-mine" });
    expect(answer({ do: "checkpoint", origin: `${name}/witness` })).toMatchObject({ reason: "not-mine" });
    expect(answer({ do: "trust", key: "x" })).toMatchObject({ reason: "malformed" });
  });
});
