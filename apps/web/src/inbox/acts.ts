import type { Conversation } from "@loket/contract";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { Refused } from "../shell/api.ts";
import { useLanguage } from "../shell/i18n.tsx";
import { useSession } from "../shell/session.tsx";
import { useFailureWords } from "../ui/Failure.tsx";
import { shortDateTime } from "../ui/time.ts";
import { toast } from "../ui/toast.tsx";
import { applyConversation } from "./apply.ts";
import { conversationOf } from "./send.ts";

export interface Acts {
  claim(conversation: Conversation): Promise<boolean>;
  assign(conversation: Conversation, assigneeId: string | null, name: string): Promise<boolean>;
  close(conversation: Conversation): Promise<boolean>;
  reopen(conversation: Conversation): Promise<boolean>;
  snooze(conversation: Conversation, until: Date): Promise<boolean>;
  setLabels(conversation: Conversation, labelIds: string[]): Promise<boolean>;
  markRead(conversation: Conversation): Promise<void>;
  markUnread(conversation: Conversation): Promise<boolean>;
}

/**
 * What one does to a conversation. Each act is on screen before the server answers, and taken back with the reason where
 * the answer is no. Every act carries the version the person saw: a colleague's act is never overwritten unseen.
 */
export function useActs(): Acts {
  const { api, organisation, memberId } = useSession();
  const queries = useQueryClient();
  const { t, locale } = useLanguage();
  const failureWords = useFailureWords();

  return useMemo((): Acts => {
    const apply = (conversation: Conversation) => applyConversation(queries, organisation.id, memberId, conversation);

    async function act(
      before: Conversation,
      change: Partial<Conversation>,
      call: () => Promise<Conversation>,
    ): Promise<Conversation | null> {
      apply({ ...before, ...change });
      try {
        const after = await call();
        apply(after);
        return after;
      } catch (error) {
        const now = error instanceof Refused ? conversationOf(error.problem) : null;
        apply(now ?? { ...before });
        if (error instanceof Refused && error.problem.code === "conversation.changed") {
          const winner = error.problem.member?.name;
          toast(winner ? t("act.lost", { name: winner }) : t("act.changed"), { tone: "red" });
        } else toast(failureWords(error), { tone: "red" });
        return null;
      }
    }

    const post = (conversation: Conversation, verb: string, body: object = {}) =>
      api.post<Conversation>(`conversations/${conversation.id}/${verb}`, { version: conversation.version, ...body });
    const undo = (back: () => void) => ({ undo: { label: t("app.undo"), act: back } });

    const acts: Acts = {
      async claim(conversation) {
        const after = await act(conversation, { assigneeId: memberId }, () => post(conversation, "claim"));
        if (!after) return false;
        toast(
          t("act.claimed"),
          undo(
            () =>
              void act(after, { assigneeId: conversation.assigneeId }, () =>
                post(after, "assign", { assigneeId: conversation.assigneeId }),
              ),
          ),
        );
        return true;
      },
      async assign(conversation, assigneeId, name) {
        const after = await act(conversation, { assigneeId }, () => post(conversation, "assign", { assigneeId }));
        if (!after) return false;
        toast(
          assigneeId === null
            ? t("act.released")
            : assigneeId === memberId
              ? t("act.claimed")
              : t("act.assignedTo", { name }),
          undo(
            () =>
              void act(after, { assigneeId: conversation.assigneeId }, () =>
                post(after, "assign", { assigneeId: conversation.assigneeId }),
              ),
          ),
        );
        return true;
      },
      async close(conversation) {
        const after = await act(conversation, { state: "done", waitingSince: null }, () => post(conversation, "close"));
        if (!after) return false;
        toast(
          t("act.closed"),
          undo(() => void act(after, { state: conversation.state }, () => post(after, "reopen"))),
        );
        return true;
      },
      async reopen(conversation) {
        const after = await act(conversation, { state: "needs-us", snoozedUntil: null }, () =>
          post(conversation, "reopen"),
        );
        if (after) toast(t("act.reopened"));
        return after !== null;
      },
      async snooze(conversation, until) {
        const snoozedUntil = until.toISOString();
        const after = await act(conversation, { state: "snoozed", snoozedUntil }, () =>
          post(conversation, "snooze", { until: snoozedUntil }),
        );
        if (!after) return false;
        toast(
          t("act.snoozed", { when: shortDateTime(snoozedUntil, locale) }),
          undo(() => void act(after, { state: conversation.state, snoozedUntil: null }, () => post(after, "reopen"))),
        );
        return true;
      },
      async setLabels(conversation, labelIds) {
        const after = await act(conversation, { labelIds }, () =>
          api.put<Conversation>(`conversations/${conversation.id}/labels`, { labelIds }),
        );
        return after !== null;
      },
      async markRead(conversation) {
        apply({ ...conversation, unreadCount: 0 });
        try {
          const after = await api.post<Conversation | null>(`conversations/${conversation.id}/read`);
          if (after && "version" in after) apply(after);
        } catch {
          // The next opening says it again.
        }
      },
      async markUnread(conversation) {
        const after = await act(conversation, { unreadCount: Math.max(1, conversation.unreadCount) }, () =>
          api.post<Conversation>(`conversations/${conversation.id}/unread`),
        );
        if (after) toast(t("act.markedUnread"));
        return after !== null;
      },
    };
    return acts;
  }, [api, organisation.id, memberId, queries, t, locale, failureWords]);
}
