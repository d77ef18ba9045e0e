import { SegmentedControl, Select, Switch } from "@mantine/core";
import { localeNames, locales, useLanguage } from "../shell/i18n.tsx";
import { setPreferences, usePreferences } from "../shell/preferences.ts";
import { useSession } from "../shell/session.tsx";
import { Section, Setting, SettingsPage } from "../ui/Section.tsx";

export function AccountPage() {
  const { t } = useLanguage();
  const { person } = useSession();
  const { locale, theme, density, sendKey, shortcuts } = usePreferences();
  return (
    <SettingsPage title={t("settings.account")} lead={`${person.name} · ${person.email}`}>
      <Section>
        <Setting label={t("account.language")}>
          <Select
            w={200}
            aria-label={t("account.language")}
            value={locale ?? ""}
            data={[
              { value: "", label: t("account.languageAuto") },
              ...locales.map((one) => ({ value: one, label: localeNames[one] })),
            ]}
            onChange={(value) => setPreferences({ locale: locales.find((one) => one === value) ?? null })}
          />
        </Setting>
        <Setting label={t("account.theme")}>
          <SegmentedControl
            aria-label={t("account.theme")}
            value={theme}
            data={[
              { value: "auto", label: t("account.themeAuto") },
              { value: "light", label: t("account.themeLight") },
              { value: "dark", label: t("account.themeDark") },
            ]}
            onChange={(value) => setPreferences({ theme: value === "light" || value === "dark" ? value : "auto" })}
          />
        </Setting>
        <Setting label={t("account.density")}>
          <SegmentedControl
            aria-label={t("account.density")}
            value={density}
            data={[
              { value: "normal", label: t("account.densityNormal") },
              { value: "compact", label: t("account.densityCompact") },
            ]}
            onChange={(value) => setPreferences({ density: value === "compact" ? "compact" : "normal" })}
          />
        </Setting>
        <Setting label={t("account.sendKey")}>
          <SegmentedControl
            aria-label={t("account.sendKey")}
            value={sendKey}
            data={[
              { value: "enter", label: t("account.sendEnter") },
              { value: "ctrl-enter", label: t("account.sendCtrl") },
            ]}
            onChange={(value) => setPreferences({ sendKey: value === "ctrl-enter" ? "ctrl-enter" : "enter" })}
          />
        </Setting>
        <Setting label={t("account.shortcuts")} lead={t("account.shortcutsLead")}>
          <Switch
            aria-label={t("account.shortcuts")}
            checked={shortcuts}
            onChange={(event) => setPreferences({ shortcuts: event.currentTarget.checked })}
          />
        </Setting>
      </Section>
    </SettingsPage>
  );
}
