import type { Conversation, Template, Verdict } from "@loket/contract";
import { ActionIcon, Button, Select, TextInput } from "@mantine/core";
import { IconChevronLeft, IconLock, IconRefresh, IconSearch, IconX } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type RefObject, useRef, useState } from "react";
import { useLanguage } from "../shell/i18n.tsx";
import type { PlainKey } from "../shell/messages/catalogue.ts";
import { useSession } from "../shell/session.tsx";
import { uuid7 } from "../shell/uuid.ts";
import { templatesKey, useTemplates } from "../templates/queries.ts";
import { TemplateBubble } from "../templates/TemplateBubble.tsx";
import {
  isComplete,
  readTemplate,
  type TemplateField,
  type TemplateForm,
  type TemplateValues,
  templateSend,
} from "../templates/templates.ts";
import { RowBones } from "../ui/Bones.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Failure, useFailureWords } from "../ui/Failure.tsx";
import { Icon } from "../ui/Icon.tsx";
import { toast } from "../ui/toast.tsx";
import { VerdictCard } from "../ui/VerdictCard.tsx";
import { checkFile } from "./attachments.ts";
import { useDesk } from "./Desk.tsx";
import type { Seen } from "./outbox.ts";
import { type RemedyActs, remedyButton } from "./remedies.tsx";
import styles from "./TemplatePicker.module.css";

/** Choose, fill in, see, send. It stands where the text field stood. */
export function TemplatePicker(props: {
  conversation: Conversation;
  reason: "closed" | "never" | null;
  /** What was typed before the window closed. */
  kept: string;
  seen: RefObject<Seen>;
  remedies: Omit<RemedyActs, "chooseTemplate">;
  cancel: (() => void) | null;
  sent: () => void;
  usedText: () => void;
}) {
  const { conversation, reason, kept, seen, remedies, cancel, sent, usedText } = props;
  const { t } = useLanguage();
  const [chosen, setChosen] = useState<Template | null>(null);

  return (
    <div className={styles.picker}>
      <header className={styles.head}>
        {chosen && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            aria-label={t("template.back")}
            onClick={() => setChosen(null)}
          >
            <Icon of={IconChevronLeft} />
          </ActionIcon>
        )}
        <p>
          <strong>{chosen ? chosen.name : t("template.title")}</strong>
          {!chosen && reason && <span> {t(reason === "never" ? "template.neverLead" : "template.closedLead")}</span>}
        </p>
        {cancel && (
          <ActionIcon variant="subtle" color="gray" size={32} aria-label={t("template.cancel")} onClick={cancel}>
            <Icon of={IconX} />
          </ActionIcon>
        )}
      </header>
      {kept.trim() && !chosen && (
        <p className={styles.kept}>
          <Icon of={IconLock} size={14} /> {t("template.kept")}: <span className="cut">{kept}</span>
        </p>
      )}
      {chosen ? (
        <TemplateSheet
          key={chosen.id}
          remedies={{ ...remedies, chooseTemplate: () => setChosen(null) }}
          conversation={conversation}
          template={chosen}
          kept={kept}
          seen={seen}
          usedText={usedText}
          sent={() => {
            setChosen(null);
            sent();
          }}
        />
      ) : (
        <TemplateList conversation={conversation} choose={setChosen} />
      )}
    </div>
  );
}

const statusWords: Record<string, PlainKey> = {
  APPROVED: "template.approved",
  PENDING: "template.pending",
  IN_APPEAL: "template.pending",
  PAUSED: "template.paused",
  REJECTED: "template.rejected",
  DISABLED: "template.disabled",
};
const categoryWords: Record<Template["category"], PlainKey> = {
  MARKETING: "template.marketing",
  UTILITY: "template.utility",
  AUTHENTICATION: "template.authentication",
};

function TemplateList(props: { conversation: Conversation; choose: (template: Template) => void }) {
  const { conversation, choose } = props;
  const { t, locale } = useLanguage();
  const { api, organisation } = useSession();
  const queries = useQueryClient();
  const failureWords = useFailureWords();
  const templates = useTemplates(conversation.senderId);
  const [search, setSearch] = useState("");
  const [language, setLanguage] = useState("");
  const [approvedOnly, setApprovedOnly] = useState(true);
  const [syncing, setSyncing] = useState(false);

  const sync = async () => {
    setSyncing(true);
    try {
      await api.post("templates/sync", { senderId: conversation.senderId });
      await queries.invalidateQueries({ queryKey: templatesKey(organisation.id, conversation.senderId) });
      const count = queries.getQueryData<Template[]>(templatesKey(organisation.id, conversation.senderId))?.length ?? 0;
      toast(t("template.synced", { count }));
    } catch (error) {
      toast(failureWords(error), { tone: "red" });
    } finally {
      setSyncing(false);
    }
  };

  if (templates.isError) return <Failure error={templates.error} retry={() => void templates.refetch()} />;
  if (!templates.data) return <RowBones count={3} />;
  const languages = [...new Set(templates.data.map((template) => template.language))].sort();
  const wanted = search.trim().toLocaleLowerCase();
  const found = templates.data
    .filter((template) => template.category !== "AUTHENTICATION") // codes are sent by systems, not by people
    .filter((template) => !approvedOnly || template.status === "APPROVED")
    .filter((template) => !language || template.language === language)
    .filter(
      (template) => !wanted || `${template.name} ${readTemplate(template).body}`.toLocaleLowerCase().includes(wanted),
    )
    .sort(
      (a, b) =>
        Number(b.language.startsWith(locale)) - Number(a.language.startsWith(locale)) || a.name.localeCompare(b.name),
    );

  return (
    <>
      <div className={styles.filters}>
        <TextInput
          className={styles.search ?? ""}
          size="sm"
          leftSection={<Icon of={IconSearch} size={16} />}
          placeholder={t("template.search")}
          aria-label={t("template.search")}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        {languages.length > 1 && (
          <Select
            size="sm"
            w={150}
            aria-label={t("template.language")}
            value={language}
            data={[
              { value: "", label: t("template.allLanguages") },
              ...languages.map((code) => ({ value: code, label: code })),
            ]}
            onChange={(value) => setLanguage(value ?? "")}
          />
        )}
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={approvedOnly}
            onChange={(event) => setApprovedOnly(event.currentTarget.checked)}
          />{" "}
          {t("template.onlyApproved")}
        </label>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          loading={syncing}
          aria-label={t("template.sync")}
          title={t("template.sync")}
          onClick={() => void sync()}
        >
          <Icon of={IconRefresh} />
        </ActionIcon>
      </div>
      {found.length === 0 &&
        (templates.data.length === 0 ? (
          <EmptyState title={t("template.none")} lead={t("template.noneLead")}>
            <Button variant="default" onClick={() => void sync()}>
              {t("template.sync")}
            </Button>
          </EmptyState>
        ) : (
          <p className={styles.nothing}>{t("template.nothingFound")}</p>
        ))}
      <ul className={styles.list}>
        {found.map((template) => (
          <li key={template.id}>
            <button
              type="button"
              className="plain"
              disabled={template.status !== "APPROVED"}
              onClick={() => choose(template)}
            >
              <span className={styles.rowHead}>
                <span className={`cut ${styles.name}`}>{template.name}</span>
                <span className={styles.tag}>{template.language}</span>
                <span className={styles.tag}>{t(categoryWords[template.category])}</span>
                {template.status !== "APPROVED" && (
                  <span className={styles.tag} data-status={template.status}>
                    {t(statusWords[template.status] ?? "app.unknown")}
                  </span>
                )}
              </span>
              <span className={styles.body} dir="auto">
                {readTemplate(template).body}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function TemplateSheet(props: {
  conversation: Conversation;
  template: Template;
  kept: string;
  seen: RefObject<Seen>;
  remedies: RemedyActs;
  sent: () => void;
  usedText: () => void;
}) {
  const { conversation, template, kept, seen, remedies, sent, usedText } = props;
  const { t } = useLanguage();
  const { outbox } = useDesk();
  const form = readTemplate(template);
  const picker = useRef<HTMLInputElement>(null);
  const [values, setValues] = useState<TemplateValues>(() => firstValues(form.fields, conversation.contact.name));
  const [file, setFile] = useState<File | null>(null);
  const [keptIn, setKeptIn] = useState<string | null>(null);
  const verdict = useTemplateVerdict(conversation, template, form);
  const complete = isComplete(form, values, file !== null);
  const refused = verdict?.outcome === "refuse" || verdict?.outcome === "hold";

  const set = (field: TemplateField, value: string) => setValues((held) => ({ ...held, [field.id]: value }));
  const fieldName = (field: TemplateField) =>
    field.place === "button"
      ? t("template.buttonParameter", { button: field.button ?? "" })
      : t(field.place === "header" ? "template.headerParameter" : "template.parameter", { name: field.name });
  const chooseFile = (chosen: File | undefined) => {
    if (!chosen) return;
    const check = checkFile(conversation.channel, chosen);
    if (check.ok && check.kind === form.headerFile) setFile(chosen);
    else
      toast(t("file.wrongType", { name: chosen.name, channel: t(`channel.${conversation.channel}`) }), { tone: "red" });
  };
  const send = () => {
    const clientId = uuid7();
    outbox.add({
      clientId,
      conversationId: conversation.id,
      body: { kind: "message", send: templateSend(template, form, values, clientId) },
      file: file && form.headerFile ? { blob: file, name: file.name, kind: form.headerFile, mediaId: null } : null,
      createdAt: new Date().toISOString(),
      seen: seen.current,
    });
    if (keptIn) usedText();
    sent();
  };

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (complete && !refused) send();
      }}
    >
      {verdict && verdict.outcome !== "allow" && (
        <VerdictCard verdict={verdict} remedy={remedyButton(remedies, verdict)} />
      )}
      <div className={styles.fields}>
        {form.headerFile && (
          <div>
            <p className={styles.label}>{t("template.headerFile")}</p>
            <Button variant="default" onClick={() => picker.current?.click()}>
              {file ? file.name : t("template.chooseFile")}
            </Button>
            <input ref={picker} type="file" hidden onChange={(event) => chooseFile(event.currentTarget.files?.[0])} />
          </div>
        )}
        {form.fields.map((field, index) => (
          <TextInput
            key={field.id}
            size="sm"
            label={fieldName(field)}
            placeholder={field.example}
            value={values[field.id] ?? ""}
            autoFocus={index === 0}
            maxLength={1_000}
            onChange={(event) => set(field, event.currentTarget.value)}
            {...(kept.trim() && field.place === "body" && keptIn === null && !values[field.id]
              ? {
                  description: (
                    <button
                      type="button"
                      className={`plain ${styles.useText}`}
                      onClick={() => {
                        set(field, kept.trim().replace(/\s*\n\s*/g, " "));
                        setKeptIn(field.id);
                      }}
                    >
                      {t("template.useText", { name: fieldName(field) })}
                    </button>
                  ),
                }
              : {})}
          />
        ))}
      </div>
      <div className={styles.preview}>
        <p className={styles.label}>{t("template.preview")}</p>
        <TemplateBubble form={form} values={values} file={file?.name ?? null} />
      </div>
      <footer className={styles.foot}>
        <span>{complete ? "" : t("template.missing")}</span>
        <Button type="submit" disabled={!complete || refused}>
          {t("template.send")}
        </Button>
      </footer>
    </form>
  );
}

/** The first value of a template is nearly always the person's name. */
function firstValues(fields: TemplateField[], contactName: string): TemplateValues {
  const first = fields.find((field) => field.place === "body");
  const looksLikeName = first?.name === "1" && /^\p{Lu}\p{Ll}+( \p{Lu}\p{Ll}+)?$/u.test(first.example);
  const isName = first && (/name|naam/i.test(first.name) || looksLikeName);
  return isName && /^\p{L}/u.test(contactName) ? { [first.id]: contactName } : {};
}

/** What the rules say of this template to this person, asked before a value is typed: values do not change the answer. */
function useTemplateVerdict(conversation: Conversation, template: Template, form: TemplateForm): Verdict | null {
  const { api, organisation } = useSession();
  const asked = useQuery({
    queryKey: ["verdict", organisation.id, conversation.id, template.id],
    queryFn: () => {
      const filled = Object.fromEntries(form.fields.map((field) => [field.id, field.example || "…"]));
      const { clientId: _, ...content } = templateSend(template, form, filled, "");
      const { contact, senderId } = conversation;
      return api.post<Verdict>("verdicts", { request: { contactId: contact.id, senderId, content } });
    },
    staleTime: 30_000,
    retry: false,
  });
  return asked.data && typeof asked.data.outcome === "string" ? asked.data : null;
}
