import * as contract from "@loket/contract";
import type { Tx } from "@loket/database";
import { entryTypes } from "@loket/evidence";
import {
  dropPack,
  type EntryType,
  lookAgain,
  type PackRow,
  readEntries,
  readPack,
  readPacks,
  requestPack,
  subjectHandle,
} from "@loket/evidence/ledger";
import { dayMs, type Instant, instant, toIso } from "@loket/kit";
import { z } from "zod";
import type { LedgerKeeper } from "../../evidence/keeper.ts";
import { addPackJob, announcePack } from "../../evidence/pack/make.ts";
import { packDays } from "../../evidence/pack/old.ts";
import { findSubject } from "../../evidence/pack/subject.ts";
import { summarise } from "../../evidence/summary.ts";
import type { Ports } from "../../ports.ts";
import { HttpProblem, notFound } from "../problem.ts";
import { Answered, decodeCursor, encodeCursor, idParams, type Route, route } from "../route.ts";

const position = z.object({ at: z.number(), id: z.string() });

/** The ledger, readable, and packs of it for others. */
export function evidenceRoutes(ports: Ports, ledger: LedgerKeeper | null): Route[] {
  return [
    route(
      "evidence:read",
      {
        method: "GET",
        path: "evidence",
        tag: "evidence",
        summary: "What the ledger holds, its newest checkpoint, and where checkpoints were laid down",
        answer: contract.evidenceSummary,
      },
      async ({ inOrganisation }) => inOrganisation((tx) => summarise(tx, ports, ledger)),
    ),
    route(
      "standing:manage",
      {
        method: "POST",
        path: "evidence/look-again",
        tag: "evidence",
        summary: "Somebody has looked why the signer refuses: let it be asked again",
        status: 204,
      },
      async ({ principal }) => {
        const done = await ports.worker.inOrganisation(principal.organisationId, async (tx) => {
          const found = await lookAgain(tx, ports, principal.memberId);
          // Asked at once, so that whoever looked learns whether it helped.
          if (found)
            tx.addJob("evidence.checkpoint", {}, { key: `evidence.checkpoint ${tx.organisationId}`, maxAttempts: 3 });
          return found;
        });
        if (!done)
          throw new HttpProblem(409, "evidence.nothing-refused", "The signer refuses nothing.", {
            action: "There is nothing to do.",
          });
        return new Answered(204, undefined);
      },
    ),
    route(
      "evidence:read",
      {
        method: "GET",
        path: "evidence/entries",
        tag: "evidence",
        summary: "Entries with a place in the log, newest first, opened as far as they can be",
        query: contract.pageQuery.extend({ type: z.string().max(40).optional(), contactId: z.uuid().optional() }),
        answer: contract.page(contract.evidenceEntry),
      },
      async ({ query, inOrganisation }) => inOrganisation((tx) => listEntries(tx, ports, query)),
    ),
    route(
      "evidence:read",
      {
        method: "GET",
        path: "evidence/packs",
        tag: "evidence",
        summary: "Packs, newest first",
        query: contract.pageQuery,
        answer: contract.page(contract.evidencePack),
      },
      async ({ query, locale, inOrganisation }) =>
        inOrganisation(async (tx) => {
          const rows = await readPacks(tx, { before: decodeCursor(query.cursor, position), limit: query.limit });
          const last = rows.at(-1);
          return {
            items: await toWire(tx, rows, locale),
            next: rows.length === query.limit && last ? encodeCursor({ at: last.createdAt, id: last.id }) : null,
          };
        }),
    ),
    route(
      "evidence:export",
      {
        method: "POST",
        path: "evidence/packs",
        tag: "evidence",
        summary: "Make a pack of a person, a message, a sender or the organisation",
        body: contract.evidencePackCreate,
        answer: contract.evidencePack,
        status: 201,
      },
      async ({ body, locale, principal, inOrganisation }) =>
        inOrganisation(async (tx) => {
          const since = body.since === null ? null : instant(Date.parse(body.since));
          const until = body.until === null ? null : instant(Date.parse(body.until));
          if (since !== null && until !== null && since >= until)
            throw new HttpProblem(400, "invalid-request", "The period ends before it begins.", {
              errors: [{ path: "body.until", message: "Choose a later time than the first." }],
            });
          if (!(await findSubject(tx, body.subject, body.locale))) throw notFound(body.subject.kind);
          if (body.demandId !== undefined) await assertDemand(tx, body.demandId);
          const id = await requestPack(tx, ports, {
            subject: body.subject,
            locale: body.locale,
            since,
            until,
            requestedBy: principal.memberId,
            demandId: body.demandId ?? null,
          });
          addPackJob(tx, id);
          announcePack(ports, tx, id);
          const row = await readPack(tx, id);
          return row && (await toWire(tx, [row], locale))[0];
        }),
    ),
    route(
      "evidence:read",
      {
        method: "GET",
        path: "evidence/packs/{id}",
        tag: "evidence",
        summary: "One pack, with its progress",
        params: idParams,
        answer: contract.evidencePack,
      },
      async ({ params, locale, inOrganisation }) =>
        inOrganisation(async (tx) => {
          const row = await readPack(tx, params.id);
          if (!row) throw notFound("pack");
          return (await toWire(tx, [row], locale))[0];
        }),
    ),
    route(
      "evidence:export",
      {
        method: "GET",
        path: "evidence/packs/{id}/file",
        tag: "evidence",
        summary: "The pack itself, a ZIP file",
        params: idParams,
      },
      async ({ params, reply, inOrganisation }) => {
        const row = await inOrganisation((tx) => readPack(tx, params.id));
        if (!row) throw notFound("pack");
        const bytes = row.storageKey === null ? null : await ports.store.get(row.storageKey);
        if (!bytes)
          throw new HttpProblem(409, "evidence.not-ready", "There is no file of this pack.", {
            detail: `It is ${row.state}.`,
            action: "Wait until it is ready, or make it again.",
          });
        return reply
          .headers({
            "content-type": "application/zip",
            "content-disposition": `attachment; filename="${fileNameOf(row)}"`,
            "content-security-policy": "sandbox; default-src 'none'",
          })
          .send(Buffer.from(bytes));
      },
    ),
    route(
      "evidence:export",
      {
        method: "DELETE",
        path: "evidence/packs/{id}",
        tag: "evidence",
        summary: "Delete the file of a pack; that it was made stays on record",
        params: idParams,
        status: 204,
      },
      async ({ params, inOrganisation }) => {
        const key = await inOrganisation(async (tx) => {
          const row = await readPack(tx, params.id);
          if (!row) throw notFound("pack");
          if (row.state === "waiting" || row.state === "working")
            throw new HttpProblem(409, "evidence.being-made", "This pack is being made.", {
              action: "Delete it when it is ready.",
            });
          announcePack(ports, tx, params.id);
          return dropPack(tx, params.id);
        });
        if (key) await ports.store.remove(key);
        return new Answered(204, undefined);
      },
    ),
  ];
}

async function assertDemand(tx: Tx, id: string): Promise<void> {
  const found = await tx.one("select id from demand where organisation_id = $1 and id = $2", [tx.organisationId, id]);
  if (!found) throw notFound("demand");
}

async function listEntries(
  tx: Tx,
  ports: Ports,
  query: { type?: string | undefined; contactId?: string | undefined; cursor?: string | undefined; limit: number },
) {
  if (query.type !== undefined && !Object.hasOwn(entryTypes, query.type)) throw notFound("kind of entry");
  const before = decodeCursor(query.cursor, z.object({ position: z.number() }));
  const handle = query.contactId === undefined ? undefined : await subjectHandle(tx, query.contactId);
  if (handle === null) return { items: [], next: null };
  const entries = await readEntries(tx, ports.keys, {
    ...(handle === undefined ? {} : { subjects: [handle] }),
    ...(query.type === undefined ? {} : { types: [query.type as EntryType] }),
    beforePosition: before?.position ?? Number.MAX_SAFE_INTEGER,
    limit: query.limit,
  });
  const people = await tx.query<{ handle: string; id: string; name: string }>(
    `select s.handle, c.id, c.name from evidence_subject s join contact c on c.organisation_id = s.organisation_id and c.id = s.contact_id
     where s.organisation_id = $1 and s.handle = any($2::text[])`,
    [tx.organisationId, entries.flatMap((entry) => entry.subject ?? [])],
  );
  const personOf = new Map(people.map(({ handle: name, ...person }) => [name, person]));
  const last = entries.at(-1);
  return {
    items: entries.map((entry) => ({
      id: entry.id,
      type: entry.type,
      at: toIso(entry.at),
      position: entry.position ?? 0,
      subject: entry.subject,
      contact: (entry.subject !== null && personOf.get(entry.subject)) || null,
      contents: entry.contents?.body ?? null,
      leafHash: Buffer.from(entry.leafHash ?? []).toString("base64url"),
    })),
    next: entries.length === query.limit && last ? encodeCursor({ position: last.position }) : null,
  };
}

const fileNameOf = (row: PackRow): string =>
  `evidence-${row.subject.kind}-${(row.subject.id ?? row.id).slice(-6)}-${toIso(instant(row.createdAt)).slice(0, 10)}.zip`;

async function toWire(tx: Tx, rows: readonly PackRow[], locale: contract.Locale): Promise<contract.EvidencePack[]> {
  const [names, days] = await Promise.all([
    tx.query<{ id: string; name: string }>(
      'select m.id, u.name from member m join auth."user" u on u.id = m.person_id where m.organisation_id = $1 and m.id = any($2::uuid[])',
      [tx.organisationId, rows.flatMap((row) => row.requestedBy ?? [])],
    ),
    packDays(tx),
  ]);
  const nameOf = new Map(names.map((row) => [row.id, row.name]));
  const iso = (at: Instant | null) => (at === null ? null : toIso(instant(at)));
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      subject: contract.packSubject.parse(row.subject),
      about: (await findSubject(tx, row.subject, locale))?.words ?? null,
      locale: row.locale,
      since: iso(row.since),
      until: iso(row.until),
      state: row.state,
      step: contract.packStep.nullable().parse(row.step),
      done: row.done,
      total: row.total,
      sizeBytes: row.sizeBytes,
      sha256: row.sha256 === null ? null : Buffer.from(row.sha256).toString("hex"),
      fileName: fileNameOf(row),
      failure: row.failure,
      requestedBy: row.requestedBy === null ? null : (nameOf.get(row.requestedBy) ?? null),
      demandId: row.demandId,
      createdAt: toIso(instant(row.createdAt)),
      finishedAt: iso(row.finishedAt),
      deletedAfter:
        row.state === "ready" && row.finishedAt !== null ? toIso(instant(row.finishedAt + days * dayMs)) : null,
    })),
  );
}
