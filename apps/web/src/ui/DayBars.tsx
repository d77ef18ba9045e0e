import type { Locale } from "@loket/contract";
import styles from "./DayBars.module.css";
import { shortDate } from "./time.ts";

/** A count per day as bars, with the figures in a table beside it for whoever cannot or does not want to see bars. */
export function DayBars(props: {
  label: string;
  days: readonly { readonly day: string; readonly count: number }[];
  locale: Locale;
  tone?: "green" | "red";
  tableWords: string;
}) {
  const { label, days, locale, tone = "green", tableWords } = props;
  const most = Math.max(1, ...days.map(({ count }) => count));
  const total = days.reduce((sum, { count }) => sum + count, 0);
  const width = 100 / Math.max(1, days.length);
  return (
    <figure className={styles.figure} data-tone={tone}>
      <figcaption>
        <span>{label}</span>
        <strong className="figures">{total.toLocaleString(locale)}</strong>
      </figcaption>
      <svg viewBox="0 0 100 32" preserveAspectRatio="none" aria-hidden="true">
        {days.map(({ day, count }, index) => {
          const height = count === 0 ? 0.6 : Math.max(2, (count / most) * 31);
          return (
            <rect
              key={day}
              x={index * width + 0.6}
              width={width - 1.2}
              y={32 - height}
              height={height}
              data-none={count === 0 || undefined}
            >
              <title>{`${shortDate(day, locale)}: ${count.toLocaleString(locale)}`}</title>
            </rect>
          );
        })}
      </svg>
      <details>
        <summary>{tableWords}</summary>
        <table>
          <caption className="hidden">{label}</caption>
          <tbody>
            {days.map(({ day, count }) => (
              <tr key={day}>
                <th scope="row">{shortDate(day, locale)}</th>
                <td className="figures">{count.toLocaleString(locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
