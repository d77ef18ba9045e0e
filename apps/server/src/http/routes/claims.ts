import { createHash } from "node:crypto";
import * as contract from "@loket/contract";
import type { Tx } from "@loket/database";
import { record } from "@loket/evidence/ledger";
import { instant, toIso } from "@loket/kit";
import { checkClaims, claimRules, type Locale, textOfHtml } from "@loket/policy";
import { z } from "zod";
import type { Ports } from "../../ports.ts";
import { readProfile } from "../../standing/profile.ts";
import { notFound } from "../problem.ts";
import { idParams, type Route, route } from "../route.ts";

/** What the organisation's own public texts claim: since December 2019 that alone counts as evidence for WhatsApp. */
export function claimRoutes(ports: Ports): Route[] {
  return [
    route(
      "standing:read",
      {
        method: "GET",
        path: "claims",
        tag: "standing",
        summary: "The newest check of each public text",
        answer: contract.page(contract.claimsCheck),
      },
      async ({ inOrganisation, locale }) => ({
        items: await inOrganisation((tx) => readChecks(tx, null, locale)),
        next: null,
      }),
    ),
    route(
      "standing:manage",
      {
        method: "POST",
        path: "claims",
        tag: "standing",
        summary: "Check a public text or page for claims that count as evidence",
        body: contract.claimsCheckCreate,
        answer: contract.claimsCheck,
        status: 201,
      },
      async ({ body, principal, inOrganisation, locale }) =>
        inOrganisation(async (tx) => {
          const now = ports.clock.now();
          const profile = await readProfile(tx);
          const text = body.html ? textOfHtml(body.text) : body.text;
          const hits = checkClaims(text, {
            at: now,
            page: body.source,
            pageKind: body.kind,
            isTechProvider: profile.techProvider,
            hasResaleRight: profile.resaleAgreement,
          });
          const id = ports.ids.next();
          const digest = createHash("sha256").update(text).digest();
          const kept = hits.map(({ rule, severity, sentence, ignored }) => ({
            ruleId: rule,
            severity,
            sentence,
            ignored,
          }));
          await tx.query(
            `insert into claims_check (organisation_id, id, source, text_sha256, text, hits, checked_by, at)
             values ($1, $2, $3, $4, $5, $6, $7, to_timestamp($8::float8 / 1000))`,
            [tx.organisationId, id, body.source, digest, text, JSON.stringify(kept), principal.memberId, now],
          );
          await record(tx, ports, {
            type: "claims.checked",
            body: {
              check: id,
              source: body.source,
              text: digest.toString("base64url"),
              rules: kept.filter((hit) => hit.ignored === null).map((hit) => hit.ruleId),
              ignored: kept.filter((hit) => hit.ignored !== null).length,
              by: principal.memberId,
            },
          });
          tx.emit({ type: "standing.changed", inboxId: null, subject: { what: "claims", subjectId: id }, at: now });
          return (await readChecks(tx, id, locale))[0];
        }),
    ),
    route(
      "standing:read",
      {
        method: "GET",
        path: "claims/{id}/text",
        tag: "standing",
        summary: "The text as it was checked",
        params: idParams,
        answer: z.object({ text: z.string() }),
      },
      async ({ params, inOrganisation }) => {
        const row = await inOrganisation((tx) =>
          tx.one<{ text: string }>("select text from claims_check where organisation_id = $1 and id = $2", [
            tx.organisationId,
            params.id,
          ]),
        );
        if (!row) throw notFound("check");
        return row;
      },
    ),
  ];
}

interface KeptHit {
  readonly ruleId: string;
  readonly severity: "block" | "warn" | "note";
  readonly sentence: string;
  readonly ignored: string | null;
}

async function readChecks(tx: Tx, id: string | null, locale: Locale): Promise<contract.ClaimsCheck[]> {
  const rows = await tx.query<{ id: string; source: string; at: number; by: string | null; hits: KeptHit[] }>(
    `select * from (
       select distinct on (case when $2::uuid is null then source else id::text end) id, source, at, hits,
         (select u.name from member m join auth."user" u on u.id = m.person_id where m.organisation_id = c.organisation_id and m.id = c.checked_by) as by
       from claims_check c where organisation_id = $1 and ($2::uuid is null or id = $2)
       order by case when $2::uuid is null then source else id::text end, at desc) as newest
     order by at desc limit 200`,
    [tx.organisationId, id],
  );
  // When a sentence was first seen under a rule: what stays long after it was found is the worse for it.
  const seen = await tx.query<{ source: string; rule: string; sentence: string; first: number }>(
    `select source, h->>'ruleId' as rule, h->>'sentence' as sentence, min(at) as first from claims_check, jsonb_array_elements(hits) h
     where organisation_id = $1 group by 1, 2, 3`,
    [tx.organisationId],
  );
  const firstOf = new Map(seen.map((row) => [`${row.source}\n${row.rule}\n${row.sentence}`, row.first]));
  return rows.map((row) => ({
    id: row.id,
    source: row.source,
    at: toIso(instant(row.at)),
    by: row.by,
    block: row.hits.filter((hit) => hit.severity === "block" && hit.ignored === null).length,
    warn: row.hits.filter((hit) => hit.severity === "warn" && hit.ignored === null).length,
    hits: row.hits.map((hit) => {
      const rule = claimRules.find(({ id }) => id === hit.ruleId);
      return {
        ruleId: hit.ruleId,
        severity: hit.severity,
        sentence: hit.sentence,
        title: rule?.title[locale] ?? hit.ruleId,
        explanation: rule?.explanation[locale] ?? "",
        sayInstead: rule?.sayInstead[locale] ?? "",
        clause: rule?.clause ?? "",
        since: rule?.since ?? null,
        ignored: hit.ignored,
        firstSeen: toIso(instant(firstOf.get(`${row.source}\n${hit.ruleId}\n${hit.sentence}`) ?? row.at)),
      };
    }),
  }));
}
