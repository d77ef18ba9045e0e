import { readContacts } from "@loket/contacts";
import type { Locale, LoketEvent, StreamNotice } from "@loket/contract";
import * as conversations from "@loket/conversations";
import type { Tx } from "@loket/database";
import { instant, type OrganisationId, toIso } from "@loket/kit";
import { listSenders, type Principal, seesInbox } from "@loket/organisations";
import { webhookUrlOf } from "../http/routes/senders.ts";
import type { Ports } from "../ports.ts";

/**
 * Events to screens. The record in the database is the truth: numbered per organisation, in commit order, without gaps.
 * A wake-up only says "look"; who listens also looks by itself, so a lost wake-up costs a second, never an event.
 *
 * Records hold ids. What is sent is the thing as it is now, fetched once per organisation and turn for all its screens;
 * ten changes of one message within a turn are one event.
 */
/**
 * What is new, in order. Screens that see the same get the same array, so that whoever writes it out does so once.
 */
export type Send = (news: readonly (LoketEvent | StreamNotice)[]) => void;

export interface Hub {
  /** Follows an organisation's events after `after`; `send` gets them in order. Resolves once the past is sent. */
  follow(principal: Principal, locale: Locale, after: string | null, send: Send): Promise<{ close(): void }>;
  /** Who looks at what, told to the others and kept nowhere. */
  present(principal: Principal, conversationId: string, inboxId: string, doing: "viewing" | "replying" | "left"): void;
  wake(organisationId: string): void;
  readonly clients: number;
  close(): void;
}

interface RawEvent {
  sequence: number;
  type: string;
  inbox_id: string | null;
  subject: Record<string, string>;
  at: number;
}

interface Client {
  readonly principal: Principal;
  readonly locale: Locale;
  readonly send: Send;
  cursor: number;
}

interface Room {
  readonly clients: Set<Client>;
  cursor: number;
  reading: Promise<void> | null;
  again: boolean;
}

/** More than this behind, and a screen does better to fetch anew. */
const maxCatchUp = 5_000;
const pageSize = 500;
/**
 * What changes within this time goes out together. Writing to a socket costs a system call whatever it carries, and two
 * hundred screens forty times a second kept the process from everything else (half its time; messages then took more
 * than a second). So the more screens, the longer we gather: 15 ms for a few, 80 ms for two hundred, never more than 100.
 */
const gatherMs = (clients: number): number => Math.min(100, Math.max(15, clients * 0.4));
const lookMs = 1_000;
const presenceMs = 45_000;

export function createHub(ports: Ports): Hub {
  const rooms = new Map<OrganisationId, Room>();
  const presence = new Map<
    string,
    Map<string, { name: string; doing: "viewing" | "replying"; until: number; inboxId: string }>
  >();
  let closed = false;

  const read = (organisationId: OrganisationId, after: number, limit: number) =>
    ports.app.inOrganisation(organisationId, (tx) => readEvents(tx, after, limit));

  async function turn(organisationId: OrganisationId, room: Room): Promise<void> {
    do {
      room.again = false;
      await ports.clock.sleep(gatherMs(room.clients.size)); // what changes together goes together
      for (;;) {
        const events = await read(organisationId, room.cursor, pageSize);
        const last = events.at(-1);
        if (!last) break;
        room.cursor = last.sequence;
        await deliver(
          organisationId,
          [...room.clients].filter((client) => client.cursor < last.sequence),
          events,
        );
        if (events.length < pageSize) break;
      }
    } while (room.again && !closed);
  }

  function look(organisationId: OrganisationId, room: Room): void {
    if (room.reading) {
      room.again = true;
      return;
    }
    room.reading = turn(organisationId, room)
      .catch((error) => ports.log.warn({ error: String(error) }, "events could not be read; trying again"))
      .finally(() => {
        room.reading = null;
      });
  }

  async function deliver(
    organisationId: OrganisationId,
    clients: readonly Client[],
    events: readonly RawEvent[],
  ): Promise<void> {
    for (const locale of new Set(clients.map((client) => client.locale))) {
      const hydrated = await ports.app.inOrganisation(organisationId, (tx) => hydrate(ports, tx, events, locale));
      const everything = hydrated.map(({ event }) => event);
      const firstSequence = hydrated[0]?.sequence ?? 0;
      for (const client of clients) {
        if (client.locale !== locale) continue;
        const news =
          client.principal.inboxes === "all" && client.cursor < firstSequence
            ? everything
            : hydrated
                .filter(
                  ({ inboxId, sequence }) =>
                    sequence > client.cursor && (inboxId === null || seesInbox(client.principal, inboxId)),
                )
                .map(({ event }) => event);
        if (news.length > 0) client.send(news);
        client.cursor = Math.max(client.cursor, events.at(-1)?.sequence ?? 0);
      }
    }
  }

  void (async () => {
    while (!closed) {
      await ports.clock.sleep(lookMs);
      for (const [organisationId, room] of rooms) if (room.clients.size > 0) look(organisationId, room);
    }
  })();

  function membersAt(conversationId: string): StreamNotice {
    const now = ports.clock.monotonicMs();
    const present = presence.get(conversationId) ?? new Map();
    for (const [memberId, one] of present) if (one.until < now) present.delete(memberId);
    return {
      type: "presence",
      conversationId,
      members: [...present].map(([memberId, { name, doing }]) => ({ memberId, name, doing })),
    };
  }

  return {
    async follow(principal, locale, after, send) {
      const { organisationId } = principal;
      // Found or made in one turn of the event loop: two who come at once must not make two rooms, of which one would
      // never be looked into again.
      const room: Room = rooms.get(organisationId) ?? { clients: new Set(), cursor: 0, reading: null, again: false };
      rooms.set(organisationId, room);
      const head = await latest(ports, organisationId);
      if (room.clients.size === 0 && room.reading === null) room.cursor = Math.max(room.cursor, head);
      const wanted = after === null ? head : Number(after);
      const client: Client = {
        principal,
        locale,
        send,
        cursor: Number.isSafeInteger(wanted) && wanted >= 0 && wanted <= head ? wanted : head,
      };
      if (head - client.cursor > maxCatchUp || client.cursor !== wanted) {
        client.cursor = head;
        send([{ type: "reload", after: String(head) }]);
      }
      // The past first, page by page, until nothing lies between this client and where the room is; then it joins, in
      // the same turn of the event loop, so that no event falls between the two.
      for (;;) {
        const events = await read(organisationId, client.cursor, pageSize);
        if (events.length > 0) await deliver(organisationId, [client], events);
        if (events.length < pageSize && client.cursor >= room.cursor) break;
      }
      room.clients.add(client);
      look(organisationId, room);
      send([{ type: "ready", after: String(client.cursor) }]);
      return {
        close() {
          room.clients.delete(client); // the room stays: it is only a number, and somebody may be on the way into it
        },
      };
    },
    present(principal, conversationId, inboxId, doing) {
      const { memberId } = principal;
      if (!memberId) return;
      const present = presence.get(conversationId) ?? new Map();
      presence.set(conversationId, present);
      if (doing === "left") present.delete(memberId);
      else
        present.set(memberId, { name: principal.name, doing, until: ports.clock.monotonicMs() + presenceMs, inboxId });
      if (present.size === 0) presence.delete(conversationId);
      const notices = [membersAt(conversationId)];
      for (const client of rooms.get(principal.organisationId)?.clients ?? [])
        if (seesInbox(client.principal, inboxId)) client.send(notices);
    },
    wake(organisationId) {
      const room = rooms.get(organisationId as OrganisationId);
      if (room && room.clients.size > 0) look(organisationId as OrganisationId, room);
    },
    get clients() {
      return [...rooms.values()].reduce((sum, room) => sum + room.clients.size, 0);
    },
    close() {
      closed = true;
      rooms.clear();
    },
  };
}

async function latest(ports: Ports, organisationId: OrganisationId): Promise<number> {
  return ports.app.inOrganisation(
    organisationId,
    async (tx) =>
      (await tx.one<{ last: number }>("select last from event_sequence where organisation_id = $1", [organisationId]))
        ?.last ?? 0,
  );
}

export function readEvents(tx: Tx, after: number, limit: number): Promise<RawEvent[]> {
  return tx.query<RawEvent>(
    "select sequence, type, inbox_id, subject, at from event where organisation_id = $1 and sequence > $2 order by sequence limit $3",
    [tx.organisationId, after, limit],
  );
}

/** The events with what they are about, as it is now. Of several about one thing only the last is kept: it says it all. */
export async function hydrate(
  ports: Pick<Ports, "publicUrl">,
  tx: Tx,
  events: readonly RawEvent[],
  locale: Locale,
): Promise<{ event: LoketEvent; inboxId: string | null; sequence: number }[]> {
  const latestOf = new Map<string, RawEvent>();
  for (const event of events) latestOf.set(`${event.type} ${subjectId(event)}`, event);
  const kept = [...latestOf.values()].sort((a, b) => a.sequence - b.sequence);
  const idsOf = (type: string, field: string) =>
    kept.filter((event) => event.type === type).flatMap((event) => event.subject[field] ?? []);
  const byId = <Item extends { id: string }>(items: readonly Item[]) => new Map(items.map((item) => [item.id, item]));

  const some = <T>(ids: readonly string[], fetch: () => Promise<T[]>): Promise<T[]> =>
    ids.length === 0 ? Promise.resolve([]) : fetch();
  const conversationIds = idsOf("conversation.changed", "conversationId");
  const messageIds = idsOf("message.changed", "messageId");
  const noteIds = idsOf("note.added", "noteId");
  const activityIds = idsOf("activity.added", "activityId");
  const contactIds = idsOf("contact.changed", "contactId");
  const senderIds = idsOf("sender.changed", "senderId");
  const templateSenders = idsOf("template.changed", "senderId");
  const [threads, messages, notes, activities, contacts, senders, templates] = await Promise.all([
    some(conversationIds, () => conversations.readConversations(tx, conversationIds)),
    some(messageIds, () => conversations.readMessages(tx, messageIds, locale)),
    some(noteIds, () => conversations.readNotes(tx, noteIds)),
    some(activityIds, () => conversations.readActivities(tx, activityIds)),
    some(contactIds, () => readContacts(tx, contactIds)),
    some(senderIds, () => listSenders(tx, senderIds)),
    some(templateSenders, () => conversations.listTemplates(tx, {})),
  ]);
  const found = {
    threads: byId(threads),
    messages: byId(messages),
    notes: byId(notes),
    activities: byId(activities),
    contacts: byId(contacts),
    senders: byId(senders),
  };

  return kept.flatMap((raw): { event: LoketEvent; inboxId: string | null; sequence: number }[] => {
    const base = { id: String(raw.sequence), at: toIso(instant(raw.at)) };
    const { subject } = raw;
    const conversationId = subject.conversationId ?? "";
    const make = (event: object | undefined): { event: LoketEvent; inboxId: string | null; sequence: number }[] =>
      event
        ? [
            {
              event: { ...base, type: raw.type, ...event } as LoketEvent,
              inboxId: raw.inbox_id,
              sequence: raw.sequence,
            },
          ]
        : [];
    switch (raw.type) {
      case "conversation.changed": {
        const conversation = found.threads.get(conversationId);
        return make(conversation && { conversation });
      }
      case "message.changed": {
        const message = found.messages.get(subject.messageId ?? "");
        return make(message && { conversationId, message });
      }
      case "note.added": {
        const note = found.notes.get(subject.noteId ?? "");
        return make(note && { conversationId, note });
      }
      case "activity.added": {
        const activity = found.activities.get(subject.activityId ?? "");
        return make(activity && { conversationId, activity });
      }
      case "contact.changed": {
        const contact = found.contacts.get(subject.contactId ?? "");
        return make(contact && { contact });
      }
      case "sender.changed": {
        const sender = found.senders.get(subject.senderId as never);
        return make(sender && { sender: { ...sender, webhookUrl: webhookUrlOf(ports, sender.id) } });
      }
      case "template.changed":
        return templates
          .filter((template) => template.senderId === subject.senderId)
          .flatMap((template) => make({ template }));
      case "campaign.changed":
        return make({ campaignId: subject.campaignId });
      case "standing.changed":
        return make({ what: subject.what, subjectId: subject.subjectId });
      default:
        return [];
    }
  });
}

function subjectId(event: RawEvent): string {
  const {
    messageId,
    noteId,
    activityId,
    conversationId,
    contactId,
    senderId,
    campaignId,
    what,
    subjectId: standing,
  } = event.subject;
  if (standing !== undefined) return `${what} ${standing}`;
  return messageId ?? noteId ?? activityId ?? conversationId ?? contactId ?? campaignId ?? senderId ?? "";
}
