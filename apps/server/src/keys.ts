import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The keys of this installation, made once and kept beside its data, readable by its owner alone. */
export function installationKeys(dataDir: string): { auth: string; vault: Buffer } {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, "keys.json");
  if (!existsSync(file)) {
    writeFileSync(
      file,
      JSON.stringify({ auth: randomBytes(32).toString("base64url"), vault: randomBytes(32).toString("base64url") }),
      { mode: 0o600, flag: "wx" },
    );
  }
  const keys = JSON.parse(readFileSync(file, "utf8")) as { auth: string; vault: string };
  return { auth: keys.auth, vault: Buffer.from(keys.vault, "base64url") };
}
