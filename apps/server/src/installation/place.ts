import { createHash, createHmac, randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, realpathSync, renameSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join, relative } from "node:path";
import type { Place } from "@loket/database";
import { z } from "zod";
import type { Config } from "../config.ts";

/**
 * What the installation knows of itself outside its database, in LOKET_DATA_DIR:
 *
 *   installation.json   made once and never written again, so that its number in the file system and the time it was
 *                       made tell this directory from a copy of it
 *   installation.seen   the highest epoch seen, by installation; where the signer of the evidence has a directory of
 *                       its own, there too, for the case that this one is set back together with the database
 */
export interface PlaceKeeper {
  read(): Place;
  /** Remembers that the installation was seen at this epoch. Never goes back. */
  remember(id: string, epoch: number): void;
}

const memory = z.record(z.string(), z.number().int().nonnegative());

export function keepPlace(config: Config, vaultKey: Buffer): PlaceKeeper {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const files = [config.dataDir, ...(isApart(config) ? [config.signerDir] : [])].map((dir) =>
    join(dir, "installation.seen"),
  );
  return {
    read: () => ({
      place: config.place === null ? placeOf(config.dataDir) : `named ${config.place}`,
      name: config.place ?? `${realpathSync(config.dataDir)} (${hostname()})`,
      keysMark: createHmac("sha256", vaultKey).update("mark of the installation's keys").digest("base64url"),
      seen: highest(files.map(readMemory)),
    }),
    remember(id, epoch) {
      for (const file of files) {
        const known = readMemory(file);
        if ((known[id] ?? 0) >= epoch) continue;
        const draft = `${file}.${process.pid}`;
        writeFileSync(draft, JSON.stringify({ ...known, [id]: epoch }), { mode: 0o600 });
        renameSync(draft, file);
      }
    },
  };
}

/** Only a worker has the signer; and a directory inside of ours remembers nothing that ours does not. */
function isApart({ role, dataDir, signerDir }: Config): boolean {
  if (role === "web" || !relative(dataDir, signerDir).startsWith("..")) return false;
  mkdirSync(signerDir, { recursive: true, mode: 0o700 });
  return true;
}

/**
 * A copy on another machine, at another path, or by another file of the same name is another place. What is copied with
 * everything, a whole machine as an image, is the same place.
 */
function placeOf(dataDir: string): string {
  const file = join(dataDir, "installation.json");
  try {
    writeFileSync(file, JSON.stringify({ made: randomUUID() }), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const { ino, birthtimeMs } = statSync(file, { bigint: true });
  const parts = [machineId(), realpathSync(dataDir), ino, birthtimeMs, readFileSync(file, "utf8")];
  return createHash("sha256").update(parts.join("\n")).digest("base64url");
}

/** Of the operating system's installation (machine-id(5)); empty where there is none, as in many containers. */
function machineId(): string {
  try {
    return readFileSync("/etc/machine-id", "utf8").trim();
  } catch {
    return "";
  }
}

/** A file that is absent or was cut off remembers nothing; the other one, and the place, speak for themselves. */
function readMemory(file: string): Record<string, number> {
  try {
    return memory.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return {};
  }
}

function highest(memories: readonly Record<string, number>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const each of memories) for (const [id, epoch] of Object.entries(each)) sum[id] = Math.max(sum[id] ?? 0, epoch);
  return sum;
}
