import type { Agreement, ContactDetail } from "@loket/contract";
import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconDots, IconMessageQuestion } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useWordings } from "../shell/consent.ts";
import { useLanguage } from "../shell/i18n.tsx";
import { useWords } from "../shell/words.ts";
import { Icon } from "../ui/Icon.tsx";
import { shortDate } from "../ui/time.ts";
import { AskForm, ConsentForm, StopForm } from "./ConsentForms.tsx";
import styles from "./ConsentPart.module.css";
import type { useContactActs } from "./queries.ts";
import { useChannelWords, useHow } from "./told.ts";
import { words } from "./words.ts";

type Entry = ContactDetail["consents"][number];
export type ContactActs = ReturnType<typeof useContactActs>;
type Form = "ask" | "granted" | "withdrawn" | "stop";

/** What holds for this person today, in plain words; below it everything it follows from, with its proof. */
export function ConsentPart(props: {
  contact: ContactDetail;
  acts: ContactActs;
  /** Grows each time somewhere else asks for a consent to be recorded. */
  asked: number;
  records: boolean;
  /** The conversation a question can be asked in. */
  conversationId: string | null;
}) {
  const { contact, acts, asked, records, conversationId } = props;
  const t = useWords(words);
  const [form, setForm] = useState<Form | null>(null);
  useEffect(() => {
    if (asked > 0) setForm("granted");
  }, [asked]);
  const close = () => setForm(null);
  const { agreements } = contact;
  const hasMarketing = agreements.some(({ purpose }) => purpose === "marketing" || purpose === "all");
  return (
    <section className={styles.part} aria-label={t("consent")}>
      <div className={styles.head}>
        <h2>{t("consent")}</h2>
        {records && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" size={32} aria-label={`${t("consent")}: ${t("more")}`}>
                <Icon of={IconDots} size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => setForm("granted")}>{t("record")}</Menu.Item>
              <Menu.Item onClick={() => setForm("withdrawn")}>{t("recordWithdrawal")}</Menu.Item>
              <Menu.Item color="red" onClick={() => setForm("stop")}>
                {t("recordStop")}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {contact.import?.evidenceMissing && (
        <p className={styles.warning}>{t("listWithoutProof", { file: contact.import.fileName })}</p>
      )}
      <ul className={styles.answers}>
        {agreements.map((one) => (
          <Answer key={`${one.purpose} ${one.channel} ${one.topic}`} agreement={one} />
        ))}
        {!hasMarketing && (
          <li className={styles.answer}>
            <p className={styles.line}>
              <span>{t("purpose.marketing")}</span>
              <span className={styles.state} data-state="none">
                {t("nothing")}
              </span>
            </p>
            <p className={styles.quiet}>{t("nothingLead")}</p>
          </li>
        )}
      </ul>
      {records && (
        <div className={styles.acts}>
          {conversationId && (
            <Button
              variant="default"
              size="compact-md"
              leftSection={<Icon of={IconMessageQuestion} size={16} />}
              onClick={() => setForm("ask")}
            >
              {t("ask")}
            </Button>
          )}
          <Button variant="default" size="compact-md" onClick={() => setForm("granted")}>
            {t("record")}
          </Button>
        </div>
      )}
      <History contact={contact} />
      {(form === "granted" || form === "withdrawn") && (
        <ConsentForm action={form} close={close} record={acts.consent.mutateAsync} />
      )}
      {form === "stop" && <StopForm close={close} record={acts.suppress.mutateAsync} />}
      {form === "ask" && conversationId && (
        <AskForm contact={contact} conversationId={conversationId} close={close} ask={acts.ask.mutateAsync} />
      )}
    </section>
  );
}

function ClassBadge(props: { letter: "A" | "B" | "C" | "D" | null }) {
  const { letter } = props;
  const t = useWords(words);
  if (letter === null) return null;
  return (
    <abbr
      className={styles.badge}
      data-class={letter}
      title={`${t("classTitle", { letter })}: ${t(`class.${letter}`)}`}
    >
      {letter}
    </abbr>
  );
}

function Answer(props: { agreement: Agreement }) {
  const { purpose, channel, topic, state, since, method, kind, evidenceClass, wordingVersion } = props.agreement;
  const t = useWords(words);
  const { locale } = useLanguage();
  const channelWords = useChannelWords();
  const how = useHow();
  return (
    <li className={styles.answer}>
      <p className={styles.line}>
        <span>{t(`purpose.${purpose}`)}</span>
        <span className={styles.state} data-state={state}>
          {t(`state.${state}`)} <ClassBadge letter={evidenceClass} />
        </span>
      </p>
      <p className={`${styles.quiet} figures`}>
        {[
          channelWords(channel),
          ...(topic === null ? [] : [t("topic", { topic })]),
          t("since", { date: shortDate(since, locale) }),
          how(method),
          ...(kind === "soft" ? [t("soft")] : []),
          ...(wordingVersion && wordingVersion !== "keyword" ? [`${t("wording")} ${wordingVersion}`] : []),
        ].join(" · ")}
      </p>
    </li>
  );
}

type Told =
  | { readonly kind: "consent"; readonly at: string; readonly entry: Entry }
  | { readonly kind: "stop"; readonly at: string; readonly entry: ContactDetail["suppressions"][number] };

function History(props: { contact: ContactDetail }) {
  const { consents, suppressions } = props.contact;
  const t = useWords(words);
  const wordings = useWordings().data ?? [];
  const told: Told[] = [
    ...consents.map((entry) => ({ kind: "consent" as const, at: entry.at, entry })),
    ...suppressions.map((entry) => ({ kind: "stop" as const, at: entry.at, entry })),
  ].sort((a, b) => b.at.localeCompare(a.at));
  if (told.length === 0) return null;
  return (
    <details className={styles.history}>
      <summary>{t("history", { count: told.length })}</summary>
      <ol>
        {told.map((one) =>
          one.kind === "stop" ? (
            <StopLine key={one.entry.id} stop={one.entry} />
          ) : (
            <EntryLine
              key={one.entry.id}
              entry={one.entry}
              text={wordings.find(({ id }) => id === one.entry.wordingId)?.text ?? null}
            />
          ),
        )}
      </ol>
    </details>
  );
}

function StopLine(props: { stop: ContactDetail["suppressions"][number] }) {
  const { scope, channel, topic, source, at, liftedAt } = props.stop;
  const t = useWords(words);
  const { locale } = useLanguage();
  const channelWords = useChannelWords();
  const how = useHow();
  return (
    <li data-lifted={liftedAt !== null || undefined}>
      <p className={styles.line}>
        <span>{t(`purpose.${scope}`)}</span>
        <span className={styles.state} data-state="stopped">
          {t("state.stopped")}
        </span>
      </p>
      <p className={`${styles.quiet} figures`}>
        {[
          shortDate(at, locale),
          channelWords(channel),
          ...(topic === null ? [] : [t("topic", { topic })]),
          how(source),
          ...(liftedAt === null ? [] : [t("lifted", { date: shortDate(liftedAt, locale) })]),
        ].join(" · ")}
      </p>
    </li>
  );
}

function EntryLine(props: { entry: Entry; text: string | null }) {
  const { entry, text } = props;
  const t = useWords(words);
  const { locale } = useLanguage();
  const channelWords = useChannelWords();
  const how = useHow();
  return (
    <li>
      <p className={styles.line}>
        <span>{t(`purpose.${entry.purpose}`)}</span>
        <span className={styles.state} data-state={entry.action}>
          {t(`action.${entry.action}`)} <ClassBadge letter={entry.evidenceClass} />
        </span>
      </p>
      <p className={`${styles.quiet} figures`}>
        {[
          shortDate(entry.at, locale),
          channelWords(entry.channel),
          ...(entry.topic === null ? [] : [t("topic", { topic: entry.topic })]),
          how(entry.method),
          ...(entry.importId === null ? [] : [t("fromList")]),
        ].join(" · ")}
      </p>
      <dl>
        {entry.wordingVersion && (
          <>
            <dt>{t("wording")}</dt>
            <dd>
              {entry.wordingVersion}
              {text && <q>{text}</q>}
            </dd>
          </>
        )}
        {entry.landingUrl && (
          <>
            <dt>{t("landing")}</dt>
            <dd>
              <Link to={entry.landingUrl} />
            </dd>
          </>
        )}
        {entry.landingVersion && (
          <>
            <dt>{t("pageVersion")}</dt>
            <dd>{entry.landingVersion}</dd>
          </>
        )}
        {entry.evidence && (
          <>
            <dt>{t("evidence")}</dt>
            <dd>
              <Link to={entry.evidence} />
            </dd>
          </>
        )}
      </dl>
    </li>
  );
}

function Link(props: { to: string }) {
  const { to } = props;
  if (!/^https?:/.test(to)) return to;
  return (
    <a href={to} target="_blank" rel="noreferrer noopener">
      {to}
    </a>
  );
}
