import type { ReactNode } from "react";
import styles from "./Section.module.css";

/** A page of settings: what it is for, then its parts. */
export function SettingsPage(props: { title: string; lead?: string; act?: ReactNode; children: ReactNode }) {
  const { title, lead, act, children } = props;
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div>
          <h2>{title}</h2>
          {lead && <p>{lead}</p>}
        </div>
        {act}
      </header>
      {children}
    </div>
  );
}

export function Section(props: { title?: string; act?: ReactNode; children: ReactNode }) {
  const { title, act, children } = props;
  return (
    <section className={styles.section}>
      {title && (
        <div className={styles.sectionHead}>
          <h3>{title}</h3>
          {act}
        </div>
      )}
      <div className={styles.sheet}>{children}</div>
    </section>
  );
}

/** One setting: what it is at the left, how to change it at the right. */
export function Setting(props: { label: string; lead?: string; children: ReactNode }) {
  const { label, lead, children } = props;
  return (
    <div className={styles.setting}>
      <div>
        <p className={styles.label}>{label}</p>
        {lead && <p className={styles.lead}>{lead}</p>}
      </div>
      <div className={styles.control}>{children}</div>
    </div>
  );
}
