import { IconExternalLink } from "@tabler/icons-react";
import { useT } from "../shell/i18n.tsx";
import { Icon } from "../ui/Icon.tsx";
import styles from "./TemplateBubble.module.css";
import { fillIn, type TemplateForm, type TemplateValues } from "./templates.ts";

/** A template as it arrives: with its values in, and the name of the file its header carries, if one was chosen. */
export function TemplateBubble(props: { form: TemplateForm; values: TemplateValues; file?: string | null }) {
  const { form, values, file } = props;
  const t = useT();
  return (
    <div className={styles.bubble}>
      {form.headerFile && <span className={styles.headerFile}>{file ?? t(`media.${form.headerFile}`)}</span>}
      {form.headerText && <strong dir="auto">{fillIn(form.headerText, "header", values)}</strong>}
      <p dir="auto">{fillIn(form.body, "body", values)}</p>
      {form.footer && <small dir="auto">{form.footer}</small>}
      <Buttons buttons={form.buttons.map((button) => ({ title: button.text, url: button.url }))} />
    </div>
  );
}

export function Buttons(props: { buttons: { title: string; url: string | null }[] }) {
  const { buttons } = props;
  if (buttons.length === 0) return null;
  return (
    <ul className={styles.buttons}>
      {buttons.map((button) => (
        <li key={button.title} dir="auto">
          {button.url && <Icon of={IconExternalLink} size={14} />}
          {button.title}
        </li>
      ))}
    </ul>
  );
}
