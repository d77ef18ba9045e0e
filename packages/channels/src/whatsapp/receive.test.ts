import { existsSync, readdirSync, readFileSync } from "node:fs";
import { instant } from "@loket/kit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { InboundEvent } from "./events.ts";
import { receive } from "./receive.ts";

const receivedAt = instant(1_790_000_000_000);

function bytes(body: unknown): Uint8Array {
  return new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body));
}

function envelope(...changes: readonly unknown[]) {
  return { object: "whatsapp_business_account", entry: [{ id: "900800700600500", time: 1_780_000_000, changes }] };
}

function events(body: unknown): readonly InboundEvent[] {
  const received = receive(bytes(body), receivedAt);
  expect(received.setAside).toEqual([]);
  return received.events;
}

interface Case {
  readonly field: string;
  readonly value: unknown;
  readonly expect: readonly Record<string, unknown>[];
}

const ownFixtures = new URL("./fixtures/", import.meta.url);

describe.each(readdirSync(ownFixtures).filter((name) => name.endsWith(".json")))("our corpus, %s", (file) => {
  const cases = JSON.parse(readFileSync(new URL(file, ownFixtures), "utf8")) as Record<string, Case>;
  it.each(Object.keys(cases))("%s", (name) => {
    const { field, value, expect: expected } = cases[name] as Case;
    const found = events(envelope({ field, value }));
    expect(found).toMatchObject(expected);
    expect(found).toHaveLength(expected.length);
    for (const event of found) {
      expect(event.sender.accountId).toBe("900800700600500");
      expect(event.path).toMatch(/^entry\[0\]\.changes\[0\]/);
    }
    // The same body again is the same events: this is what makes a repeat harmless.
    expect(events(envelope({ field, value })).map(({ eventKey }) => eventKey)).toEqual(
      found.map(({ eventKey }) => eventKey),
    );
  });
});

// Bodies of david-lev/pywa (MIT), which live beside the repository rather than in it.
const shared = new URL("../../../../../shared/fixtures/webhooks/", import.meta.url);
const message = {
  eventKey: "message:wamid.xyzxyz",
  from: { phone: "+972987654321", userId: "US.13491208655302741918" },
};
const expectations: Record<string, Record<string, Record<string, unknown>>> = {
  "message.json": {
    image: {
      kind: "messageReceived",
      ...message,
      content: { type: "image", image: { id: "65463453", sha256: "4654+8g=" } },
    },
    media_with_url: { content: { type: "image", image: { url: expect.stringContaining("lookaside.fbsbx.com") } } },
    document: { forwarded: "once", content: { document: { filename: "filename.pdf", id: "1234567890987654321" } } },
    audio: { content: { type: "audio", audio: { voice: false } } },
    static_sticker: { content: { sticker: { animated: false } } },
    animated_sticker: { content: { sticker: { animated: true } } },
    unreaction_empty: { kind: "reactionChanged", targetProviderId: "wamid.yzxyzx=", emoji: null },
    unreaction_no_emoji: { kind: "reactionChanged", emoji: null },
    chosen_location: { content: { location: { latitude: 37.4611978, name: "Facebook HQ" } }, forwarded: "once" },
    contacts: { content: { type: "contacts", contacts: [{ name: { last_name: "Bing" } }, {}, {}] } },
    unsupported: { content: { type: "unsupported", errors: [{ code: "131051" }] } },
    unsupported_with_type: { content: { unsupported: { type: "pool" } } },
    forwarded: { forwarded: "once", content: { text: { body: "forwarded text" } } },
    forwarded_many_times: { forwarded: "often" },
    referral: { referral: { clickId: "CTWA_CLID", headline: "AD_TITLE" }, content: { text: { body: "BODY" } } },
  },
  "message_status.json": {
    sent: { kind: "statusChanged", status: "sent", conversation: { origin: "service" }, pricing: { model: "CBP" } },
    read: { status: "read", recipient: { phone: "+972987654321", name: "Test Name" } },
    played: { status: "played" },
    with_tracker: { status: "sent", callbackData: "some data" },
    group: { status: "read", groupId: "fowefinoewcnw", participant: { userId: "US.123456" } },
  },
  "callback_button.json": {
    quick_reply: {
      content: { button: { payload: "callback_data", text: "title" } },
      repliesTo: { from: "972123456789" },
    },
    quick_reply_without_context: { content: { type: "button" } },
  },
  "callback_selection.json": {
    description: { content: { interactive: { list_reply: { id: "callback_data", description: "description" } } } },
  },
  "flow_completion.json": {
    completion: { content: { interactive: { nfm_reply: { response_json: expect.stringContaining("flow_token") } } } },
    without_flow_token: { content: { interactive: { type: "nfm_reply" } } },
  },
  "call_permission_update.json": {
    accept: {
      content: { interactive: { call_permission_reply: { response: "accept", expiration_timestamp: 1753186982 } } },
    },
  },
  "deleted_message.json": { revoke: { kind: "messageDeleted", targetProviderId: "<ORIGINAL_WHATSAPP_MESSAGE_ID>" } },
  "outgoing_message.json": {
    delete: { kind: "messageEchoed", echo: { of: "deletion", targetProviderId: "wamid.zzzzzz" } },
    edit: { kind: "messageEchoed", echo: { of: "edit", content: { text: { body: "Text was edited" } } } },
  },
  "system.json": {
    identity_change: {
      kind: "identityChanged",
      change: "identityKey",
      identityKey: { hash: "xyzxyz", acknowledged: true },
    },
  },
  "call_connect.json": {
    user_initiated: { kind: "callEvent", event: "connect", direction: "in", session: { type: "offer" } },
  },
  "call_status.json": { call_status: { kind: "callEvent", event: "status", status: "ringing" } },
  "call_terminate.json": {
    call_terminate: { kind: "callEvent", event: "terminate", durationSeconds: 120, failures: [{ code: "12455" }] },
  },
  "template_category_update.json": {
    marketing: { kind: "templateCategoryChanged", stage: "done", after: "marketing" },
  },
  "template_quality_update.json": {
    yellow: { kind: "templateQualityChanged", before: "green", after: "yellow", template: { id: "806312974732579" } },
  },
  "template_status_update.json": {
    approved: { kind: "templateStatusChanged", status: "approved", template: { id: "1689556908129832" } },
  },
  "user_marketing_preferences.json": {
    resume: { kind: "preferenceChanged", choice: "resume", from: { phone: "+16505551234" } },
    signup: { kind: "preferenceChanged", choice: "signup", signupId: "13176843987434774" },
  },
  "account_update.json": {
    account_deleted: { change: { type: "deleted" } },
    account_restriction: { change: { type: "restrictions", restrictions: [{ until: 1641330498000 }, {}] } },
    ad_account_linked: { change: { type: "adAccountLinked", adAccountId: "980198427534243" } },
    authentication_international_eligibility: {
      change: { type: "authenticationRate", exceptions: [{ country: "ID" }] },
    },
    mm_api_for_wa_terms_of_service: { change: { type: "marketingTermsSigned" } },
    partner_added: { change: { type: "partner", what: "added" } },
    partner_app_uninstalled: { change: { type: "partner", what: "appUninstalled" } },
    partner_led_business_verification_status: { change: { type: "partner", what: "verification", status: "approved" } },
    partner_removed_wa_app_disconnection: { change: { type: "disconnected", reason: "primary_inactivity" } },
    primary_business_location_set: { change: { type: "locationSet", country: "IN" } },
    account_offboarded: { kind: "accountChanged", change: { type: "offboarded" } },
    account_reconnected: { change: { type: "reconnected" } },
  },
};

describe.skipIf(!existsSync(shared))("bodies as the platform posts them (skipped where they are not at hand)", () => {
  const files = existsSync(shared) ? readdirSync(shared).filter((name) => name.endsWith(".json")) : [];
  it.each(files)("%s", (file) => {
    const cases = JSON.parse(readFileSync(new URL(file, shared), "utf8")) as Record<string, unknown>;
    for (const [name, body] of Object.entries(cases)) {
      const expected = expectations[file]?.[name];
      expect(expected, `${file} ${name} is expected by nobody`).toBeDefined();
      expect(events(body), `${file} ${name}`).toMatchObject([expected]);
    }
  });
});

const text = (id: string) => ({ from: "31612345678", id, timestamp: "1780000000", type: "text", text: { body: id } });
const value = (messages: unknown) => ({ metadata: { phone_number_id: "1" }, messages });

describe("a batch", () => {
  it("is read element by element, over every entry, change, message and status", () => {
    const body = {
      object: "whatsapp_business_account",
      entry: [
        {
          id: "1",
          changes: [
            { field: "messages", value: value([text("a"), text("b")]) },
            { field: "security", value: { event: "PIN_CHANGED" } },
          ],
        },
        {
          id: "2",
          changes: [{ field: "messages", value: { statuses: [{ id: "c", status: "sent", timestamp: "1780000000" }] } }],
        },
        { id: "3", changes: [{ field: "messages", value: value([text("d")]) }] },
      ],
    };
    const found = events(body);
    expect(found.map(({ kind }) => kind)).toEqual([
      "messageReceived",
      "messageReceived",
      "senderSecurityChanged",
      "statusChanged",
      "messageReceived",
    ]);
    expect(found.map(({ sender }) => sender.accountId)).toEqual(["1", "1", "1", "2", "3"]);
    expect(found[3]?.path).toBe("entry[1].changes[0].value.statuses[0]");
    expect(found[2]?.at).toBe(receivedAt);
  });

  const poison: readonly unknown[] = [
    null,
    7,
    "text",
    [],
    {},
    { type: "text" },
    { id: "x" },
    { id: {}, from: [], type: 3 },
    { id: "x", type: "text", text: { body: "from nobody" } },
    { ...text("x"), type: "edit" },
    { ...text("x"), type: "revoke", revoke: 5 },
    { ...text("x"), nested: JSON.parse(`${"[".repeat(200)}${"]".repeat(200)}`) },
  ];

  it("loses nothing to a poisoned element, and sets that one aside", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant("good"), fc.nat(poison.length - 1)), { maxLength: 40 }), (plan) => {
        const messages = plan.map((step, index) => (typeof step === "number" ? poison[step] : text(`m${index}`)));
        const received = receive(bytes(envelope({ field: "messages", value: value(messages) })), receivedAt);
        expect(received.events).toHaveLength(plan.filter((step) => step === "good").length);
        expect(received.setAside).toHaveLength(plan.filter((step) => step !== "good").length);
        for (const { path, reason, eventKey } of received.setAside) {
          expect(path).toMatch(/^entry\[0\]\.changes\[0\]\.value\.messages\[\d+\]$/);
          expect(reason).not.toBe("");
          expect(eventKey).toContain(path);
        }
      }),
    );
  });

  it("is set aside as a whole only where nothing in it can be told apart", () => {
    for (const body of ["", "{", "null", "[]", "7", '"x"', "\u0000", "<html>", '{"object":"page","entry":[]}']) {
      const received = receive(bytes(body), receivedAt);
      expect(received.events).toEqual([]);
      expect(received.setAside).toHaveLength(1);
    }
  });
});

describe("who wrote", () => {
  const contact = (name: string, wa_id: string, user_id: string) => ({ profile: { name }, wa_id, user_id });
  const from = (contacts: readonly unknown[], ...messages: readonly object[]) => {
    const all = messages.map((more, index) => ({ ...text(`m${index}`), ...more }));
    const found = events(envelope({ field: "messages", value: { contacts, messages: all } }));
    return found.map((event) => (event.kind === "messageReceived" ? event.from : null));
  };
  const sam = contact("Sam", "31612345678", "NL.1");
  const noor = contact("Noor", "31687654321", "NL.2");

  it("is told apart where several people are named", () => {
    expect(from([noor, sam], {}, { from: "31687654321" }, { from: undefined, from_user_id: "NL.1" })).toEqual([
      { phone: "+31612345678", userId: "NL.1", name: "Sam" },
      { phone: "+31687654321", userId: "NL.2", name: "Noor" },
      { phone: "+31612345678", userId: "NL.1", name: "Sam" },
    ]);
  });
  it("is not taken for the only person named where that is somebody else", () => {
    expect(from([noor], {}, { from: undefined, from_user_id: "NL.9" })).toEqual([
      { phone: "+31612345678" },
      { userId: "NL.9" },
    ]);
  });
});

describe("whatever arrives", () => {
  const fields = [
    "messages",
    "user_preferences",
    "smb_message_echoes",
    "smb_app_state_sync",
    "history",
    "standby",
    "messaging_handovers",
    "message_template_status_update",
    "template_category_update",
    "account_update",
    "flows",
    "calls",
    "group_lifecycle_update",
    "account_alerts",
    "business_capability_update",
    "phone_number_quality_update",
    "unknown",
    "__proto__",
    "constructor",
  ];
  const members = [
    "messages",
    "statuses",
    "errors",
    "contacts",
    "metadata",
    "id",
    "from",
    "from_user_id",
    "to",
    "type",
    "text",
    "image",
    "interactive",
    "system",
    "reaction",
    "context",
    "timestamp",
    "status",
    "event",
    "recipient_id",
    "history",
    "threads",
    "user_preferences",
    "message_echoes",
    "state_sync",
    "calls",
    "groups",
    "standby",
    "wa_id",
    "user_id",
    "value",
    "category",
    "message_template_id",
    "__proto__",
    "toString",
  ];
  const known = fc.constantFrom<unknown>(
    "text",
    "system",
    "edit",
    "revoke",
    "reaction",
    "interactive",
    "sent",
    "failed",
    "31612345678",
    "NL.1",
    "wamid.1",
    "",
    "1780000000",
    -1,
    1e308,
    2 ** 60,
    true,
    null,
    "user_changed_number",
    "stop",
    "connect",
    "marketing_messages",
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 6 },
      known,
      fc.jsonValue(),
      fc.array(tie("tree"), { maxLength: 4 }),
      fc
        .array(fc.tuple(fc.constantFrom(...members), tie("tree")), { maxLength: 6 })
        .map((pairs) => Object.fromEntries(pairs)),
    ),
  }));

  it("never throws, and yields only what can be kept", () => {
    const bodies = fc.oneof(
      fc
        .array(fc.record({ field: fc.constantFrom<unknown>(...fields), value: tree }), { maxLength: 4 })
        .map((changes) => envelope(...changes)),
      fc.record({ object: fc.constant("whatsapp_business_account"), entry: tree }),
      tree,
    );
    fc.assert(
      fc.property(bodies, (body) => {
        const received = receive(bytes(JSON.stringify(body) ?? ""), receivedAt);
        JSON.stringify(received);
        for (const event of received.events) {
          expect(event.eventKey).not.toBe("");
          expect(Number.isSafeInteger(event.at)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("never throws on bytes that are not JSON at all", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (body) => void receive(body, receivedAt)),
      { numRuns: 500 },
    );
  });

  it("survives what is nested without end", () => {
    const deep = `${'{"a":'.repeat(200_000)}1${"}".repeat(200_000)}`;
    const good = JSON.stringify(text("good"));
    for (const field of ["messages", "account_update", "unknown"]) {
      const body = `{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[
        {"field":"${field}","value":{"messages":[${deep}],"event":"X","more":${deep}}},
        {"field":"messages","value":{"messages":[${good}]}}]}]}`;
      const received = receive(bytes(body), receivedAt);
      expect(received.events.map(({ kind }) => kind)).toEqual(["messageReceived"]);
      expect(received.setAside).toHaveLength(1);
      JSON.stringify(received);
    }
  });
});

describe("ids", () => {
  it("of 17 digits and more arrive undamaged as text, also where the platform writes numbers", () => {
    const body = `{"object":"whatsapp_business_account","entry":[{"id":90080070060050012,"time":1780000000,"changes":[{"field":"message_template_quality_update",
      "value":{"message_template_id": 16900011122233345,"message_template_name":"a \\" 12345678901234567 [","message_template_language":"nl","new_quality_score":"RED"}}]}]}`;
    expect(events(body)).toMatchObject([
      {
        sender: { accountId: "90080070060050012" },
        template: { id: "16900011122233345", name: 'a " 12345678901234567 [' },
      },
    ]);
  });
});
