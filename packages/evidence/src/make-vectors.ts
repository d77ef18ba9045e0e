/** Writes the test vectors of FORMAT.md: `npm run -w packages/evidence vectors`. The same ones every time. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { vectors } from "./vectors.ts";

const folder = fileURLToPath(new URL("../vectors/", import.meta.url));
for (const [path, bytes] of await vectors()) {
  mkdirSync(dirname(folder + path), { recursive: true });
  writeFileSync(folder + path, bytes);
  console.log(`${String(bytes.length).padStart(7)}  ${path}`);
}
