import { emptyRecords } from "./records.ts";
import { completeRules } from "./rules/rules-state.ts";
import { defaultFaults, emptyState, type State } from "./state.ts";

/** The state as JSON text: maps become lists of pairs, sets lists, bytes base64. */
export function writeState(state: State): string {
  return JSON.stringify(state, (_key, value: unknown) => {
    if (value instanceof Map) return { $map: [...value] };
    if (value instanceof Set) return { $set: [...value] };
    if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString("base64") };
    // A Buffer is turned into { type, data } by its own toJSON before we see it.
    if (isBufferJson(value)) return { $bytes: Buffer.from(value.data).toString("base64") };
    return value;
  });
}

/** The JSON text of a snapshot, with every map, set and file in it as `writeState` found them. Throws on what is no JSON. */
export function parseSnapshot(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== "object" || value === null) return value;
    if ("$map" in value && Array.isArray(value.$map)) return new Map(value.$map as [string, unknown][]);
    if ("$set" in value && Array.isArray(value.$set)) return new Set(value.$set as unknown[]);
    if ("$bytes" in value && typeof value.$bytes === "string")
      return new Uint8Array(Buffer.from(value.$bytes, "base64"));
    return value;
  });
}

/** The state that `parseSnapshot` found. Throws where it is not a state of this sandbox. */
export function readState(read: unknown): State {
  if (typeof read !== "object" || read === null || !("serial" in read) || !("messages" in read)) {
    throw new TypeError("This is not a snapshot of the sandbox.");
  }
  // Written by writeState above, perhaps of an earlier version. What it holds is taken as it is, in what it holds it is not.
  for (const [member, usual] of Object.entries(emptyState(1))) {
    const given: unknown = (read as Record<string, unknown>)[member];
    if (given !== undefined && usual !== null && kindOf(given) !== kindOf(usual))
      throw new TypeError(`This is not a snapshot of the sandbox: ${member} is no ${kindOf(usual)}.`);
  }
  const written = read as State;
  return {
    ...emptyState(written.seed),
    ...written,
    faults: { ...defaultFaults(), ...written.faults },
    records: { ...emptyRecords(), ...written.records },
    rules: completeRules(written.rules),
  };
}

function kindOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return typeof value;
  return value.constructor.name.toLowerCase();
}

function isBufferJson(value: unknown): value is { data: number[] } {
  return (
    typeof value === "object" &&
    value !== null &&
    "type" in value &&
    value.type === "Buffer" &&
    "data" in value &&
    Array.isArray(value.data)
  );
}
