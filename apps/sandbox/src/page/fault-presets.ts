import type { Content } from "./ask.ts";

/** The faults in force, as the control face shows them. */
export interface FaultsView {
  readonly graph: readonly Content[];
  readonly messages: readonly Content[];
  readonly webhooks: Readonly<Record<string, unknown>>;
}

export type PresetName = "rate" | "server" | "close" | "capped" | "duplicate" | "reorder" | "lost" | "delay";

/** A fault somebody would want to see, in which list of faults it stands, and what it is there. */
type Preset =
  | { readonly name: PresetName; readonly list: "graph" | "messages"; readonly fault: Content }
  | { readonly name: PresetName; readonly webhook: string; readonly value: Content | number };

export const presets: readonly Preset[] = [
  { name: "rate", list: "graph", fault: { path: "/messages", method: "POST", code: 130429, next: 3 } },
  { name: "server", list: "graph", fault: { html: true, status: 502, next: 1 } },
  { name: "close", list: "graph", fault: { path: "/messages", method: "POST", close: "after", next: 1 } },
  { name: "capped", list: "messages", fault: { code: 131049, next: 1 } },
  { name: "duplicate", webhook: "duplicate", value: {} },
  { name: "reorder", webhook: "reorder", value: { share: 0.5 } },
  { name: "lost", webhook: "loseAnswers", value: { next: 2 } },
  { name: "delay", webhook: "delayMs", value: 2_000 },
];

/** How often it will still strike: a count, `Infinity` until it is switched off, 0 when it is not in force. */
export function leftOf(preset: Preset, faults: FaultsView): number {
  if ("webhook" in preset) return left(faults.webhooks[preset.webhook]);
  return faults[preset.list].filter((one) => isSame(one, preset.fault)).reduce((sum, one) => sum + left(one), 0);
}

/** What to send to the control face to switch it on or off; other faults stay as they are. */
export function switched(preset: Preset, on: boolean, faults: FaultsView): Content {
  if ("webhook" in preset) {
    const off = typeof preset.value === "number" ? 0 : null;
    return { webhooks: { [preset.webhook]: on ? preset.value : off } };
  }
  const others = faults[preset.list].filter((one) => !isSame(one, preset.fault) && left(one) > 0);
  return { [preset.list]: on ? [...others, preset.fault] : others };
}

/** Faults in force that none of the switches stands for: set over the control face. */
export function othersOf(faults: FaultsView): unknown[] {
  const isPreset = (list: "graph" | "messages", one: Content) =>
    presets.some((preset) => "list" in preset && preset.list === list && isSame(one, preset.fault));
  const known = new Set(presets.flatMap((preset) => ("webhook" in preset ? [preset.webhook] : [])));
  return [
    ...faults.graph.filter((one) => left(one) > 0 && !isPreset("graph", one)),
    ...faults.messages.filter((one) => left(one) > 0 && !isPreset("messages", one)),
    ...Object.entries(faults.webhooks)
      .filter(([key, value]) => !known.has(key) && left(value) > 0)
      .map(([key, value]) => ({ [key]: value })),
  ];
}

function left(fault: unknown): number {
  if (fault === undefined || fault === null || fault === 0) return 0;
  return (fault as { next?: number }).next ?? Number.POSITIVE_INFINITY;
}

/** The same fault, whatever is left of it. */
function isSame(one: Content, other: Content): boolean {
  const { next: _left, seen: _seen, ...rest } = one;
  const { next: _wanted, ...wanted } = other;
  const keys = Object.keys(wanted);
  return Object.keys(rest).length === keys.length && keys.every((key) => rest[key] === wanted[key]);
}
