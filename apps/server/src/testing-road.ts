import { createHmac } from "node:crypto";
import { type Api, until } from "./testing.ts";
import { type Shop, type ShopConversation, startShop } from "./testing-shop.ts";

export type Conversation = ShopConversation;
export interface Message {
  id: string;
  direction: "in" | "out";
  type: string;
  text: string | null;
  status: string;
  providerId: string | null;
  failure: { code: string; nextStep: string } | null;
  media: { id: string; state: string; url: string | null; mimeType: string } | null;
  content: Record<string, unknown>;
  reactions: { direction: string; emoji: string }[];
  editedAt: string | null;
  deletedAt: string | null;
  statusTimes: Record<string, string>;
}
export interface Page<Item> {
  items: Item[];
  next: string | null;
}

/** The whole road over real HTTP: a phone of the sandbox, signed webhooks, PostgreSQL, the terms book, and back. */
export interface Road extends Shop {
  /** Signed in as Bram, who answers. */
  readonly agent: Api;
  messagesOf(conversation: { id: string }): Promise<Message[]>;
  messageWith(conversation: { id: string }, wanted: (message: Message) => boolean, what: string): Promise<Message>;
  /** What the phone shows. */
  shown(phone: string): Promise<{ items: Shown[] }>;
  /** Posts a body as the platform would, signed, without the sandbox: for bodies the sandbox never makes. */
  post(body: unknown, secret?: string): Promise<number>;
  messagesBody(messages: unknown[], statuses?: unknown[]): WebhookBody;
  nowSeconds(): string;
}
interface WebhookBody {
  object: string;
  entry: { id: string; changes: { field: string; value: object }[] }[];
}
interface Shown {
  readonly id: string;
  readonly from: string;
  readonly type: string;
  readonly status?: string;
  readonly text?: { readonly body: string };
}

export async function startRoad(): Promise<Road> {
  const shop = await startShop();
  const { sandbox, api, at, senderId } = shop;
  const world = await sandbox.call<{ apps: { secret: string }[]; accounts: { numbers: { id: string }[] }[] }>(
    "GET",
    "",
  );
  const appSecret = world.apps[0]?.secret ?? "";
  const numberId = world.accounts[0]?.numbers[0]?.id ?? "";
  const messagesOf = async (conversation: { id: string }) =>
    (await api<Page<Message>>("GET", `conversations/${conversation.id}/messages?limit=200`)).body.items;
  return {
    ...shop,
    agent: await shop.as("agent"),
    messagesOf,
    messageWith: (conversation, wanted, what) => until(async () => (await messagesOf(conversation)).find(wanted), what),
    shown: (phone) => sandbox.call("GET", `phones/${phone}/messages`),
    async post(body, secret = appSecret) {
      const raw = typeof body === "string" ? body : JSON.stringify(body);
      const signature = `sha256=${createHmac("sha256", secret).update(raw).digest("hex")}`;
      const answer = await fetch(`${at.url}/webhooks/whatsapp/${senderId}`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-hub-signature-256": signature },
        body: raw,
      });
      return answer.status;
    },
    messagesBody: (messages, statuses) => ({
      object: "whatsapp_business_account",
      entry: [
        {
          id: "1",
          changes: [
            {
              field: "messages",
              value: {
                messaging_product: "whatsapp",
                metadata: { display_phone_number: "31108080101", phone_number_id: numberId },
                ...(statuses ? { statuses } : { messages }),
              },
            },
          ],
        },
      ],
    }),
    nowSeconds: () => String(Math.floor(at.loket.ports.clock.now() / 1000)),
  };
}
