import type { Locale } from "@loket/contract";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { Component, type ReactNode, useEffect, useState } from "react";
import { cssVariables, theme } from "../ui/theme.ts";
import { Refused } from "./api.ts";
import { chooseLocale, LanguageProvider, loadMessages, type Messages, useT } from "./i18n.tsx";
import { usePreferences } from "./preferences.ts";
import { router } from "./router.tsx";
import { useMe } from "./session.tsx";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false, // the stream of events keeps what is held up to date
      retry: (count, error) => count < 2 && !(error instanceof Refused && error.problem.status < 500),
      throwOnError: false,
    },
  },
});

export function App() {
  const { theme: scheme } = usePreferences();
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      {...(scheme === "auto" ? {} : { forceColorScheme: scheme })}
    >
      <QueryClientProvider client={queries}>
        <Languages>
          <Guard>
            <Notifications position="bottom-left" limit={4} containerWidth={400} />
            <RouterProvider router={router} />
          </Guard>
        </Languages>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** Chooses the language and brings its words before anything is said. */
function Languages(props: { children: ReactNode }) {
  const { children } = props;
  const { locale: own, organisationId } = usePreferences();
  const me = useMe(organisationId);
  const organisation = me.data?.organisation?.locale ?? null;
  const wanted = chooseLocale(own, organisation, navigator.languages);
  const [spoken, setSpoken] = useState<{ locale: Locale; messages: Messages } | null>(null);

  useEffect(() => {
    let current = true;
    void loadMessages(wanted).then((messages) => {
      if (!current) return;
      document.documentElement.lang = wanted;
      setSpoken({ locale: wanted, messages });
    });
    return () => {
      current = false;
    };
  }, [wanted]);

  if (!spoken || me.isPending) return null;
  return (
    <LanguageProvider locale={spoken.locale} messages={spoken.messages}>
      {children}
    </LanguageProvider>
  );
}

/** A fault on one screen must not take the words of the others with it. */
function Guard(props: { children: ReactNode }) {
  const { children } = props;
  const t = useT();
  return (
    <Boundary words={t("error.crash")} act={t("error.reload")}>
      {children}
    </Boundary>
  );
}

class Boundary extends Component<{ words: string; act: string; children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };
  static getDerivedStateFromError() {
    return { broken: true };
  }
  override render() {
    const { words, act, children } = this.props;
    if (!this.state.broken) return children;
    return (
      <div
        style={{ display: "grid", placeContent: "center", gap: 12, height: "100%", padding: 24, textAlign: "center" }}
      >
        <p>{words}</p>
        <button type="button" onClick={() => location.reload()}>
          {act}
        </button>
      </div>
    );
  }
}
