import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { ContactPane } from "../contacts/ContactPane.tsx";
import { ContactsPage } from "../contacts/ContactsPage.tsx";
import { InboxPage } from "../inbox/InboxPage.tsx";
import type { InboxSearch } from "../inbox/search.ts";

/* Pages made of more than one feature. Only here do they meet. */

export function Inbox() {
  const navigate = useNavigate();
  const search = useSearch({ from: "/inside/inbox" });
  const { conversationId } = useParams({ strict: false });
  const open = useCallback(
    (id: string | null) =>
      void (id
        ? navigate({
            to: "/inbox/$conversationId",
            params: { conversationId: id },
            search: (held) => held as InboxSearch,
            replace: window.innerWidth > 720,
          })
        : navigate({ to: "/inbox", search: (held) => held as InboxSearch })),
    [navigate],
  );
  const setSearch = (next: InboxSearch, replace = false) => {
    const { q, ...rest } = next;
    const clean = q ? { ...rest, q } : rest;
    void (conversationId
      ? navigate({ to: "/inbox/$conversationId", params: { conversationId }, search: clean, replace })
      : navigate({ to: "/inbox", search: clean, replace }));
  };
  return (
    <InboxPage
      search={search}
      setSearch={setSearch}
      conversationId={conversationId ?? null}
      open={open}
      context={(contactId, currentId, consentAsked) => (
        <ContactPane
          key={contactId}
          contactId={contactId}
          currentConversationId={currentId}
          consentAsked={consentAsked}
          openConversation={open}
        />
      )}
    />
  );
}

export function Contacts() {
  const navigate = useNavigate();
  const { q } = useSearch({ from: "/inside/contacts" });
  const { contactId } = useParams({ strict: false });
  return (
    <ContactsPage
      q={q ?? ""}
      setQ={(words) => void navigate({ to: ".", search: words ? { q: words } : {}, replace: true })}
      contactId={contactId ?? null}
      open={(id) =>
        void (id
          ? navigate({
              to: "/contacts/$contactId",
              params: { contactId: id },
              search: (held) => held as { q?: string },
            })
          : navigate({ to: "/contacts", search: (held) => held as { q?: string } }))
      }
      openConversation={(id) => void navigate({ to: "/inbox/$conversationId", params: { conversationId: id } })}
    />
  );
}
