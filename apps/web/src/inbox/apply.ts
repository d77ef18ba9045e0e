import type { ContactDetail, Conversation, LoketEvent, Template } from "@loket/contract";
import type { QueryClient } from "@tanstack/react-query";
import { templatesKey } from "../templates/queries.ts";
import { keys } from "./keys.ts";
import { applyToList, type ConversationList, type ListFilter, newerConversation } from "./list.ts";
import { applyToTimeline, type Timeline } from "./timeline.ts";

/** Brings everything this browser holds up to a batch of events; nothing is fetched again. */
export function applyEvents(
  queries: QueryClient,
  organisationId: string,
  memberId: string | null,
  events: readonly LoketEvent[],
): void {
  const lists = queries.getQueriesData<ConversationList>({ queryKey: keys.lists(organisationId) });
  for (const [key, held] of lists) {
    const filter = key[2] as ListFilter | undefined;
    if (!held || !filter) continue;
    const next = events.reduce((list, event) => applyToList(list, filter, event, memberId), held);
    if (next !== held) queries.setQueryData(key, next);
  }
  for (const event of events) applyToOne(queries, organisationId, event);
}

function applyToOne(queries: QueryClient, organisationId: string, event: LoketEvent): void {
  switch (event.type) {
    case "conversation.changed":
      queries.setQueryData<Conversation>(
        keys.conversation(organisationId, event.conversation.id),
        (held) => held && newerConversation(held, event.conversation),
      );
      return;
    case "message.changed":
    case "note.added":
    case "activity.added":
      queries.setQueryData<Timeline>(
        keys.timeline(organisationId, event.conversationId),
        (held) => held && applyToTimeline(held, event),
      );
      return;
    case "contact.changed":
      queries.setQueryData<ContactDetail>(
        ["contact", organisationId, event.contact.id],
        (held) => held && { ...held, ...event.contact },
      );
      // The event says who the person is. What they agreed to or stopped may have changed with it, and is asked for.
      void queries.invalidateQueries({ queryKey: ["contact", organisationId, event.contact.id] });
      queries.setQueriesData<Conversation>({ queryKey: ["conversation", organisationId] }, (held) =>
        held?.contact.id === event.contact.id
          ? { ...held, contact: { ...held.contact, name: event.contact.name } }
          : held,
      );
      return;
    case "template.changed":
      queries.setQueryData<Template[]>(templatesKey(organisationId, event.template.senderId), (held) =>
        held?.some((template) => template.id === event.template.id)
          ? held.map((template) => (template.id === event.template.id ? event.template : template))
          : held && [...held, event.template],
      );
      return;
    case "standing.changed":
      // Pages of standing hold what they show under one key; whatever of it is on screen is asked for anew.
      void queries.invalidateQueries({ queryKey: ["standing", organisationId] });
      return;
    case "campaign.changed":
      void queries.invalidateQueries({ queryKey: ["campaigns", organisationId] });
      return;
    case "sender.changed":
      return; // the directory of senders listens for itself
  }
}

/** The answer to an act is the conversation as it is now: put wherever it is held, as an event would. */
export function applyConversation(
  queries: QueryClient,
  organisationId: string,
  memberId: string | null,
  conversation: Conversation,
): void {
  applyEvents(queries, organisationId, memberId, [
    { id: "", at: new Date().toISOString(), type: "conversation.changed", conversation },
  ]);
}
