import type { ConsentImportDetail, ImportField, ImportMapping } from "@loket/contract";
import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useSession } from "../../shell/session.tsx";
import { useWords } from "../../shell/words.ts";
import { useFailureWords } from "../../ui/Failure.tsx";
import rows from "../../ui/rows.module.css";
import { Section } from "../../ui/Section.tsx";
import { useRefresh } from "../queries.ts";
import styles from "./consent.module.css";
import { words } from "./words.ts";

const fields: readonly ImportField[] = [
  "phone",
  "email",
  "name",
  "obtainedAt",
  "method",
  "wordingVersion",
  "evidence",
  "purpose",
  "channel",
  "topic",
  "landingUrl",
  "landingVersion",
  "language",
  "country",
  "birthDate",
];
/** What may hold for all rows alike. Proof, dates and people are each row's own. */
const alike: ReadonlySet<ImportField> = new Set([
  "method",
  "wordingVersion",
  "purpose",
  "channel",
  "language",
  "country",
]);
const shortest = 20;

/** Which column says what, and somebody's word for the list. */
export function MappingForm(props: { list: ConsentImportDetail }) {
  const { list } = props;
  const t = useWords(words);
  const { api } = useSession();
  const refresh = useRefresh();
  const failureWords = useFailureWords();
  const draft = list.draft;
  const [mapping, setMapping] = useState<ImportMapping>({
    columns: draft?.guess.columns ?? {},
    defaults: { purpose: "marketing", channel: "whatsapp" },
    dateOrder: draft?.guess.dateOrder ?? "dmy",
  });
  const [attestation, setAttestation] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  if (!draft) return <p className={rows.problem}>{t("failed.gone")}</p>;

  const map = (field: ImportField, column: string | null) => {
    const { [field]: _before, ...rest } = mapping.columns;
    setMapping({ ...mapping, columns: column ? { ...rest, [field]: Number(column) } : rest });
  };
  const fill = (field: ImportField, value: string) =>
    setMapping({ ...mapping, defaults: { ...mapping.defaults, [field]: value } });
  const start = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await api.post(`consent-imports/${list.id}/start`, { mapping, attestation: attestation.trim() });
      refresh();
    } catch (error) {
      setProblem(failureWords(error));
      setBusy(false);
    }
  };
  const isShort = attestation.trim() !== "" && attestation.trim().length < shortest;
  return (
    <form className={styles.mapping} onSubmit={(event) => void start(event)}>
      <Section title={t("preview")}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls sideways has to be reached by the keyboard */}
        <section className={styles.scroll} tabIndex={0} aria-label={t("preview")}>
          <table className={styles.table}>
            <thead>
              <tr>
                {draft.columns.map((header, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns are known by their place
                  <th key={index}>{header}</th>
                ))}
              </tr>
            </thead>
            <tbody className="figures">
              {draft.preview.map((cells, line) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file are known by their place
                <tr key={line}>
                  {draft.columns.map((_header, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: columns are known by their place
                    <td key={index}>{cells[index]}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </Section>
      <Section title={t("mapTitle")}>
        <div className={styles.inSheet}>
          <p className={styles.quiet}>{t("mapLead")}</p>
          <div className={styles.fields}>
            {fields.map((field) => {
              const column = mapping.columns[field];
              return (
                <div key={field} className={styles.field}>
                  <Select
                    label={t(`field.${field}`)}
                    value={column === undefined ? "" : String(column)}
                    data={[
                      { value: "", label: t("notInList") },
                      ...draft.columns.map((header, index) => ({
                        value: String(index),
                        label: header || String(index + 1),
                      })),
                    ]}
                    onChange={(value) => map(field, value)}
                    allowDeselect={false}
                  />
                  {column === undefined && alike.has(field) && (
                    <TextInput
                      aria-label={`${t(`field.${field}`)}: ${t("forAll")}`}
                      placeholder={t("forAll")}
                      value={mapping.defaults[field] ?? ""}
                      maxLength={200}
                      onChange={(event) => fill(field, event.currentTarget.value)}
                    />
                  )}
                </div>
              );
            })}
            <Select
              label={t("dateOrder")}
              value={mapping.dateOrder}
              data={[
                { value: "dmy", label: t("dmy") },
                { value: "mdy", label: t("mdy") },
              ]}
              onChange={(value) => setMapping({ ...mapping, dateOrder: value === "mdy" ? "mdy" : "dmy" })}
              allowDeselect={false}
            />
          </div>
        </div>
      </Section>
      <Section title={t("attestation")}>
        <div className={styles.inSheet}>
          <Textarea
            label={t("attestation")}
            description={t("attestationLead")}
            value={attestation}
            error={isShort ? t("attestationShort") : undefined}
            autosize
            minRows={3}
            maxLength={2_000}
            onChange={(event) => setAttestation(event.currentTarget.value)}
          />
          {problem && <p className={rows.problem}>{problem}</p>}
          <div>
            <Button type="submit" loading={busy} disabled={attestation.trim().length < shortest}>
              {t("start")}
            </Button>
          </div>
        </div>
      </Section>
    </form>
  );
}
