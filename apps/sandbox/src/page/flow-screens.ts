import type { Content } from "./ask.ts";
import { inner, list, text } from "./message-content.ts";

/** A screen of a flow, as far as a phone here shows it ("Flow JSON"). */
export interface FlowScreen {
  readonly id: string;
  readonly title: string;
  readonly parts: readonly Content[];
}

/** What a footer's button does. `payload` still has references such as `${form.name}` in it. */
export interface FlowAction {
  readonly does: "navigate" | "complete" | "data_exchange";
  readonly to: string;
  readonly payload: Content;
}

/** The screens of a flow's JSON, in order; none where it cannot be read. */
export function screensOf(json: unknown): FlowScreen[] {
  try {
    return list(inner(JSON.parse(text(json))).screens).map((screen) => ({
      id: text(screen.id),
      title: text(screen.title),
      parts: flat(list(inner(screen.layout).children)),
    }));
  } catch {
    return [];
  }
}

/** Forms hold fields; what matters here is the order in which all of it stands on the screen. */
function flat(parts: readonly Content[]): Content[] {
  return parts.flatMap((part) => (part.type === "Form" ? flat(list(part.children)) : [part]));
}

export function actionOf(footer: Content): FlowAction {
  const action = inner(footer["on-click-action"]);
  const does = (["navigate", "data_exchange"] as const).find((name) => name === action.name) ?? "complete";
  return { does, to: text(inner(action.next).name), payload: inner(action.payload) };
}

const reference = /^\$\{(?:form|data|screen\.(\w+)\.form)\.([\w-]+)\}$/;

/** The payload with what was filled in, and what the screens before handed on, in place of its references. */
export function resolved(payload: Content, filled: Content): Content {
  return Object.fromEntries(Object.entries(payload).map(([key, value]) => [key, standsFor(value, filled)]));
}

function standsFor(value: unknown, filled: Content): unknown {
  const match = typeof value === "string" ? reference.exec(value) : null;
  return match ? (filled[match[2] ?? ""] ?? "") : value;
}
