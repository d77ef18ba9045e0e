import type { SenderStanding } from "@loket/contract";
import { Button, Radio, Textarea } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useLanguage } from "../../shell/i18n.tsx";
import { useSession } from "../../shell/session.tsx";
import { useWords } from "../../shell/words.ts";
import { ChannelMark } from "../../ui/ChannelMark.tsx";
import { DayBars } from "../../ui/DayBars.tsx";
import { useFailureWords } from "../../ui/Failure.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { readablePhone } from "../../ui/phone.ts";
import { shortDateTime } from "../../ui/time.ts";
import { toast } from "../../ui/toast.tsx";
import { useRefresh } from "../queries.ts";
import styles from "./overview.module.css";
import { words } from "./words.ts";

/** One sender: four quiet gauges, what was sent and stopped, on what proof, and what changed. */
export function SenderCard(props: { standing: SenderStanding }) {
  const { standing } = props;
  const t = useWords(words);
  const { locale } = useLanguage();
  const { sender, limit, templates, optOutMs } = standing;
  const trouble = templates.paused + templates.rejected;
  return (
    <section className={styles.card} data-level={standing.level} aria-label={sender.name}>
      <header>
        <ChannelMark channel={sender.channel} size={22} />
        <span className={styles.name}>
          <strong className="cut">{sender.name}</strong>
          <span className="figures">{readablePhone(sender.address)}</span>
        </span>
        <StopButton standing={standing} />
      </header>
      <div className={styles.gauges}>
        <Gauge label={t("quality")} tone={sender.quality}>
          {t(`quality.${sender.quality}`)}
        </Gauge>
        <Gauge
          label={t("limit")}
          tone={limit.limit !== null && limit.used >= 0.8 * limit.limit ? "YELLOW" : "plain"}
          share={limit.limit === null || limit.limit === 0 ? null : limit.used / limit.limit}
        >
          {limit.limit === null
            ? `${limit.used.toLocaleString(locale)} · ${t("unlimited")}`
            : t("limitOf", { used: limit.used.toLocaleString(locale), limit: limit.limit.toLocaleString(locale) })}
        </Gauge>
        <Gauge label={t("templates")} tone={trouble > 0 ? "YELLOW" : "plain"}>
          {t("templatesOf", { approved: templates.approved })}
          {trouble > 0 && ` · ${t("templatesTrouble", { count: trouble })}`}
        </Gauge>
        <Gauge label={t("optOut")} tone={(optOutMs.worst ?? 0) >= 2_000 ? "YELLOW" : "plain"}>
          {optOutMs.median === null
            ? t("optOutNone")
            : `${duration(optOutMs.median, locale)} · ${t("optOutWorst", { worst: duration(optOutMs.worst ?? 0, locale) })}`}
        </Gauge>
      </div>
      <div className={styles.charts}>
        <DayBars label={t("sent")} days={standing.sent} locale={locale} tableWords={t("table")} />
        <DayBars label={t("stops")} days={standing.stops} locale={locale} tone="red" tableWords={t("table")} />
        <Evidence standing={standing} />
        <Shares standing={standing} />
      </div>
      <Changes standing={standing} />
    </section>
  );
}

function Gauge(props: { label: string; tone: string; share?: number | null; children: ReactNode }) {
  const { label, tone, share, children } = props;
  return (
    <div className={styles.gauge} data-tone={tone}>
      <span>{label}</span>
      <strong className="figures">{children}</strong>
      {share !== null && share !== undefined && (
        <i aria-hidden="true" style={{ "--share": `${Math.min(100, share * 100)}%` } as React.CSSProperties} />
      )}
    </div>
  );
}

const classes = ["A", "B", "C", "D", "none"] as const;

/** How good the proof of consent was behind what we began: one bar, direct labels. */
function Evidence(props: { standing: SenderStanding }) {
  const { evidence } = props.standing;
  const t = useWords(words);
  const { locale } = useLanguage();
  const total = classes.reduce((sum, name) => sum + evidence[name], 0);
  return (
    <figure className={styles.evidence}>
      <figcaption>{t("evidence")}</figcaption>
      {total === 0 ? (
        <p>{t("evidenceNone")}</p>
      ) : (
        <>
          <div className={styles.bar} aria-hidden="true">
            {classes.map(
              (name) =>
                evidence[name] > 0 && (
                  <span key={name} data-class={name} style={{ flexGrow: evidence[name] }} title={t(`class.${name}`)} />
                ),
            )}
          </div>
          <table>
            <caption className="hidden">{t("evidence")}</caption>
            <tbody>
              {classes.map((name) => (
                <tr key={name}>
                  <th scope="row">
                    <i data-class={name} aria-hidden="true" /> {t(`class.${name}`)}
                  </th>
                  <td className="figures">{evidence[name].toLocaleString(locale)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </figure>
  );
}

function Shares(props: { standing: SenderStanding }) {
  const { standing } = props;
  const t = useWords(words);
  const { locale } = useLanguage();
  const share = (value: number | null) =>
    value === null
      ? t("tooFew")
      : value.toLocaleString(locale, { style: "percent", maximumFractionDigits: value < 0.1 ? 1 : 0 });
  const missing = standing.fieldsMissing;
  const shares = [
    [t("stopShare"), share(standing.stopShare)],
    [t("replyShare"), share(standing.replyShare)],
    [t("undeliverableShare"), share(standing.undeliverableShare)],
    [
      t("fields"),
      standing.fieldsCheckedAt === null
        ? t("fieldsUnknown")
        : missing?.length === 0
          ? t("fieldsAll")
          : (missing ?? []).join(", "),
    ],
  ];
  return (
    <figure className={styles.evidence}>
      <figcaption>{t("shares")}</figcaption>
      <table>
        <caption className="hidden">{t("shares")}</caption>
        <tbody>
          {shares.map(([label, value]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td className="figures">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

const knownFields = [
  "quality",
  "limit",
  "pace",
  "restrictions",
  "disabled",
  "stopped",
  "status",
  "category",
  "fields",
  "violation",
] as const;

function Changes(props: { standing: SenderStanding }) {
  const { changes } = props.standing;
  const t = useWords(words);
  const { locale } = useLanguage();
  const field = (name: string) => {
    const known = knownFields.find((one) => one === name);
    return known ? t(`field.${known}`) : name;
  };
  return (
    <details className={styles.changes}>
      <summary>
        {t("changes")} <span className="figures">{changes.length}</span>
      </summary>
      {changes.length === 0 && <p>{t("noChanges")}</p>}
      <ol>
        {changes.map((change) => (
          <li key={`${change.at}${change.subject}${change.field}`}>
            <time className="figures" dateTime={change.at}>
              {shortDateTime(change.at, locale)}
            </time>
            <span>
              {change.subject !== "sender" && <b>{change.subject.replace(/^template /, "")} · </b>}
              {field(change.field)}: {change.before ?? t("nothing")} → {change.after ?? t("nothing")}
              {change.reason && <em> {change.reason}</em>}
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}

function StopButton(props: { standing: SenderStanding }) {
  const { sender } = props.standing;
  const t = useWords(words);
  const { api, may } = useSession();
  const refresh = useRefresh();
  const failureWords = useFailureWords();
  const [asking, setAsking] = useState(false);
  if (!may("standing:manage")) return null;
  const release = async () => {
    try {
      await api.post(`senders/${sender.id}/release`);
      toast(t("released"));
    } catch (error) {
      toast(failureWords(error), { tone: "red" });
    }
    refresh();
  };
  return (
    <>
      {sender.stopped ? (
        <Button size="compact-md" onClick={() => void release()}>
          {t("release")}
        </Button>
      ) : (
        <Button variant="default" size="compact-md" onClick={() => setAsking(true)}>
          {t("stop")}
        </Button>
      )}
      {asking && <StopForm sender={sender} close={() => setAsking(false)} />}
    </>
  );
}

function StopForm(props: { sender: SenderStanding["sender"]; close: () => void }) {
  const { sender, close } = props;
  const t = useWords(words);
  const { api } = useSession();
  const refresh = useRefresh();
  const [stopped, setStopped] = useState<"marketing" | "business-initiated" | "all">("marketing");
  const [reason, setReason] = useState("");
  const stop = async () => {
    await api.post(`senders/${sender.id}/stop`, { stopped, reason: reason.trim() });
    toast(t("stopped"));
    refresh();
  };
  return (
    <FormDialog
      title={t("stopTitle", { sender: sender.name })}
      close={close}
      send={stop}
      label={t("stop")}
      color="red"
      disabled={reason.trim().length < 3}
    >
      <p>{t("stopLead")}</p>
      <Radio.Group label={t("stopWhat")} value={stopped} onChange={(value) => setStopped(value as typeof stopped)}>
        <div className={styles.choices}>
          {(["marketing", "business-initiated", "all"] as const).map((value) => (
            <Radio key={value} value={value} label={t(`stop.${value}`)} />
          ))}
        </div>
      </Radio.Group>
      <Textarea
        data-autofocus
        label={t("stopWhy")}
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

function duration(ms: number, locale: string): string {
  return ms < 1_000
    ? `${Math.round(ms).toLocaleString(locale)} ms`
    : `${(ms / 1_000).toLocaleString(locale, { maximumFractionDigits: 1 })} s`;
}
