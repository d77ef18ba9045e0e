import { sha256, toBase64, utf8 } from "./bytes.ts";
import { canonical } from "./canonical.ts";

export const packFormat = "loket-evidence-pack/1";

/** The first file of a pack: what it is, and the hash of everything else in it. Canonical JSON and a newline. */
export type Manifest = {
  readonly format: typeof packFormat;
  readonly origin: string;
  /** Why the pack was made, in words. */
  readonly purpose: string;
  /** What its maker says it covers; `null`: everything. A statement, not something a verifier can check. */
  readonly period: { readonly from: string; readonly to: string } | null;
  readonly madeAt: string;
  /** Name and version of the program. */
  readonly madeBy: string;
  readonly termsBook: string | null;
  readonly tree: { readonly size: number; readonly root: string };
  /** `whole`: every entry of the log. `part`: every entry of the subjects named, and others that belong to them. */
  readonly scope: "whole" | "part";
  readonly entries: number;
  /** In a part: how many entries each subject has, and the leaf hash of the last. In a whole log: none. */
  readonly subjects: readonly { readonly subject: string; readonly entries: number; readonly head: string }[];
  /** Every file but manifest.json and manifest.note, in the order in which they are in the archive. */
  readonly files: readonly { readonly path: string; readonly size: number; readonly sha256: string }[];
};

export function manifestBytes(manifest: Manifest): Uint8Array {
  return utf8(`${canonical(manifest)}\n`);
}

/**
 * What the log's key signs to issue a pack. Never the text of a checkpoint, whose second line is a number, so neither
 * signature can be shown as the other.
 */
export function manifestText(origin: string, manifestHash: Uint8Array): string {
  return `loket-evidence-pack/v1\norigin ${origin}\nmanifest ${toBase64(manifestHash)}\n`;
}

export function hashOfManifest(bytes: Uint8Array): Uint8Array {
  return sha256(bytes);
}
