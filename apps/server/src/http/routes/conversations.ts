import type { MessageContent } from "@loket/channels";
import type { MessageSend } from "@loket/contract";
import * as contract from "@loket/contract";
import * as conversations from "@loket/conversations";
import type { Tx } from "@loket/database";
import { verdictInWords } from "@loket/delivery";
import { instant, type MemberId } from "@loket/kit";
import { inboxFilter, type Principal, seesInbox } from "@loket/organisations";
import { toWire } from "@loket/policy";
import { z } from "zod";
import type { Ports } from "../../ports.ts";
import type { Hub } from "../../realtime/hub.ts";
import { HttpProblem, notFound } from "../problem.ts";
import { Answered, decodeCursor, encodeCursor, idParams, type Route, route } from "../route.ts";

type Locale = conversations.Locale;
const position = z.object({ at: z.number(), id: z.string() });

export function conversationRoutes(ports: Ports, hub: Hub): Route[] {
  const actorOf = (principal: Principal): conversations.Actor => ({
    memberId: principal.memberId,
    name: principal.name,
  });

  /** The conversation, where the asker sees its inbox; for everybody else it does not exist. */
  async function visible(tx: Tx, principal: Principal, id: string): Promise<conversations.Conversation> {
    const conversation = await conversations.readConversation(tx, id);
    if (!conversation || !seesInbox(principal, conversation.inboxId)) throw notFound("conversation");
    return conversation;
  }

  /** An act and what it leaves behind; somebody else's change in between answers 409 with how it is now. */
  async function act(
    tx: Tx,
    principal: Principal,
    id: string,
    work: () => Promise<conversations.ActOutcome>,
  ): Promise<unknown> {
    await visible(tx, principal, id);
    const outcome = await work();
    const conversation = await conversations.readConversation(tx, id);
    if (outcome === "unknown" || !conversation) throw notFound("conversation");
    if (outcome === "done") return conversation;
    const holder = conversation.assigneeId
      ? await tx.one<{ id: string; name: string }>(
          'select m.id, u.name from member m join auth."user" u on u.id = m.person_id where m.organisation_id = $1 and m.id = $2',
          [tx.organisationId, conversation.assigneeId],
        )
      : undefined;
    throw new HttpProblem(
      409,
      "conversation.changed",
      holder ? `${holder.name} has this conversation.` : "This conversation changed since you looked.",
      {
        detail: "What you saw is not how it is now.",
        action: "Look at it again, then decide anew.",
        conversation,
        member: holder ?? null,
      },
    );
  }

  const withVersion = (
    name: string,
    summary: string,
    run: (tx: Tx, principal: Principal, id: string, version: number) => Promise<conversations.ActOutcome>,
  ): Route =>
    route(
      "conversations:write",
      {
        method: "POST",
        path: `conversations/{id}/${name}`,
        tag: "conversations",
        summary,
        params: idParams,
        body: z.object({ version: z.number().int() }),
        answer: contract.conversation,
      },
      async ({ params, body, principal, inOrganisation }) =>
        inOrganisation((tx) => act(tx, principal, params.id, () => run(tx, principal, params.id, body.version))),
    );

  return [
    route(
      "conversations:read",
      {
        method: "GET",
        path: "conversations",
        tag: "conversations",
        summary: "Conversations, newest first",
        query: contract.conversationQuery,
        answer: contract.page(contract.conversation),
      },
      async ({ query, principal, inOrganisation }) => {
        const after = decodeCursor(query.cursor, position);
        const assignee =
          query.assignee === "me" ? (principal.memberId ?? "00000000-0000-0000-0000-000000000000") : query.assignee;
        const items = await inOrganisation((tx) =>
          conversations.listConversations(
            tx,
            { ...query, assignee, inboxIds: inboxFilter(principal) },
            { after, limit: query.limit },
          ),
        );
        const last = items.at(-1);
        return {
          items,
          next:
            items.length === query.limit && last?.lastMessageAt
              ? encodeCursor({ at: Date.parse(last.lastMessageAt), id: last.id })
              : null,
        };
      },
    ),
    route(
      "conversations:read",
      {
        method: "GET",
        path: "conversations/counts",
        tag: "conversations",
        summary: "How many wait, for whom",
        answer: contract.conversationCounts,
      },
      async ({ principal, inOrganisation }) =>
        inOrganisation((tx) => conversations.countConversations(tx, inboxFilter(principal))),
    ),
    route(
      "conversations:write",
      {
        method: "POST",
        path: "conversations",
        tag: "conversations",
        summary: "Open a conversation with a person; sends nothing",
        body: contract.conversationStart,
        answer: contract.conversation,
        status: 201,
      },
      async ({ body, principal, inOrganisation }) =>
        inOrganisation(async (tx) => {
          const outcome = await conversations.startConversation(tx, ports, actorOf(principal), body);
          if (outcome.kind === "unknown-contact") throw notFound("contact");
          if (outcome.kind === "unknown-sender") throw notFound("sender");
          if (outcome.kind === "no-address")
            throw new HttpProblem(422, "contact.unreachable", "This person has no address on this channel.", {
              action: "Add a phone number to the contact first.",
            });
          return visible(tx, principal, outcome.conversationId);
        }),
    ),
    route(
      "conversations:read",
      {
        method: "GET",
        path: "conversations/{id}",
        tag: "conversations",
        summary: "One conversation",
        params: idParams,
        answer: contract.conversation,
      },
      async ({ params, principal, inOrganisation }) => inOrganisation((tx) => visible(tx, principal, params.id)),
    ),

    withVersion("claim", "Take a conversation nobody holds", (tx, principal, id, version) =>
      conversations.claim(tx, ports, actorOf(principal), id, version),
    ),
    withVersion("close", "Close a conversation", (tx, principal, id, version) =>
      conversations.close(tx, ports, actorOf(principal), id, version),
    ),
    route(
      "conversations:assign",
      {
        method: "POST",
        path: "conversations/{id}/assign",
        tag: "conversations",
        summary: "Give a conversation to a member, or to nobody",
        params: idParams,
        body: contract.assign,
        answer: contract.conversation,
      },
      async ({ params, body, principal, inOrganisation }) =>
        inOrganisation((tx) =>
          act(tx, principal, params.id, () =>
            conversations.assign(
              tx,
              ports,
              actorOf(principal),
              params.id,
              body.version,
              body.assigneeId as MemberId | null,
            ),
          ),
        ),
    ),
    route(
      "conversations:write",
      {
        method: "POST",
        path: "conversations/{id}/reopen",
        tag: "conversations",
        summary: "Undo closing or snoozing",
        params: idParams,
        answer: contract.conversation,
      },
      async ({ params, principal, inOrganisation }) =>
        inOrganisation((tx) =>
          act(tx, principal, params.id, () => conversations.reopen(tx, ports, actorOf(principal), params.id)),
        ),
    ),
    route(
      "conversations:write",
      {
        method: "POST",
        path: "conversations/{id}/snooze",
        tag: "conversations",
        summary: "Put a conversation aside until a moment, or until the person writes",
        params: idParams,
        body: contract.snooze,
        answer: contract.conversation,
      },
      async ({ params, body, principal, inOrganisation }) => {
        const until = instant(Date.parse(body.until));
        if (until <= ports.clock.now())
          throw new HttpProblem(400, "invalid-request", "That moment has passed.", {
            errors: [{ path: "body.until", message: "Choose a moment in the future." }],
          });
        return inOrganisation((tx) =>
          act(tx, principal, params.id, () =>
            conversations.snooze(tx, ports, actorOf(principal), params.id, body.version, until),
          ),
        );
      },
    ),
    route(
      "conversations:write",
      {
        method: "POST",
        path: "conversations/{id}/read",
        tag: "conversations",
        summary: "Mark as read, also for the customer",
        params: idParams,
        answer: contract.conversation,
      },
      async ({ params, principal, inOrganisation }) =>
        inOrganisation(async (tx) => {
          await visible(tx, principal, params.id);
          const receipt = await conversations.markRead(tx, ports, params.id);
          if (receipt) tx.addJob("whatsapp.read", { ...receipt }, { maxAttempts: 3 });
          return conversations.readConversation(tx, params.id);
        }),
    ),
    route(
      "conversations:write",
      {
        method: "POST",
        path: "conversations/{id}/unread",
        tag: "conversations",
        summary: "Mark as unread, for everybody here",
        params: idParams,
        answer: contract.conversation,
      },
      async ({ params, principal, inOrganisation }) =>
        inOrganisation(async (tx) => {
          await visible(tx, principal, params.id);
          await conversations.markUnread(tx, ports, params.id);
          return conversations.readConversation(tx, params.id);
        }),
    ),
    route(
      "conversations:write",
      {
        method: "POST",
        path: "conversations/{id}/typing",
        tag: "conversations",
        summary: "Show the customer that an answer is being written",
        params: idParams,
        status: 204,
      },
      async ({ params, principal, inOrganisation }) => {
        await inOrganisation(async (tx) => {
          const conversation = await visible(tx, principal, params.id);
          const last = await tx.one<{ provider_id: string }>(
            "select provider_id from message where organisation_id = $1 and conversation_id = $2 and sender_id = $3 and direction = 'in' and provider_id is not null order by created_at desc limit 1",
            [tx.organisationId, params.id, conversation.senderId],
          );
          if (last)
            tx.addJob(
              "whatsapp.read",
              { senderId: conversation.senderId, providerId: last.provider_id, typing: true },
              { maxAttempts: 1, key: `typing ${params.id}` },
            );
        });
      },
    ),
    route(
      "conversations:read",
      {
        method: "POST",
        path: "conversations/{id}/presence",
        tag: "conversations",
        summary: "Tell colleagues that you look at or answer this",
        params: idParams,
        body: contract.presenceChange,
        status: 204,
      },
      async ({ params, body, principal, inOrganisation }) => {
        const conversation = await inOrganisation((tx) => visible(tx, principal, params.id));
        hub.present(principal, conversation.id, conversation.inboxId, body.doing);
      },
    ),
    route(
      "conversations:write",
      {
        method: "PUT",
        path: "conversations/{id}/labels",
        tag: "conversations",
        summary: "Set a conversation's labels",
        params: idParams,
        body: contract.setLabels,
        answer: contract.conversation,
      },
      async ({ params, body, principal, inOrganisation }) =>
        inOrganisation((tx) =>
          act(tx, principal, params.id, () =>
            conversations.setLabels(tx, ports, actorOf(principal), params.id, body.labelIds),
          ),
        ),
    ),

    route(
      "conversations:read",
      {
        method: "GET",
        path: "conversations/{id}/messages",
        tag: "messages",
        summary: "Messages: the newest page first, each page oldest first; `next` leads back in time",
        params: idParams,
        query: contract.pageQuery,
        answer: contract.page(contract.message),
      },
      async ({ params, query, principal, inOrganisation, locale }) => {
        const before = decodeCursor(query.cursor, position);
        const page = await inOrganisation(async (tx) => {
          await visible(tx, principal, params.id);
          return conversations.listMessages(tx, params.id, { before, limit: query.limit }, locale);
        });
        return { items: page.items, next: page.next && encodeCursor(page.next) };
      },
    ),
    route(
      "conversations:read",
      {
        method: "GET",
        path: "conversations/{id}/timeline",
        tag: "messages",
        summary: "Messages, notes and what happened, in one order",
        params: idParams,
        query: contract.pageQuery,
        answer: contract.page(contract.timelineItem),
      },
      async ({ params, query, principal, inOrganisation, locale }) => {
        const before = decodeCursor(query.cursor, position);
        const page = await inOrganisation(async (tx) => {
          await visible(tx, principal, params.id);
          return conversations.readTimeline(tx, params.id, { before, limit: query.limit }, locale);
        });
        return { items: page.items, next: page.next && encodeCursor(page.next) };
      },
    ),
    route(
      "conversations:write",
      {
        method: "POST",
        path: "conversations/{id}/messages",
        tag: "messages",
        summary: "Answer. The same clientId twice is one message",
        params: idParams,
        body: contract.messageSend,
        answer: contract.message,
        status: 201,
      },
      async ({ params, body, principal, inOrganisation, locale }) => {
        const outcome = await inOrganisation(async (tx) => {
          await visible(tx, principal, params.id);
          return conversations.reply(tx, ports, actorOf(principal), params.id, {
            clientId: body.clientId,
            content: toContent(body),
            repliesToProviderId: body.context?.message_id,
            version: body.version,
          });
        });
        return answerReply(outcome, locale, inOrganisation, params.id);
      },
    ),
    route(
      "conversations:write",
      {
        method: "POST",
        path: "conversations/{id}/consent-question",
        tag: "consents",
        summary:
          "Ask for consent with a published wording. Yes, as the next thing the person says within a day, is consent",
        params: idParams,
        body: contract.consentQuestion,
        answer: contract.message,
        status: 201,
      },
      async ({ params, body, principal, inOrganisation, locale }) => {
        const outcome = await inOrganisation(async (tx) => {
          await visible(tx, principal, params.id);
          return conversations.askConsent(tx, ports, actorOf(principal), params.id, body);
        });
        if (outcome.kind === "unknown-wording") throw notFound("wording for this channel");
        return answerReply(outcome, locale, inOrganisation, params.id);
      },
    ),
    route(
      "conversations:read",
      {
        method: "GET",
        path: "messages/{id}",
        tag: "messages",
        summary: "One message",
        params: idParams,
        answer: contract.message,
      },
      async ({ params, principal, inOrganisation, locale }) =>
        inOrganisation(async (tx) => {
          const message = await conversations.readMessage(tx, params.id, locale);
          if (!message) throw notFound("message");
          await visible(tx, principal, message.conversationId);
          return message;
        }),
    ),
    route(
      "conversations:write",
      {
        method: "POST",
        path: "messages/{id}/retry",
        tag: "messages",
        summary: "Send a failed message again, as a new one",
        params: idParams,
        body: z.object({ acceptPossibleDouble: z.boolean().default(false) }).optional(),
        answer: contract.message,
        status: 201,
      },
      async ({ params, body, principal, inOrganisation, locale }) => {
        const { outcome, conversationId } = await inOrganisation(async (tx) => {
          const row = await tx.one<{
            conversation_id: string;
            status: string;
            content: MessageContent;
            replies_to_provider_id: string | null;
          }>(
            "select conversation_id, status, content, replies_to_provider_id from message where organisation_id = $1 and id = $2 and direction = 'out'",
            [tx.organisationId, params.id],
          );
          if (!row) throw notFound("message");
          await visible(tx, principal, row.conversation_id);
          if (row.status === "uncertain" && !body?.acceptPossibleDouble) {
            throw new HttpProblem(409, "message.uncertain", "It is not known yet whether this message arrived.", {
              action: "Wait for its status, or send it again and accept that the customer may get it twice.",
            });
          }
          if (row.status !== "failed" && row.status !== "uncertain")
            throw new HttpProblem(409, "message.not-failed", "This message has not failed.", {
              action: "Only failed messages can be sent again.",
            });
          const clientId = `retry ${params.id}`;
          return {
            outcome: await conversations.reply(tx, ports, actorOf(principal), row.conversation_id, {
              clientId,
              content: row.content,
              repliesToProviderId: row.replies_to_provider_id ?? undefined,
            }),
            conversationId: row.conversation_id,
          };
        });
        return answerReply(outcome, locale, inOrganisation, conversationId);
      },
    ),

    route(
      "conversations:read",
      {
        method: "GET",
        path: "conversations/{id}/notes",
        tag: "notes",
        summary: "Notes for colleagues",
        params: idParams,
        answer: contract.page(contract.note),
      },
      async ({ params, principal, inOrganisation }) =>
        inOrganisation(async (tx) => {
          await visible(tx, principal, params.id);
          return { items: await conversations.listNotes(tx, params.id), next: null };
        }),
    ),
    route(
      "conversations:write",
      {
        method: "POST",
        path: "conversations/{id}/notes",
        tag: "notes",
        summary: "Write a note; the customer never sees it",
        params: idParams,
        body: contract.noteCreate,
        answer: contract.note,
        status: 201,
      },
      async ({ params, body, principal, inOrganisation }) => {
        const { memberId } = principal;
        if (!memberId)
          throw new HttpProblem(403, "forbidden", "Notes are written by members; an API token is nobody.", {
            action: "Sign in as a member.",
          });
        return inOrganisation(async (tx) => {
          const conversation = await visible(tx, principal, params.id);
          const id = await conversations.addNote(tx, ports, { memberId }, conversation, body);
          return (await conversations.readNotes(tx, [id]))[0];
        });
      },
    ),
    route(
      "conversations:read",
      { method: "GET", path: "labels", tag: "labels", summary: "Labels", answer: contract.page(contract.label) },
      async ({ inOrganisation }) => ({ items: await inOrganisation(conversations.listLabels), next: null }),
    ),
    route(
      "labels:manage",
      {
        method: "POST",
        path: "labels",
        tag: "labels",
        summary: "Make a label",
        body: contract.labelCreate,
        answer: contract.label,
        status: 201,
      },
      async ({ body, inOrganisation }) => {
        const label = await inOrganisation((tx) => conversations.createLabel(tx, ports, body));
        if (!label)
          throw new HttpProblem(409, "name-taken", "There is already a label with this name.", {
            action: "Choose another name.",
          });
        return label;
      },
    ),
  ];
}

/** What came of an answer, in HTTP. */
async function answerReply(
  outcome: conversations.ReplyOutcome,
  locale: Locale,
  inOrganisation: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
  conversationId: string,
): Promise<unknown> {
  switch (outcome.kind) {
    case "queued": {
      const message = await inOrganisation((tx) => conversations.readMessage(tx, outcome.messageId, locale));
      if (!message) throw notFound("message");
      return new Answered(201, message);
    }
    case "refused":
    case "held": {
      const verdict = verdictInWords(toWire(outcome.verdict, locale), locale);
      const [rule] = verdict.rules;
      throw new HttpProblem(
        422,
        outcome.kind === "held" ? "policy.held" : "policy.refused",
        rule?.title ?? "The terms book does not let this go.",
        {
          ...(rule?.explanation ? { detail: rule.explanation } : {}),
          ...(rule?.remedies[0] ? { action: rule.remedies[0].label } : {}),
          verdict,
        },
      );
    }
    case "invalid":
      throw new HttpProblem(400, "invalid-content", "The channel would not take this message.", {
        detail: outcome.problems.map((problem) => problem.message).join(" "),
        ...(outcome.problems[0] ? { action: outcome.problems[0].remedy } : {}),
        errors: outcome.problems.map(({ path, message }) => ({ path, message })),
      });
    case "stale": {
      const conversation = await inOrganisation((tx) => conversations.readConversation(tx, conversationId));
      throw new HttpProblem(409, "conversation.changed", "This conversation changed while you wrote.", {
        action: "Read what is new, then send it as it is or change it.",
        conversation,
      });
    }
    case "unreachable":
      throw new HttpProblem(422, "contact.unreachable", "This person cannot be reached on this channel.", {
        action: "Add a phone number to the contact.",
      });
    case "unknown":
      throw notFound("conversation");
  }
}

/** The wire's body as content: text may be a plain string, media ids are ours. */
function toContent(body: MessageSend): MessageContent {
  switch (body.type) {
    case "text":
      return {
        type: "text",
        text:
          typeof body.text === "string"
            ? { body: body.text }
            : {
                body: body.text.body,
                ...(body.text.preview_url === undefined ? {} : { preview_url: body.text.preview_url }),
              },
      };
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker": {
      const { id, ...rest } = (body as unknown as Record<string, { id: string }>)[body.type] ?? { id: "" };
      return { type: body.type, [body.type]: { mediaId: id, ...rest } } as unknown as MessageContent;
    }
    default: {
      const { clientId: _client, context: _context, version: _version, ...content } = body;
      return content as unknown as MessageContent;
    }
  }
}
