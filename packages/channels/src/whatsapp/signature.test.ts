import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerHandshake } from "./handshake.ts";
import { sign, verify } from "./signature.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

/** As the platform writes JSON: slashes escaped, everything beyond ASCII as \uXXXX. */
function asPlatform(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll("/", "\\/")
    .replace(/[\u0080-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

describe("a signature", () => {
  it("holds over exactly the bytes it was made over", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string({ minLength: 1 }), (body, secret) => {
        expect(verify(body, sign(body, secret), secret)).toBe(true);
      }),
    );
  });

  it("fails for any flipped bit in body, header or secret", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 100 }),
        fc.string({ minLength: 1 }),
        fc.nat(),
        fc.nat(7),
        (body, secret, at, bit) => {
          const header = sign(body, secret);
          const flipped = Uint8Array.from(body);
          flipped[at % body.length] = (flipped[at % body.length] ?? 0) ^ (1 << bit);
          expect(verify(flipped, header, secret)).toBe(false);
          const letters = Buffer.from(header, "latin1");
          letters[at % letters.length] = (letters[at % letters.length] ?? 0) ^ (1 << bit);
          expect(verify(body, letters.toString("latin1"), secret)).toBe(false);
          expect(verify(body, header, `${secret}x`)).toBe(false);
        },
      ),
    );
  });

  it("verifies bodies in the platform's own spelling, and not their re-written twin", () => {
    const body = { text: "Zoë 👍 https://cedar.example/a" };
    const raw = asPlatform(body);
    const header = sign(bytes(raw), "secret");
    expect(raw).toContain("\\/");
    expect(raw).toContain("\\ud83d");
    expect(verify(bytes(raw), header, "secret")).toBe(true);
    expect(verify(bytes(JSON.stringify(JSON.parse(raw))), header, "secret")).toBe(false);
  });

  it.each([undefined, "", "sha256=", "sha1=0000", "sha256=zz", "é", `sha256=${"0".repeat(64)}`, "0".repeat(71)])(
    "is not the header %j",
    (header) => expect(verify(bytes("{}"), header, "secret")).toBe(false),
  );

  it("never holds with an empty secret", () => expect(verify(bytes("{}"), sign(bytes("{}"), ""), "")).toBe(false));

  it("is the documented HMAC", () => {
    expect(sign(bytes("what do ya want for nothing?"), "Jefe")).toBe(
      "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", // RFC 4231, case 2
    );
  });
});

describe("the handshake", () => {
  const query = (members: Record<string, string>) => new URLSearchParams(members);
  const right = { "hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": "token" };
  it("is answered with the challenge", () => {
    expect(answerHandshake(query(right), "token")).toEqual({ status: 200, body: "1158201444" });
  });
  it.each([
    [{ ...right, "hub.verify_token": "other" }, 403],
    [{ "hub.mode": "subscribe", "hub.challenge": "1" }, 403],
    [{ ...right, "hub.mode": "unsubscribe" }, 400],
    [{ "hub.mode": "subscribe", "hub.verify_token": "token" }, 400],
  ])("is refused for %j", (members, status) => expect(answerHandshake(query(members), "token").status).toBe(status));
  it("is refused while no token is set", () => {
    expect(answerHandshake(query({ ...right, "hub.verify_token": "" }), "").status).toBe(403);
  });
});
