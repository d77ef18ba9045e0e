let lastMs = 0;
let counter = 0;

/**
 * A UUIDv7: what is written here gets its id here, so that the echo, the request, its repeat and the stored message are
 * one thing. A 12-bit counter keeps ids of one millisecond in the order they were made.
 */
export function uuid7(nowMs: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  if (nowMs > lastMs) {
    lastMs = nowMs;
    counter = ((bytes[6] ?? 0) << 3) | ((bytes[7] ?? 0) >> 5);
  } else if (++counter > 0xfff) {
    lastMs += 1;
    counter = 0;
  }
  const time = lastMs.toString(16).padStart(12, "0");
  const count = counter.toString(16).padStart(3, "0");
  const variant = (((bytes[8] ?? 0) & 0x3f) | 0x80).toString(16);
  const tail = Array.from(bytes.subarray(9), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${variant}${tail.slice(0, 2)}-${tail.slice(2)}`;
}
