import type { Tx } from "@loket/database";
import type { InboxId, MemberId, OrganisationId } from "@loket/kit";

/** What can be done, named noun first. Every route of the server asks for exactly one of these. */
export const permissions = [
  "organisation:read",
  "organisation:manage",
  "members:read",
  "members:manage",
  "inboxes:manage",
  "senders:read",
  "senders:manage",
  "templates:read",
  "templates:manage",
  "conversations:read",
  "conversations:write",
  "conversations:assign",
  "contacts:read",
  "contacts:write",
  "consents:write",
  "labels:manage",
  "campaigns:read",
  "campaigns:manage",
  "verdicts:ask",
  "rules:read",
  "events:read",
  "tokens:manage",
  "quarantine:read",
  "decisions:read",
  "standing:read",
  "standing:manage",
  "overrides:request",
  "overrides:decide",
  "evidence:read",
  "evidence:export",
  "imports:manage",
  "erasures:manage",
] as const;
export type Permission = (typeof permissions)[number];

export const roles = ["owner", "admin", "supervisor", "agent", "editor", "auditor"] as const;
export type Role = (typeof roles)[number];

const reading: readonly Permission[] = [
  "organisation:read",
  "members:read",
  "senders:read",
  "templates:read",
  "conversations:read",
  "contacts:read",
  "campaigns:read",
  "verdicts:ask",
  "rules:read",
  "events:read",
];
const serving: readonly Permission[] = [...reading, "conversations:write", "contacts:write", "consents:write"];

/** Looking after how the organisation stands, without changing it. */
const overseeing: readonly Permission[] = ["quarantine:read", "decisions:read", "standing:read", "evidence:read"];

const granted: Record<Role, ReadonlySet<Permission>> = {
  owner: new Set(permissions),
  admin: new Set(permissions),
  supervisor: new Set([
    ...serving,
    ...overseeing,
    "conversations:assign",
    "labels:manage",
    "templates:manage",
    "campaigns:manage",
    "overrides:request",
    "overrides:decide",
    "imports:manage",
  ]),
  agent: new Set([...serving, "conversations:assign", "overrides:request"]),
  editor: new Set([
    ...reading,
    "contacts:write",
    "consents:write",
    "templates:manage",
    "campaigns:manage",
    "standing:read",
    "decisions:read",
    "overrides:request",
    "imports:manage",
  ]),
  auditor: new Set([...reading, ...overseeing, "evidence:export"]),
};

/** Roles that see every inbox, whatever teams it belongs to. */
const seesEverything: ReadonlySet<Role> = new Set(["owner", "admin", "supervisor", "auditor"]);

/** Who asks, and what they may do and see. Made once per request; every access question is answered from it. */
export interface Principal {
  readonly organisationId: OrganisationId;
  /** `null` for an API token that speaks for the organisation itself. */
  readonly memberId: MemberId | null;
  readonly name: string;
  readonly role: Role | null;
  readonly permissions: ReadonlySet<Permission>;
  /** The inboxes whose conversations they see; `"all"` where nothing is kept from them. */
  readonly inboxes: "all" | ReadonlySet<InboxId>;
  /** Names the caller for idempotency keys and logs: `member:…` or `token:…`. */
  readonly caller: string;
}

export function permissionsOf(role: Role): ReadonlySet<Permission> {
  return granted[role];
}

export function may(principal: Principal, permission: Permission): boolean {
  return principal.permissions.has(permission);
}

export function seesInbox(principal: Principal, inboxId: string): boolean {
  return principal.inboxes === "all" || principal.inboxes.has(inboxId as InboxId);
}

/** For SQL: the inbox ids to filter by, or `null` for no filter. */
export function inboxFilter(principal: Principal): string[] | null {
  return principal.inboxes === "all" ? null : [...principal.inboxes];
}

/** The member as a principal; `null` where there is no such active member in the transaction's organisation. */
export async function memberPrincipal(tx: Tx, personId: string): Promise<Principal | null> {
  const row = await tx.one<{ id: MemberId; role: Role; name: string; inbox_ids: InboxId[] }>(
    `select m.id, m.role, u.name,
       array(select i.id from inbox i
             where i.organisation_id = m.organisation_id and (
               not exists (select 1 from inbox_team t where t.organisation_id = i.organisation_id and t.inbox_id = i.id)
               or exists (select 1 from inbox_team t join team_member tm using (organisation_id, team_id)
                          where t.organisation_id = i.organisation_id and t.inbox_id = i.id and tm.member_id = m.id))) as inbox_ids
     from member m join auth."user" u on u.id = m.person_id
     where m.organisation_id = $1 and m.person_id = $2 and m.active`,
    [tx.organisationId, personId],
  );
  if (!row) return null;
  return {
    organisationId: tx.organisationId,
    memberId: row.id,
    name: row.name,
    role: row.role,
    permissions: permissionsOf(row.role),
    inboxes: seesEverything.has(row.role) ? "all" : new Set(row.inbox_ids),
    caller: `member:${row.id}`,
  };
}

/** An API token as a principal. It may do what its scopes name, and sees every inbox. */
export function tokenPrincipal(token: {
  organisationId: OrganisationId;
  id: string;
  name: string;
  scopes: readonly string[];
}): Principal {
  const everything = token.scopes.includes("*");
  return {
    organisationId: token.organisationId,
    memberId: null,
    name: token.name,
    role: null,
    permissions: new Set(permissions.filter((permission) => everything || token.scopes.includes(permission))),
    inboxes: "all",
    caller: `token:${token.id}`,
  };
}
