import { Button, Checkbox, PasswordInput, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { Mark } from "../ui/Mark.tsx";
import { createApi } from "./api.ts";
import { auth } from "./auth.ts";
import { localeNames, locales, useLanguage } from "./i18n.tsx";
import styles from "./LoginPage.module.css";
import { setPreferences } from "./preferences.ts";

interface DemoAccount {
  name: string;
  email: string;
  password: string;
  organisation: string;
  role: string;
}

/** What better-auth answers, as far as it matters here. */
interface Answer {
  data: unknown;
  error: { status: number; code?: string } | null;
}

/** E-mail and password, then a code where the person turned that on. */
export function LoginPage() {
  const { t, locale } = useLanguage();
  const { to } = useSearch({ from: "/login" });
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [step, setStep] = useState<"password" | "code">("password");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const demo = useQuery({
    queryKey: ["demo"],
    queryFn: () => createApi(null).get<{ accounts: DemoAccount[] }>("demo"),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  useEffect(() => {
    document.title = `${t("login.title")} · Loket`;
  }, [t]);

  const enter = async () => {
    await queries.resetQueries({ queryKey: ["me"] });
    await navigate({ to: to ?? "/inbox", replace: true });
  };
  const words = (error: { status: number }, wrong: string) =>
    error.status === 429
      ? t("login.tooMany")
      : error.status >= 400 && error.status < 500
        ? wrong
        : t("login.unreachable");

  const signIn = async (withEmail: string, withPassword: string) => {
    setBusy(true);
    setProblem(null);
    try {
      const answer = (await auth.signIn.email({ email: withEmail, password: withPassword })) as Answer;
      if (answer.error) setProblem(words(answer.error, t("login.wrong")));
      else if (asksForCode(answer.data)) setStep("code");
      else await enter();
    } catch {
      setProblem(t("login.unreachable"));
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className={styles.page}>
      <main className={styles.card}>
        <Mark size={40} />
        {step === "password" ? (
          <form
            className={styles.form}
            onSubmit={(event: FormEvent) => {
              event.preventDefault();
              void signIn(email, password);
            }}
          >
            <header>
              <h1>{t("login.title")}</h1>
              <p>{t("login.lead")}</p>
            </header>
            <TextInput
              size="md"
              type="email"
              name="email"
              label={t("login.email")}
              autoComplete="username"
              required
              withAsterisk={false}
              autoFocus
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <PasswordInput
              size="md"
              name="password"
              label={t("login.password")}
              autoComplete="current-password"
              required
              withAsterisk={false}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            {problem && (
              <p className={styles.problem} role="alert">
                {problem}
              </p>
            )}
            <Button type="submit" size="md" loading={busy}>
              {t("login.submit")}
            </Button>
          </form>
        ) : (
          <CodeStep entered={enter} words={words} />
        )}
        {step === "password" && demo.data && demo.data.accounts.length > 0 && (
          <section className={styles.demo}>
            <h2>{t("login.demo")}</h2>
            <p>{t("login.demoLead")}</p>
            <ul>
              {demo.data.accounts.map((account) => (
                <li key={account.email}>
                  <button
                    type="button"
                    className="plain"
                    disabled={busy}
                    onClick={() => {
                      setEmail(account.email);
                      setPassword(account.password);
                      void signIn(account.email, account.password);
                    }}
                  >
                    <strong className="cut">{account.name}</strong>
                    <span className="cut">
                      {account.organisation} · {account.role}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </main>
      <ul className={styles.languages}>
        {locales.map((one) => (
          <li key={one}>
            <button
              type="button"
              className="plain"
              lang={one}
              aria-pressed={one === locale}
              onClick={() => setPreferences({ locale: one })}
            >
              {localeNames[one]}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function asksForCode(data: unknown): boolean {
  return typeof data === "object" && data !== null && "twoFactorRedirect" in data && data.twoFactorRedirect === true;
}

function CodeStep(props: {
  entered: () => Promise<void>;
  words: (error: { status: number }, wrong: string) => string;
}) {
  const { entered, words } = props;
  const { t } = useLanguage();
  const [code, setCode] = useState("");
  const [backup, setBackup] = useState(false);
  const [trust, setTrust] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const verify = async (typed: string) => {
    setBusy(true);
    setProblem(null);
    try {
      const answer = (await (backup
        ? auth.twoFactor.verifyBackupCode({ code: typed.trim(), trustDevice: trust })
        : auth.twoFactor.verifyTotp({ code: typed.replace(/\s/g, ""), trustDevice: trust }))) as Answer;
      if (answer.error) setProblem(words(answer.error, t("login.wrongCode")));
      else await entered();
    } catch {
      setProblem(t("login.unreachable"));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void verify(code);
      }}
    >
      <header>
        <h1>{backup ? t("login.backup") : t("login.code")}</h1>
        {!backup && <p>{t("login.codeLead")}</p>}
      </header>
      <TextInput
        key={backup ? "backup" : "code"}
        size="md"
        className={styles.code ?? ""}
        aria-label={backup ? t("login.backup") : t("login.code")}
        autoFocus
        autoComplete="one-time-code"
        inputMode={backup ? "text" : "numeric"}
        maxLength={backup ? 40 : 7}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <Checkbox label={t("login.trust")} checked={trust} onChange={(event) => setTrust(event.currentTarget.checked)} />
      {problem && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
      <Button type="submit" size="md" loading={busy}>
        {t("login.codeSubmit")}
      </Button>
      <button
        type="button"
        className={`plain ${styles.other}`}
        onClick={() => {
          setBackup(!backup);
          setCode("");
          setProblem(null);
        }}
      >
        {backup ? t("login.useCode") : t("login.useBackup")}
      </button>
    </form>
  );
}
