import styles from "./Bones.module.css";

/** A grey bar in the place of text to come. */
export function Bone(props: { width: number | string; height?: number; round?: boolean }) {
  const { width, height = 12, round = false } = props;
  return (
    <span className={styles.bone} style={{ width, height, borderRadius: round ? "50%" : Math.min(6, height / 2) }} />
  );
}

/** Rows of the conversation list before they are known, in their real shape. */
export function RowBones(props: { count: number }) {
  const { count } = props;
  return (
    <div aria-hidden="true">
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bones never change places
        <div key={index} className={styles.row}>
          <Bone width={36} height={36} round />
          <span className={styles.lines}>
            <Bone width={`${46 + ((index * 17) % 30)}%`} />
            <Bone width={`${60 + ((index * 23) % 30)}%`} height={10} />
          </span>
        </div>
      ))}
    </div>
  );
}

/** Bubbles before they are known. */
export function ThreadBones() {
  const widths = [220, 300, 160, 260, 340, 190];
  return (
    <div className={styles.thread} aria-hidden="true">
      {widths.map((width, index) => (
        <span key={width} className={styles.bubble} data-ours={index % 3 === 1 || undefined} style={{ width }} />
      ))}
    </div>
  );
}
