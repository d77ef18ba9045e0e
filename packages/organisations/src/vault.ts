import { createCipheriv, createDecipheriv } from "node:crypto";
import type { Random } from "@loket/kit";

/**
 * Secrets at rest: AES-256-GCM under the installation's key. What a secret belongs to is authenticated with it, so a
 * ciphertext copied to another row does not open there.
 */
export interface Vault {
  seal(secret: string, belongsTo: string): Buffer;
  /** Throws where the key is another one, or the ciphertext was altered or moved. */
  open(sealed: Buffer, belongsTo: string): string;
}

const version = 1;

export function createVault(key: Buffer, random: Random): Vault {
  if (key.length !== 32) throw new RangeError("The key of the vault has 32 bytes.");
  return {
    seal(secret, belongsTo) {
      const nonce = random.fill(new Uint8Array(12));
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(belongsTo));
      return Buffer.concat([
        Buffer.from([version]),
        nonce,
        cipher.update(secret, "utf8"),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
    },
    open(sealed, belongsTo) {
      if (sealed[0] !== version || sealed.length < 29)
        throw new Error("This secret was sealed in a form that is not known here.");
      const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(1, 13)).setAAD(Buffer.from(belongsTo));
      decipher.setAuthTag(sealed.subarray(-16));
      return Buffer.concat([decipher.update(sealed.subarray(13, -16)), decipher.final()]).toString("utf8");
    },
  };
}
