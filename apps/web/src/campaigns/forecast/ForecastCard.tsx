import { Link } from "@tanstack/react-router";
import { useLanguage } from "../../shell/i18n.tsx";
import { useWords } from "../../shell/words.ts";
import { Bone } from "../../ui/Bones.tsx";
import { Failure } from "../../ui/Failure.tsx";
import { type BarPart, BarTable, StackedBar } from "../../ui/StackedBar.tsx";
import page from "../campaigns.module.css";
import { durationUnits } from "../duration.ts";
import { type Forecast, type ForecastOf, useForecast } from "../queries.ts";
import { words as shared } from "../words.ts";
import styles from "./forecast.module.css";
import { words } from "./words.ts";

/** Before anything is promised: who will get it, who will not and why, how long it takes. */
export function ForecastCard(props: { of: ForecastOf | null }) {
  const { of } = props;
  const t = useWords(words);
  const found = useForecast(of);
  const forecast = of === null ? undefined : found.data;
  return (
    <section className={styles.forecast} aria-labelledby="forecast-title" aria-busy={found.isFetching}>
      <header>
        <h2 id="forecast-title">{t("title")}</h2>
        {found.isFetching && <span className={styles.quiet}>{t("asking")}</span>}
      </header>
      <div className={styles.card}>
        {of === null && <p className={styles.quiet}>{t("waits")}</p>}
        {of !== null && found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
        {of !== null && !forecast && !found.isError && (
          <>
            <Bone width="60%" height={24} />
            <Bone width="100%" />
            <Bone width="90%" />
            <Bone width="80%" />
          </>
        )}
        {forecast && !found.isError && (
          <div className={styles.body} data-stale={found.isPlaceholderData || undefined}>
            <Figures forecast={forecast} />
          </div>
        )}
      </div>
    </section>
  );
}

export function forecastParts(
  forecast: Forecast,
  name: (key: "willGo" | "held" | "refused" | "unreachable") => string,
) {
  const part = (key: "willGo" | "held" | "refused" | "unreachable", tone: BarPart["tone"]): BarPart => ({
    key,
    name: name(key),
    count: forecast[key],
    tone,
  });
  return [part("willGo", "go"), part("held", "hold"), part("refused", "refuse"), part("unreachable", "quiet")];
}

function Figures(props: { forecast: Forecast }) {
  const { forecast } = props;
  const t = useWords(words);
  const { locale } = useLanguage();
  const number = (count: number) => count.toLocaleString(locale);
  const { audience, judged, reasons, problems } = forecast;
  if (audience === 0) return <p role="status">{t("nobody")}</p>;
  const parts = forecastParts(forecast, (key) => t(`part.${key}`));
  return (
    <>
      <p className={page.headline} role="status">
        <strong className="figures">{t("willGo", { count: forecast.willGo })}</strong>{" "}
        <span className={styles.quiet}>{t("ofPeople", { count: audience })}</span>
      </p>
      {problems.length > 0 && (
        <div className={styles.problems}>
          <h3>{t("problems")}</h3>
          <ul>
            {problems.map(({ path, message }) => (
              <li key={`${path} ${message}`}>{message}</li>
            ))}
          </ul>
        </div>
      )}
      <div className={styles.bar}>
        <StackedBar parts={parts} locale={locale} />
        <BarTable
          label={t("title")}
          parts={parts}
          total={audience}
          locale={locale}
          columns={{ what: t("what"), count: t("count"), share: t("share") }}
        />
      </div>
      {judged < audience && (
        <p className={styles.quiet}>{t("scaled", { judged: number(judged), audience: number(audience) })}</p>
      )}
      <Pace forecast={forecast} />
      <div className={styles.reasons}>
        <h3>{t("reasons")}</h3>
        {reasons.length === 0 && <p className={styles.quiet}>{t("noReasons")}</p>}
        <ul>
          {reasons.map((reason) => (
            <li key={`${reason.ruleId} ${reason.outcome}`} data-outcome={reason.outcome}>
              <p>
                <Link to="/standing/rules/$ruleId" params={{ ruleId: reason.ruleId }}>
                  {reason.title}
                </Link>
                <span className="figures">{number(reason.count)}</span>
              </p>
              <p className={styles.quiet}>{reason.explanation}</p>
            </li>
          ))}
        </ul>
        {reasons.length > 1 && <p className={styles.quiet}>{t("several")}</p>}
      </div>
    </>
  );
}

function Pace(props: { forecast: Forecast }) {
  const { durationSeconds, pace, willGo } = props.forecast;
  const t = useWords(words);
  const units = useWords(shared);
  if (willGo === 0) return null;
  const { unit, count } = durationUnits(durationSeconds);
  return (
    <p className={styles.pace}>
      <strong>{t("takes", { duration: units(unit, { count }) })}</strong>
      {pace.setBy === "throughput" ? ", " : ". "}
      <span className={styles.quiet}>
        {pace.setBy === "throughput"
          ? t("byThroughput", { count: pace.messagesPerSecond })
          : t("byLimit", { count: pace.peoplePerDay ?? 0 })}
      </span>
    </p>
  );
}
