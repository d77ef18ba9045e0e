import type { Conversation, Label } from "@loket/contract";
import { Popover, TextInput } from "@mantine/core";
import { IconCheck, IconPlus } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useLabels } from "../shell/directory.ts";
import { useLanguage } from "../shell/i18n.tsx";
import { useSession } from "../shell/session.tsx";
import { useFailureWords } from "../ui/Failure.tsx";
import { Icon } from "../ui/Icon.tsx";
import { LabelChip } from "../ui/LabelChip.tsx";
import { toast } from "../ui/toast.tsx";
import type { Acts } from "./acts.ts";
import styles from "./LabelPicker.module.css";

const colours = ["green", "blue", "amber", "red", "grey"];

/** Type a few letters, press Enter: puts a label on, takes it off, or makes it. */
export function LabelPicker(props: {
  conversation: Conversation;
  acts: Acts;
  opened: boolean;
  onChange: (opened: boolean) => void;
  children: ReactNode;
}) {
  const { conversation, acts, opened, onChange, children } = props;
  const { t } = useLanguage();
  const { api, organisation } = useSession();
  const queries = useQueryClient();
  const failureWords = useFailureWords();
  const labels = useLabels();
  const [search, setSearch] = useState("");
  const wanted = search.trim();
  const found = (labels.data ?? []).filter((label) =>
    label.name.toLocaleLowerCase().includes(wanted.toLocaleLowerCase()),
  );
  const exact = found.some((label) => label.name.toLocaleLowerCase() === wanted.toLocaleLowerCase());

  const toggle = (label: Label) => {
    const has = conversation.labelIds.includes(label.id);
    const labelIds = has ? conversation.labelIds.filter((id) => id !== label.id) : [...conversation.labelIds, label.id];
    void acts.setLabels(conversation, labelIds);
    setSearch("");
  };
  const make = async () => {
    try {
      const colour = colours[(labels.data?.length ?? 0) % colours.length];
      const label = await api.post<Label>("labels", { name: wanted, colour });
      queries.setQueryData<Label[]>(["labels", organisation.id], (held) => [...(held ?? []), label]);
      toggle(label);
    } catch (error) {
      toast(failureWords(error), { tone: "red" });
    }
  };

  return (
    <Popover opened={opened} onChange={onChange} position="bottom-end" width={260} trapFocus>
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown p={8}>
        <TextInput
          data-autofocus
          placeholder={t("act.findLabel")}
          aria-label={t("act.findLabel")}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            const first = found[0];
            if (first) toggle(first);
            else if (wanted) void make();
          }}
        />
        <ul className={styles.list}>
          {found.map((label) => (
            <li key={label.id}>
              <button
                type="button"
                className="plain"
                aria-pressed={conversation.labelIds.includes(label.id)}
                onClick={() => toggle(label)}
              >
                <LabelChip label={label} />
                {conversation.labelIds.includes(label.id) && <Icon of={IconCheck} size={16} />}
              </button>
            </li>
          ))}
          {wanted && !exact && (
            <li>
              <button type="button" className="plain" onClick={() => void make()}>
                <span>
                  <Icon of={IconPlus} size={16} /> {t("act.newLabel", { name: wanted })}
                </span>
              </button>
            </li>
          )}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
