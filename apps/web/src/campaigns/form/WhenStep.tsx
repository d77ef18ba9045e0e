import { Radio, SegmentedControl, TextInput } from "@mantine/core";
import { useLanguage } from "../../shell/i18n.tsx";
import { useSession } from "../../shell/session.tsx";
import { useWords } from "../../shell/words.ts";
import { type WallClock, wallClock } from "../../ui/zone.ts";
import { type Draft, usualExpiry } from "./draft.ts";
import styles from "./form.module.css";
import { words } from "./words.ts";

const slices = [0, 100, 500, 1_000];

/** When it starts, when it is too late, and how many go first. All by the clocks of the organisation. */
export function WhenStep(props: {
  draft: Draft;
  change: (change: Partial<Draft>) => void;
  problem: (field: string) => string | undefined;
}) {
  const { draft, change, problem } = props;
  const t = useWords(words);
  const { locale } = useLanguage();
  const { organisation } = useSession();
  const zone = organisation.timeZone;
  const tomorrow = (): WallClock => ({ date: wallClock(Date.now() + 86_400_000, zone).date, time: "09:00" });
  const own = slices.includes(draft.canaryCount) ? slices : [...slices, draft.canaryCount];
  return (
    <>
      <p className={styles.quiet}>{t("zone", { zone })}</p>
      <Radio.Group
        aria-label={t("when")}
        value={draft.starts === null ? "at-once" : "at"}
        onChange={(value) => change({ starts: value === "at" ? tomorrow() : null })}
      >
        <div className={styles.choices}>
          <Radio value="at-once" label={t("atOnce")} />
          <Radio value="at" label={t("at")} />
        </div>
      </Radio.Group>
      {draft.starts && (
        <div className={styles.within}>
          <ClockFields
            value={draft.starts}
            names={[t("startDate"), t("startTime")]}
            problem={problem("starts")}
            change={(starts) => change({ starts })}
          />
        </div>
      )}
      <div className={styles.part}>
        <h3>{t("notAfter")}</h3>
        <p className={styles.quiet}>{t("notAfterLead")}</p>
        <ClockFields
          value={draft.expires ?? usualExpiry(draft, zone, Date.now())}
          names={[t("expiryDate"), t("expiryTime")]}
          problem={problem("expires")}
          change={(expires) => change({ expires })}
        />
      </div>
      <div className={styles.part}>
        <h3 id="first-slice">{t("first")}</h3>
        <p className={styles.quiet}>{t("firstLead")}</p>
        <SegmentedControl
          aria-labelledby="first-slice"
          className={styles.slices}
          value={String(draft.canaryCount)}
          onChange={(value) => change({ canaryCount: Number(value) })}
          data={own.map((count) => ({
            value: String(count),
            label: count === 0 ? t("all") : count.toLocaleString(locale),
          }))}
        />
      </div>
    </>
  );
}

function ClockFields(props: {
  value: WallClock;
  names: readonly [string, string];
  problem: string | undefined;
  change: (value: WallClock) => void;
}) {
  const { value, names, problem, change } = props;
  return (
    <div>
      <div className={styles.clock}>
        <TextInput
          type="date"
          aria-label={names[0]}
          value={value.date}
          error={problem !== undefined}
          onChange={(event) => change({ ...value, date: event.currentTarget.value })}
        />
        <TextInput
          type="time"
          aria-label={names[1]}
          value={value.time}
          error={problem !== undefined}
          onChange={(event) => change({ ...value, time: event.currentTarget.value })}
        />
      </div>
      {problem && (
        <p className={styles.error} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
