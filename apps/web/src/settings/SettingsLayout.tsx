import { IconAdjustmentsHorizontal, IconKey, IconShieldLock, IconUsers, IconUsersGroup } from "@tabler/icons-react";
import { Link, Outlet } from "@tanstack/react-router";
import { useEffect } from "react";
import { useT } from "../shell/i18n.tsx";
import { useSession } from "../shell/session.tsx";
import { Icon } from "../ui/Icon.tsx";
import styles from "./SettingsLayout.module.css";

export function SettingsLayout() {
  const t = useT();
  const { organisation } = useSession();
  useEffect(() => {
    document.title = `${t("settings.title")} · Loket`;
  }, [t]);
  return (
    <div className={styles.page}>
      <nav className={styles.nav} aria-label={t("settings.title")}>
        <h1>{t("settings.title")}</h1>
        <p>{t("settings.personal")}</p>
        <Link to="/settings/account" activeProps={{ "data-active": true }}>
          <Icon of={IconAdjustmentsHorizontal} /> {t("settings.account")}
        </Link>
        <Link to="/settings/security" activeProps={{ "data-active": true }}>
          <Icon of={IconShieldLock} /> {t("settings.security")}
        </Link>
        <p className="cut">{organisation.name}</p>
        <Link to="/settings/members" activeProps={{ "data-active": true }}>
          <Icon of={IconUsers} /> {t("settings.members")}
        </Link>
        <Link to="/settings/teams" activeProps={{ "data-active": true }}>
          <Icon of={IconUsersGroup} /> {t("settings.teams")}
        </Link>
        <Link to="/settings/tokens" activeProps={{ "data-active": true }}>
          <Icon of={IconKey} /> {t("settings.tokens")}
        </Link>
      </nav>
      <main className={styles.main} id="conversation">
        <Outlet />
      </main>
    </div>
  );
}
