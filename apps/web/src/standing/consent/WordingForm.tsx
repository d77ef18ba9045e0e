import type { Purpose } from "@loket/contract";
import { Checkbox, Chip, Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { localeNames, locales, useLanguage } from "../../shell/i18n.tsx";
import { useSession } from "../../shell/session.tsx";
import { useWords } from "../../shell/words.ts";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { toast } from "../../ui/toast.tsx";
import { useRefresh } from "../queries.ts";
import styles from "./consent.module.css";
import { words } from "./words.ts";

const purposes: readonly Purpose[] = ["marketing", "transactional", "service", "survey", "sales-call"];
const channels = ["whatsapp", "email", "telegram", "webchat"] as const;

/** Published once, and never changed. */
export function WordingForm(props: { close: () => void }) {
  const { close } = props;
  const t = useWords(words);
  const { t: common, locale } = useLanguage();
  const { api } = useSession();
  const refresh = useRefresh();
  const [version, setVersion] = useState("");
  const [language, setLanguage] = useState<string>(locale);
  const [text, setText] = useState("");
  const [purpose, setPurpose] = useState<Purpose>("marketing");
  const [on, setOn] = useState<string[]>(["whatsapp"]);
  const [namesBusiness, setBusiness] = useState(true);
  const [namesChannel, setChannel] = useState(true);
  const [landingUrl, setLanding] = useState("");
  const isWhole = version.trim() !== "" && text.trim() !== "" && on.length > 0;
  const publish = async () => {
    await api.post("wordings", {
      version: version.trim(),
      language,
      text: text.trim(),
      purpose,
      channels: on,
      namesBusiness,
      namesChannel,
      ...(landingUrl.trim() ? { landingUrl: landingUrl.trim() } : {}),
    });
    toast(t("published"));
    refresh();
  };
  return (
    <FormDialog title={t("publish")} size={560} close={close} send={publish} label={t("publish")} disabled={!isWhole}>
      <p className={styles.quiet}>{t("wordingLead")}</p>
      <TextInput
        label={t("version")}
        description={t("versionHint")}
        value={version}
        maxLength={80}
        onChange={(event) => setVersion(event.currentTarget.value)}
      />
      <Select
        label={t("language")}
        value={language}
        data={locales.map((one) => ({ value: one, label: localeNames[one] }))}
        onChange={(value) => setLanguage(value ?? locale)}
        allowDeselect={false}
      />
      <Textarea
        label={t("text")}
        description={t("textHint")}
        value={text}
        autosize
        minRows={3}
        maxLength={1_000}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Select
        label={t("purpose")}
        value={purpose}
        data={purposes.map((one) => ({ value: one, label: t(`purpose.${one}`) }))}
        onChange={(value) => setPurpose(purposes.find((one) => one === value) ?? "marketing")}
        allowDeselect={false}
      />
      <fieldset className={styles.chips}>
        <legend>{t("channels")}</legend>
        <Chip.Group multiple value={on} onChange={setOn}>
          {channels.map((one) => (
            <Chip key={one} value={one}>
              {common(`channel.${one}`)}
            </Chip>
          ))}
        </Chip.Group>
      </fieldset>
      <Checkbox
        label={t("namesBusiness")}
        checked={namesBusiness}
        onChange={(event) => setBusiness(event.currentTarget.checked)}
      />
      <Checkbox
        label={t("namesChannel")}
        checked={namesChannel}
        onChange={(event) => setChannel(event.currentTarget.checked)}
      />
      <TextInput
        label={t("landingUrl")}
        description={t("landingHint")}
        type="url"
        value={landingUrl}
        onChange={(event) => setLanding(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
