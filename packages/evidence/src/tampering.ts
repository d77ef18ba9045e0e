import { sha256, toBase64url } from "./bytes.ts";
import { parseCanonical } from "./canonical.ts";
import { hashOfManifest, type Manifest, manifestBytes } from "./manifest.ts";
import type { PackPorts } from "./pack.ts";
import { writePack } from "./zip.ts";

/** Files of a pack by path, in their order. For tests and `mutate.ts`, which change them. */
export type PackFiles = Map<string, Uint8Array>;

/** Where a file's contents lie within the archive. */
export interface Extent {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

export function extentsOf(pack: Uint8Array): Extent[] {
  const view = new DataView(pack.buffer, pack.byteOffset, pack.length);
  const extents: Extent[] = [];
  for (let at = 0; view.getUint32(at, true) === 0x0403_4b50; ) {
    const start = at + 30 + view.getUint16(at + 26, true);
    const end = start + view.getUint32(at + 22, true);
    extents.push({ path: Buffer.from(pack.subarray(at + 30, start)).toString(), start, end });
    at = end;
  }
  return extents;
}

export function unpack(pack: Uint8Array): PackFiles {
  return new Map(extentsOf(pack).map(({ path, start, end }) => [path, pack.slice(start, end)]));
}

/** An archive of the files as they are, with headers that fit. */
export function repack(files: PackFiles): Uint8Array {
  return writePack([...files].map(([path, bytes]) => ({ path, bytes })));
}

/**
 * What somebody does who can write files but not sign: the manifest is made to fit again. With `sign` it is signed
 * again as well, which is what the holder of the key could do; then only the log itself can tell.
 */
export async function cover(
  files: PackFiles,
  {
    sign,
    edit = (manifest) => manifest,
  }: { sign?: PackPorts["signManifest"]; edit?: (manifest: Manifest) => Manifest } = {},
): Promise<Uint8Array> {
  const read = parseCanonical(
    Buffer.from(files.get("manifest.json") ?? [])
      .toString()
      .trimEnd(),
  );
  if (!read.ok) throw new Error(read.failure);
  const sorted = [...files]
    .filter(([path]) => !path.startsWith("manifest."))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const listed = sorted.map(([path, bytes]) => ({ path, size: bytes.length, sha256: toBase64url(sha256(bytes)) }));
  const manifest = edit({ ...(read.value as Manifest), files: listed });
  const bytes = manifestBytes(manifest);
  const note =
    sign === undefined ? files.get("manifest.note") : Buffer.from(await sign(manifest.origin, hashOfManifest(bytes)));
  return repack(new Map([["manifest.json", bytes], ["manifest.note", note ?? new Uint8Array()], ...sorted]));
}
