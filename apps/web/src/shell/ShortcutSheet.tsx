import { Modal } from "@mantine/core";
import { useT } from "./i18n.tsx";
import type { PlainKey } from "./messages/catalogue.ts";
import { usePreferences } from "./preferences.ts";
import styles from "./ShortcutSheet.module.css";

const groups: { title: PlainKey; keys: [string, PlainKey][] }[] = [
  {
    title: "shortcuts.walk",
    keys: [
      ["J", "shortcuts.next"],
      ["K", "shortcuts.previous"],
      ["Enter", "shortcuts.open"],
      ["Esc", "shortcuts.leave"],
      ["1 – 5", "shortcuts.tabs"],
      ["/", "shortcuts.search"],
    ],
  },
  {
    title: "shortcuts.act",
    keys: [
      ["M", "act.claimLong"],
      ["A", "act.assign"],
      ["E", "act.closeLong"],
      ["Z", "act.snooze"],
      ["L", "act.label"],
      ["U", "act.markUnread"],
    ],
  },
  {
    title: "shortcuts.write",
    keys: [
      ["R", "shortcuts.reply"],
      ["N", "shortcuts.note"],
      ["Q", "shortcuts.quote"],
      ["Shift Enter", "shortcuts.newLine"],
    ],
  },
  {
    title: "shortcuts.everywhere",
    keys: [
      ["Ctrl K", "nav.palette"],
      ["Alt 1 – 9", "nav.clients"],
      ["?", "shortcuts.help"],
    ],
  },
];

export default function ShortcutSheet(props: { close: () => void }) {
  const { close } = props;
  const t = useT();
  const { shortcuts } = usePreferences();
  return (
    <Modal
      opened
      onClose={close}
      title={t("shortcuts.title")}
      size={680}
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
      <p className={styles.lead}>{shortcuts ? t("shortcuts.lead") : t("shortcuts.off")}</p>
      <div className={styles.groups}>
        {groups.map((group) => (
          <section key={group.title}>
            <h3>{t(group.title)}</h3>
            <dl>
              {group.keys.map(([key, words]) => (
                <div key={key}>
                  <dt>{t(words)}</dt>
                  <dd>{key.split(" ").map((part) => (part === "–" ? " – " : <kbd key={part}>{part}</kbd>))}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
