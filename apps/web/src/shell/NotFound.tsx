import { Link } from "@tanstack/react-router";
import { EmptyState } from "../ui/EmptyState.tsx";
import { useT } from "./i18n.tsx";

export function NotFound() {
  const t = useT();
  return (
    <div style={{ display: "grid", height: "100%" }}>
      <EmptyState title={t("error.notFound")}>
        <Link to="/inbox">{t("error.toInbox")}</Link>
      </EmptyState>
    </div>
  );
}
