import * as contract from "@loket/contract";
import type { PersonId } from "@loket/kit";
import {
  addMember,
  changeMember,
  createToken,
  listInboxes,
  listMembers,
  listTeams,
  listTokens,
  membershipsOf,
  newTokenSecret,
  type Permission,
  permissions,
  readOrganisation,
  revokeToken,
  saveInbox,
  saveTeam,
  unknownScopes,
} from "@loket/organisations";
import { z } from "zod";
import type { Ports } from "../../ports.ts";
import { HttpProblem, notFound } from "../problem.ts";
import { idParams, openRoute, type Route, route } from "../route.ts";
import { findPrincipal, headersOf, organisationOf } from "../server.ts";

const taken = (what: string) =>
  new HttpProblem(409, "name-taken", `There is already a ${what} with this name.`, { action: "Choose another name." });

export interface DemoAccount {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly organisation: string;
  readonly role: string;
}
const demoAccount = z.object({
  name: z.string(),
  email: z.string(),
  password: z.string(),
  organisation: z.string(),
  role: z.string(),
});

export function organisationRoutes(ports: Ports, demoAccounts: readonly DemoAccount[]): Route[] {
  return [
    openRoute(
      { public: "tells newcomers how to sign in to the demo, and exists only with it" },
      {
        method: "GET",
        path: "demo",
        tag: "organisations",
        summary: "The demo's accounts, where there is a demo",
        answer: z.object({ accounts: z.array(demoAccount) }),
      },
      async () => {
        if (demoAccounts.length === 0) throw notFound("demo");
        return { accounts: demoAccounts };
      },
    ),
    openRoute(
      "signed-in",
      {
        method: "GET",
        path: "me",
        tag: "organisations",
        summary: "Who is signed in, and where they may work",
        answer: contract.me,
      },
      async ({ request }) => {
        const headers = headersOf(request);
        const person = request.headers.authorization ? null : await ports.auth.personOf(headers);
        const memberships = person ? await membershipsOf(ports.app, person.id as PersonId) : [];
        const asked = organisationOf(request) ?? memberships[0]?.organisation.id ?? null;
        const principal = await findPrincipal(ports, headers, asked);
        const organisation = principal
          ? await ports.app.inOrganisation(principal.organisationId, readOrganisation)
          : null;
        return {
          person: person && {
            id: person.id,
            name: person.name,
            email: person.email,
            twoFactorEnabled: person.twoFactorEnabled,
          },
          memberships,
          organisation,
          memberId: principal?.memberId ?? null,
          role: principal?.role ?? null,
          permissions: principal ? [...principal.permissions] : [],
        };
      },
    ),

    route(
      "organisation:read",
      {
        method: "GET",
        path: "organisations",
        tag: "organisations",
        summary: "The organisation this request speaks for",
        answer: contract.page(contract.organisation),
      },
      async ({ inOrganisation }) => {
        const organisation = await inOrganisation(readOrganisation);
        return { items: organisation ? [organisation] : [], next: null };
      },
    ),

    route(
      "members:read",
      {
        method: "GET",
        path: "members",
        tag: "members",
        summary: "Everybody who works here",
        answer: contract.page(contract.member),
      },
      async ({ inOrganisation }) => ({
        items: await inOrganisation(listMembers),
        next: null,
      }),
    ),
    route(
      "members:manage",
      {
        method: "POST",
        path: "members",
        tag: "members",
        summary: "Add a member, with a first password to give them",
        body: contract.memberInvite,
        answer: contract.member,
        status: 201,
      },
      async ({ body, inOrganisation, principal }) => {
        if (body.role === "owner" && principal.role !== "owner")
          throw new HttpProblem(403, "forbidden", "Only an owner can make somebody an owner.");
        const personId = (await ports.auth.ensurePerson(body)) as PersonId;
        const id = await inOrganisation((tx) => addMember(tx, ports, { personId, role: body.role }));
        const member = (await inOrganisation(listMembers)).find((candidate) => candidate.id === id);
        if (!member) throw notFound("member");
        return member;
      },
    ),
    route(
      "members:manage",
      {
        method: "PATCH",
        path: "members/{id}",
        tag: "members",
        summary: "Change a member's role, or let them go",
        params: idParams,
        body: contract.memberChange,
        answer: contract.member,
      },
      async ({ params, body, inOrganisation, principal }) => {
        const before = (await inOrganisation(listMembers)).find((member) => member.id === params.id);
        if (!before) throw notFound("member");
        if ((before.role === "owner" || body.role === "owner") && principal.role !== "owner")
          throw new HttpProblem(403, "forbidden", "Only an owner can change what owners are.");
        const outcome = await inOrganisation((tx) => changeMember(tx, params.id, body));
        if (outcome === "unknown") throw notFound("member");
        if (outcome === "last-owner")
          throw new HttpProblem(409, "last-owner", "An organisation keeps at least one owner.", {
            action: "Make somebody else an owner first.",
          });
        const member = (await inOrganisation(listMembers)).find((candidate) => candidate.id === params.id);
        if (!member) throw notFound("member");
        return member;
      },
    ),

    route(
      "members:read",
      {
        method: "GET",
        path: "teams",
        tag: "teams",
        summary: "Teams and who is in them",
        answer: contract.page(contract.team),
      },
      async ({ inOrganisation }) => ({ items: await inOrganisation(listTeams), next: null }),
    ),
    route(
      "inboxes:manage",
      {
        method: "POST",
        path: "teams",
        tag: "teams",
        summary: "Make a team",
        body: contract.teamChange,
        answer: contract.team,
        status: 201,
      },
      async ({ body, inOrganisation }) => {
        const team = await inOrganisation((tx) => saveTeam(tx, ports.ids, body));
        if (!team) throw taken("team");
        return team;
      },
    ),
    route(
      "inboxes:manage",
      {
        method: "PATCH",
        path: "teams/{id}",
        tag: "teams",
        summary: "Change a team",
        params: idParams,
        body: contract.teamChange,
        answer: contract.team,
      },
      async ({ params, body, inOrganisation }) => {
        const team = await inOrganisation((tx) => saveTeam(tx, ports.ids, { id: params.id, ...body }));
        if (!team) throw notFound("team");
        return team;
      },
    ),

    route(
      "conversations:read",
      {
        method: "GET",
        path: "inboxes",
        tag: "inboxes",
        summary: "Inboxes you see",
        answer: contract.page(contract.inbox),
      },
      async ({ inOrganisation, principal }) => ({
        items: (await inOrganisation(listInboxes)).filter(
          (inbox) => principal.inboxes === "all" || principal.inboxes.has(inbox.id),
        ),
        next: null,
      }),
    ),
    route(
      "inboxes:manage",
      {
        method: "POST",
        path: "inboxes",
        tag: "inboxes",
        summary: "Make an inbox",
        body: contract.inboxChange,
        answer: contract.inbox,
        status: 201,
      },
      async ({ body, inOrganisation }) => {
        const inbox = await inOrganisation((tx) => saveInbox(tx, ports, body));
        if (!inbox) throw taken("inbox");
        return inbox;
      },
    ),
    route(
      "inboxes:manage",
      {
        method: "PATCH",
        path: "inboxes/{id}",
        tag: "inboxes",
        summary: "Change an inbox",
        params: idParams,
        body: contract.inboxChange,
        answer: contract.inbox,
      },
      async ({ params, body, inOrganisation }) => {
        const inbox = await inOrganisation((tx) => saveInbox(tx, ports, { id: params.id, ...body }));
        if (!inbox) throw notFound("inbox");
        return inbox;
      },
    ),

    route(
      "tokens:manage",
      {
        method: "GET",
        path: "tokens",
        tag: "tokens",
        summary: "API tokens; their secrets are not kept",
        answer: contract.page(contract.apiToken),
      },
      async ({ inOrganisation }) => ({ items: await inOrganisation(listTokens), next: null }),
    ),
    route(
      "tokens:manage",
      {
        method: "POST",
        path: "tokens",
        tag: "tokens",
        summary: "Make an API token; its secret is shown once",
        body: contract.apiTokenCreate,
        answer: contract.apiTokenCreated,
        status: 201,
      },
      async ({ body, inOrganisation, principal }) => {
        const unknown = unknownScopes(body.scopes);
        if (unknown.length > 0)
          throw new HttpProblem(400, "unknown-scope", `These scopes do not exist: ${unknown.join(", ")}.`, {
            action: "GET /api/v1/me lists the permissions a token can have; * is all of them.",
          });
        // `*` is everything: only who may do everything can give it away.
        const named = body.scopes.includes("*") ? permissions : body.scopes;
        const beyond = named.filter((scope) => !principal.permissions.has(scope as Permission));
        if (beyond.length > 0)
          throw new HttpProblem(403, "forbidden", `You cannot give away what you may not do: ${beyond.join(", ")}.`);
        const secret = newTokenSecret(ports.random);
        const token = await inOrganisation((tx) =>
          createToken(tx, ports, {
            name: body.name,
            scopes: body.scopes,
            secret,
            createdBy: principal.memberId,
            ...(body.expiresAt ? { expiresAt: Date.parse(body.expiresAt) } : {}),
          }),
        );
        return { ...token, secret };
      },
    ),
    route(
      "tokens:manage",
      {
        method: "DELETE",
        path: "tokens/{id}",
        tag: "tokens",
        summary: "Revoke an API token at once",
        params: idParams,
        status: 204,
      },
      async ({ params, inOrganisation }) => {
        if (!(await inOrganisation((tx) => revokeToken(tx, params.id, ports.clock.now())))) throw notFound("token");
      },
    ),

    route(
      "quarantine:read",
      {
        method: "GET",
        path: "quarantine",
        tag: "operations",
        summary: "Elements of webhooks that could not be worked and were set aside",
        answer: contract.page(
          z.object({
            id: z.uuid(),
            senderId: z.uuid(),
            receiptId: z.uuid(),
            path: z.string(),
            reason: z.string(),
            element: z.unknown(),
            at: z.number(),
          }),
        ),
      },
      async ({ inOrganisation }) => ({
        items: await inOrganisation((tx) =>
          tx.query(
            'select id, sender_id as "senderId", receipt_id as "receiptId", path, reason, element, at from inbound_quarantine where organisation_id = $1 and resolved_at is null order by id desc limit 200',
            [tx.organisationId],
          ),
        ),
        next: null,
      }),
    ),
  ];
}
