import { systemRandom } from "@loket/kit";
import { describe, expect, it } from "vitest";
import { readStamp, stampRequest } from "./timestamp.ts";

/** An answer of `openssl ts -reply` over SHA-256 of "a checkpoint\n", and the nonce it was asked with. */
const answer = Buffer.from(
  "MIICoDADAgEAMIIClwYJKoZIhvcNAQcCoIICiDCCAoQCAQMxDzANBglghkgBZQMEAgEFADBtBgsqhkiG9w0BCRABBKBeBFwwWgIBAQYEKgMEAT" +
    "AxMA0GCWCGSAFlAwQCAQUABCCvPyEYFiLQXrY3Xrsw5iu+mPhUHHeK4uzt0K8zPEOlBAIBAxgPMjAyNjExMjIxMjIxMjNaAghZQBDjgYrLCTGC" +
    "Af0wggH5AgEBMCswEzERMA8GA1UEAwwIVGVzdCBUU0ECFG9uGob9Y0PwLhainBDs48gYuk/aMA0GCWCGSAFlAwQCAQUAoIGkMBoGCSqGSIb3DQ" +
    "EJAzENBgsqhkiG9w0BCRABBDAcBgkqhkiG9w0BCQUxDxcNMjYxMTIyMTIyMTIzWjAvBgkqhkiG9w0BCQQxIgQgHH3VPC8oSZWha8D0XX0Bx3zB" +
    "HfGMppLqbYBlrM38Bb0wNwYLKoZIhvcNAQkQAi8xKDAmMCQwIgQg7wFtA99MNk59yKeyaU9LZLvASZVuAm65vgGPegY32F4wDQYJKoZIhvcNAQ" +
    "EBBQAEggEAkgaAmAtYwfgub8pBOwQVtFckau19FM1i7XNczwnro9megQQxOhWs3nDkMPfFF2O6XmllKiddO7tlQfT5NXjyPircOF6S3/caW6qQ" +
    "NUiwn5+x/Ci9gJHHMBxc01Xs8JBoCOqZYWpYPXsTsfhtR8j5EgPB2Z2sZlcWBjudDfcUE6/e8DBb0zVbpCYWUfGgbDbnQKHNKGSS6jBE1PiqpL" +
    "VgXHxnhnYQDRfZIDDzzhNM1CiXRvlzC7By8ICMDX0JwsoumXUzSJnEejlbuHHLkS6TpDEvMmr/0+SjXztv5VNP6/fV3tQz+SdDkOy+GxwnSbZF" +
    "HalOdvAC2Uek6jEXOmxqSQ==",
  "base64",
);
const asked = {
  imprint: Buffer.from("af3f21181622d05eb6375ebb30e62bbe98f8541c778ae2ecedd0af333c43a504", "hex"),
  nonce: Buffer.from("594010e3818acb09", "hex"),
};

describe("a time stamp", () => {
  it("is asked for as openssl asks, byte by byte", () => {
    const random = {
      fill(bytes: Uint8Array) {
        bytes.set(asked.nonce);
        return bytes;
      },
    };
    const request = stampRequest(Buffer.from("a checkpoint\n"), random);
    // openssl leaves out the wish for a certificate where none is asked for; apart from that it is the same.
    const theirs = Buffer.from(
      "30430201013031300d060960864801650304020105000420af3f21181622d05eb6375ebb30e62bbe98f8541c778ae2ecedd0af333c43a5040208594010e3818acb090101ff",
      "hex",
    );
    expect(Buffer.from(request.bytes)).toEqual(theirs);
    expect(Buffer.from(request.imprint)).toEqual(asked.imprint);
  });

  it("is taken where it is on what was asked", () => {
    expect(readStamp(answer, asked)).toMatchObject({ ok: true, value: { time: expect.stringMatching(/^20\d{12}Z$/) } });
  });

  it("is refused where it is on something else, answers another question, or is none", () => {
    const other = Buffer.from(asked.imprint).fill(1, 0, 1);
    expect(readStamp(answer, { ...asked, imprint: other })).toEqual({
      ok: false,
      failure: "The stamp is on something else.",
    });
    expect(readStamp(answer, { ...asked, nonce: Buffer.alloc(8, 7) })).toMatchObject({ ok: false });
    expect(readStamp(Buffer.from("30053003020102", "hex"), asked)).toMatchObject({ ok: false });
    for (let length = 0; length < answer.length; length++)
      expect(readStamp(answer.subarray(0, length), asked).ok, `${length} bytes`).toBe(false);
  });

  it("never throws, whatever comes back", () => {
    for (let round = 0; round < 2_000; round++) {
      const bytes = Uint8Array.from(answer);
      const at = Math.floor(systemRandom.fraction() * bytes.length);
      bytes[at] = Math.floor(systemRandom.fraction() * 256);
      expect(() => readStamp(bytes, asked)).not.toThrow();
    }
  });
});
