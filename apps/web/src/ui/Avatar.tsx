import styles from "./Avatar.module.css";

/** Initials as people would write them: first and last name; of a number its last two digits. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const letters = words.filter((word) => /^\p{L}/u.test(word));
  if (letters.length === 0) {
    const digits = name.replace(/\D/g, "");
    return digits ? digits.slice(-2) : "?";
  }
  const first = [...(letters[0] ?? "")][0] ?? "";
  const last = letters.length > 1 ? ([...(letters.at(-1) ?? "")][0] ?? "") : "";
  return (first + last).toLocaleUpperCase();
}

/** One of eight quiet colours, always the same for the same person. */
export function tone(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return sum % 8;
}

export function Avatar(props: {
  id: string;
  name: string;
  size?: number;
  ring?: "viewing" | "replying";
  square?: boolean;
}) {
  const { id, name, size = 36, ring, square = false } = props;
  return (
    <span
      className={styles.avatar}
      data-tone={tone(id)}
      data-ring={ring}
      data-square={square || undefined}
      style={{ width: size, height: size, fontSize: Math.max(9, Math.round(size * 0.36)) }}
      aria-hidden="true"
    >
      {initials(name)}
    </span>
  );
}
