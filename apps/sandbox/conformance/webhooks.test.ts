import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { minuteMs, secondMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox, orderUpdate, text, weekendOffer } from "../src/given.ts";

afterEach(closeAll);

// Bodies the platform sent to users of david-lev/pywa (MIT). They live beside the repository rather than in it.
const fixtures = new URL("../../../../shared/fixtures/webhooks/", import.meta.url);

type Value = Record<string, unknown>;

/** Members a real body has and ours has not, or has as another type, by their path. Lists are judged by their first items. */
function lacks(real: unknown, ours: unknown, path = ""): string[] {
  if (Array.isArray(real)) {
    if (!Array.isArray(ours)) return [path];
    return real.length > 0 && ours.length > 0 ? lacks(real[0], ours[0], `${path}[]`) : [];
  }
  if (typeof real === "object" && real !== null) {
    if (typeof ours !== "object" || ours === null) return [path];
    return Object.entries(real).flatMap(([key, value]) =>
      key in ours ? lacks(value, (ours as Value)[key], `${path}.${key}`) : [`${path}.${key}`],
    );
  }
  return typeof real === typeof ours ? [] : [path];
}

const sam = "31612345678";
const control = (method: string, path: string, body: Value) => async (given: Given) => {
  await given.control(method, path.replace("{number}", given.number.id).replace("{account}", given.accountId), body);
};
const writes = (content: Value) => (given: Given) => given.personWrites(content);

async function calls(given: Given): Promise<string> {
  await given.graph("POST", `/${given.number.id}/settings`, { calling: { status: "ENABLED" } });
  await given.control("POST", `/phones/${sam}/calls`, { type: "permit" });
  const { calls } = (
    await given.graph("POST", `/${given.number.id}/calls`, {
      messaging_product: "whatsapp",
      action: "connect",
      to: sam,
      session: { sdp_type: "offer", sdp: "v=0" },
      biz_opaque_callback_data: "bel",
    })
  ).body;
  return calls[0].id;
}

async function sends(given: Given, actions: string[] = []): Promise<void> {
  // The bodies are of a time when every status named its conversation.
  await given.control("POST", "/faults", { webhookVersion: 23 });
  await given.personWrites();
  const id = await given.send({ ...text("Dag"), biz_opaque_callback_data: "kenmerk" });
  await given.sandbox.advance(secondMs);
  for (const type of actions) await given.control("POST", `/phones/${sam}/actions`, { type, messageId: id });
}

const lastOf = (field: string, member?: string) => (given: Given) =>
  given.subscriber.values(field).findLast((value) => member === undefined || member in value);
const statusOf = (status: string) => (given: Given) =>
  given.subscriber.values("messages").find((value) => value.statuses?.[0].status === status);

interface Case {
  readonly file: string;
  readonly name: string;
  readonly provoke: (given: Given) => Promise<unknown>;
  readonly ours: (given: Given) => unknown;
  /** What ours may lack, and why. */
  readonly without?: Readonly<Record<string, string>>;
}

const noParent = "parent user ids are not imitated";
const people = { ".contacts[].parent_user_id": noParent, ".messages[].from_parent_user_id": noParent };
const message = (name: string, content: Value, without: Record<string, string> = {}): Case => ({
  file: "message.json",
  name,
  provoke: writes(content),
  ours: lastOf("messages", "messages"),
  without,
});

const cases: Case[] = [
  message("image", { type: "image" }),
  message("media_with_url", { type: "image" }),
  message("document", { type: "document", document: { caption: "Plan" }, context: { forwarded: true } }),
  message("audio", { type: "audio", context: { forwarded: true } }),
  message("static_sticker", { type: "sticker" }),
  message("unreaction_no_emoji", { type: "reaction", reaction: { message_id: "wamid.x", emoji: "" } }),
  message("unsupported", { type: "unsupported" }),
  message("forwarded", { ...text("x"), context: { forwarded: true } }),
  message("forwarded_many_times", { ...text("x"), context: { frequently_forwarded: true } }),
  {
    file: "callback_button.json",
    name: "quick_reply",
    provoke: async (given) => {
      const id = await given.send(weekendOffer);
      await given.personWrites({ type: "button", button: { text: "Stop", payload: "Stop" }, context: { id } });
    },
    ours: lastOf("messages", "messages"),
  },
  {
    file: "call_permission_update.json",
    name: "accept",
    provoke: async (given) => {
      const context = { id: await given.send(orderUpdate) };
      await given.control("POST", `/phones/${sam}/calls`, { type: "permit", context });
    },
    ours: lastOf("messages", "messages"),
  },
  {
    file: "call_connect.json",
    name: "user_initiated",
    provoke: control("POST", `/phones/${sam}/calls`, { type: "call" }),
    ours: lastOf("calls", "calls"),
  },
  {
    file: "call_status.json",
    name: "call_status",
    provoke: async (given) => {
      await given.personWrites();
      await calls(given);
    },
    ours: lastOf("calls", "statuses"),
  },
  {
    file: "call_terminate.json",
    name: "call_terminate",
    provoke: async (given) => {
      await given.personWrites();
      const id = await calls(given);
      await given.control("POST", `/phones/${sam}/calls`, { type: "accept", id });
      await given.sandbox.advance(minuteMs);
      await given.control("POST", `/phones/${sam}/calls`, { type: "end", id });
    },
    ours: lastOf("calls", "calls"),
    without: { ".errors": "only where something went wrong" },
  },
  { file: "message_status.json", name: "sent", provoke: sends, ours: statusOf("sent") },
  {
    file: "message_status.json",
    name: "read",
    provoke: (given) => sends(given, ["read"]),
    ours: statusOf("read"),
    without: { ".statuses[].pricing": "told once, with delivered" },
  },
  { file: "message_status.json", name: "with_tracker", provoke: sends, ours: statusOf("sent") },
  {
    file: "account_update.json",
    name: "account_restriction",
    provoke: control("POST", "/accounts/{account}/events", {
      event: "ACCOUNT_RESTRICTION",
      restriction_info: [{ restriction_type: "RESTRICTED_BIZ_INITIATED_MESSAGING", expiration: 1_795_000_000 }],
    }),
    ours: lastOf("account_update"),
  },
  {
    file: "template_status_update.json",
    name: "approved",
    provoke: control("POST", "/templates/easter_preorder/actions", { type: "approve" }),
    ours: lastOf("message_template_status_update"),
  },
  {
    file: "user_marketing_preferences.json",
    name: "resume",
    provoke: async (given) => {
      for (const type of ["stop-marketing", "resume-marketing"])
        await given.control("POST", `/phones/${sam}/actions`, { type });
    },
    ours: lastOf("user_preferences"),
  },
];

const present = existsSync(fixtures);

describe.skipIf(!present)(
  `webhooks beside real ones${present ? "" : " (skipped: ../shared/fixtures is not there)"}`,
  () => {
    it.each(cases.map((one) => [one.file, one.name, one] as const))(
      "%s, %s: has everything the real one has",
      async (_, __, one) => {
        const bodies = JSON.parse(await readFile(new URL(one.file, fixtures), "utf8")) as Record<
          string,
          { entry: { changes: { value: Value }[] }[] }
        >;
        const given = await givenSandbox();
        await given.control("PUT", "/apps/first", { callbackUrl: given.subscriber.url });
        await one.provoke(given);
        await given.sandbox.quiet();
        const real = bodies[one.name]?.entry[0]?.changes[0]?.value;
        expect(real).toBeDefined();
        const excused = { ...people, ...one.without };
        expect(lacks(real, one.ours(given)).filter((path) => !(path in excused))).toEqual([]);
      },
    );
  },
);
