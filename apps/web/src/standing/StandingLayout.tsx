import {
  IconBook2,
  IconHome2,
  IconMailExclamation,
  IconPackage,
  IconSpeakerphone,
  IconSunrise,
  IconUserCheck,
} from "@tabler/icons-react";
import { Outlet } from "@tanstack/react-router";
import { useEffect } from "react";
import { useWords } from "../shell/words.ts";
import { SideLayout } from "../ui/SideLayout.tsx";
import { words } from "./words.ts";

export function StandingLayout() {
  const t = useWords(words);
  useEffect(() => {
    document.title = `${t("title")} · Loket`;
  }, [t]);
  return (
    <SideLayout
      title={t("title")}
      groups={[
        {
          links: [
            { to: "/standing/today", words: t("today"), icon: IconSunrise },
            { to: "/standing/rules", words: t("rules"), icon: IconBook2 },
            { to: "/standing/house", words: t("house"), icon: IconHome2 },
            { to: "/standing/evidence", words: t("evidence"), icon: IconPackage },
            { to: "/standing/consent", words: t("consent"), icon: IconUserCheck },
            { to: "/standing/claims", words: t("claims"), icon: IconSpeakerphone },
            { to: "/standing/demands", words: t("demands"), icon: IconMailExclamation },
          ],
        },
      ]}
    >
      <Outlet />
    </SideLayout>
  );
}
