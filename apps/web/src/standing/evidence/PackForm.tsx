import type { Locale, PackSubject, Sender } from "@loket/contract";
import { Radio, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Page } from "../../shell/api.ts";
import { useLanguage } from "../../shell/i18n.tsx";
import { useSession } from "../../shell/session.tsx";
import { useWords } from "../../shell/words.ts";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { toast } from "../../ui/toast.tsx";
import { useRefresh } from "../queries.ts";
import styles from "./evidence.module.css";
import type { EvidenceSearch } from "./search.ts";
import { words } from "./words.ts";

type Kind = NonNullable<EvidenceSearch["make"]>;
interface Person {
  id: string;
  name: string;
  addresses: { value: string }[];
}

/** What about, of when, in which language. Everything that can be known already is filled in. */
export function PackForm(props: { first: EvidenceSearch; close: () => void }) {
  const { first, close } = props;
  const t = useWords(words);
  const { locale } = useLanguage();
  const { api } = useSession();
  const refresh = useRefresh();
  const [kind, setKind] = useState<Kind>(first.make ?? "person");
  const [personId, setPersonId] = useState<string | null>(first.make === "person" ? (first.id ?? null) : null);
  const [senderId, setSenderId] = useState<string | null>(first.make === "sender" ? (first.id ?? null) : null);
  const [language, setLanguage] = useState<Locale>(locale);
  const [since, setSince] = useState("");
  const [until, setUntil] = useState("");
  const kinds: Kind[] = [
    "person",
    ...(first.make === "message" ? (["message"] as const) : []),
    "sender",
    "organisation",
  ];
  const subject = subjectOf(kind, {
    personId,
    senderId,
    messageId: first.make === "message" ? (first.id ?? null) : null,
  });
  const isBackwards = since !== "" && until !== "" && since > until;

  const start = async () => {
    await api.post("evidence/packs", {
      subject,
      locale: language,
      since: since === "" ? null : `${since}T00:00:00.000Z`,
      until: until === "" ? null : dayAfter(until),
      ...(first.demand ? { demandId: first.demand } : {}),
    });
    toast(t("started"));
    refresh();
  };

  return (
    <FormDialog
      title={t("formTitle")}
      size={560}
      close={close}
      send={start}
      label={t("start")}
      disabled={subject === null || isBackwards}
    >
      <Radio.Group label={t("what")} value={kind} onChange={(value) => setKind(value as Kind)}>
        <div className={styles.kinds}>
          {kinds.map((one) => (
            <Radio key={one} value={one} label={t(`kind.${one}`)} description={t(`about.${one}`)} />
          ))}
        </div>
      </Radio.Group>
      {kind === "person" && <PersonPicker value={personId} choose={setPersonId} />}
      {kind === "sender" && <SenderPicker value={senderId} choose={setSenderId} />}
      {kind === "message" && <p className={styles.quiet}>{t("thisMessage")}</p>}
      <fieldset className={styles.period}>
        <legend>{t("period")}</legend>
        <TextInput
          type="date"
          label={t("since")}
          value={since}
          onChange={(event) => setSince(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t("untilDay")}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        <p className={styles.quiet}>{t("periodHint")}</p>
      </fieldset>
      <div>
        <p id="pack-language" className={styles.label}>
          {t("language")}
        </p>
        <SegmentedControl
          aria-labelledby="pack-language"
          value={language}
          onChange={(value) => setLanguage(value as Locale)}
          data={[
            { value: "en", label: "English" },
            { value: "nl", label: "Nederlands" },
            { value: "de", label: "Deutsch" },
          ]}
        />
      </div>
    </FormDialog>
  );
}

/** What the form holds as the subject of a pack; `null` while something is missing. */
function subjectOf(
  kind: Kind,
  chosen: { personId: string | null; senderId: string | null; messageId: string | null },
): PackSubject | null {
  if (kind === "organisation") return { kind };
  const id = { person: chosen.personId, sender: chosen.senderId, message: chosen.messageId }[kind];
  return id === null ? null : { kind, id };
}

/** "Up to and including" a day ends where the next begins. */
function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + 86_400_000).toISOString();
}

function PersonPicker(props: { value: string | null; choose: (id: string | null) => void }) {
  const { value, choose } = props;
  const t = useWords(words);
  const { api, organisation } = useSession();
  const [typed, setTyped] = useState("");
  const found = useQuery({
    queryKey: ["standing", organisation.id, "people", typed],
    queryFn: async ({ signal }) =>
      (await api.get<Page<Person>>("contacts", { limit: 12, ...(typed ? { q: typed } : {}) }, signal)).items,
    placeholderData: (held) => held,
  });
  const chosen = useQuery({
    queryKey: ["standing", organisation.id, "person", value],
    queryFn: ({ signal }) => api.get<Person>(`contacts/${value}`, {}, signal),
    enabled: value !== null,
  });
  const people = new Map([...(found.data ?? []), ...(chosen.data ? [chosen.data] : [])].map((one) => [one.id, one]));
  return (
    <Select
      data-autofocus
      label={t("who")}
      placeholder={t("whoHint")}
      nothingFoundMessage={t("whoNone")}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      value={value}
      onChange={choose}
      filter={({ options }) => options}
      data={[...people.values()].map(({ id, name, addresses }) => ({
        value: id,
        label: addresses[0] ? `${name} · ${addresses[0].value}` : name,
      }))}
    />
  );
}

function SenderPicker(props: { value: string | null; choose: (id: string | null) => void }) {
  const { value, choose } = props;
  const t = useWords(words);
  const { api, organisation } = useSession();
  const found = useQuery({
    queryKey: ["standing", organisation.id, "senders"],
    queryFn: async ({ signal }) => (await api.get<Page<Sender>>("senders", {}, signal)).items,
  });
  return (
    <Select
      label={t("whichSender")}
      value={value}
      onChange={choose}
      data={(found.data ?? []).map(({ id, name, address }) => ({ value: id, label: `${name} · ${address}` }))}
    />
  );
}
