import type { Conversation } from "@loket/contract";
import { ActionIcon, Button, Menu, Popover, TextInput, Tooltip } from "@mantine/core";
import {
  IconArrowBackUp,
  IconCheck,
  IconChevronDown,
  IconChevronLeft,
  IconClockPause,
  IconDots,
  IconLayoutSidebarRight,
  IconMailOpened,
  IconTag,
  IconUserPlus,
} from "@tabler/icons-react";
import { useState } from "react";
import { useById, useLabels, useMembers, useSenders } from "../shell/directory.ts";
import { useLanguage } from "../shell/i18n.tsx";
import { useSession } from "../shell/session.tsx";
import { useShortcuts } from "../shell/shortcuts.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { ChannelMark } from "../ui/ChannelMark.tsx";
import { Icon } from "../ui/Icon.tsx";
import { LabelChip } from "../ui/LabelChip.tsx";
import { readablePhone } from "../ui/phone.ts";
import { shortDateTime } from "../ui/time.ts";
import type { Acts } from "./acts.ts";
import { useDesk } from "./Desk.tsx";
import { LabelPicker } from "./LabelPicker.tsx";
import { usePresent } from "./presence.ts";
import { snoozePresets } from "./snooze.ts";
import styles from "./ThreadHeader.module.css";

type Open = "assign" | "snooze" | "label" | null;

/** Who it is, over what, who holds it, and the four acts of a shift: take, label, put off, finish. */
export function ThreadHeader(props: {
  conversation: Conversation;
  acts: Acts;
  contextOpen: boolean;
  toggleContext: () => void;
  back: () => void;
  closeAndNext: () => void;
  snoozeAndNext: (until: Date) => void;
}) {
  const { conversation, acts, contextOpen, toggleContext, back, closeAndNext, snoozeAndNext } = props;
  const { t } = useLanguage();
  const { memberId, may } = useSession();
  const answers = may("conversations:write");
  const senders = useById(useSenders().data);
  const labels = useById(useLabels().data);
  const { presence } = useDesk();
  const present = usePresent(presence, conversation.id);
  const [open, setOpen] = useState<Open>(null);
  const sender = senders.get(conversation.senderId);
  const address = conversation.contact.addresses.find((one) => one.channel === conversation.channel);
  const done = conversation.state === "done";
  const markUnread = () => void acts.markUnread(conversation).then((ok) => ok && back());

  const keys = {
    a: () => setOpen("assign"),
    z: () => setOpen("snooze"),
    l: () => setOpen("label"),
    m: () => void (conversation.assigneeId === memberId || acts.claim(conversation)),
    u: markUnread,
    e: () => (done ? void acts.reopen(conversation) : closeAndNext()),
  };
  useShortcuts(answers ? keys : {});

  return (
    <header className={styles.header}>
      <ActionIcon
        className={styles.back ?? ""}
        variant="subtle"
        color="gray"
        size={44}
        aria-label={t("app.back")}
        onClick={back}
      >
        <Icon of={IconChevronLeft} size={22} />
      </ActionIcon>
      <button type="button" className={`plain ${styles.person}`} onClick={toggleContext} aria-expanded={contextOpen}>
        <Avatar id={conversation.contact.id} name={conversation.contact.name} size={36} />
        <span className={styles.names}>
          <span className={styles.nameLine}>
            <span className={`cut ${styles.name}`} dir="auto">
              {conversation.contact.name}
            </span>
            {conversation.labelIds.map((id) => {
              const label = labels.get(id);
              return label && <LabelChip key={id} label={label} />;
            })}
          </span>
          <span className={`cut ${styles.sub} figures`}>
            <ChannelMark channel={conversation.channel} /> {address && readablePhone(address.value)}
            {sender && <> · {sender.name}</>}
          </span>
        </span>
      </button>

      {present.length > 0 && (
        <span className={styles.present}>
          {present.slice(0, 3).map((one) => {
            const words = t(one.doing === "replying" ? "thread.presentReplying" : "thread.presentViewing", {
              name: one.name,
            });
            return (
              <Tooltip key={one.memberId} label={words}>
                <span role="img" aria-label={words}>
                  <Avatar id={one.memberId} name={one.name} size={24} ring={one.doing} />
                </span>
              </Tooltip>
            );
          })}
        </span>
      )}

      <div className={styles.acts}>
        {answers && (
          <>
            <AssignMenu
              conversation={conversation}
              acts={acts}
              opened={open === "assign"}
              onChange={(on) => setOpen(on ? "assign" : null)}
            />
            <LabelPicker
              conversation={conversation}
              acts={acts}
              opened={open === "label"}
              onChange={(on) => setOpen(on ? "label" : null)}
            >
              <ActionIcon
                className={styles.wide ?? ""}
                variant="subtle"
                color="gray"
                size={36}
                aria-label={t("act.labels")}
                title={`${t("act.label")} (L)`}
                onClick={() => setOpen(open === "label" ? null : "label")}
              >
                <Icon of={IconTag} />
              </ActionIcon>
            </LabelPicker>
            <SnoozeMenu
              opened={open === "snooze"}
              onChange={(on) => setOpen(on ? "snooze" : null)}
              snooze={snoozeAndNext}
            />
            {done ? (
              <Button
                variant="default"
                leftSection={<Icon of={IconArrowBackUp} size={16} />}
                onClick={() => void acts.reopen(conversation)}
              >
                {t("act.reopen")}
              </Button>
            ) : (
              <Button
                className={styles.close ?? ""}
                variant="default"
                leftSection={<Icon of={IconCheck} size={16} />}
                onClick={closeAndNext}
                title={`${t("act.closeLong")} (E)`}
              >
                <span className={styles.closeWord}>{t("act.close")}</span>
              </Button>
            )}
            <Menu position="bottom-end">
              <Menu.Target>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={36}
                  aria-label={t("app.more")}
                  className={styles.more ?? ""}
                >
                  <Icon of={IconDots} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item leftSection={<Icon of={IconUserPlus} />} onClick={() => setTimeout(() => setOpen("assign"))}>
                  {t("act.assign")}
                </Menu.Item>
                <Menu.Item leftSection={<Icon of={IconTag} />} onClick={() => setTimeout(() => setOpen("label"))}>
                  {t("act.labels")}
                </Menu.Item>
                <Menu.Item
                  leftSection={<Icon of={IconClockPause} />}
                  onClick={() => setTimeout(() => setOpen("snooze"))}
                >
                  {t("act.snooze")}
                </Menu.Item>
                <Menu.Item leftSection={<Icon of={IconMailOpened} />} onClick={markUnread}>
                  {t("act.markUnread")}
                </Menu.Item>
                <Menu.Item leftSection={<Icon of={IconLayoutSidebarRight} />} onClick={toggleContext}>
                  {t("act.context")}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </>
        )}
        <ActionIcon
          className={styles.side ?? ""}
          variant={contextOpen ? "light" : "subtle"}
          color={contextOpen ? "loket" : "gray"}
          size={36}
          aria-label={t("act.context")}
          title={t("act.context")}
          aria-pressed={contextOpen}
          onClick={toggleContext}
        >
          <Icon of={IconLayoutSidebarRight} />
        </ActionIcon>
      </div>
    </header>
  );
}

function AssignMenu(props: {
  conversation: Conversation;
  acts: Acts;
  opened: boolean;
  onChange: (opened: boolean) => void;
}) {
  const { conversation, acts, opened, onChange } = props;
  const { t } = useLanguage();
  const { memberId } = useSession();
  const members = useMembers();
  const [search, setSearch] = useState("");
  const holder = members.data?.find((member) => member.id === conversation.assigneeId);
  const found = (members.data ?? []).filter(
    (member) =>
      member.active &&
      (member.role === "agent" || member.role === "supervisor" || member.role === "admin" || member.role === "owner") &&
      member.name.toLocaleLowerCase().includes(search.trim().toLocaleLowerCase()),
  );
  const change = (on: boolean) => {
    if (on) setSearch("");
    onChange(on);
  };

  return (
    <span className={styles.holder}>
      {conversation.assigneeId === null && (
        <Button
          className={styles.claim ?? ""}
          onClick={() => void acts.claim(conversation)}
          title={`${t("act.claimLong")} (M)`}
        >
          {t("act.claim")}
        </Button>
      )}
      <Menu opened={opened} onChange={change} position="bottom-end" width={260}>
        <Menu.Target>
          {conversation.assigneeId === null ? (
            <ActionIcon
              className={styles.wide ?? ""}
              variant="subtle"
              color="gray"
              size={36}
              aria-label={t("act.assign")}
              title={`${t("act.assign")} (A)`}
            >
              <Icon of={IconUserPlus} />
            </ActionIcon>
          ) : (
            <Button
              variant="subtle"
              className={styles.holding ?? ""}
              rightSection={<Icon of={IconChevronDown} size={14} />}
              title={`${t("act.assign")} (A)`}
            >
              <Avatar id={conversation.assigneeId} name={holder?.name ?? "?"} size={22} />
              <span className={`cut ${styles.holderName}`}>
                {conversation.assigneeId === memberId ? t("act.yours") : (holder?.name ?? "…")}
              </span>
            </Button>
          )}
        </Menu.Target>
        <Menu.Dropdown>
          <TextInput
            data-autofocus
            size="sm"
            m={4}
            mb={8}
            placeholder={t("act.findMember")}
            aria-label={t("act.findMember")}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            onKeyDown={(event) => {
              const first = found[0];
              if (event.key !== "Enter" || !first) return;
              onChange(false);
              void acts.assign(conversation, first.id, first.name);
            }}
          />
          <div className={styles.members}>
            {found.map((member) => (
              <Menu.Item
                key={member.id}
                leftSection={<Avatar id={member.id} name={member.name} size={24} />}
                rightSection={member.id === conversation.assigneeId ? <Icon of={IconCheck} size={16} /> : null}
                onClick={() => void acts.assign(conversation, member.id, member.name)}
              >
                {member.id === memberId ? `${member.name} (${t("members.you")})` : member.name}
              </Menu.Item>
            ))}
          </div>
          {conversation.assigneeId !== null && (
            <>
              <Menu.Divider />
              <Menu.Item onClick={() => void acts.assign(conversation, null, "")}>{t("act.unassign")}</Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}

function SnoozeMenu(props: { opened: boolean; onChange: (opened: boolean) => void; snooze: (until: Date) => void }) {
  const { opened, onChange, snooze } = props;
  const { t, locale } = useLanguage();
  const [custom, setCustom] = useState(false);
  const presets = snoozePresets(new Date());
  const [when, setWhen] = useState("");
  const past = when !== "" && new Date(when).getTime() <= Date.now();
  const choose = (until: Date) => {
    onChange(false);
    snooze(until);
  };
  const change = (on: boolean) => {
    if (on) setCustom(false);
    onChange(on);
  };
  const rows = [
    ...(presets.later ? [{ words: t("snooze.later"), at: presets.later }] : []),
    { words: t("snooze.tomorrow"), at: presets.tomorrow },
    { words: t("snooze.monday"), at: presets.monday },
  ];

  return (
    <>
      <Popover opened={opened && custom} onChange={change} position="bottom-end" trapFocus withRoles={false}>
        <Popover.Target>
          <span />
        </Popover.Target>
        <Popover.Dropdown>
          <form
            className={styles.custom}
            onSubmit={(event) => {
              event.preventDefault();
              if (when && !past) choose(new Date(when));
            }}
          >
            <TextInput
              data-autofocus
              type="datetime-local"
              label={t("snooze.until")}
              value={when}
              error={past ? t("snooze.past") : null}
              onChange={(event) => setWhen(event.currentTarget.value)}
            />
            <Button type="submit" disabled={!when || past}>
              {t("act.snooze")}
            </Button>
          </form>
        </Popover.Dropdown>
      </Popover>
      <Menu opened={opened && !custom} onChange={change} position="bottom-end" width={280}>
        <Menu.Target>
          <ActionIcon
            className={styles.snooze ?? ""}
            variant="subtle"
            color="gray"
            size={36}
            aria-label={t("act.snooze")}
            title={`${t("act.snooze")} (Z)`}
          >
            <Icon of={IconClockPause} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {rows.map((row) => (
            <Menu.Item
              key={row.words}
              rightSection={<span className={`${styles.when} figures`}>{shortDateTime(row.at.getTime(), locale)}</span>}
              onClick={() => choose(row.at)}
            >
              {row.words}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item closeMenuOnClick={false} onClick={() => setCustom(true)}>
            {t("snooze.custom")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
