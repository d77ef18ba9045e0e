import { Button, Modal, PasswordInput, TextInput } from "@mantine/core";
import { IconDeviceDesktop, IconDeviceMobile } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { auth } from "../shell/auth.ts";
import { useLanguage } from "../shell/i18n.tsx";
import { useSession } from "../shell/session.tsx";
import { RowBones } from "../ui/Bones.tsx";
import { Failure } from "../ui/Failure.tsx";
import { Icon } from "../ui/Icon.tsx";
import rows from "../ui/rows.module.css";
import { Section, Setting, SettingsPage } from "../ui/Section.tsx";
import { shortDateTime } from "../ui/time.ts";
import { toast } from "../ui/toast.tsx";
import { deviceOf } from "./device.ts";
import { QrCode } from "./QrCode.tsx";

interface Answer<Data> {
  data: Data | null;
  error: { status: number } | null;
}
interface SignIn {
  id: string;
  token: string;
  createdAt: string | Date;
  userAgent?: string | null;
  ipAddress?: string | null;
}

/** better-auth answers errors as values; here a no is a throw, so that a form has one way to fail. */
async function must<Data>(call: Promise<unknown>): Promise<Data> {
  const answer = (await call) as Answer<Data>;
  if (answer.error) throw new Error(String(answer.error.status));
  return answer.data as Data;
}

export function SecurityPage() {
  const { t } = useLanguage();
  return (
    <SettingsPage title={t("settings.security")}>
      <TwoFactor />
      <Password />
      <SignIns />
    </SettingsPage>
  );
}

function TwoFactor() {
  const { t } = useLanguage();
  const { person } = useSession();
  const queries = useQueryClient();
  const [step, setStep] = useState<"on" | "off" | null>(null);
  const done = (words: string) => {
    setStep(null);
    toast(words);
    void queries.invalidateQueries({ queryKey: ["me"] });
  };
  return (
    <Section title={t("security.twoFactor")}>
      <Setting label={t(person.twoFactorEnabled ? "security.twoFactorOn" : "security.twoFactorOff")}>
        <Button
          variant={person.twoFactorEnabled ? "default" : "filled"}
          onClick={() => setStep(person.twoFactorEnabled ? "off" : "on")}
        >
          {t(person.twoFactorEnabled ? "security.turnOff" : "security.turnOn")}
        </Button>
      </Setting>
      {step === "on" && <TurnOn close={() => setStep(null)} done={() => done(t("security.turnedOn"))} />}
      {step === "off" && (
        <Confirm
          close={() => setStep(null)}
          act={async (password) => {
            await must(auth.twoFactor.disable({ password }));
            done(t("security.turnedOff"));
          }}
        />
      )}
    </Section>
  );
}

function Confirm(props: { close: () => void; act: (password: string) => Promise<void> }) {
  const { close, act } = props;
  const { t } = useLanguage();
  const [password, setPassword] = useState("");
  const [wrong, setWrong] = useState(false);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await act(password);
    } catch {
      setWrong(true);
      setBusy(false);
    }
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t("security.confirmPassword")}
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
      <form className={rows.form} onSubmit={(event) => void submit(event)}>
        <PasswordInput
          data-autofocus
          label={t("login.password")}
          autoComplete="current-password"
          value={password}
          error={wrong ? t("security.wrongPassword") : null}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={busy} disabled={!password}>
          {t("login.codeSubmit")}
        </Button>
      </form>
    </Modal>
  );
}

/** Password, scan, prove, keep the backup codes. */
function TurnOn(props: { close: () => void; done: () => void }) {
  const { close, done } = props;
  const { t } = useLanguage();
  const [made, setMade] = useState<{ totpURI: string; backupCodes: string[] } | null>(null);
  const [proven, setProven] = useState(false);
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState(false);

  if (!made) {
    return (
      <Confirm
        close={close}
        act={async (password) =>
          setMade(await must<{ totpURI: string; backupCodes: string[] }>(auth.twoFactor.enable({ password })))
        }
      />
    );
  }
  if (proven) {
    return (
      <Modal
        opened
        onClose={done}
        title={t("security.backupTitle")}
        withCloseButton={false}
        closeOnClickOutside={false}
      >
        <div className={rows.form}>
          <p>{t("security.backupLead")}</p>
          <div className={`${rows.secret} ${rows.codes}`}>
            {made.backupCodes.map((one) => (
              <span key={one}>{one}</span>
            ))}
          </div>
          <Button
            variant="default"
            onClick={() =>
              void navigator.clipboard.writeText(made.backupCodes.join("\n")).then(() => toast(t("app.copied")))
            }
          >
            {t("app.copy")}
          </Button>
          <Button onClick={done}>{t("security.done")}</Button>
        </div>
      </Modal>
    );
  }
  const verify = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await must(auth.twoFactor.verifyTotp({ code: code.replace(/\s/g, "") }));
      setProven(true);
    } catch {
      setWrong(true);
    }
  };
  const key = new URL(made.totpURI).searchParams.get("secret") ?? "";
  return (
    <Modal opened onClose={close} title={t("security.scan")} closeButtonProps={{ "aria-label": t("app.close") }}>
      <form className={rows.form} onSubmit={(event) => void verify(event)}>
        <QrCode text={made.totpURI} label={t("security.scanAlt")} className={rows.qr ?? ""} />
        <p className={rows.small}>
          {t("security.key")}: <code>{key.replace(/(.{4})/g, "$1 ").trim()}</code>
          <br />
          <a href={made.totpURI}>{t("security.openApp")}</a>
        </p>
        <TextInput
          data-autofocus
          label={t("security.verify")}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={7}
          value={code}
          error={wrong ? t("login.wrongCode") : null}
          onChange={(event) => {
            setWrong(false);
            setCode(event.currentTarget.value);
          }}
        />
        <Button type="submit" disabled={code.replace(/\s/g, "").length !== 6}>
          {t("security.verifySubmit")}
        </Button>
      </form>
    </Modal>
  );
}

function Password() {
  const { t } = useLanguage();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [wrong, setWrong] = useState(false);
  const [busy, setBusy] = useState(false);
  const change = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setWrong(false);
    try {
      await must(auth.changePassword({ currentPassword: current, newPassword: next, revokeOtherSessions: true }));
      setCurrent("");
      setNext("");
      toast(t("security.changed"));
    } catch {
      setWrong(true);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Section title={t("security.password")}>
      <form className={rows.form} style={{ padding: 18, maxWidth: 420 }} onSubmit={(event) => void change(event)}>
        <PasswordInput
          label={t("security.current")}
          autoComplete="current-password"
          value={current}
          error={wrong ? t("security.wrongPassword") : null}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordInput
          label={t("security.new")}
          description={t("security.newHint")}
          autoComplete="new-password"
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={busy} disabled={!current || next.length < 8}>
          {t("security.change")}
        </Button>
      </form>
    </Section>
  );
}

function SignIns() {
  const { t, locale } = useLanguage();
  const found = useQuery({
    queryKey: ["sign-ins"],
    queryFn: async () => {
      const [list, own] = await Promise.all([
        must<SignIn[]>(auth.listSessions()),
        must<{ session: { token: string } } | null>(auth.getSession()),
      ]);
      const ownToken = own?.session.token ?? "";
      const age = (one: SignIn) =>
        one.token === ownToken ? Number.POSITIVE_INFINITY : new Date(one.createdAt).getTime();
      return { list: list.toSorted((a, b) => age(b) - age(a)), ownToken };
    },
  });
  const revoke = async (call: Promise<unknown>) => {
    try {
      await must(call);
      toast(t("security.revoked"));
    } catch {
      toast(t("error.failed"), { tone: "red" });
    }
    void found.refetch();
  };

  return (
    <Section
      title={t("security.sessions")}
      act={
        (found.data?.list.length ?? 0) > 1 && (
          <Button variant="default" size="compact-md" onClick={() => void revoke(auth.revokeOtherSessions())}>
            {t("security.revokeOthers")}
          </Button>
        )
      }
    >
      {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <RowBones count={2} />}
      <ul className={rows.rows}>
        {found.data?.list.map((one) => {
          const device = deviceOf(one.userAgent);
          const own = one.token === found.data.ownToken;
          return (
            <li key={one.id}>
              <Icon
                of={device?.system === "iOS" || device?.system === "Android" ? IconDeviceMobile : IconDeviceDesktop}
                size={22}
              />
              <span className={rows.grow}>
                <span className={rows.name}>
                  {device ? t("security.deviceOn", device) : t("security.unknownDevice")}
                </span>
                <span className={`${rows.small} figures`}>
                  {t("security.signedInAt", { date: shortDateTime(new Date(one.createdAt).getTime(), locale) })}
                  {one.ipAddress && ` · ${one.ipAddress}`}
                </span>
              </span>
              {own ? (
                <span className={rows.small}>{t("security.thisDevice")}</span>
              ) : (
                <Button
                  variant="default"
                  size="compact-md"
                  onClick={() => void revoke(auth.revokeSession({ token: one.token }))}
                >
                  {t("security.revoke")}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
