import { useT } from "../shell/i18n.tsx";
import { useNow } from "./clock.ts";
import styles from "./WindowRing.module.css";
import { type WindowLeft, windowLeft, windowUnits } from "./window.ts";

const radius = 7;
const round = 2 * Math.PI * radius;

/** An 18 px ring that empties over 24 hours, with what is left in words beside it. */
export function WindowRing(props: { endsAt: string | null; words?: boolean }) {
  const { endsAt, words = true } = props;
  const t = useT();
  const left = windowLeft(endsAt, useNow());
  const long = useWindowWords(left);

  return (
    <span className={styles.ring} data-state={left.state} title={long}>
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
        <circle cx="9" cy="9" r={radius} className={styles.track} />
        {left.fraction > 0 && (
          <circle
            cx="9"
            cy="9"
            r={radius}
            className={styles.rest}
            strokeDasharray={`${round * left.fraction} ${round}`}
            transform="rotate(-90 9 9)"
          />
        )}
        {left.fraction === 0 && <path d="M6 9h6" className={styles.bar} />}
      </svg>
      {words && (
        <span className={`${styles.words} figures`} aria-hidden="true">
          {left.state === "closed" || left.state === "never" ? t("window.closed") : shortWords(left, t)}
        </span>
      )}
      <span className="hidden">{long}</span>
    </span>
  );
}

function shortWords(left: WindowLeft, t: ReturnType<typeof useT>): string {
  const { unit, count } = windowUnits(left.leftMs);
  return unit === "hours" ? t("window.hours", { count }) : t("window.minutes", { count });
}

export function useWindowWords(left: WindowLeft): string {
  const t = useT();
  if (left.state === "never") return t("window.neverLong");
  if (left.state === "closed") return t("window.closedLong");
  const { unit, count } = windowUnits(left.leftMs);
  return unit === "hours" ? t("window.leftHours", { count }) : t("window.leftMinutes", { count });
}
