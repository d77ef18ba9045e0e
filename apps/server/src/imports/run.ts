import {
  countImport,
  failImport,
  generatedNumbers,
  lastSettledLine,
  readImport,
  readingRules,
  readRow,
  settleRows,
  valuesOf,
} from "@loket/contacts/imports";
import type { OrganisationId } from "@loket/kit";
import type { Ports } from "../ports.ts";
import { readTable } from "./csv.ts";

const batchSize = 200;

/**
 * Reads a list, batch by batch, each in a transaction of its own with the counts so far. Another attempt goes on after
 * the last line that was settled. When all is settled the file goes: its rows are kept, with what came of each.
 */
export async function runImport(ports: Ports, organisationId: OrganisationId, importId: string): Promise<void> {
  const within = <T>(work: Parameters<typeof ports.worker.inOrganisation<T>>[1]) =>
    ports.worker.inOrganisation(organisationId, work);
  const begun = await within(async (tx) => {
    const list = await readImport(tx, importId);
    if (list?.state !== "reading" || !list.mapping || !list.attesterId || !list.storageKey) return null;
    return {
      mapping: list.mapping,
      attestedBy: list.attesterId,
      storageKey: list.storageKey,
      after: await lastSettledLine(tx, importId),
      rules: await readingRules(tx, ports, list.mapping.dateOrder),
    };
  });
  if (!begun) return;
  const { mapping, attestedBy, storageKey, after, rules } = begun;
  const bytes = await ports.store.get(storageKey);
  const read = bytes && readTable(bytes);
  if (!read?.ok) {
    await within((tx) => failImport(tx, ports, importId, read ? read.failure : "gone"));
    return;
  }
  // The heading is line 1, as in a spreadsheet.
  const rows = read.table.rows.map((cells, index) => {
    const values = valuesOf(cells, mapping);
    return { line: index + 2, values, read: readRow(values, rules) };
  });
  const generated = generatedNumbers(rows.flatMap((row) => row.read.phone?.e164 ?? []));
  const judged = rows.map((row) => ({
    ...row,
    moreReasons: row.read.phone && generated.has(row.read.phone.e164) ? (["generated-numbers"] as const) : [],
  }));
  const left = judged.filter((row) => row.line > after);
  for (let start = 0; start < left.length; start += batchSize) {
    const batch = left.slice(start, start + batchSize);
    await within(async (tx) => {
      // Plans made while the tables were small read all of what they have become, row after row, until the database has
      // counted again: 20,000 rows took two minutes by them.
      await tx.query("discard plans", []);
      await settleRows(tx, ports, { importId, attestedBy }, batch);
      await countImport(tx, ports, importId, false);
    });
  }
  await within((tx) => countImport(tx, ports, importId, true));
  await ports.store.remove(storageKey);
}
