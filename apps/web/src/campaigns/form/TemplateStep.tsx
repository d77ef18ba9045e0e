import type { Template } from "@loket/contract";
import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { IconSearch, IconUserPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useLanguage, useT } from "../../shell/i18n.tsx";
import { useWords } from "../../shell/words.ts";
import { TemplateBubble } from "../../templates/TemplateBubble.tsx";
import { readTemplate, type TemplateField } from "../../templates/templates.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { languageName } from "../places.ts";
import { type Draft, holdsName, insertName, readBy } from "./draft.ts";
import styles from "./form.module.css";
import { words } from "./words.ts";

const searchFrom = 7;

/** The approved templates of the sender as they arrive, to choose from. */
export function TemplateList(props: {
  templates: readonly Template[];
  choose: (id: string) => void;
  problem?: string | undefined;
}) {
  const { templates, choose, problem } = props;
  const t = useWords(words);
  const { locale } = useLanguage();
  const [typed, setTyped] = useState("");
  if (templates.length === 0) return <EmptyState title={t("noTemplates")} lead={t("noTemplatesLead")} />;
  const wanted = typed.trim().toLocaleLowerCase();
  const found = templates
    .map((template) => ({ template, form: readTemplate(template) }))
    .filter(({ template, form }) => `${template.name} ${form.body}`.toLocaleLowerCase().includes(wanted));
  return (
    <>
      <p className={styles.quiet}>{t("messageLead")}</p>
      {problem && (
        <p className={styles.error} role="alert">
          {problem}
        </p>
      )}
      {templates.length >= searchFrom && (
        <TextInput
          aria-label={t("search")}
          placeholder={t("search")}
          leftSection={<Icon of={IconSearch} size={16} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      {found.length === 0 && <p className={styles.quiet}>{t("noneFound")}</p>}
      <ul className={styles.templates}>
        {found.map(({ template, form }) => (
          <li key={template.id} data-off={form.headerFile !== null || undefined}>
            <p className={styles.templateName}>
              <strong className="cut">{template.name}</strong>
              <span>{languageName(template.language, locale)}</span>
              {template.category !== "AUTHENTICATION" && <span>{t(`category.${template.category}`)}</span>}
            </p>
            <div className={styles.small}>
              <TemplateBubble form={form} values={{}} />
            </div>
            {form.headerFile ? (
              <p className={styles.quiet}>{t("needsFile")}</p>
            ) : (
              <Button
                variant="default"
                size="compact-md"
                aria-label={`${t("choose")}: ${template.name} (${languageName(template.language, locale)})`}
                data-focus-problem={problem ? true : undefined}
                onClick={() => choose(template.id)}
              >
                {t("choose")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** The chosen template: its values at one side, at the other what people read. */
export function TemplateValuesForm(props: {
  draft: Draft;
  template: Template;
  change: (change: Partial<Draft>) => void;
  problem: (field: string) => string | undefined;
}) {
  const { draft, template, change, problem } = props;
  const t = useWords(words);
  const common = useT();
  const { locale } = useLanguage();
  const form = readTemplate(template);
  const namesAnybody = form.fields.some(({ id }) => holdsName(draft.values[id] ?? ""));
  const [isKnown, setKnown] = useState(true);
  const set = (id: string, value: string) => change({ values: { ...draft.values, [id]: value } });
  const fieldName = (field: TemplateField) =>
    field.place === "button"
      ? common("template.buttonParameter", { button: field.button ?? "" })
      : common(field.place === "header" ? "template.headerParameter" : "template.parameter", { name: field.name });

  return (
    <>
      <div className={styles.chosen}>
        <p>
          <strong>{t("chosen", { name: template.name })}</strong>{" "}
          <span className={styles.quiet}>{languageName(template.language, locale)}</span>
        </p>
        <Button variant="default" size="compact-md" onClick={() => change({ templateId: null })}>
          {t("another")}
        </Button>
      </div>
      <div className={styles.fillIn}>
        <div className={styles.fields}>
          {form.fields.length === 0 && <p className={styles.quiet}>{t("noFields")}</p>}
          {form.fields.map((field) => {
            const value = draft.values[field.id] ?? "";
            return (
              <div key={field.id} className={styles.field}>
                <TextInput
                  label={fieldName(field)}
                  placeholder={field.example}
                  maxLength={1_000}
                  value={value}
                  error={problem(`value-${field.id}`)}
                  onChange={(event) => set(field.id, event.currentTarget.value)}
                />
                {holdsName(value) ? (
                  <div className={styles.within}>
                    <TextInput
                      label={t("unknown")}
                      placeholder={t("unknownHint")}
                      maxLength={200}
                      value={draft.fallbacks[field.id] ?? ""}
                      error={problem(`words-${field.id}`)}
                      onChange={(event) =>
                        change({ fallbacks: { ...draft.fallbacks, [field.id]: event.currentTarget.value } })
                      }
                    />
                  </div>
                ) : (
                  <button
                    type="button"
                    className={`plain ${styles.insert}`}
                    aria-label={t("insertIn", { field: fieldName(field) })}
                    onClick={() => set(field.id, insertName(value))}
                  >
                    <Icon of={IconUserPlus} size={16} /> {t("insert")}
                  </button>
                )}
              </div>
            );
          })}
        </div>
        <figure className={styles.phone}>
          <figcaption>{t("preview")}</figcaption>
          <TemplateBubble form={form} values={readBy(draft, namesAnybody && !isKnown ? null : t("sampleName"))} />
          {namesAnybody && (
            <SegmentedControl
              size="xs"
              aria-label={t("preview")}
              value={isKnown ? "known" : "not"}
              onChange={(value) => setKnown(value === "known")}
              data={[
                { value: "known", label: t("known") },
                { value: "not", label: t("notKnown") },
              ]}
            />
          )}
        </figure>
      </div>
    </>
  );
}
