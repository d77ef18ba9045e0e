import type { ReactNode } from "react";
import styles from "./EmptyState.module.css";

/** Nothing here, and what to do about it. The drawing is the house mark: an arch with nobody at the counter. */
export function EmptyState(props: { title: string; lead?: string; children?: ReactNode; tone?: "quiet" | "error" }) {
  const { title, lead, children, tone = "quiet" } = props;
  return (
    <div className={styles.empty} data-tone={tone}>
      <svg width="56" height="48" viewBox="0 0 56 48" aria-hidden="true">
        <path d="M12 44V24a16 16 0 0 1 32 0v20M4 44h48M12 34h32" />
      </svg>
      <p className={styles.title}>{title}</p>
      {lead && <p className={styles.lead}>{lead}</p>}
      {children && <div className={styles.acts}>{children}</div>}
    </div>
  );
}
