import type { ReactNode } from "react";
import styles from "./Chip.module.css";

/** How something stands, in a word and in a colour; the word alone says it all. */
export function Chip(props: { tone: "go" | "ours" | "wait" | "stop" | "rest"; children: ReactNode }) {
  const { tone, children } = props;
  return (
    <span className={styles.chip} data-tone={tone}>
      {children}
    </span>
  );
}
