import type { Label } from "@loket/contract";
import styles from "./LabelChip.module.css";

export function LabelChip(props: { label: Label }) {
  const { label } = props;
  return (
    <span className={styles.chip} data-colour={label.colour}>
      <span className="cut">{label.name}</span>
    </span>
  );
}
