/**
 * Makes `webhook-shapes.json` of real bodies: only which members they have and of which types, no value and no words. Run it with a
 * folder of JSON files that map a case's name to a body:
 *
 *     node apps/sandbox/conformance/take-shapes.ts path/to/webhooks > apps/sandbox/conformance/webhook-shapes.json
 *
 * What another case of the same kind does without may be left out.
 */
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Shape, shapeOf } from "./shapes.ts";

interface Change {
  readonly field: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface Entry {
  readonly time?: number;
  readonly changes: readonly Change[];
}

/** Cases of one kind are about the same thing: the same type of message, status or event. */
function kindOf({ field, value }: Change): string {
  const [first] = (value.messages ?? value.statuses ?? value.calls ?? value.message_echoes ?? []) as Record<
    string,
    unknown
  >[];
  return [field, value.event, first?.type, first?.status, first?.event].filter((part) => part !== undefined).join(" ");
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("Say which folder the bodies are in.");

const cases: { name: string; kind: string; field: string; time: boolean; shape: Shape }[] = [];
for (const file of (await readdir(folder)).filter((name) => name.endsWith(".json")).sort()) {
  const bodies = JSON.parse(await readFile(join(folder, file), "utf8")) as Record<string, { entry: Entry[] }>;
  for (const [name, body] of Object.entries(bodies)) {
    const entry = body.entry[0];
    const change = entry?.changes[0];
    if (!entry || !change) continue;
    const shape = shapeOf(change.value);
    const time = entry.time !== undefined;
    cases.push({ name: `${basename(file, ".json")} ${name}`, kind: kindOf(change), field: change.field, time, shape });
  }
}
const shapes = cases.map(({ name, kind, field, time, shape }) => {
  const others = cases.filter((other) => other.kind === kind);
  const isOptional = (path: string) => others.some((other) => !(path in other.shape));
  const members = Object.entries(shape).map(([path, type]) => [path, isOptional(path) ? `${type}?` : type]);
  return [name, { field, time, shape: Object.fromEntries(members) }];
});
process.stdout.write(`${JSON.stringify(Object.fromEntries(shapes), null, 2)}\n`);
