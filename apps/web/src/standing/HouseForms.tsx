import type { OwnRule } from "@loket/contract";
import { Chip, NumberInput, SegmentedControl, Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useSession } from "../shell/session.tsx";
import { useWords } from "../shell/words.ts";
import { FormDialog } from "../ui/FormDialog.tsx";
import { toast } from "../ui/toast.tsx";
import { linesOf, minutesOf } from "./own-rule.ts";
import { useRefresh, useRules } from "./queries.ts";
import styles from "./rules.module.css";
import { words } from "./words.ts";

const kinds = ["quiet-hours", "frequency-cap", "forbidden-words", "second-pair-of-eyes"] as const;
const allDays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

interface Draft {
  from: string;
  to: string;
  days: string[];
  messages: number;
  inDays: number;
  list: string;
  above: number;
}

/** What the form holds as a rule; `null` while something is missing. */
function settingsOf(kind: OwnRule["kind"], draft: Draft): OwnRule["settings"] | null {
  switch (kind) {
    case "quiet-hours": {
      const permittedFrom = minutesOf(draft.from);
      const permittedTo = minutesOf(draft.to);
      if (permittedFrom === null || permittedTo === null || permittedFrom >= permittedTo) return null;
      const days = allDays.filter((day) => draft.days.includes(day));
      return { permittedFrom, permittedTo, ...(days.length === 7 || days.length === 0 ? {} : { days }) };
    }
    case "frequency-cap":
      return { messages: draft.messages, days: draft.inDays };
    case "forbidden-words": {
      const list = linesOf(draft.list);
      return list.length === 0 ? null : { words: list };
    }
    case "second-pair-of-eyes":
      return { above: draft.above };
  }
}

export function OwnRuleForm(props: { close: () => void }) {
  const { close } = props;
  const t = useWords(words);
  const { api } = useSession();
  const refresh = useRefresh();
  const [kind, setKind] = useState<OwnRule["kind"]>("quiet-hours");
  const [state, setState] = useState<"shadow" | "active">("shadow");
  const [draft, setDraft] = useState<Draft>({
    from: "08:00",
    to: "21:00",
    days: [...allDays],
    messages: 2,
    inDays: 7,
    list: "",
    above: 500,
  });
  const change = (next: Partial<Draft>) => setDraft((held) => ({ ...held, ...next }));
  const settings = settingsOf(kind, draft);
  const save = async () => {
    await api.post("own-rules", { kind, settings, state });
    toast(t("saved"));
    refresh();
  };
  return (
    <FormDialog
      title={t("addRule")}
      size={520}
      close={close}
      send={save}
      label={t("save")}
      disabled={settings === null}
    >
      <Select
        data-autofocus
        label={t("whichRule")}
        allowDeselect={false}
        value={kind}
        data={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        onChange={(value) => setKind((value as OwnRule["kind"] | null) ?? "quiet-hours")}
      />
      {kind === "quiet-hours" && (
        <>
          <div className={styles.pair}>
            <TextInput
              type="time"
              label={t("from")}
              value={draft.from}
              onChange={(event) => change({ from: event.currentTarget.value })}
            />
            <TextInput
              type="time"
              label={t("to")}
              value={draft.to}
              onChange={(event) => change({ to: event.currentTarget.value })}
            />
          </div>
          <fieldset className={styles.days}>
            <legend>{t("days")}</legend>
            <Chip.Group multiple value={draft.days} onChange={(days) => change({ days })}>
              {allDays.map((day) => (
                <Chip key={day} value={day} size="sm">
                  {t(`day.${day}`)}
                </Chip>
              ))}
            </Chip.Group>
          </fieldset>
        </>
      )}
      {kind === "frequency-cap" && (
        <div className={styles.pair}>
          <NumberInput
            label={t("messages")}
            min={1}
            max={100}
            value={draft.messages}
            onChange={(value) => change({ messages: Number(value) || 1 })}
          />
          <NumberInput
            label={t("inDays")}
            min={1}
            max={365}
            value={draft.inDays}
            onChange={(value) => change({ inDays: Number(value) || 1 })}
          />
        </div>
      )}
      {kind === "forbidden-words" && (
        <Textarea
          label={t("wordsField")}
          autosize
          minRows={3}
          maxRows={10}
          value={draft.list}
          onChange={(event) => change({ list: event.currentTarget.value })}
        />
      )}
      {kind === "second-pair-of-eyes" && (
        <NumberInput
          label={t("above")}
          min={0}
          max={10_000_000}
          thousandSeparator=" "
          value={draft.above}
          onChange={(value) => change({ above: Number(value) || 0 })}
        />
      )}
      <fieldset className={styles.days}>
        <legend>{t("startAs")}</legend>
        <SegmentedControl
          fullWidth
          value={state}
          data={[
            { value: "shadow", label: t("startShadow") },
            { value: "active", label: t("startActive") },
          ]}
          onChange={(value) => setState(value as "shadow" | "active")}
        />
      </fieldset>
    </FormDialog>
  );
}

/** Asks a second person to set a rule of our own aside. */
export function OverrideForm(props: { close: () => void; ruleId?: string; contactId?: string }) {
  const { close, ruleId: asked, contactId } = props;
  const t = useWords(words);
  const { api } = useSession();
  const refresh = useRefresh();
  const rules = useRules(null);
  const [ruleId, setRuleId] = useState(asked ?? "own.quiet-hours");
  const [reason, setReason] = useState("");
  const [hours, setHours] = useState(24);
  const save = async () => {
    await api.post("overrides", { ruleId, reason: reason.trim(), hours, ...(contactId ? { contactId } : {}) });
    toast(t("asked"));
    refresh();
  };
  return (
    <FormDialog
      title={t("askAside")}
      size={520}
      close={close}
      send={save}
      label={t("ask")}
      disabled={reason.trim().length < 10}
    >
      <p>{t("asideLead")}</p>
      <Select
        label={t("whichRule")}
        allowDeselect={false}
        value={ruleId}
        data={(rules.data ?? [])
          .filter((rule) => rule.overridable)
          .map((rule) => ({ value: rule.id, label: rule.title }))}
        onChange={(value) => setRuleId(value ?? ruleId)}
      />
      <Textarea
        data-autofocus
        label={t("reason")}
        description={t("reasonHint")}
        autosize
        minRows={2}
        maxLength={1_000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <NumberInput
        label={t("hours")}
        min={1}
        max={168}
        value={hours}
        onChange={(value) => setHours(Number(value) || 1)}
      />
    </FormDialog>
  );
}
