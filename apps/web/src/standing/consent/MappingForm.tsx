import type { ConsentImportDetail, ImportField, ImportMapping } from "@loket/contract";
import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useSession } from "../../shell/session.tsx";
import { useWords } from "../../shell/words.ts";
import { useSending } from "../../ui/FormDialog.tsx";
import rows from "../../ui/rows.module.css";
import { Section } from "../../ui/Section.tsx";
import { WideTable } from "../../ui/WideTable.tsx";
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
  const sending = useSending();
  const draft = list.draft;
  const [mapping, setMapping] = useState<ImportMapping>({
    columns: draft?.guess.columns ?? {},
    defaults: { purpose: "marketing", channel: "whatsapp" },
    dateOrder: draft?.guess.dateOrder ?? "dmy",
  });
  const [attestation, setAttestation] = useState("");
  if (!draft) return <p className={rows.problem}>{t("failed.gone")}</p>;
  const columns = draft.columns.map((header, place) => ({ header, place }));
  const lines = draft.preview.map((cells, line) => ({ cells, line }));

  const map = (field: ImportField, column: string | null) => {
    const { [field]: _before, ...rest } = mapping.columns;
    setMapping({ ...mapping, columns: column ? { ...rest, [field]: Number(column) } : rest });
  };
  const fill = (field: ImportField, value: string) =>
    setMapping({ ...mapping, defaults: { ...mapping.defaults, [field]: value } });
  const start = async () => {
    await api.post(`consent-imports/${list.id}/start`, { mapping, attestation: attestation.trim() });
    refresh();
  };
  const isShort = attestation.trim() !== "" && attestation.trim().length < shortest;
  return (
    <form
      className={styles.mapping}
      onSubmit={(event) => {
        event.preventDefault();
        void sending.send(start);
      }}
    >
      <Section title={t("preview")}>
        <WideTable label={t("preview")}>
          <table className={styles.table}>
            <thead>
              <tr>
                {columns.map(({ header, place }) => (
                  <th key={place}>{header}</th>
                ))}
              </tr>
            </thead>
            <tbody className="figures">
              {lines.map(({ cells, line }) => (
                <tr key={line}>
                  {columns.map(({ place }) => (
                    <td key={place}>{cells[place]}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
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
                      ...columns.map(({ header, place }) => ({
                        value: String(place),
                        label: header || String(place + 1),
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
          {sending.problem}
          <div>
            <Button type="submit" loading={sending.busy} disabled={attestation.trim().length < shortest}>
              {t("start")}
            </Button>
          </div>
        </div>
      </Section>
    </form>
  );
}
