import type { Contact, Conversation } from "@loket/contract";
import { createSpotlight, Spotlight, type SpotlightActionGroupData } from "@mantine/spotlight";
import {
  IconAddressBook,
  IconBroadcast,
  IconInbox,
  IconKey,
  IconKeyboard,
  IconMoon,
  IconSettings,
  IconShieldLock,
  IconSpeakerphone,
  IconSun,
  IconSwitchHorizontal,
  IconUsers,
  IconUsersGroup,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { Avatar } from "../ui/Avatar.tsx";
import { Icon } from "../ui/Icon.tsx";
import type { Page } from "./api.ts";
import { useT } from "./i18n.tsx";
import styles from "./Palette.module.css";
import { setPreferences } from "./preferences.ts";
import { useSession } from "./session.tsx";

const [store, spotlight] = createSpotlight();

/** Everything one can do or reach, by typing a few letters of it. Acts on the open conversation press its own keys. */
export default function Palette(props: { close: () => void; openSheet: () => void }) {
  const { close, openSheet } = props;
  const t = useT();
  const { api, organisation, me, may, switchTo } = useSession();
  const navigate = useNavigate();
  const [query, setQuery] = useState("");
  const wanted = query.trim();
  const conversations = useQuery({
    queryKey: ["palette-conversations", organisation.id, wanted],
    queryFn: ({ signal }) => api.get<Page<Conversation>>("conversations", { q: wanted, limit: 6 }, signal),
    enabled: wanted.length >= 2,
    placeholderData: (held) => held,
  });
  const contacts = useQuery({
    queryKey: ["palette-contacts", organisation.id, wanted],
    queryFn: ({ signal }) => api.get<Page<Contact>>("contacts", { q: wanted, limit: 6 }, signal),
    enabled: wanted.length >= 2,
    placeholderData: (held) => held,
  });
  useEffect(() => spotlight.open(), []);

  const pressing = (key: string) => () =>
    setTimeout(
      () => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })),
      220,
    );
  const matches = (words: string) => words.toLocaleLowerCase().includes(wanted.toLocaleLowerCase());
  const inConversation = location.pathname.startsWith("/inbox/");
  const go =
    (
      to:
        | "/inbox"
        | "/contacts"
        | "/campaigns"
        | "/channels"
        | "/settings/account"
        | "/settings/security"
        | "/settings/members"
        | "/settings/teams"
        | "/settings/tokens",
    ) =>
    () =>
      void navigate({ to });

  const acts = inConversation
    ? [
        { id: "m", label: t("act.claimLong"), key: "m" },
        { id: "a", label: t("act.assign"), key: "a" },
        { id: "e", label: t("act.closeLong"), key: "e" },
        { id: "z", label: t("act.snooze"), key: "z" },
        { id: "l", label: t("act.label"), key: "l" },
        { id: "r", label: t("shortcuts.reply"), key: "r" },
        { id: "n", label: t("shortcuts.note"), key: "n" },
        { id: "u", label: t("act.markUnread"), key: "u" },
      ].map(({ id, label, key }) => ({
        id,
        label,
        onClick: pressing(key),
        rightSection: <kbd className={styles.key}>{key.toUpperCase()}</kbd>,
      }))
    : [];
  const pages = [
    { id: "inbox", label: t("nav.inbox"), icon: IconInbox, onClick: go("/inbox") },
    { id: "contacts", label: t("nav.contacts"), icon: IconAddressBook, onClick: go("/contacts") },
    ...(may("campaigns:read")
      ? [{ id: "campaigns", label: t("nav.campaigns"), icon: IconSpeakerphone, onClick: go("/campaigns") }]
      : []),
    { id: "channels", label: t("nav.channels"), icon: IconBroadcast, onClick: go("/channels") },
    { id: "account", label: t("settings.account"), icon: IconSettings, onClick: go("/settings/account") },
    { id: "security", label: t("settings.security"), icon: IconShieldLock, onClick: go("/settings/security") },
    { id: "members", label: t("settings.members"), icon: IconUsers, onClick: go("/settings/members") },
    { id: "teams", label: t("settings.teams"), icon: IconUsersGroup, onClick: go("/settings/teams") },
    { id: "tokens", label: t("settings.tokens"), icon: IconKey, onClick: go("/settings/tokens") },
    { id: "sheet", label: t("nav.shortcuts"), icon: IconKeyboard, onClick: openSheet },
    { id: "light", label: t("palette.themeLight"), icon: IconSun, onClick: () => setPreferences({ theme: "light" }) },
    { id: "dark", label: t("palette.themeDark"), icon: IconMoon, onClick: () => setPreferences({ theme: "dark" }) },
    ...me.memberships
      .filter((membership) => membership.organisation.id !== organisation.id)
      .map(({ organisation: { id, name } }) => ({
        id: `switch-${id}`,
        label: t("palette.switch", { name }),
        icon: IconSwitchHorizontal,
        onClick: () => void navigate({ to: "/inbox" }).then(() => switchTo(id)),
      })),
  ].map(({ icon, ...action }) => ({ ...action, leftSection: <Icon of={icon} /> }));

  const groups: SpotlightActionGroupData[] = [
    { group: t("palette.acts"), actions: acts.filter((act) => matches(act.label)) },
    {
      group: t("palette.conversations"),
      actions: (wanted.length >= 2 ? (conversations.data?.items ?? []) : []).map((one) => ({
        id: one.id,
        label: one.contact.name,
        description: one.preview?.text ?? "",
        leftSection: <Avatar id={one.contact.id} name={one.contact.name} size={28} />,
        onClick: () =>
          void navigate({ to: "/inbox/$conversationId", params: { conversationId: one.id }, search: { tab: "all" } }),
      })),
    },
    {
      group: t("palette.contacts"),
      actions: (wanted.length >= 2 ? (contacts.data?.items ?? []) : []).map((one) => ({
        id: `contact-${one.id}`,
        label: one.name,
        description: one.addresses[0]?.value ?? "",
        leftSection: <Avatar id={one.id} name={one.name} size={28} />,
        onClick: () => void navigate({ to: "/contacts/$contactId", params: { contactId: one.id } }),
      })),
    },
    { group: t("palette.pages"), actions: pages.filter((page) => matches(page.label)) },
  ].filter((group) => group.actions.length > 0);

  return (
    <Spotlight
      store={store}
      actions={groups}
      filter={(_, shown) => shown}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={() => setTimeout(close, 200)}
      shortcut={null}
      nothingFound={t("palette.nothing")}
      highlightQuery
      scrollable
      maxHeight={420}
      radius="lg"
      centered={false}
      yOffset="12dvh"
      overlayProps={{ backgroundOpacity: 1, blur: 0, color: "var(--veil)" }}
      searchProps={{ placeholder: t("palette.placeholder"), "aria-label": t("palette.placeholder") }}
    />
  );
}
