import type { Locale } from "@loket/contract";
import type { ReactNode } from "react";
import styles from "./StackedBar.module.css";

export interface BarPart {
  readonly key: string;
  readonly name: string;
  readonly count: number;
  readonly tone: "go" | "moving" | "hold" | "refuse" | "fail" | "quiet" | "rest";
  /** A part of the one before it: it stands in the table alone, one step in. */
  readonly isPart?: boolean;
}

/** One bar for a whole that falls into parts. */
export function StackedBar(props: { parts: readonly BarPart[]; locale: Locale; thin?: boolean }) {
  const { parts, locale, thin = false } = props;
  const shown = parts.filter(({ count, isPart }) => count > 0 && !isPart);
  const total = shown.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className={styles.bar} data-thin={thin || undefined} aria-hidden="true">
      {shown.map(({ key, name, count, tone }) => (
        <i
          key={key}
          data-tone={tone}
          style={{ width: `${(count / total) * 100}%`, flexShrink: 1 }}
          title={`${name}: ${count.toLocaleString(locale)}`}
        />
      ))}
    </div>
  );
}

/** The same in figures, for whoever cannot or does not want to see bars. `row` may make a name something to press. */
export function BarTable(props: {
  label: string;
  parts: readonly BarPart[];
  total: number;
  locale: Locale;
  columns: { readonly what: string; readonly count: string; readonly share: string };
  row?: (part: BarPart) => ReactNode;
}) {
  const { label, parts, total, locale, columns, row } = props;
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const share = (count: number) =>
    count > 0 && count / total < 0.0005 ? `< ${percent.format(0.001)}` : percent.format(count / total);
  return (
    <table className={`${styles.table} figures`}>
      <caption className="hidden">{label}</caption>
      <thead className="hidden">
        <tr>
          <th scope="col">{columns.what}</th>
          <th scope="col">{columns.count}</th>
          <th scope="col">{columns.share}</th>
        </tr>
      </thead>
      <tbody>
        {parts.map((part) => (
          <tr key={part.key} data-part={part.isPart || undefined}>
            <th scope="row">
              <span className={styles.name}>
                {!part.isPart && <i className={styles.swatch} data-tone={part.tone} aria-hidden="true" />}
                {row?.(part) ?? part.name}
              </span>
            </th>
            <td>{part.count.toLocaleString(locale)}</td>
            <td>{total > 0 ? share(part.count) : ""}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
