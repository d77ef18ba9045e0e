import { describe, expect, it } from "vitest";
import { checkpointText, cosign, cosignedAt, parseCheckpoint } from "./checkpoint.ts";
import {
  checkSignature,
  fingerprintOf,
  formatKey,
  formatNote,
  keyIdOf,
  type NoteKey,
  parseKey,
  parseNote,
  publicKeyOf,
  signText,
} from "./note.ts";
import { knownKey } from "./testing.ts";
import { emptyRoot } from "./tree.ts";

const name = "loket.example/log";
const privateKey = knownKey("note test");
const key: NoteKey = { name, use: "note", publicKey: publicKeyOf(privateKey) };
const text = checkpointText({ origin: name, size: 0, root: emptyRoot() });
const signed = formatNote({ text, signatures: [signText(text, name, privateKey)] });

function read(note: string) {
  const parsed = parseNote(note);
  if (!parsed.ok) throw new Error(parsed.failure);
  return parsed.value;
}

describe("signed notes", () => {
  it("are read as other programs write them", () => {
    // The example with which Go's sumdb/note documents itself.
    const known = parseKey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    const note =
      "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n" +
      "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    if (known === null) throw new Error("the key was not read");
    expect(checkSignature(read(note), known)).toBe("good");
    expect(checkSignature(read(note.replace("answer", "anwser")), known)).toBe("bad");
    expect(formatNote(read(note))).toBe(note);
  });

  it("keep signatures of keys nobody knows, and are spoilt by a wrong one of a known key", () => {
    const stranger = signText(text, "stranger.example", knownKey("stranger"));
    const note = read(signed);
    const more = read(formatNote({ text, signatures: [stranger, ...note.signatures] }));
    expect(more.signatures).toHaveLength(2);
    expect(checkSignature(more, key)).toBe("good");
    expect(checkSignature(more, { ...key, name: "other.example" })).toBe("absent");
    const forged = { ...stranger, name, keyId: keyIdOf(key) };
    expect(checkSignature({ text, signatures: [...note.signatures, forged] }, key)).toBe("bad");
  });

  it.each([
    ["no signature", "text\n\n"],
    ["no empty line", "text\n— a AAAAAAA=\n"],
    ["no newline at the end", signed.trimEnd()],
    ["a control character", signed.replace("loket", "lo\tket")],
    ["a hyphen for a dash", signed.replace("—", "-")],
    ["two spaces", signed.replace(`— ${name} `, `— ${name}  `)],
    ["other padding", signed.replace(/=*\n$/, "\n")],
    ["bits that mean nothing", signed.replace(/.=\n$/, "B=\n")],
  ])("are refused with %s", (_, note) => {
    expect(parseNote(note).ok).toBe(false);
  });

  it("come with keys that are read only as they are written", () => {
    const line = formatKey(key);
    expect(parseKey(line)).toEqual(key);
    for (const wrong of [
      "",
      line.replace("+", " "),
      line.replace(/.$/, "x"),
      `${line}\n`,
      line.replace("loket", "locket"),
    ]) {
      expect(parseKey(wrong)).toBeNull();
    }
    expect(fingerprintOf(key.publicKey)).toMatch(/^([0-9a-f]{4} ){15}[0-9a-f]{4}$/);
  });
});

describe("checkpoints", () => {
  it("say which log, how large and which root", () => {
    const checkpoint = parseCheckpoint(signed);
    expect(checkpoint).toMatchObject({ ok: true, value: { origin: name, size: 0, root: emptyRoot() } });
  });

  it.each([
    ["a size with a zero before it", text.replace("\n0\n", "\n00\n")],
    ["a size beyond 2^53", text.replace("\n0\n", "\n9007199254740992\n")],
    ["a negative size", text.replace("\n0\n", "\n-1\n")],
    ["a short root", text.replace(/\n[^\n]+\n$/, "\nAAAA\n")],
    ["an extension", `${text}more\n`],
    ["an origin with a space", text.replace("loket", "lo ket")],
  ])("are refused with %s", (_, text) => {
    expect(parseCheckpoint(formatNote({ text, signatures: [signText(text, name, privateKey)] })).ok).toBe(false);
  });

  it("are witnessed with the time", () => {
    const witness = knownKey("witness test");
    const witnessKey: NoteKey = { name: "witness.example", use: "cosignature", publicKey: publicKeyOf(witness) };
    const cosignature = cosign(text, 1_679_315_147, "witness.example", witness);
    const note = read(formatNote({ text, signatures: [...read(signed).signatures, cosignature] }));
    expect(cosignedAt(note, witnessKey)).toBe(1_679_315_147);
    expect(cosignedAt(read(signed), witnessKey)).toBeNull();
    const later = { ...cosignature, signature: Uint8Array.from(cosignature.signature).fill(9, 7, 8) };
    expect(cosignedAt({ text, signatures: [later] }, witnessKey)).toBeNull();
    expect(parseKey(formatKey(witnessKey))).toEqual(witnessKey);
  });
});
