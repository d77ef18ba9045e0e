import { Button } from "@mantine/core";
import { useLanguage } from "../../shell/i18n.tsx";
import { useSession } from "../../shell/session.tsx";
import { useWords } from "../../shell/words.ts";
import { Failure } from "../../ui/Failure.tsx";
import { Section } from "../../ui/Section.tsx";
import { useReachable } from "../queries.ts";
import { csvOf } from "./csv.ts";
import styles from "./demands.module.css";
import { words } from "./words.ts";

/** Whom one can still reach on other channels if this one were lost tomorrow. */
export function Reach() {
  const t = useWords(words);
  const { locale } = useLanguage();
  const { api } = useSession();
  const found = useReachable();
  const reach = found.data;
  const download = async () => {
    const all = await api.get<NonNullable<typeof reach>>("standing/reachable", { limit: 10_000 });
    const lines = all.contacts.map(({ name, channel, address, agreed }) => [
      name,
      channel,
      address,
      t(agreed ? "yes" : "no"),
    ]);
    const text = csvOf([[t("name"), t("channel"), t("address"), t("agreed")], ...lines]);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    link.download = "reachable.csv";
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <Section
      title={t("reach")}
      act={
        (reach?.contacts.length ?? 0) > 0 && (
          <Button variant="default" size="compact-md" onClick={() => void download()}>
            {t("download")}
          </Button>
        )
      }
    >
      {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
      {reach && <p className={styles.lead}>{t("reachLead", { people: reach.people, nowhere: reach.nowhereElse })}</p>}
      {reach && reach.byChannel.length === 0 && <p className={styles.lead}>{t("reachNone")}</p>}
      {reach && reach.byChannel.length > 0 && (
        <table className={styles.table}>
          <caption className="hidden">{t("reach")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("channel")}</th>
              <th scope="col">{t("people")}</th>
              <th scope="col">{t("agreed")}</th>
            </tr>
          </thead>
          <tbody>
            {reach.byChannel.map((row) => (
              <tr key={row.channel}>
                <th scope="row">{row.channel}</th>
                <td className="figures">{row.people.toLocaleString(locale)}</td>
                <td className="figures">{row.agreed.toLocaleString(locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
