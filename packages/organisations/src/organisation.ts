import type { Database, Tx } from "@loket/database";
import type { Clock, Ids, InboxId, MemberId, OrganisationId, PersonId, TeamId } from "@loket/kit";
import type { Role } from "./access.ts";

export interface Organisation {
  readonly id: OrganisationId;
  readonly name: string;
  readonly kind: "business" | "agency";
  readonly locale: "en" | "nl" | "de";
  readonly timeZone: string;
}
export interface Membership {
  readonly memberId: MemberId;
  readonly role: Role;
  readonly organisation: Organisation;
}
export interface Member {
  readonly id: MemberId;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly active: boolean;
  readonly teamIds: readonly TeamId[];
}

interface OrganisationRow {
  organisation_id: OrganisationId;
  name: string;
  kind: "business" | "agency";
  locale: "en" | "nl" | "de";
  time_zone: string;
}
const organisationColumns = "organisation_id, name, kind, locale, time_zone";
const toOrganisation = (row: OrganisationRow): Organisation => ({
  id: row.organisation_id,
  name: row.name,
  kind: row.kind,
  locale: row.locale,
  timeZone: row.time_zone,
});

export async function createOrganisation(
  database: Database,
  clock: Clock,
  organisation: Organisation & { readonly homeCountry: string },
): Promise<void> {
  await database.inOrganisation(organisation.id, (tx) =>
    tx.query(
      "insert into organisation (organisation_id, kind, name, locale, time_zone, home_country, created_at) values ($1, $2, $3, $4, $5, $6, to_timestamp($7::float8 / 1000))",
      [
        organisation.id,
        organisation.kind,
        organisation.name,
        organisation.locale,
        organisation.timeZone,
        organisation.homeCountry,
        clock.now(),
      ],
    ),
  );
}

export async function readOrganisation(tx: Tx): Promise<Organisation | null> {
  const row = await tx.one<OrganisationRow>(
    `select ${organisationColumns} from organisation where organisation_id = $1`,
    [tx.organisationId],
  );
  return row ? toOrganisation(row) : null;
}

/** Every organisation the person is an active member of, by name. */
export function membershipsOf(database: Database, personId: PersonId): Promise<Membership[]> {
  return database.asPerson(personId, async (query) => {
    const rows = await query<OrganisationRow & { id: MemberId; role: Role }>(
      `select o.organisation_id, o.name, o.kind, o.locale, o.time_zone, m.id, m.role
       from member m join organisation o on o.organisation_id = m.organisation_id
       where m.person_id = $1 and m.active order by o.kind, o.name`,
      [personId],
    );
    return rows.map((row) => ({ memberId: row.id, role: row.role, organisation: toOrganisation(row) }));
  });
}

export async function addMember(
  tx: Tx,
  ports: { ids: Ids; clock: Clock },
  member: { personId: PersonId; role: Role },
): Promise<MemberId> {
  const id = ports.ids.next<"member">();
  const [row] = await tx.query<{ id: MemberId }>(
    `insert into member (organisation_id, id, person_id, role, created_at) values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000))
     on conflict (organisation_id, person_id) do update set role = excluded.role, active = true returning id`,
    [tx.organisationId, id, member.personId, member.role, ports.clock.now()],
  );
  return row?.id ?? id;
}

export async function listMembers(tx: Tx): Promise<Member[]> {
  const rows = await tx.query<{
    id: MemberId;
    name: string;
    email: string;
    role: Role;
    active: boolean;
    team_ids: TeamId[];
  }>(
    `select m.id, u.name, u.email, m.role, m.active,
       array(select team_id from team_member t where t.organisation_id = m.organisation_id and t.member_id = m.id) as team_ids
     from member m join auth."user" u on u.id = m.person_id where m.organisation_id = $1 order by u.name`,
    [tx.organisationId],
  );
  return rows.map(({ team_ids, ...row }) => ({ ...row, teamIds: team_ids }));
}

/** `"last-owner"` where the change would leave the organisation without an owner. */
export async function changeMember(
  tx: Tx,
  id: string,
  change: { role?: Role | undefined; active?: boolean | undefined },
): Promise<"changed" | "unknown" | "last-owner"> {
  const rows = await tx.query<{ id: string; role: Role }>(
    "select id, role from member where organisation_id = $1 and (id = $2 or (role = 'owner' and active)) order by id for update",
    [tx.organisationId, id],
  );
  const member = rows.find((row) => row.id === id);
  if (!member) return "unknown";
  const losesOwner =
    member.role === "owner" && ((change.role !== undefined && change.role !== "owner") || change.active === false);
  if (losesOwner && !rows.some((row) => row.id !== id)) return "last-owner";
  await tx.query(
    "update member set role = coalesce($3, role), active = coalesce($4, active) where organisation_id = $1 and id = $2",
    [tx.organisationId, id, change.role ?? null, change.active ?? null],
  );
  return "changed";
}

export interface Team {
  readonly id: TeamId;
  readonly name: string;
  readonly memberIds: readonly MemberId[];
}

export async function listTeams(tx: Tx): Promise<Team[]> {
  const rows = await tx.query<{ id: TeamId; name: string; member_ids: MemberId[] }>(
    "select t.id, t.name, array(select member_id from team_member m where m.organisation_id = t.organisation_id and m.team_id = t.id) as member_ids from team t where t.organisation_id = $1 order by t.name",
    [tx.organisationId],
  );
  return rows.map((row) => ({ id: row.id, name: row.name, memberIds: row.member_ids }));
}

/** Creates the team, or changes the one with this id. `null` where there is none, or the name is taken. */
export async function saveTeam(
  tx: Tx,
  ids: Ids,
  team: { id?: string; name: string; memberIds: readonly string[] },
): Promise<Team | null> {
  const id = (team.id ?? ids.next<"team">()) as TeamId;
  const [row] = team.id
    ? await tx.query("update team set name = $3 where organisation_id = $1 and id = $2 returning id", [
        tx.organisationId,
        id,
        team.name,
      ])
    : await tx.query(
        "insert into team (organisation_id, id, name) values ($1, $2, $3) on conflict (organisation_id, name) do nothing returning id",
        [tx.organisationId, id, team.name],
      );
  if (!row) return null;
  await tx.query("delete from team_member where organisation_id = $1 and team_id = $2", [tx.organisationId, id]);
  const saved = await tx.query<{ member_id: MemberId }>(
    "insert into team_member (organisation_id, team_id, member_id) select $1, $2, id from member where organisation_id = $1 and id = any($3::uuid[]) returning member_id",
    [tx.organisationId, id, team.memberIds],
  );
  return { id, name: team.name, memberIds: saved.map((member) => member.member_id) };
}

export interface Inbox {
  readonly id: InboxId;
  readonly name: string;
  readonly teamIds: readonly TeamId[];
}

export async function listInboxes(tx: Tx): Promise<Inbox[]> {
  const rows = await tx.query<{ id: InboxId; name: string; team_ids: TeamId[] }>(
    "select i.id, i.name, array(select team_id from inbox_team t where t.organisation_id = i.organisation_id and t.inbox_id = i.id) as team_ids from inbox i where i.organisation_id = $1 order by i.name",
    [tx.organisationId],
  );
  return rows.map((row) => ({ id: row.id, name: row.name, teamIds: row.team_ids }));
}

export async function saveInbox(
  tx: Tx,
  ports: { ids: Ids; clock: Clock },
  inbox: { id?: string; name: string; teamIds: readonly string[] },
): Promise<Inbox | null> {
  const id = (inbox.id ?? ports.ids.next<"inbox">()) as InboxId;
  const [row] = inbox.id
    ? await tx.query("update inbox set name = $3 where organisation_id = $1 and id = $2 returning id", [
        tx.organisationId,
        id,
        inbox.name,
      ])
    : await tx.query(
        "insert into inbox (organisation_id, id, name, created_at) values ($1, $2, $3, to_timestamp($4::float8 / 1000)) on conflict (organisation_id, name) do nothing returning id",
        [tx.organisationId, id, inbox.name, ports.clock.now()],
      );
  if (!row) return null;
  await tx.query("delete from inbox_team where organisation_id = $1 and inbox_id = $2", [tx.organisationId, id]);
  const saved = await tx.query<{ team_id: TeamId }>(
    "insert into inbox_team (organisation_id, inbox_id, team_id) select $1, $2, id from team where organisation_id = $1 and id = any($3::uuid[]) returning team_id",
    [tx.organisationId, id, inbox.teamIds],
  );
  return { id, name: inbox.name, teamIds: saved.map((team) => team.team_id) };
}
