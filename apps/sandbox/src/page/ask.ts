import { refusalInWords } from "./refusal-words.ts";
import { words } from "./words.ts";

/** The control face as the pages use it, and the shapes it answers with. */

export interface MessageView {
  readonly id: string;
  readonly from: "phone" | "business";
  readonly type: string;
  readonly status: "accepted" | "sent" | "delivered" | "read" | "played" | "failed";
  readonly timestamp: string;
  readonly numberId: string;
  readonly context?: { readonly id?: string; readonly from?: string; readonly forwarded?: boolean };
  readonly rendered?: Rendered;
  readonly category?: string;
  readonly reactions?: { readonly phone?: string; readonly business?: string };
  readonly edited?: boolean;
  readonly revoked?: boolean;
  readonly [content: string]: unknown;
}

export interface Rendered {
  readonly header: Content | null;
  readonly body: string;
  readonly footer: string | null;
  readonly buttons: readonly Content[];
  readonly cards: readonly Rendered[];
  readonly offerHeading?: string;
  /** When a limited-time offer ends, in milliseconds. */
  readonly offerExpiresAt?: number;
}

export type Content = { readonly [key: string]: unknown };

export interface ThreadView {
  readonly numberId: string;
  readonly windowEndsAt: string | null;
  readonly blocked: boolean;
  readonly reported: boolean;
  readonly marketingStopped: boolean;
  readonly typing: boolean;
  readonly unread: number;
  readonly last: MessageView | null;
}

export interface PersonView {
  readonly number: string;
  readonly name: string;
  readonly language: string;
  readonly username: string | null;
  readonly hideNumber: boolean;
  readonly onWhatsApp: boolean;
  readonly online: boolean;
  readonly autoRead: boolean;
  readonly readReceipts: boolean;
  readonly movedTo: string | null;
}

export interface PhoneView extends PersonView {
  readonly threads: readonly ThreadView[];
}

export interface NumberView {
  readonly id: string;
  readonly number: string;
  readonly displayNumber: string;
  readonly verifiedName: string;
  readonly status: string;
  readonly quality: string;
  readonly profile: Content;
  readonly throughputPerSecond: number;
  readonly callbackUrl: string | null;
}

export interface AccountView {
  readonly id: string;
  readonly name: string;
  readonly portfolioId: string;
  readonly subscribedApps: readonly { readonly appId: string; readonly overrideUrl: string | null }[];
  readonly tokens: readonly { readonly token: string; readonly name: string }[];
  readonly numbers: readonly NumberView[];
}

export interface World {
  readonly url: string;
  readonly now: string;
  readonly apps: readonly {
    readonly id: string;
    readonly secret: string;
    readonly accessToken: string;
    readonly callbackUrl: string | null;
  }[];
  readonly accounts: readonly AccountView[];
  readonly phones: readonly PersonView[];
  readonly webhooks: readonly {
    readonly url: string;
    readonly queued: number;
    readonly waiting: boolean;
    readonly setAside: number;
  }[];
}

export interface TemplateView {
  readonly id: string;
  readonly account_id: string;
  readonly name: string;
  readonly language: string;
  readonly status: string;
  readonly category: string;
  readonly rejected_reason: string;
  readonly components: readonly Content[];
}

/** Asks the control face; throws in words, the page's own where it has them, when it refuses. */
export async function ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`/_sandbox${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  }).catch(() => {
    throw new Error(words.noAnswer);
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(readMessage(answer) ?? `${response.status}`);
  return answer as Answer;
}

function readMessage(answer: unknown): string | null {
  const error = (answer as { error?: { message?: unknown; reason?: unknown } } | null)?.error;
  const inWords = refusalInWords(error?.reason);
  if (inWords !== null) return inWords;
  return typeof error?.message === "string" ? error.message : null;
}

export async function uploadFile(file: File): Promise<{ id: string; mime_type: string }> {
  const response = await fetch(`/_sandbox/media?filename=${encodeURIComponent(file.name)}`, {
    method: "POST",
    headers: { "content-type": file.type || "application/octet-stream" },
    body: file,
  });
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()) as { id: string; mime_type: string };
}

type Listener = (type: string, data: Content) => void;
const listeners = new Set<Listener>();
let source: EventSource | null = null;

/** Hears of every change; `lost` and `hello` tell when the sandbox goes away and comes back. */
export function listen(listener: Listener): () => void {
  listeners.add(listener);
  if (!source) {
    source = new EventSource("/_sandbox/events");
    for (const type of ["hello", "thread", "phone", "template", "number", "clock", "reset", "faults", "log"]) {
      source.addEventListener(type, (event) => {
        const data = JSON.parse((event as MessageEvent<string>).data) as Content;
        for (const one of listeners) one(type, data);
      });
    }
    source.addEventListener("error", () => {
      for (const one of listeners) one("lost", {});
    });
  }
  return () => listeners.delete(listener);
}
