import type { apiToken, apiTokenCreated } from "@loket/contract";
import { Button, Checkbox, Modal, Select, TextInput } from "@mantine/core";
import { IconKey, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Of, Page } from "../shell/api.ts";
import { useLanguage } from "../shell/i18n.tsx";
import { useSession } from "../shell/session.tsx";
import { RowBones } from "../ui/Bones.tsx";
import { useNow } from "../ui/clock.ts";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Failure, useFailureWords } from "../ui/Failure.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import rows from "../ui/rows.module.css";
import { Section, SettingsPage } from "../ui/Section.tsx";
import { shortDate, since } from "../ui/time.ts";
import { toast } from "../ui/toast.tsx";

type Token = Of<typeof apiToken>;
type TokenCreated = Of<typeof apiTokenCreated>;

export function TokensPage() {
  const { t } = useLanguage();
  const { api, organisation, may } = useSession();
  const manages = may("tokens:manage");
  const found = useQuery({
    queryKey: ["tokens", organisation.id],
    queryFn: async ({ signal }) => {
      const answer = await api.get<Page<Token> | Token[]>("tokens", {}, signal);
      return Array.isArray(answer) ? answer : answer.items;
    },
    enabled: manages,
  });
  const [making, setMaking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const [revoking, setRevoking] = useState<Token | null>(null);

  return (
    <SettingsPage
      title={t("tokens.title")}
      lead={t("tokens.lead")}
      act={
        manages && (
          <Button leftSection={<Icon of={IconPlus} size={16} />} onClick={() => setMaking(true)}>
            {t("tokens.new")}
          </Button>
        )
      }
    >
      <Section>
        {!manages && <p className={rows.quiet}>{t("error.forbidden")}</p>}
        {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
        {manages && found.isPending && <RowBones count={2} />}
        {found.data?.length === 0 && <EmptyState title={t("tokens.empty")} lead={t("tokens.emptyLead")} />}
        <ul className={rows.rows}>
          {found.data?.map((token) => (
            <TokenRow key={token.id} token={token} revoke={() => setRevoking(token)} />
          ))}
        </ul>
      </Section>
      <p>
        <a href="/docs/api" target="_blank" rel="noreferrer">
          {t("tokens.docs")}
        </a>
      </p>
      {making && (
        <TokenForm
          close={() => setMaking(false)}
          made={(made) => {
            setMaking(false);
            setSecret(made.secret);
            void found.refetch();
          }}
        />
      )}
      {secret && <SecretSheet secret={secret} close={() => setSecret(null)} />}
      {revoking && (
        <RevokeSheet
          token={revoking}
          close={() => {
            setRevoking(null);
            void found.refetch();
          }}
        />
      )}
    </SettingsPage>
  );
}

function TokenRow(props: { token: Token; revoke: () => void }) {
  const { token, revoke } = props;
  const { t, locale } = useLanguage();
  const nowMs = useNow();
  const words = { now: t("time.now"), min: t("time.min"), h: t("time.h") };
  return (
    <li>
      <Icon of={IconKey} size={22} />
      <span className={rows.grow}>
        <span className={`${rows.name} cut`}>{token.name}</span>
        <span className={rows.small}>{token.scopes.join(", ")}</span>
        <span className={`${rows.small} figures`}>
          {token.lastUsedAt
            ? t("tokens.lastUsed", { when: since(token.lastUsedAt, locale, nowMs, words) })
            : t("tokens.neverUsed")}{" "}
          · {token.expiresAt ? t("tokens.endsOn", { when: shortDate(token.expiresAt, locale) }) : t("tokens.noEnd")}
        </span>
      </span>
      <Button variant="default" size="compact-md" onClick={revoke}>
        {t("tokens.revoke")}
      </Button>
    </li>
  );
}

const dayMs = 86_400_000;

function TokenForm(props: { close: () => void; made: (made: TokenCreated) => void }) {
  const { close, made } = props;
  const { t } = useLanguage();
  const { api, me } = useSession();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<string[]>(["conversations:read"]);
  const [days, setDays] = useState("90");
  const save = async () => {
    const expires = days === "" ? {} : { expiresAt: new Date(Date.now() + Number(days) * dayMs).toISOString() };
    made(await api.post<TokenCreated>("tokens", { name: name.trim(), scopes, ...expires }));
  };
  return (
    <FormDialog
      title={t("tokens.new")}
      size={560}
      close={close}
      send={save}
      label={t("tokens.create")}
      disabled={!name.trim() || scopes.length === 0}
    >
      <TextInput
        data-autofocus
        label={t("tokens.name")}
        description={t("tokens.nameHint")}
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Checkbox.Group label={t("tokens.scopes")} value={scopes} onChange={setScopes}>
        <div className={rows.scopes} style={{ marginTop: 8 }}>
          {me.permissions.map((scope) => (
            <Checkbox key={scope} value={scope} label={scope} />
          ))}
        </div>
      </Checkbox.Group>
      <Select
        label={t("tokens.expires")}
        value={days}
        data={[
          ...["30", "90", "365"].map((value) => ({ value, label: t("tokens.days", { count: value }) })),
          { value: "", label: t("tokens.never") },
        ]}
        onChange={(value) => setDays(value ?? "90")}
      />
    </FormDialog>
  );
}

function SecretSheet(props: { secret: string; close: () => void }) {
  const { secret, close } = props;
  const { t } = useLanguage();
  return (
    <Modal
      opened
      onClose={close}
      title={t("tokens.secretTitle")}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
      <div className={rows.form}>
        <p>{t("tokens.secretLead")}</p>
        <code className={rows.secret}>{secret}</code>
        <Button onClick={() => void navigator.clipboard.writeText(secret).then(() => toast(t("app.copied")))}>
          {t("app.copy")}
        </Button>
      </div>
    </Modal>
  );
}

function RevokeSheet(props: { token: Token; close: () => void }) {
  const { token, close } = props;
  const { t } = useLanguage();
  const { api } = useSession();
  const failureWords = useFailureWords();
  const revoke = async () => {
    try {
      await api.delete(`tokens/${token.id}`);
      toast(t("tokens.revoked"));
    } catch (error) {
      toast(failureWords(error), { tone: "red" });
    }
    close();
  };
  return (
    <Modal opened onClose={close} title={t("tokens.revoke")} closeButtonProps={{ "aria-label": t("app.close") }}>
      <div className={rows.form}>
        <p>{t("tokens.revokeConfirm", { name: token.name })}</p>
        <Button color="red" onClick={() => void revoke()}>
          {t("tokens.revoke")}
        </Button>
      </div>
    </Modal>
  );
}
