import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { parseCampaignsSearch, parseDeliveryFilter } from "../campaigns/search.ts";
import { parseInboxSearch } from "../inbox/search.ts";
import { parseEntriesSearch, parseEvidenceSearch } from "../standing/evidence/search.ts";
import { parseRuleSearch } from "../standing/search.ts";
import { NotFound } from "./NotFound.tsx";

/*
 * Where everything is. Features do not know each other; the pages here put them together. Each page is a file of its own,
 * fetched when it is first opened: the desk does not wait for the settings.
 */

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch: (raw: Record<string, unknown>): { to?: string } =>
    typeof raw.to === "string" && raw.to.startsWith("/") && !raw.to.startsWith("//") ? { to: raw.to } : {},
  component: lazyRouteComponent(() => import("./LoginPage.tsx"), "LoginPage"),
});

const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  component: lazyRouteComponent(() => import("./Inside.tsx"), "Inside"),
});

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/inbox", replace: true });
  },
});

const inbox = createRoute({
  getParentRoute: () => inside,
  path: "/inbox",
  validateSearch: parseInboxSearch,
  component: lazyRouteComponent(() => import("./pages.tsx"), "Inbox"),
});
const conversation = createRoute({ getParentRoute: () => inbox, path: "$conversationId" });

const contacts = createRoute({
  getParentRoute: () => inside,
  path: "/contacts",
  validateSearch: (raw: Record<string, unknown>): { q?: string } =>
    typeof raw.q === "string" && raw.q ? { q: raw.q } : {},
  component: lazyRouteComponent(() => import("./pages.tsx"), "Contacts"),
});
const contact = createRoute({ getParentRoute: () => contacts, path: "$contactId" });

const campaigns = createRoute({
  getParentRoute: () => inside,
  path: "/campaigns",
  validateSearch: parseCampaignsSearch,
  component: lazyRouteComponent(() => import("../campaigns/CampaignsPage.tsx"), "CampaignsPage"),
});
const newCampaign = createRoute({
  getParentRoute: () => inside,
  path: "/campaigns/new",
  component: lazyRouteComponent(() => import("../campaigns/form/FormPages.tsx"), "NewCampaignPage"),
});
const oneCampaign = createRoute({
  getParentRoute: () => inside,
  path: "/campaigns/$campaignId",
  validateSearch: parseDeliveryFilter,
  component: lazyRouteComponent(() => import("../campaigns/one/CampaignPage.tsx"), "CampaignPage"),
});
const editCampaign = createRoute({
  getParentRoute: () => inside,
  path: "/campaigns/$campaignId/edit",
  component: lazyRouteComponent(() => import("../campaigns/form/FormPages.tsx"), "EditCampaignPage"),
});

const channels = createRoute({
  getParentRoute: () => inside,
  path: "/channels",
  component: lazyRouteComponent(() => import("../channels/SendersPage.tsx"), "SendersPage"),
});

const settings = createRoute({
  getParentRoute: () => inside,
  path: "/settings",
  component: lazyRouteComponent(() => import("../settings/SettingsLayout.tsx"), "SettingsLayout"),
});
const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/settings/account", replace: true });
  },
});
const account = createRoute({
  getParentRoute: () => settings,
  path: "account",
  component: lazyRouteComponent(() => import("../settings/AccountPage.tsx"), "AccountPage"),
});
const security = createRoute({
  getParentRoute: () => settings,
  path: "security",
  component: lazyRouteComponent(() => import("../settings/SecurityPage.tsx"), "SecurityPage"),
});
const members = createRoute({
  getParentRoute: () => settings,
  path: "members",
  component: lazyRouteComponent(() => import("../settings/MembersPage.tsx"), "MembersPage"),
});
const teams = createRoute({
  getParentRoute: () => settings,
  path: "teams",
  component: lazyRouteComponent(() => import("../settings/TeamsPage.tsx"), "TeamsPage"),
});
const tokens = createRoute({
  getParentRoute: () => settings,
  path: "tokens",
  component: lazyRouteComponent(() => import("../settings/TokensPage.tsx"), "TokensPage"),
});

const standing = createRoute({
  getParentRoute: () => inside,
  path: "/standing",
  component: lazyRouteComponent(() => import("../standing/StandingLayout.tsx"), "StandingLayout"),
});
const standingHome = createRoute({
  getParentRoute: () => standing,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/standing/today", replace: true });
  },
});
const today = createRoute({
  getParentRoute: () => standing,
  path: "today",
  component: lazyRouteComponent(() => import("../standing/overview/OverviewPage.tsx"), "OverviewPage"),
});
const consent = createRoute({ getParentRoute: () => standing, path: "consent" });
const consentHome = createRoute({
  getParentRoute: () => consent,
  path: "/",
  component: lazyRouteComponent(() => import("../standing/consent/ConsentPage.tsx"), "ConsentPage"),
});
const oneImport = createRoute({
  getParentRoute: () => consent,
  path: "$importId",
  component: lazyRouteComponent(() => import("../standing/consent/ImportPage.tsx"), "ImportPage"),
});
const demands = createRoute({
  getParentRoute: () => standing,
  path: "demands",
  component: lazyRouteComponent(() => import("../standing/demands/DemandsPage.tsx"), "DemandsPage"),
});
const claims = createRoute({
  getParentRoute: () => standing,
  path: "claims",
  component: lazyRouteComponent(() => import("../standing/claims/ClaimsPage.tsx"), "ClaimsPage"),
});
const rules = createRoute({ getParentRoute: () => standing, path: "rules", validateSearch: parseRuleSearch });
const ruleList = createRoute({
  getParentRoute: () => rules,
  path: "/",
  component: lazyRouteComponent(() => import("../standing/RulesPage.tsx"), "RulesPage"),
});
const oneRule = createRoute({
  getParentRoute: () => rules,
  path: "$ruleId",
  component: lazyRouteComponent(() => import("../standing/RulePage.tsx"), "RulePage"),
});
const house = createRoute({
  getParentRoute: () => standing,
  path: "house",
  validateSearch: (raw: Record<string, unknown>): { ask?: string; contact?: string } => ({
    ...(typeof raw.ask === "string" && raw.ask ? { ask: raw.ask } : {}),
    ...(typeof raw.contact === "string" && raw.contact ? { contact: raw.contact } : {}),
  }),
  component: lazyRouteComponent(() => import("../standing/HousePage.tsx"), "HousePage"),
});

const evidence = createRoute({
  getParentRoute: () => standing,
  path: "evidence",
  validateSearch: parseEvidenceSearch,
  component: lazyRouteComponent(() => import("../standing/evidence/EvidencePage.tsx"), "EvidencePage"),
});
const evidenceEntries = createRoute({
  getParentRoute: () => standing,
  path: "evidence/entries",
  validateSearch: parseEntriesSearch,
  component: lazyRouteComponent(() => import("../standing/evidence/EntriesPage.tsx"), "EntriesPage"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    login,
    inside.addChildren([
      inbox.addChildren([conversation]),
      contacts.addChildren([contact]),
      campaigns,
      newCampaign,
      oneCampaign,
      editCampaign,
      channels,
      standing.addChildren([
        standingHome,
        today,
        consent.addChildren([consentHome, oneImport]),
        demands,
        claims,
        evidence,
        evidenceEntries,
        rules.addChildren([ruleList, oneRule]),
        house,
      ]),
      settings.addChildren([settingsHome, account, security, members, teams, tokens]),
    ]),
  ]),
  defaultPreload: "intent",
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
