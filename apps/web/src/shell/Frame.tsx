import { Menu, Tooltip } from "@mantine/core";
import {
  IconAddressBook,
  IconBroadcast,
  IconInbox,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconSettings,
  IconShieldCheck,
  IconSpeakerphone,
  IconSun,
  IconUser,
} from "@tabler/icons-react";
import { Link, useMatchRoute, useNavigate } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { useCounts } from "../inbox/queries.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Mark } from "../ui/Mark.tsx";
import { useConnection } from "./connection.ts";
import styles from "./Frame.module.css";
import { useHold } from "./hold/queries.ts";
import { useT } from "./i18n.tsx";
import { setPreferences } from "./preferences.ts";
import { useSession } from "./session.tsx";
import { useShortcuts } from "./shortcuts.ts";
import { signOut } from "./sign-out.ts";

const Palette = lazy(() => import("./Palette.tsx"));
const HoldStrip = lazy(() => import("./hold/HoldStrip.tsx"));
const ShortcutSheet = lazy(() => import("./ShortcutSheet.tsx"));

/** The rail, and the page beside it. On a phone the rail lies at the bottom. */
export function Frame(props: { children: ReactNode }) {
  const { children } = props;
  const t = useT();
  const matches = useMatchRoute();
  const { may } = useSession();
  const hold = useHold();
  const [sheet, setSheet] = useState(false);
  const [palette, setPalette] = useState(false);
  const inThread =
    Boolean(matches({ to: "/inbox/$conversationId" })) || Boolean(matches({ to: "/contacts/$contactId" }));

  useShortcuts({ "?": () => setSheet(true) });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setPalette(true);
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  return (
    <div className={styles.frame} data-thread={inThread || undefined}>
      <nav className={styles.rail} aria-label={t("nav.label")}>
        <a className={styles.skip} href="#conversation">
          {t("app.skip")}
        </a>
        <Link to="/inbox" className={styles.mark} aria-label={t("app.name")}>
          <Mark size={26} />
        </Link>
        <Clients />
        <div className={styles.pages}>
          <RailLink to="/inbox" words={t("nav.inbox")} icon={IconInbox} badge={<Waiting />} />
          <RailLink to="/contacts" words={t("nav.contacts")} icon={IconAddressBook} />
          {may("campaigns:read") && <RailLink to="/campaigns" words={t("nav.campaigns")} icon={IconSpeakerphone} />}
          <RailLink to="/channels" words={t("nav.channels")} icon={IconBroadcast} />
          {may("rules:read") && <RailLink to="/standing" words={t("nav.standing")} icon={IconShieldCheck} />}
          <RailLink to="/settings" words={t("nav.settings")} icon={IconSettings} />
        </div>
        <ConnectionDot />
        <AccountMenu openSheet={() => setSheet(true)} />
      </nav>
      <div className={styles.page} data-held={hold !== null || undefined}>
        <Suspense>{hold && <HoldStrip hold={hold} />}</Suspense>
        {children}
      </div>
      <Suspense>
        {sheet && <ShortcutSheet close={() => setSheet(false)} />}
        {palette && <Palette close={() => setPalette(false)} openSheet={() => setSheet(true)} />}
      </Suspense>
    </div>
  );
}

function RailLink(props: {
  to: "/inbox" | "/contacts" | "/campaigns" | "/channels" | "/standing" | "/settings";
  words: string;
  icon: typeof IconInbox;
  badge?: ReactNode;
}) {
  const { to, words, icon, badge } = props;
  return (
    <Tooltip label={words} position="right">
      <Link to={to} className={styles.link} activeProps={{ "data-active": true }}>
        <Icon of={icon} size={21} />
        <span className={styles.linkWord}>{words}</span>
        {badge}
      </Link>
    </Tooltip>
  );
}

function Waiting() {
  const t = useT();
  const counts = useCounts();
  const count = counts.data?.unread ?? 0;
  if (count === 0) return null;
  return (
    <span className={`${styles.badge} figures`}>
      <span aria-hidden="true">{count > 99 ? "99+" : count}</span>
      <span className="hidden">{t("list.unread", { count })}</span>
    </span>
  );
}

/** One chip per organisation; an agency's operator changes client with one press. */
function Clients() {
  const { me, organisation, switchTo } = useSession();
  const t = useT();
  const navigate = useNavigate();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || !/^Digit[1-9]$/.test(event.code)) return;
      const chosen = me.memberships[Number(event.code.slice(5)) - 1];
      if (!chosen) return;
      event.preventDefault();
      void navigate({ to: "/inbox" }).then(() => switchTo(chosen.organisation.id));
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [me.memberships, navigate, switchTo]);
  if (me.memberships.length < 2) return null;

  return (
    <ul className={styles.clients} aria-label={t("nav.clients")}>
      {me.memberships.map((membership) => {
        const { id, name } = membership.organisation;
        const current = id === organisation.id;
        return (
          <li key={id}>
            <Tooltip label={name} position="right">
              <button
                type="button"
                className={`plain ${styles.client}`}
                aria-label={name}
                aria-pressed={current}
                onClick={() => void (current || navigate({ to: "/inbox" }).then(() => switchTo(id)))}
              >
                <Avatar id={id} name={name} size={30} square />
              </button>
            </Tooltip>
          </li>
        );
      })}
    </ul>
  );
}

function ConnectionDot() {
  const t = useT();
  const { state, unsent } = useConnection();
  const word = t(
    state === "live"
      ? "connection.live"
      : state === "catching-up"
        ? "connection.catchingUp"
        : state === "offline"
          ? "connection.offline"
          : "connection.connecting",
  );
  const words = unsent > 0 ? `${word} · ${t("connection.unsent", { count: unsent })}` : word;
  return (
    <Tooltip label={words} position="right">
      <span className={styles.dot} data-state={state} role="status" aria-label={words}>
        <i />
        {(state === "offline" || unsent > 0) && <span className="figures">{unsent > 0 ? unsent : ""}</span>}
      </span>
    </Tooltip>
  );
}

function AccountMenu(props: { openSheet: () => void }) {
  const { openSheet } = props;
  const t = useT();
  const { person, organisation } = useSession();
  const navigate = useNavigate();
  const dark = document.documentElement.getAttribute("data-mantine-color-scheme") === "dark";
  return (
    <Menu position="right-end" width={240}>
      <Menu.Target>
        <button type="button" className={`plain ${styles.account}`}>
          <Avatar id={person.id} name={person.name} size={32} />
          <span className="hidden">{t("nav.account")}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={styles.who}>
          <strong className="cut">{person.name}</strong>
          <span className="cut">{organisation.name}</span>
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon of={IconUser} />} onClick={() => void navigate({ to: "/settings/account" })}>
          {t("nav.account")}
        </Menu.Item>
        <Menu.Item leftSection={<Icon of={IconKeyboard} />} onClick={openSheet}>
          {t("nav.shortcuts")}
        </Menu.Item>
        <Menu.Item
          leftSection={<Icon of={dark ? IconSun : IconMoon} />}
          onClick={() => setPreferences({ theme: dark ? "light" : "dark" })}
        >
          {dark ? t("palette.themeLight") : t("palette.themeDark")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon of={IconLogout} />} onClick={() => void signOut()}>
          {t("nav.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
