/** How wide and high a PNG or JPEG is, in pixels, from its first bytes; `null` where it is neither. */
export function imageSize(bytes: Uint8Array): { width: number; height: number } | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length >= 24 && file.readUInt32BE(0) === 0x8950_4e47)
    return { width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
  if (file.length < 4 || file.readUInt16BE(0) !== 0xffd8) return null;
  return jpegSize(file);
}

/** A JPEG is a row of segments; the one that begins a frame has the size. */
function jpegSize(file: Buffer): { width: number; height: number } | null {
  let offset = 2;
  while (offset + 9 < file.length) {
    if (file[offset] !== 0xff) return null;
    const marker = file[offset + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { height: file.readUInt16BE(offset + 5), width: file.readUInt16BE(offset + 7) };
    offset += 2 + file.readUInt16BE(offset + 2);
  }
  return null;
}
