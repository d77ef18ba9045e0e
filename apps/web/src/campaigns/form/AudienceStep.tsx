import type { Contact } from "@loket/contract";
import { Button, Checkbox, MultiSelect, Radio, Select } from "@mantine/core";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { Page } from "../../shell/api.ts";
import { useLanguage } from "../../shell/i18n.tsx";
import { useSession } from "../../shell/session.tsx";
import { useWords } from "../../shell/words.ts";
import { readablePhone } from "../../ui/phone.ts";
import { countryOptions, languageOptions } from "../places.ts";
import { useLists } from "../queries.ts";
import { words as shared } from "../words.ts";
import type { Draft } from "./draft.ts";
import styles from "./form.module.css";
import { words } from "./words.ts";

/** Everybody or some by what is known of them, or people one by one. */
export function AudienceStep(props: {
  audience: Draft["audience"];
  change: (audience: Draft["audience"]) => void;
  problem: string | undefined;
}) {
  const { audience, change, problem } = props;
  const t = useWords(words);
  const names = useWords(shared);
  const { locale } = useLanguage();
  const languages = useMemo(() => languageOptions(locale), [locale]);
  const countries = useMemo(() => countryOptions(locale), [locale]);
  return (
    <>
      <p className={styles.quiet}>{t("peopleLead")}</p>
      <Radio.Group
        aria-label={t("people")}
        value={audience.kind}
        onChange={(kind) => change({ ...audience, kind: kind === "contacts" ? "contacts" : "filter" })}
      >
        <div className={styles.choices}>
          <Radio value="filter" label={t("filter")} />
          <Radio value="contacts" label={t("contacts")} />
        </div>
      </Radio.Group>
      {audience.kind === "filter" ? (
        <div className={styles.within}>
          <div className={styles.pair}>
            <Select
              label={t("language")}
              placeholder={t("anyLanguage")}
              searchable
              clearable
              value={audience.language}
              data={languages}
              onChange={(language) => change({ ...audience, language })}
            />
            <Select
              label={t("country")}
              placeholder={t("anyCountry")}
              searchable
              clearable
              value={audience.region}
              data={countries}
              onChange={(region) => change({ ...audience, region })}
            />
          </div>
          {(audience.language || audience.region) && <p className={styles.quiet}>{t("unknownLeftOut")}</p>}
          <ListPicker value={audience.importId} choose={(importId) => change({ ...audience, importId })} />
          <Checkbox
            label={t("written")}
            checked={audience.hasWritten}
            onChange={(event) => change({ ...audience, hasWritten: event.currentTarget.checked })}
          />
        </div>
      ) : (
        <div className={styles.within}>
          {audience.contactIds.length > namedAtMost ? (
            <div className={styles.chosen}>
              <p className="figures">{names("chosen", { count: audience.contactIds.length })}</p>
              <Button variant="default" size="compact-md" onClick={() => change({ ...audience, contactIds: [] })}>
                {t("chooseAnew")}
              </Button>
            </div>
          ) : (
            <PeoplePicker
              ids={audience.contactIds}
              choose={(contactIds) => change({ ...audience, contactIds })}
              problem={problem}
            />
          )}
        </div>
      )}
    </>
  );
}

function ListPicker(props: { value: string | null; choose: (id: string | null) => void }) {
  const { value, choose } = props;
  const t = useWords(words);
  const lists = useLists().data?.filter(({ state }) => state === "done") ?? [];
  if (lists.length === 0 && value === null) return null;
  return (
    <Select
      label={t("list")}
      placeholder={t("anyList")}
      searchable
      clearable
      value={value}
      data={lists.map(({ id, fileName }) => ({ value: id, label: fileName }))}
      onChange={choose}
    />
  );
}

/** More than are chosen by hand came over the API: they are counted, not named. */
const namedAtMost = 60;

function PeoplePicker(props: { ids: readonly string[]; choose: (ids: string[]) => void; problem: string | undefined }) {
  const { ids, choose, problem } = props;
  const t = useWords(words);
  const { api, organisation } = useSession();
  const [typed, setTyped] = useState("");
  const [met, setMet] = useState<ReadonlyMap<string, string>>(new Map());
  const found = useQuery({
    queryKey: ["contacts", organisation.id, "pick", typed],
    queryFn: async ({ signal }) => {
      const { items } = await api.get<Page<Contact>>("contacts", { limit: 20, q: typed }, signal);
      setMet((held) => new Map([...held, ...items.map((one) => [one.id, labelOf(one)] as const)]));
      return items;
    },
    placeholderData: (held) => held,
  });
  // People chosen in an earlier visit have not been met in a search yet.
  const strangers = ids.filter((id) => !met.has(id));
  const asked = useQueries({
    queries: strangers.map((id) => ({
      queryKey: ["contact", organisation.id, id],
      queryFn: ({ signal }: { signal: AbortSignal }) => api.get<Contact>(`contacts/${id}`, {}, signal),
      staleTime: 60_000,
    })),
  });
  const names = new Map([...met, ...asked.flatMap(({ data }) => (data ? [[data.id, labelOf(data)] as const] : []))]);
  const shown = new Set([...(found.data ?? []).map(({ id }) => id), ...ids]);
  return (
    <MultiSelect
      label={t("pick")}
      placeholder={t("pickHint")}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage={t("nobodyFound")}
      filter={({ options }) => options}
      hidePickedOptions
      value={[...ids]}
      error={problem}
      data={[...shown].map((value) => ({ value, label: names.get(value) ?? "…" }))}
      onChange={choose}
    />
  );
}

function labelOf({ name, addresses }: Contact): string {
  const address = addresses.find(({ current, kind }) => current && (kind === "phone" || kind === "email"))?.value;
  return address && address !== name ? `${name} · ${readablePhone(address)}` : name;
}
