import { MultiSelect, Radio, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useSenders } from "../../shell/directory.ts";
import { useSession } from "../../shell/session.tsx";
import { useWords } from "../../shell/words.ts";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { readablePhone } from "../../ui/phone.ts";
import rows from "../../ui/rows.module.css";
import { toast } from "../../ui/toast.tsx";
import { linesOf } from "../own-rule.ts";
import { useRefresh } from "../queries.ts";
import styles from "./demands.module.css";
import { words } from "./words.ts";

const stops = ["none", "marketing", "business-initiated", "all"] as const;

/** What came, from whom, until when, and what stops because of it. */
export function DemandForm(props: { close: () => void }) {
  const { close } = props;
  const t = useWords(words);
  const { api } = useSession();
  const senders = useSenders().data ?? [];
  const refresh = useRefresh();
  const [fromName, setFromName] = useState("");
  const [received, setReceived] = useState(() => new Date().toISOString().slice(0, 10));
  const [due, setDue] = useState("");
  const [allegations, setAllegations] = useState("");
  const [senderIds, setSenderIds] = useState<string[]>([]);
  const [stop, setStop] = useState<(typeof stops)[number]>("business-initiated");
  const save = async () => {
    await api.post("demands", {
      fromName: fromName.trim(),
      receivedAt: new Date(`${received}T00:00:00`).toISOString(),
      answerDueAt: due ? new Date(`${due}T23:59:00`).toISOString() : null,
      allegations: linesOf(allegations),
      senderIds,
      stopped: stop === "none" ? null : stop,
    });
    toast(t("saved"));
    refresh();
  };
  return (
    <FormDialog
      title={t("begin")}
      size={560}
      close={close}
      send={save}
      label={t("save")}
      color="red"
      disabled={!fromName.trim() || !received}
    >
      <TextInput
        data-autofocus
        label={t("from")}
        maxLength={200}
        value={fromName}
        onChange={(event) => setFromName(event.currentTarget.value)}
      />
      <div className={styles.pair}>
        <TextInput
          type="date"
          label={t("received")}
          value={received}
          max={new Date().toISOString().slice(0, 10)}
          onChange={(event) => setReceived(event.currentTarget.value)}
        />
        <TextInput type="date" label={t("due")} value={due} onChange={(event) => setDue(event.currentTarget.value)} />
      </div>
      <Textarea
        label={t("allegations")}
        autosize
        minRows={2}
        maxRows={8}
        value={allegations}
        onChange={(event) => setAllegations(event.currentTarget.value)}
      />
      <MultiSelect
        label={t("senders")}
        value={senderIds}
        data={senders.map((sender) => ({
          value: sender.id,
          label: `${sender.name} · ${readablePhone(sender.address)}`,
        }))}
        onChange={setSenderIds}
      />
      <Radio.Group
        label={t("stopWhat")}
        value={stop}
        onChange={(value) => setStop(stops.find((one) => one === value) ?? "none")}
      >
        <div className={styles.choices}>
          {stops.map((value) => (
            <Radio key={value} value={value} label={t(`stop.${value}`)} />
          ))}
        </div>
      </Radio.Group>
      <p className={rows.small}>{t("note")}</p>
    </FormDialog>
  );
}
