import type { HandOverHold, HoldConfirmed } from "@loket/contract";
import { Button, Radio } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { shortDateTime } from "../../ui/time.ts";
import { useLanguage } from "../i18n.tsx";
import { useSession } from "../session.tsx";
import { useWords } from "../words.ts";
import styles from "./HoldStrip.module.css";
import { words } from "./words.ts";

/** Above every screen while nothing is handed over: why, and for an owner or admin the way on. */
export default function HoldStrip(props: { hold: HandOverHold }) {
  const { hold } = props;
  const w = useWords(words);
  const { may } = useSession();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={styles.strip} role="alert">
      <p>
        {w(`why.${hold.reason}`)} {!may("organisation:manage") && w("ask")}
      </p>
      {may("organisation:manage") && (
        <Button size="xs" variant="default" onClick={() => setOpen(true)}>
          {w("open")}
        </Button>
      )}
      {isOpen && <HoldDialog hold={hold} close={() => setOpen(false)} />}
    </div>
  );
}

function HoldDialog(props: { hold: HandOverHold; close: () => void }) {
  const { hold, close } = props;
  const w = useWords(words);
  const { locale } = useLanguage();
  const { api, organisation } = useSession();
  const queries = useQueryClient();
  const [choice, setChoice] = useState<"call-off" | "hand-over" | null>(null);
  const { waiting } = hold;
  const confirm = async () => {
    await api.post<HoldConfirmed>("installation/hold/confirm", { since: hold.since, waiting: choice });
    await queries.invalidateQueries({ queryKey: ["standing", organisation.id] });
  };
  return (
    <FormDialog title={w("title")} close={close} send={confirm} label={w("confirm")} disabled={choice === null}>
      <p>{w(`why.${hold.reason}`)}</p>
      <p className={styles.place}>{w("found", { when: shortDateTime(hold.since, locale), place: hold.foundAt })}</p>
      <dl className={styles.waiting}>
        <dt>{w("waiting")}</dt>
        <dd className="figures">
          {w("messages", { count: waiting.messages })}
          {waiting.oldestAt && `, ${w("oldest", { when: shortDateTime(waiting.oldestAt, locale) })}`}
        </dd>
        <dd className="figures">{w("campaigns", { count: waiting.campaigns, people: waiting.people })}</dd>
      </dl>
      <p>{w(`risk.${hold.reason}`)}</p>
      <Radio.Group
        value={choice}
        onChange={(value) => setChoice(value === "hand-over" ? value : "call-off")}
        aria-label={w("waiting")}
      >
        <div className={styles.choices}>
          <Radio value="call-off" label={w("callOff")} description={w("callOffLead")} />
          <Radio value="hand-over" label={w("handOver")} description={w("handOverLead")} />
        </div>
      </Radio.Group>
      <p className={styles.place}>{w("later")}</p>
    </FormDialog>
  );
}
