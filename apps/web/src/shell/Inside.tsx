import { Button } from "@mantine/core";
import { Outlet, useNavigate, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { DeskProvider } from "../inbox/Desk.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Failure } from "../ui/Failure.tsx";
import { Frame } from "./Frame.tsx";
import { useT } from "./i18n.tsx";
import { usePreferences } from "./preferences.ts";
import { RuleProvider } from "./rules.tsx";
import { SessionProvider, useMe } from "./session.tsx";
import { signOut } from "./sign-out.ts";

/** Everything behind the sign-in. */
export function Inside() {
  const t = useT();
  const { organisationId } = usePreferences();
  const navigate = useNavigate();
  const router = useRouter();
  const me = useMe(organisationId);

  const isOut = me.data !== undefined && !me.data?.person;
  // Once, from where the person was: the page they wanted waits behind the sign-in.
  useEffect(() => {
    if (!isOut) return;
    const { pathname, href } = router.state.location;
    void navigate({ to: "/login", search: pathname === "/inbox" ? {} : { to: href }, replace: true });
  }, [isOut, navigate, router]);

  if (me.isError) return <Failure error={me.error} retry={() => void me.refetch()} />;
  if (me.isPending || !me.data?.person) return null;

  const email = me.data.person.email;
  const nowhere = (
    <div style={{ display: "grid", height: "100%" }}>
      <EmptyState title={t("login.nowhere")} lead={t("login.nowhereLead", { email })}>
        <Button variant="default" onClick={() => void signOut()}>
          {t("nav.signOut")}
        </Button>
      </EmptyState>
    </div>
  );
  return (
    <SessionProvider me={me.data} nowhere={nowhere}>
      <DeskProvider>
        <RuleProvider>
          <Frame>
            <Outlet />
          </Frame>
        </RuleProvider>
      </DeskProvider>
    </SessionProvider>
  );
}
