import { crc32, deflateSync } from "node:zlib";
import type { File } from "./media.ts";

/** A small real file of each kind, for phones that send a picture without saying which. */
export function sampleFile(type: string): File {
  switch (type) {
    case "image":
      return { bytes: samplePicture(), mimeType: "image/png", filename: "photo.png" };
    case "sticker":
      return {
        bytes: new Uint8Array(Buffer.from(onePixelWebp, "base64")),
        mimeType: "image/webp",
        filename: "sticker.webp",
      };
    case "audio":
      return { bytes: silentOgg(), mimeType: "audio/ogg; codecs=opus", filename: "voice.ogg" };
    case "video":
      return { bytes: emptyMp4, mimeType: "video/mp4", filename: "video.mp4" };
    default:
      return { bytes: samplePdf(), mimeType: "application/pdf", filename: "document.pdf" };
  }
}

const onePixelWebp = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==";

/** An ISO base media file with nothing but its type box: recognisable, unplayable. */
const emptyMp4 = new Uint8Array(
  Buffer.from("0000001c667479706d703432000000006d70343269736f6d617663310000000866726565", "hex"),
);

/** A landscape of a few flat hills at dusk, 480 × 320. */
function samplePicture(): Uint8Array {
  const width = 480;
  const height = 320;
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = landscape(x / width, y / height);
      rows.set(colour, y * (width * 3 + 1) + 1 + x * 3);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return new Uint8Array(
    Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]),
  );
}

function landscape(x: number, y: number): [number, number, number] {
  const sun = Math.hypot((x - 0.72) * 1.5, y - 0.4);
  if (y > 0.82 + 0.05 * Math.sin(x * 7 + 1)) return [22, 62, 56];
  if (y > 0.68 + 0.07 * Math.sin(x * 5)) return [36, 94, 82];
  if (y > 0.56 + 0.06 * Math.sin(x * 9 + 2)) return [84, 136, 118];
  if (sun < 0.1) return [255, 236, 190];
  const glow = Math.max(0, 1 - sun);
  return [Math.round(150 + 95 * glow), Math.round(170 + 30 * glow), Math.round(196 - 40 * glow)];
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** Two seconds of silence as Opus in Ogg (RFC 7845): an identification page, a comment page, one page of 20 ms packets. */
function silentOgg(): Uint8Array {
  const head = Buffer.from("4f707573486561640101380180bb0000000000", "hex");
  const vendor = Buffer.from("sandbox");
  const tags = Buffer.concat([Buffer.from("OpusTags"), uint32(vendor.length), vendor, uint32(0)]);
  const silence = Array.from({ length: 100 }, () => Buffer.from([0xf8, 0xff, 0xfe]));
  return new Uint8Array(
    Buffer.concat([oggPage(0, 2, 0n, [head]), oggPage(1, 0, 0n, [tags]), oggPage(2, 4, 96_000n, silence)]),
  );
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function oggPage(sequence: number, flags: number, granule: bigint, packets: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(27);
  header.write("OggS", 0, "latin1");
  header[5] = flags;
  header.writeBigInt64LE(granule, 6);
  header.writeUInt32LE(0x10ce7, 14);
  header.writeUInt32LE(sequence, 18);
  header[26] = packets.length;
  const page = Buffer.concat([header, Buffer.from(packets.map((packet) => packet.length)), ...packets]);
  page.writeUInt32LE(oggChecksum(page), 22);
  return page;
}

/** Ogg's own CRC: polynomial 0x04c11db7, neither reflected nor inverted (RFC 3533, field 7). */
function oggChecksum(page: Buffer): number {
  let sum = 0;
  for (const byte of page) {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  }
  return sum >>> 0;
}

function samplePdf(): Uint8Array {
  const text = "BT /F1 24 Tf 60 760 Td (A document from the sandbox) Tj ET";
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let file = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const start = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(file, "latin1"));
}
