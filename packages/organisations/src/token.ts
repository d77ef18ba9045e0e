import { createHash } from "node:crypto";
import type { Database, Tx } from "@loket/database";
import { type Clock, type Ids, instant, type MemberId, type OrganisationId, type Random, toIso } from "@loket/kit";
import { permissions } from "./access.ts";

export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  readonly expiresAt: string | null;
}

const iso = (ms: number | null): string | null => (ms === null ? null : toIso(instant(ms)));

/** 256 random bits behind a recognisable prefix, so that secret scanners find a leaked one. */
export function newTokenSecret(random: Random): string {
  return `loket_${Buffer.from(random.fill(new Uint8Array(32))).toString("base64url")}`;
}

export function hashToken(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

/** Scopes nobody knows; empty when all are fine. */
export function unknownScopes(scopes: readonly string[]): string[] {
  return scopes.filter((scope) => scope !== "*" && !(permissions as readonly string[]).includes(scope));
}

export async function createToken(
  tx: Tx,
  ports: { ids: Ids; clock: Clock },
  token: { name: string; scopes: readonly string[]; secret: string; createdBy: MemberId | null; expiresAt?: number },
): Promise<ApiToken> {
  const id = ports.ids.next<"token">();
  const now = ports.clock.now();
  await tx.query(
    `insert into api_token (organisation_id, id, name, token_hash, scopes, created_by, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, to_timestamp($7::float8 / 1000), to_timestamp($8::float8 / 1000))`,
    [
      tx.organisationId,
      id,
      token.name,
      hashToken(token.secret),
      token.scopes,
      token.createdBy,
      now,
      token.expiresAt ?? null,
    ],
  );
  return {
    id,
    name: token.name,
    scopes: token.scopes,
    createdAt: toIso(now),
    lastUsedAt: null,
    expiresAt: iso(token.expiresAt ?? null),
  };
}

export async function listTokens(tx: Tx): Promise<ApiToken[]> {
  const rows = await tx.query<{
    id: string;
    name: string;
    scopes: string[];
    created_at: number;
    last_used_at: number | null;
    expires_at: number | null;
  }>(
    "select id, name, scopes, created_at, last_used_at, expires_at from api_token where organisation_id = $1 and revoked_at is null order by created_at desc",
    [tx.organisationId],
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    createdAt: toIso(instant(row.created_at)),
    lastUsedAt: iso(row.last_used_at),
    expiresAt: iso(row.expires_at),
  }));
}

/** Takes effect with the next request. False where there was no such token. */
export async function revokeToken(tx: Tx, id: string, at: number): Promise<boolean> {
  return (
    (await tx.count(
      "update api_token set revoked_at = to_timestamp($3::float8 / 1000) where organisation_id = $1 and id = $2 and revoked_at is null",
      [tx.organisationId, id, at],
    )) > 0
  );
}

/** The live token this secret belongs to, and a mark that it was used (at most one write a minute). */
export async function findToken(
  database: Database,
  secret: string,
  at: number,
): Promise<{ organisationId: OrganisationId; id: string; name: string; scopes: string[] } | null> {
  const hash = hashToken(secret);
  const [row] = await database.byTokenHash(hash, (query) =>
    query<{ organisation_id: OrganisationId; id: string; name: string; scopes: string[]; last_used_at: number | null }>(
      "select organisation_id, id, name, scopes, last_used_at from api_token where token_hash = $1 and revoked_at is null and (expires_at is null or expires_at > to_timestamp($2::float8 / 1000))",
      [hash, at],
    ),
  );
  if (!row) return null;
  if (row.last_used_at === null || at - row.last_used_at > 60_000) {
    await database.inOrganisation(row.organisation_id, (tx) =>
      tx.query(
        "update api_token set last_used_at = to_timestamp($3::float8 / 1000) where organisation_id = $1 and id = $2",
        [row.organisation_id, row.id, at],
      ),
    );
  }
  return { organisationId: row.organisation_id, id: row.id, name: row.name, scopes: row.scopes };
}
