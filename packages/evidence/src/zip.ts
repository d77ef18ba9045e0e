import { crc32 } from "node:zlib";
import { concat, utf8 } from "./bytes.ts";

/**
 * ZIP files in which every byte follows from the contents (PKWARE APPNOTE 6.3, §4.3): entries stored and not compressed,
 * the date 1980-01-01 00:00, no extra fields, no comments, no gaps, the order as given. Whoever has the files can make
 * the same archive, and a reader can compare it byte for byte. Limits: 65,534 files, 4 GiB - 1 byte in all (no ZIP64).
 */

export interface PackFile {
  /** Segments of letters, digits and `. _ -` with `/` between them. */
  readonly path: string;
  readonly size: number;
  readonly crc32: number;
  /** May be called more than once and gives the same bytes. */
  chunks(): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

const pathShape = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;
const mostFiles = 65_534;
const mostBytes = 0xffff_ffff;
const localBytes = 30;
const centralBytes = 46;
const endBytes = 22;
const oldestVersion = 20;
/** 1980-01-01, the first day ZIP can write: year 0, month 1, day 1. */
const date = 0x0021;

/** A file from bytes in memory. */
export function packFile(path: string, bytes: Uint8Array): PackFile {
  return { path, size: bytes.length, crc32: crc32(bytes), chunks: () => [bytes] };
}

/** The archive as one piece. Throws a `RangeError` for names or sizes the format has no place for. */
export function writePack(files: readonly { readonly path: string; readonly bytes: Uint8Array }[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const measured = files.map(({ path, bytes }) => packFile(path, bytes));
  const offsets = offsetsOf(measured);
  for (const [index, { bytes }] of files.entries()) parts.push(localHeader(at(measured, index)), bytes);
  parts.push(...directory(measured, offsets));
  return concat(...parts);
}

/** The archive piece by piece, for what does not fit in memory. Throws where a file changed since it was measured. */
export async function* streamPack(files: readonly PackFile[]): AsyncGenerator<Uint8Array> {
  const offsets = offsetsOf(files);
  for (const file of files) {
    yield localHeader(file);
    let size = 0;
    let sum = 0;
    for await (const chunk of file.chunks()) {
      size += chunk.length;
      sum = crc32(chunk, sum);
      yield chunk;
    }
    if (size !== file.size || sum !== file.crc32) throw new Error(`${file.path} changed while it was being packed.`);
  }
  for (const part of directory(files, offsets)) yield part;
}

/** Size of the archive in bytes. */
export function packSize(files: readonly PackFile[]): number {
  const perFile = (file: PackFile): number => localBytes + centralBytes + 2 * file.path.length + file.size;
  return files.reduce((size, file) => size + perFile(file), endBytes);
}

function offsetsOf(files: readonly PackFile[]): number[] {
  if (files.length > mostFiles) throw new RangeError(`A pack holds at most ${mostFiles} files.`);
  if (packSize(files) > mostBytes) throw new RangeError("A pack holds at most 4 GiB. Make one per period.");
  const seen = new Set<string>();
  let offset = 0;
  return files.map((file) => {
    if (!pathShape.test(file.path) || file.path.length > 200)
      throw new RangeError(`"${file.path}" is no name for a file.`);
    if (seen.has(file.path)) throw new RangeError(`There are two files ${file.path}.`);
    seen.add(file.path);
    const own = offset;
    offset += localBytes + file.path.length + file.size;
    return own;
  });
}

function localHeader(file: PackFile): Uint8Array {
  const header = new DataView(new ArrayBuffer(localBytes));
  header.setUint32(0, 0x0403_4b50, true);
  common(header, 4, file);
  return concat(new Uint8Array(header.buffer), utf8(file.path));
}

function directory(files: readonly PackFile[], offsets: readonly number[]): Uint8Array[] {
  const parts = files.map((file, index) => {
    const header = new DataView(new ArrayBuffer(centralBytes));
    header.setUint32(0, 0x0201_4b50, true);
    header.setUint16(4, oldestVersion, true);
    common(header, 6, file);
    header.setUint32(42, at(offsets, index), true);
    return concat(new Uint8Array(header.buffer), utf8(file.path));
  });
  const end = new DataView(new ArrayBuffer(endBytes));
  end.setUint32(0, 0x0605_4b50, true);
  end.setUint16(8, files.length, true);
  end.setUint16(10, files.length, true);
  end.setUint32(
    12,
    parts.reduce((size, part) => size + part.length, 0),
    true,
  );
  end.setUint32(
    16,
    files.reduce((size, file) => size + localBytes + file.path.length + file.size, 0),
    true,
  );
  return [...parts, new Uint8Array(end.buffer)];
}

/** The 24 bytes that local and central headers share, from "version needed" to "extra field length". */
function common(header: DataView, start: number, file: PackFile): void {
  header.setUint16(start, oldestVersion, true);
  header.setUint16(start + 8, date, true);
  header.setUint32(start + 10, file.crc32, true);
  header.setUint32(start + 14, file.size, true);
  header.setUint32(start + 18, file.size, true);
  header.setUint16(start + 22, file.path.length, true);
}

function at<Value>(values: readonly Value[], index: number): Value {
  const value = values[index];
  if (value === undefined) throw new RangeError(`There is no item ${index}.`);
  return value;
}
