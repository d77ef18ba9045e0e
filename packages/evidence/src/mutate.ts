/**
 * Flips every byte of an export of 1,000 entries, one at a time, and counts what the verifier misses:
 * `npm run -w packages/evidence mutate`. Twice: in the archive as it is, and inside each file with the archive's
 * checksums mended, so that the manifest has to notice. Uses all cores; takes some minutes.
 */
import { hash } from "node:crypto";
import { availableParallelism } from "node:os";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { crc32 } from "node:zlib";
import { makePack } from "./pack.ts";
import { extentsOf } from "./tampering.ts";
import { packInput, sampleLog } from "./testing.ts";
import { verifyPack } from "./verifier.ts";

interface Share {
  readonly pack: Uint8Array;
  readonly first: number;
  readonly step: number;
}

interface Count {
  tried: number;
  missed: number;
}

const verify = async (pack: Uint8Array): Promise<boolean> => {
  const verified = await verifyPack(pack, { sha256: (bytes) => hash("sha256", bytes, "buffer") });
  return verified.result === "valid";
};

/** Every `step`-th byte from `first`. Which bit is flipped follows from the place, so that all eight have their turn. */
async function flipShare({ pack, first, step }: Share): Promise<{ raw: Count; mended: Count }> {
  const raw: Count = { tried: 0, missed: 0 };
  const mended: Count = { tried: 0, missed: 0 };
  const view = new DataView(pack.buffer, pack.byteOffset, pack.length);
  const directory = centralSums(pack);
  const extents = extentsOf(pack);
  const tryIt = async (count: Count): Promise<void> => {
    count.tried += 1;
    if (await verify(pack)) count.missed += 1;
  };
  for (let at = first; at < pack.length; at += step) {
    const before = pack[at] ?? 0;
    pack[at] = before ^ (1 << (Math.imul(at, 0x9e37_79b1) >>> 29));
    await tryIt(raw);
    const index = extents.findIndex(({ start, end }) => at >= start && at < end);
    const extent = extents[index];
    if (extent !== undefined) {
      const places = [extent.start - extent.path.length - 16, directory[index] ?? 0];
      const sums = places.map((place) => view.getUint32(place, true));
      const sum = crc32(pack.subarray(extent.start, extent.end));
      for (const place of places) view.setUint32(place, sum, true);
      await tryIt(mended);
      for (const [which, place] of places.entries()) view.setUint32(place, sums[which] ?? 0, true);
    }
    pack[at] = before;
  }
  return { raw, mended };
}

/** Where the central directory keeps each file's checksum. */
function centralSums(pack: Uint8Array): number[] {
  const view = new DataView(pack.buffer, pack.byteOffset, pack.length);
  const places: number[] = [];
  let at = extentsOf(pack).at(-1)?.end ?? 0;
  while (view.getUint32(at, true) === 0x0201_4b50) {
    places.push(at + 16);
    at += 46 + view.getUint16(at + 28, true);
  }
  return places;
}

if (!isMainThread) {
  parentPort?.postMessage(await flipShare(workerData));
} else {
  const log = sampleLog({ size: 1_000, people: 40 });
  const pack = await (await makePack(await packInput(log), log.ports)).bytes();
  if (!(await verify(pack))) throw new Error("The pack was not valid to begin with.");
  const startedAt = Date.now();
  const workers = availableParallelism();
  const shares = Array.from({ length: workers }, (_, first) => {
    const worker = new Worker(new URL(import.meta.url), {
      workerData: { pack: Uint8Array.from(pack), first, step: workers },
    });
    return new Promise<{ raw: Count; mended: Count }>((resolve, reject) => {
      worker.on("message", resolve);
      worker.on("error", reject);
    });
  });
  const counts = await Promise.all(shares);
  const total = (which: "raw" | "mended", of: keyof Count): number =>
    counts.reduce((sum, count) => sum + count[which][of], 0);
  const number = (value: number): string => value.toLocaleString("en");
  const missed = total("raw", "missed") + total("mended", "missed");
  const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
  console.log(
    `mutate: ${number(total("raw", "tried"))} bytes of a pack of 1,000 entries flipped, and ${number(total("mended", "tried"))} with checksums mended; ${missed} undetected; ${minutes} min on ${workers} cores`,
  );
  process.exitCode = missed === 0 && total("raw", "tried") === pack.length ? 0 : 1;
}
