import { crc32, deflateSync } from "node:zlib";

/**
 * The picture of a short link: a QR code of version 3 with error correction M (ISO/IEC 18004), 29 by 29 modules, which holds 42 bytes;
 * the links here have 36. One mask serves: readers take any.
 */
const size = 29;
const dataCodewords = 44;
const correctionCodewords = 26;
const quietZone = 4;
/** Level M, mask 0, with its own error correction, as the standard's table has it. */
const format = 0b101010000010010;

/** Whether each module is dark, row by row. Throws a RangeError for more than 42 bytes. */
export function qrModules(text: string): boolean[][] {
  const dark = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  const fixed = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  const set = (x: number, y: number, value: boolean) => {
    const row = dark[y];
    const fixedRow = fixed[y];
    if (!row || !fixedRow || x < 0 || x >= size) return;
    row[x] = value;
    fixedRow[x] = true;
  };
  drawPatterns(set);
  drawFormat(set);
  drawData(codewordsOf(text), dark, fixed);
  return dark;
}

type SetModule = (x: number, y: number, value: boolean) => void;

function drawPatterns(set: SetModule): void {
  for (let at = 0; at < size; at++) {
    set(6, at, at % 2 === 0);
    set(at, 6, at % 2 === 0);
  }
  for (const [left, top] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const) {
    for (let y = -4; y <= 4; y++)
      for (let x = -4; x <= 4; x++) {
        const ring = Math.max(Math.abs(x), Math.abs(y));
        set(left + x, top + y, ring !== 2 && ring !== 4);
      }
  }
  for (let y = -2; y <= 2; y++)
    for (let x = -2; x <= 2; x++) set(22 + x, 22 + y, Math.max(Math.abs(x), Math.abs(y)) !== 1);
}

function drawFormat(set: SetModule): void {
  const bit = (index: number) => ((format >> index) & 1) === 1;
  for (let index = 0; index <= 5; index++) set(8, index, bit(index));
  set(8, 7, bit(6));
  set(8, 8, bit(7));
  set(7, 8, bit(8));
  for (let index = 9; index < 15; index++) set(14 - index, 8, bit(index));
  for (let index = 0; index < 8; index++) set(size - 1 - index, 8, bit(index));
  for (let index = 8; index < 15; index++) set(8, size - 15 + index, bit(index));
  set(8, size - 8, true);
}

/** In pairs of columns from the right, up and down in turn, around what is fixed; every second module is turned over. */
function drawData(codewords: readonly number[], dark: boolean[][], fixed: readonly boolean[][]): void {
  let index = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    const upwards = ((right + 1) & 2) === 0;
    for (let step = 0; step < size; step++) {
      const y = upwards ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        const row = dark[y];
        if (!row || fixed[y]?.[x]) continue;
        const bit = ((codewords[index >> 3] ?? 0) >> (7 - (index & 7))) & 1;
        row[x] = (bit === 1) !== ((x + y) % 2 === 0);
        index += 1;
      }
    }
  }
}

function codewordsOf(text: string): number[] {
  const bytes = Buffer.from(text);
  if (bytes.length > dataCodewords - 2)
    throw new RangeError(`A QR code of this size holds ${dataCodewords - 2} bytes.`);
  // Mode "bytes" in four bits and the length in eight: everything after is shifted by half a byte.
  const nibbles = [4, bytes.length >> 4, bytes.length & 15, ...[...bytes].flatMap((byte) => [byte >> 4, byte & 15]), 0];
  const data: number[] = [];
  for (let at = 0; at < nibbles.length; at += 2) data.push(((nibbles[at] ?? 0) << 4) | (nibbles[at + 1] ?? 0));
  for (let pad = 0xec; data.length < dataCodewords; pad ^= 0xec ^ 0x11) data.push(pad);
  return [...data, ...correctionOf(data)];
}

/** Reed-Solomon over GF(256) with the polynomial 0x11D. */
function correctionOf(data: readonly number[]): number[] {
  const divisor = Array<number>(correctionCodewords).fill(0);
  divisor[correctionCodewords - 1] = 1;
  let root = 1;
  for (let degree = 0; degree < correctionCodewords; degree++) {
    for (let at = 0; at < correctionCodewords; at++)
      divisor[at] = multiply(divisor[at] ?? 0, root) ^ (divisor[at + 1] ?? 0);
    root = multiply(root, 2);
  }
  const rest = Array<number>(correctionCodewords).fill(0);
  for (const byte of data) {
    const factor = byte ^ (rest.shift() ?? 0);
    rest.push(0);
    for (let at = 0; at < correctionCodewords; at++) rest[at] = (rest[at] ?? 0) ^ multiply(divisor[at] ?? 0, factor);
  }
  return rest;
}

function multiply(one: number, other: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    product ^= ((other >> bit) & 1) * one;
  }
  return product;
}

export function qrSvg(text: string): string {
  const whole = size + 2 * quietZone;
  const path = qrModules(text)
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x + quietZone} ${y + quietZone}h1v1h-1z` : "")))
    .join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${whole} ${whole}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${whole}v${whole}H0z"/><path d="${path}"/></svg>`;
}

const pixelsPerModule = 8;

/** A grey picture of one byte a pixel. */
export function qrPng(text: string): Buffer {
  const modules = qrModules(text);
  const side = (size + 2 * quietZone) * pixelsPerModule;
  const raw = Buffer.alloc(side * (side + 1), 0xff);
  for (let y = 0; y < side; y++) {
    const row = modules[Math.floor(y / pixelsPerModule) - quietZone];
    raw[y * (side + 1)] = 0;
    for (let x = 0; x < side; x++)
      if (row?.[Math.floor(x / pixelsPerModule) - quietZone]) raw[y * (side + 1) + 1 + x] = 0;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.writeUInt8(8, 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(raw)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
