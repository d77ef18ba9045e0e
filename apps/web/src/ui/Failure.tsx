import { Button } from "@mantine/core";
import { useCallback } from "react";
import { Refused, Unreachable } from "../shell/api.ts";
import { useT } from "../shell/i18n.tsx";
import { EmptyState } from "./EmptyState.tsx";

/** The server's own words where it gave some, and a way on. */
export function useFailureWords(): (error: unknown) => string {
  const t = useT();
  return useCallback(
    (error) => {
      if (error instanceof Refused) {
        const { detail, title, action, status } = error.problem;
        if (status === 403 && !detail) return t("error.forbidden");
        return [detail ?? title, action].filter(Boolean).join(" ");
      }
      if (error instanceof Unreachable) return navigator.onLine ? t("error.unreachable") : t("error.offline");
      return t("error.failed");
    },
    [t],
  );
}

export function Failure(props: { error: unknown; retry?: () => void }) {
  const { error, retry } = props;
  const t = useT();
  const words = useFailureWords();
  return (
    <EmptyState title={t("error.title")} lead={words(error)} tone="error">
      {retry && (
        <Button variant="default" onClick={retry}>
          {t("app.retry")}
        </Button>
      )}
    </EmptyState>
  );
}
