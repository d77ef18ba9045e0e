import type { Tx } from "@loket/database";

/**
 * Takes what these people were sent, and what was known of them when it was judged, out of deliveries, attempts and
 * judgements. That something was judged by which rules, and when it left, stays. What still waits is called off.
 * Worker's role only.
 */
export async function forgetSends(
  tx: Tx,
  contactIds: readonly string[],
  at: number,
): Promise<{ readonly deliveries: number; readonly decisions: number }> {
  const ids = [tx.organisationId, contactIds];
  const decisions = await tx.count(
    `update decision set facts = '{}', request = jsonb_strip_nulls(jsonb_build_object('channel', request->'channel', 'kind', request->'kind', 'payload', request->'payload'))
     where organisation_id = $1 and (contact_id = any($2::uuid[])
       or id in (select decision_id from delivery where organisation_id = $1 and contact_id = any($2::uuid[]))
       or id in (select decision_id from attempt where organisation_id = $1 and contact_id = any($2::uuid[])))`,
    ids,
  );
  const deliveries = await tx.count(
    `update delivery set content = '{}', replies_to_provider_id = null, failure = null, provider_id = case when provider_id is null then null else 'erased ' || id end,
       state = case when state in ('preparing', 'queued', 'held') then 'cancelled' else state end,
       settled_at = case when state in ('preparing', 'queued', 'held') then to_timestamp($3::float8 / 1000) else settled_at end
     where organisation_id = $1 and contact_id = any($2::uuid[])`,
    [...ids, at],
  );
  await tx.query(
    "update attempt set provider_id = null, failure = null where organisation_id = $1 and contact_id = any($2::uuid[])",
    ids,
  );
  await tx.query(
    "update override set reason = 'Erased with the person it was about.' where organisation_id = $1 and contact_id = any($2::uuid[])",
    ids,
  );
  await tx.query(
    `update shadow_run set findings = coalesce((
       select jsonb_agg(case when (f->'contact'->>'id')::uuid = any($2::uuid[]) then jsonb_set(f, '{contact}', 'null') else f end) from jsonb_array_elements(findings) f), '[]')
     where organisation_id = $1 and exists (select 1 from jsonb_array_elements(findings) f where (f->'contact'->>'id')::uuid = any($2::uuid[]))`,
    ids,
  );
  return { deliveries, decisions };
}
