import type { World } from "./ask.ts";

/** A request or a webhook, as the log tells it. */
export interface Entry {
  readonly kind: "request" | "webhook";
  readonly id: number;
  readonly at: string;
  readonly status: number | null;
  readonly body: unknown;
  readonly method?: string;
  readonly path?: string;
  readonly answer?: unknown;
  readonly url?: string | null;
  readonly field?: string;
  readonly attempt?: number;
  readonly signature?: string | null;
  readonly problem?: string | null;
}

export function shortPath(path: string): string {
  return path.replace(/^\/v\d+\.\d+/, "");
}

export function requestSummary(entry: Entry): string {
  const body = entry.body as {
    to?: string;
    type?: string;
    text?: { body?: string };
    template?: { name?: string };
  } | null;
  const error = (entry.answer as { error?: { message?: string } } | null)?.error?.message;
  return error ?? [body?.to, body?.template?.name ?? body?.text?.body].filter(Boolean).join(" · ");
}

interface Change {
  readonly field?: string;
  readonly value?: {
    statuses?: { status: string; errors?: { code: number }[] }[];
    messages?: { type: string; text?: { body?: string } }[];
    event?: string;
  };
}

export function summaryOf(entry: Entry): string {
  const body = entry.body as { entry?: { changes?: Change[] }[] } | null;
  const changes = body?.entry?.flatMap((one) => one.changes ?? []) ?? [];
  const parts = changes.slice(0, 4).map(({ field, value }) => {
    const status = value?.statuses?.[0];
    if (status) return status.errors?.[0] ? `${status.status} ${status.errors[0].code}` : status.status;
    const message = value?.messages?.[0];
    if (message) return message.text?.body ? `${message.type}: ${message.text.body}` : message.type;
    return [field, value?.event].filter(Boolean).join(" ");
  });
  return parts.join(", ") + (changes.length > 4 ? ` +${changes.length - 4}` : "") || (entry.field ?? "");
}

export function asCurl(entry: Entry, world: World): string {
  if (entry.kind === "request") {
    const account = world.accounts.find(
      ({ id, numbers }) => entry.path?.includes(id) || numbers.some((number) => entry.path?.includes(number.id)),
    );
    return curl(
      world.url + (entry.path ?? ""),
      entry.method ?? "GET",
      entry.body,
      (account ?? world.accounts[0])?.tokens[0]?.token,
    );
  }
  const signature = entry.signature ? ` \\\n  -H 'x-hub-signature-256: ${entry.signature}'` : "";
  return `${curl(entry.url ?? "", "POST", entry.body, undefined)}${signature}`;
}

export function curl(url: string, method: string, body: unknown, token: string | undefined): string {
  const lines = [`curl -X ${method} '${url}'`];
  if (token) lines.push(`-H 'authorization: Bearer ${token}'`);
  if (body !== null && body !== undefined && typeof body === "object") {
    lines.push("-H 'content-type: application/json'", `-d '${JSON.stringify(body).replace(/'/g, "'\\''")}'`);
  }
  return lines.join(" \\\n  ");
}
