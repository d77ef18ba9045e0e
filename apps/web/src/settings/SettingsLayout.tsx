import { IconAdjustmentsHorizontal, IconKey, IconShieldLock, IconUsers, IconUsersGroup } from "@tabler/icons-react";
import { Outlet } from "@tanstack/react-router";
import { useEffect } from "react";
import { useT } from "../shell/i18n.tsx";
import { useSession } from "../shell/session.tsx";
import { SideLayout } from "../ui/SideLayout.tsx";

export function SettingsLayout() {
  const t = useT();
  const { organisation } = useSession();
  useEffect(() => {
    document.title = `${t("settings.title")} · Loket`;
  }, [t]);
  return (
    <SideLayout
      title={t("settings.title")}
      groups={[
        {
          title: t("settings.personal"),
          links: [
            { to: "/settings/account", words: t("settings.account"), icon: IconAdjustmentsHorizontal },
            { to: "/settings/security", words: t("settings.security"), icon: IconShieldLock },
          ],
        },
        {
          title: organisation.name,
          links: [
            { to: "/settings/members", words: t("settings.members"), icon: IconUsers },
            { to: "/settings/teams", words: t("settings.teams"), icon: IconUsersGroup },
            { to: "/settings/tokens", words: t("settings.tokens"), icon: IconKey },
          ],
        },
      ]}
    >
      <Outlet />
    </SideLayout>
  );
}
