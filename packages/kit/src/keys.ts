import { hkdfSync } from "node:crypto";

/** Keys made from the installation's one secret: the same purpose and owner give the same key, and no key tells another. */
export interface Keys {
  /** 32 bytes for one `purpose` (say, what it is used for) and whom it `belongsTo` (say, an organisation's id). */
  derive(purpose: string, belongsTo: string): Buffer;
}

const mostKept = 10_000;

/** HKDF with SHA-256 (RFC 5869). `secret` has 32 bytes. */
export function createKeys(secret: Uint8Array): Keys {
  if (secret.length !== 32) throw new RangeError("The secret keys are made from has 32 bytes.");
  const made = new Map<string, Buffer>();
  return {
    derive(purpose, belongsTo) {
      const name = `${purpose}\0${belongsTo}`;
      let key = made.get(name);
      if (key === undefined) {
        key = Buffer.from(hkdfSync("sha256", secret, "loket", name, 32));
        if (made.size >= mostKept) made.clear();
        made.set(name, key);
      }
      return key;
    },
  };
}
