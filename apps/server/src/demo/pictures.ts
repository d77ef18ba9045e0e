import { crc32, deflateSync } from "node:zlib";
import type { Picture } from "./story.ts";

/** Drawn rather than photographed: small, nobody's property, and the same on every machine. */
export function drawPicture(picture: Picture): Uint8Array {
  return encodePng(480, 360, drawings[picture]);
}

type Colour = readonly [number, number, number];
/** The colour at a place; both coordinates run from 0 to 1, from the top left. */
type Drawing = (x: number, y: number) => Colour;

const within = (x: number, y: number, left: number, top: number, right: number, bottom: number): boolean =>
  x >= left && x < right && y >= top && y < bottom;
const inOval = (x: number, y: number, middleX: number, middleY: number, width: number, height: number): boolean =>
  ((x - middleX) / width) ** 2 + ((y - middleY) / height) ** 2 < 1;

const drawings: Readonly<Record<Picture, Drawing>> = {
  cake(x, y) {
    for (const candle of [0.4, 0.5, 0.6]) {
      if (inOval(x, y, candle, 0.2, 0.013, 0.035)) return [250, 190, 70];
      if (within(x, y, candle - 0.008, 0.23, candle + 0.008, 0.34)) return [120, 170, 190];
    }
    const drip = 0.46 + 0.03 * Math.sin(x * 60);
    if (within(x, y, 0.3, 0.34, 0.7, 0.54)) return y < drip - 0.04 ? [246, 214, 214] : [214, 150, 110];
    if (within(x, y, 0.22, 0.54, 0.78, 0.76))
      return y < 0.62 + 0.03 * Math.sin(x * 48) ? [250, 236, 214] : [188, 122, 84];
    if (inOval(x, y, 0.5, 0.78, 0.36, 0.045)) return [236, 236, 232];
    return y > 0.74 ? [150, 106, 78] : [228, 222, 208];
  },
  bread(x, y) {
    if (inOval(x + y * 0.3, y, 0.79, 0.55, 0.018, 0.024)) return [64, 120, 206]; // what should not be in it
    const score = Math.abs(((x * 6 + y * 2) % 1) - 0.5) < 0.08;
    if (inOval(x, y, 0.5, 0.52, 0.36, 0.2)) {
      if (score && inOval(x, y, 0.5, 0.48, 0.28, 0.12)) return [240, 214, 168];
      return inOval(x, y, 0.48, 0.46, 0.28, 0.11) ? [206, 142, 78] : [168, 102, 52];
    }
    if (inOval(x, y, 0.5, 0.7, 0.4, 0.06)) return [96, 74, 58];
    return y > 0.62 ? [122, 92, 70] : [214, 208, 196];
  },
  road(x, y) {
    if (y < 0.42) return [150 + Math.round(60 * y), 176 + Math.round(40 * y), 204];
    const half = 0.06 + (y - 0.42) * 0.62;
    if (Math.abs(x - 0.5) > half) return [92, 124, 78];
    for (let row = 0; row < 5; row++) {
      const middleY = 0.5 + row * row * 0.02 + row * 0.02;
      const size = 0.02 + row * 0.011;
      const spread = (middleY - 0.42) * 0.34 + 0.02;
      for (const side of [-1, 1]) {
        const middleX = 0.5 + side * spread;
        if (within(x, y, middleX - size * 0.7, middleY - size * 0.7, middleX + size * 0.7, middleY))
          return [196, 212, 224];
        if (within(x, y, middleX - size, middleY, middleX + size, middleY + size))
          return row % 2 === 0 ? [176, 52, 48] : [58, 76, 110];
        if (within(x, y, middleX - size, middleY + size, middleX + size, middleY + size * 1.25)) return [230, 70, 60];
      }
    }
    return Math.abs(x - 0.5) < 0.006 && (y * 12) % 1 < 0.5 ? [230, 230, 220] : [88, 90, 94];
  },
  river(x, y) {
    const bank = 0.52 + 0.05 * Math.sin(x * 5 + 1);
    if (y > bank && y < bank + 0.3)
      return Math.sin(x * 9 + Math.sin(y * 70) * 3) * Math.sin(y * 160) > 0.8 ? [170, 196, 190] : [92, 140, 136];
    if (y >= bank + 0.3) return [150, 142, 124];
    if (within(x, y, 0, 0.4, 1, 0.44) || within(x, y, 0.28, 0.44, 0.32, 0.56) || within(x, y, 0.66, 0.44, 0.7, 0.56))
      return [134, 122, 112];
    if (y > 0.44 + 0.04 * Math.sin(x * 14)) return [70, 104, 66];
    return [186, 204, 220];
  },
};

function encodePng(width: number, height: number, draw: Drawing): Uint8Array {
  const stride = width * 3 + 1;
  const rows = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows.set(draw(x / width, y / height), y * stride + 1 + x * 3);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8); // eight bits each of red, green and blue
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return new Uint8Array(
    Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]),
  );
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
