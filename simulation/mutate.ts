import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import { mutants } from "./mutants.ts";

/**
 * Loaded before everything else: plants the fault that SIMULATION_MUTANT names into the sources as they are read. Says so
 * and ends where the text it replaces is not there exactly once, because a fault that is not planted is never found.
 */
const root = new URL("..", import.meta.url);
const mutant = mutants.find(({ name }) => name === process.env.SIMULATION_MUTANT);
if (!mutant) throw new Error(`There is no mutant “${process.env.SIMULATION_MUTANT}”.`);
for (const { file, find } of mutant.edits) {
  const found = readFileSync(fileURLToPath(new URL(file, root)), "utf8").split(find).length - 1;
  if (found !== 1) throw new Error(`“${mutant.name}”: its text is ${found} times in ${file}: ${find}`);
}

registerHooks({
  load(url, context, nextLoad) {
    const edits = mutant.edits.filter(({ file }) => url === new URL(file, root).href);
    const loaded = nextLoad(url, context);
    if (edits.length === 0) return loaded;
    const source = edits.reduce(
      (text, { find, put }) => text.replace(find, () => put),
      readFileSync(fileURLToPath(url), "utf8"),
    );
    return { ...loaded, source };
  },
});
