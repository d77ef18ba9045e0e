import { createHash } from "node:crypto";
import * as imports from "@loket/contacts/imports";
import * as contract from "@loket/contract";
import type { Tx } from "@loket/database";
import { z } from "zod";
import { mostRows, readTable, writeTable } from "../../imports/csv.ts";
import type { Ports } from "../../ports.ts";
import { HttpProblem, notFound } from "../problem.ts";
import { Answered, decodeCursor, encodeCursor, idParams, type Route, route } from "../route.ts";

const previewRows = 8;
const mostBytes = 50 * 1024 * 1024;
const mostMended = 10_000;

/** Lists of people who agreed elsewhere: taken in on somebody's word, and what lacks proof waits. */
export function importRoutes(ports: Ports): Route[] {
  async function detail(tx: Tx, id: string): Promise<unknown> {
    const list = await imports.readImport(tx, id);
    if (!list) throw notFound("import");
    const { storageKey, attesterId, ...shown } = list;
    const bytes = list.state === "mapping" && storageKey ? await ports.store.get(storageKey) : null;
    const read = bytes && readTable(bytes);
    return {
      ...shown,
      reasons: await imports.countReasons(tx, id),
      draft: read?.ok
        ? {
            columns: read.table.headers,
            guess: imports.guessMapping(read.table.headers),
            preview: read.table.rows.slice(0, previewRows),
          }
        : null,
    };
  }

  return [
    route(
      "imports:manage",
      {
        method: "GET",
        path: "consent-imports",
        tag: "consents",
        summary: "Lists that were taken over, newest first",
        answer: contract.page(contract.consentImport),
      },
      async ({ inOrganisation }) => ({ items: await inOrganisation((tx) => imports.listImports(tx)), next: null }),
    ),
    route(
      "imports:manage",
      {
        method: "POST",
        path: "consent-imports",
        tag: "consents",
        summary:
          "Upload a list (multipart, CSV in the field `file`). Nothing is taken in before somebody vouches for it",
        answer: contract.consentImportDetail,
        status: 201,
      },
      async ({ request, principal, inOrganisation }) => {
        const part = request.isMultipart() ? await request.file({ limits: { fileSize: mostBytes } }) : undefined;
        if (!part)
          throw new HttpProblem(400, "invalid-request", "There is no file in this request.", {
            action: "Send it as multipart/form-data in the field `file`.",
          });
        const bytes = await part.toBuffer();
        const read = readTable(bytes);
        if (!read.ok)
          throw new HttpProblem(422, `import.${read.failure}`, problems[read.failure].title, {
            ...(read.failure === "unreadable" ? { detail: read.detail } : {}),
            action: problems[read.failure].action,
          });
        const id = ports.ids.next();
        const storageKey = `${principal.organisationId}/imports/${id}`;
        await ports.store.put(storageKey, bytes, "text/csv");
        return inOrganisation(async (tx) => {
          await imports.createImport(tx, ports, {
            id,
            name: part.filename?.replace(/[\p{Cc}/\\]/gu, "").slice(0, 240) || "list.csv",
            sha256: createHash("sha256").update(bytes).digest(),
            storageKey,
            rows: read.table.rows.length,
            memberId: principal.memberId,
          });
          return detail(tx, id);
        });
      },
    ),
    route(
      "imports:manage",
      {
        method: "GET",
        path: "consent-imports/{id}",
        tag: "consents",
        summary: "One list: its columns while they wait to be named, its progress and counts after that",
        params: idParams,
        answer: contract.consentImportDetail,
      },
      async ({ params, inOrganisation }) => inOrganisation((tx) => detail(tx, params.id)),
    ),
    route(
      "imports:manage",
      {
        method: "POST",
        path: "consent-imports/{id}/start",
        tag: "consents",
        summary: "Say what the columns are, vouch for the list as a member, and have it read",
        params: idParams,
        body: contract.importStart,
        answer: contract.consentImportDetail,
        status: 201,
      },
      async ({ params, body, principal, inOrganisation }) => {
        const { memberId } = principal;
        if (memberId === null)
          throw new HttpProblem(403, "import.people-only", "A person has to vouch for a list.", {
            action: "Sign in as a member; a token speaks for nobody in particular.",
          });
        const { columns } = body.mapping;
        if (columns.phone === undefined && columns.email === undefined)
          throw new HttpProblem(422, "import.no-address-column", "Nobody could be reached by this list.", {
            action: "Say which column holds the phone numbers or the e-mail addresses.",
          });
        return inOrganisation(async (tx) => {
          const begun = await imports.beginImport(tx, ports, { id: params.id, ...body, memberId });
          if (!begun && !(await imports.readImport(tx, params.id))) throw notFound("import");
          if (!begun)
            throw new HttpProblem(409, "import.begun", "This list is being read, or was.", {
              action: "Look at what came of it, or upload it anew.",
            });
          return detail(tx, params.id);
        });
      },
    ),
    route(
      "imports:manage",
      {
        method: "GET",
        path: "consent-imports/{id}/rows",
        tag: "consents",
        summary: "The rows of a list, with what came of each and why",
        params: idParams,
        query: contract.pageQuery.extend({
          state: contract.importRow.shape.state.optional(),
          reason: contract.importReason.optional(),
        }),
        answer: contract.page(contract.importRow),
      },
      async ({ params, query, inOrganisation }) => {
        const after = decodeCursor(query.cursor, z.object({ line: z.number() }))?.line;
        const items = await inOrganisation((tx) =>
          imports.listImportRows(tx, params.id, {
            state: query.state,
            reason: query.reason,
            after,
            limit: query.limit,
          }),
        );
        const last = items.at(-1);
        return { items, next: items.length === query.limit && last ? encodeCursor({ line: last.line }) : null };
      },
    ),
    route(
      "imports:manage",
      {
        method: "GET",
        path: "consent-imports/{id}/report",
        tag: "consents",
        summary: "All rows as a table for spreadsheets (CSV), with what came of each and why",
        params: idParams,
      },
      async ({ params, reply, inOrganisation }) => {
        const rows = await inOrganisation(async (tx) => {
          if (!(await imports.readImport(tx, params.id))) throw notFound("import");
          return imports.listImportRows(tx, params.id, { limit: mostRows });
        });
        const table = [
          ["line", "state", "reasons", ...imports.importFields],
          ...rows.map((row) => [
            String(row.line),
            row.state,
            row.reasons.join(" "),
            ...imports.importFields.map((field) => row.values[field] ?? ""),
          ]),
        ];
        return reply
          .type("text/csv; charset=utf-8")
          .header("content-disposition", `attachment; filename="import-${params.id.slice(-6)}.csv"`)
          .send(writeTable(table));
      },
    ),
    route(
      "imports:manage",
      {
        method: "POST",
        path: "consent-imports/{id}/rows",
        tag: "consents",
        summary: "Attach what rows in quarantine lack and look again, drop them, or take the people in without consent",
        params: idParams,
        body: contract.importRowsChange,
        answer: contract.importRowsChanged,
        status: 200,
      },
      async ({ params, body, inOrganisation }) =>
        inOrganisation(async (tx) => {
          const list = await imports.readImport(tx, params.id);
          if (!list) throw notFound("import");
          const rows = await imports.listImportRows(tx, params.id, {
            state: "quarantined",
            lines: body.lines,
            reason: body.reason,
            limit: mostMended,
          });
          if (body.act === "discard") await imports.discardRows(tx, ports, params.id, rows);
          const accepted = body.act === "fix" ? await imports.fixRows(tx, ports, list, rows, body.values ?? {}) : 0;
          const admitted = body.act === "admit" ? await imports.admitRows(tx, ports, list, rows) : rows.length;
          return new Answered(200, { changed: admitted, accepted });
        }),
    ),
  ];
}

const problems = {
  empty: { title: "There are no rows in this file.", action: "Send a table with a heading and at least one row." },
  unreadable: { title: "This file could not be read as a table.", action: "Save it as CSV and try again." },
  "too-long": {
    title: "This list is too long.",
    action: `Split it into files of at most ${mostRows.toLocaleString("en")} rows.`,
  },
} as const;
