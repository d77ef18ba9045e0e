import { finishErasure, forgetPerson, holdWholePerson, type WholePerson } from "@loket/contacts";
import { filesOf, forgetConversations } from "@loket/conversations";
import type { Tx } from "@loket/database";
import { forgetSends } from "@loket/delivery";
import { hourMs, type OrganisationId } from "@loket/kit";
import type { Ports } from "./ports.ts";

/** While a letter demands that evidence be kept, erasures wait and look again this often. */
const heldLookMs = hourMs;
const receiptBatch = 200;

/**
 * Erases one person: what they are called, how they are reached, what was said both ways with its files and raw
 * webhooks, what was noted, judged and imported about them, and the contents of their ledger entries with the key. Files
 * go first and everything else in one transaction, so that another attempt after a crash finishes what was begun.
 */
export async function runErasure(ports: Ports, organisationId: OrganisationId, erasureId: string): Promise<void> {
  const within = <T>(work: (tx: Tx) => Promise<T>) => ports.worker.inOrganisation(organisationId, work);
  const begun = await within(async (tx) => {
    const erasure = await tx.one<{ contact_id: string; requested_by: string; state: string }>(
      "select contact_id, requested_by, state from erasure where organisation_id = $1 and id = $2 and state <> 'done'",
      [organisationId, erasureId],
    );
    if (!erasure) return null;
    const isHeld = await tx.one(
      "select 1 from demand where organisation_id = $1 and holds_evidence and closed_at is null limit 1",
      [organisationId],
    );
    if (isHeld) {
      await holdBack(tx, ports, erasureId);
      return null;
    }
    const person = await holdWholePerson(tx, erasure.contact_id);
    return { ...erasure, files: [...(await filesOf(tx, person.contactIds)), ...(await packsOf(tx, person))] };
  });
  if (!begun) return;
  for (const key of begun.files) await ports.store.remove(key);
  await within(async (tx) => {
    const person = await holdWholePerson(tx, begun.contact_id);
    const now = ports.clock.now();
    const sends = await forgetSends(tx, person.contactIds, now);
    const { providerIds, ...said } = await forgetConversations(tx, person.contactIds, now);
    const webhooks = await forgetWebhooks(tx, person, providerIds);
    const answers = await forgetAnswers(tx, person);
    const kept = await forgetPerson(tx, ports, person);
    await finishErasure(tx, ports, {
      id: erasureId,
      requestedBy: begun.requested_by,
      removed: { ...said, ...sends, ...webhooks, answers, ...kept },
    });
  });
}

async function holdBack(tx: Tx, ports: Ports, erasureId: string): Promise<void> {
  const held = await tx.count(
    "update erasure set state = 'held' where organisation_id = $1 and id = $2 and state <> 'held'",
    [tx.organisationId, erasureId],
  );
  const now = ports.clock.now();
  tx.addJob("erasure.run", { erasureId }, { key: `erasure.run ${erasureId}`, runAt: now + heldLookMs });
  if (held > 0)
    tx.emit({ type: "standing.changed", inboxId: null, subject: { what: "erasure", subjectId: erasureId }, at: now });
}

/** Packs made about this person alone go with them. */
async function packsOf(tx: Tx, person: WholePerson): Promise<string[]> {
  const rows = await tx.query<{ storage_key: string | null }>(
    `with about as (select id, storage_key from evidence_pack where organisation_id = $1 and exists (select 1 from unnest($2::text[]) p(id) where position(p.id in subject::text) > 0)),
       gone as (update evidence_pack set state = 'failed', failure = 'erased', storage_key = null where organisation_id = $1 and id in (select id from about))
     select storage_key from about`,
    [tx.organisationId, person.contactIds],
  );
  return rows.flatMap((row) => row.storage_key ?? []);
}

/** How the person is named in JSON, as a whole value: their number with or without a plus, their ids, their mailbox. */
function namesIn({ phones, emails, platformIds }: WholePerson): string[] {
  const values = [...phones, ...phones.map((phone) => phone.slice(1)), ...emails, ...platformIds];
  return [...new Set(values)].map((value) => JSON.stringify(value));
}

/**
 * Raw webhooks: a post may hold several people's elements, so only those that name this person are taken out. What was
 * set aside, noticed, or remembered as worked goes in the same way.
 */
async function forgetWebhooks(
  tx: Tx,
  person: WholePerson,
  providerIds: readonly string[],
): Promise<{ webhooks: number; setAside: number; notices: number }> {
  const names = namesIn(person);
  const messageIds = new Set(providerIds);
  const touched: string[] = [];
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const rows: { id: string; body: Buffer }[] = await tx.query(
      `select id, body from inbound_receipt where organisation_id = $1 and id > $2 and state = 'done'
         and exists (select 1 from unnest($3::text[]) n(name) where position(convert_to(n.name, 'UTF8') in body) > 0) order by id limit $4`,
      [tx.organisationId, after, names, receiptBatch],
    );
    for (const { id, body } of rows) {
      const { rest, removed } = withoutPerson(body, names);
      for (const text of removed) for (const [found] of text.matchAll(/wamid\.[\w+/=-]+/g)) messageIds.add(found);
      await tx.query("update inbound_receipt set body = $3 where organisation_id = $1 and id = $2", [
        tx.organisationId,
        id,
        rest,
      ]);
    }
    touched.push(...rows.map((row) => row.id));
    const last = rows.at(-1);
    if (!last || rows.length < receiptBatch) break;
    after = last.id;
  }
  await tx.query(
    `delete from inbound_element e using unnest($2::text[]) p(id) where e.organisation_id = $1
       and (e.element_key in ('message:' || p.id, 'echo:' || p.id) or (e.element_key >= 'status:' || p.id || ':' and e.element_key < 'status:' || p.id || ';'))`,
    [tx.organisationId, [...messageIds]],
  );
  const named = (column: string) =>
    `exists (select 1 from unnest($2::text[]) n(name) where position(n.name in ${column}) > 0)`;
  const values = [tx.organisationId, [...names, ...messageIds]];
  const setAside = await tx.count(
    `update inbound_quarantine set element = case when ${named("element::text")} then null else element end, reason = 'Erased with a person it was about.'
     where organisation_id = $1 and (receipt_id = any($3::uuid[]) or ${named("element::text")})`,
    [...values, touched],
  );
  const notices = await tx.count(
    `update platform_notice set detail = '{}' where organisation_id = $1 and ${named("detail::text")}`,
    values,
  );
  return { webhooks: touched.length, setAside, notices };
}

/** A webhook's body without the elements that name somebody. Nothing of it where it cannot be taken apart. */
export function withoutPerson(
  body: Uint8Array,
  names: readonly string[],
): { readonly rest: Buffer; readonly removed: readonly string[] } {
  const isNamed = (text: string) => names.some((name) => text.includes(name));
  const removed: string[] = [];
  const prune = (value: unknown): unknown => {
    if (Array.isArray(value))
      return value.flatMap((element): unknown[] => {
        const text = JSON.stringify(element);
        if (!isNamed(text)) return [element];
        // An entry or a change holds lists of its own; a message or a status is one person's.
        const smaller = hasLists(element) ? prune(element) : element;
        if (isNamed(JSON.stringify(smaller))) {
          removed.push(text);
          return [];
        }
        return [smaller];
      });
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, prune(each)]));
    return value;
  };
  const whole = Buffer.from(body).toString("utf8");
  try {
    const rest = JSON.stringify(prune(JSON.parse(whole)));
    if (!isNamed(rest)) return { rest: Buffer.from(rest), removed };
  } catch {
    // not JSON after all
  }
  return { rest: Buffer.alloc(0), removed: [whole] };
}

/** Whether something is a container of elements, like an entry with its changes, and not an element itself. */
function hasLists(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { changes, value: inner } = value as { changes?: unknown; value?: unknown };
  return Array.isArray(changes) || (typeof inner === "object" && inner !== null && "field" in value);
}

/** Answers kept for repeated requests may show the person. */
async function forgetAnswers(tx: Tx, person: WholePerson): Promise<number> {
  const names = [...person.contactIds, ...namesIn(person)];
  return tx.count(
    `delete from idempotency_key where organisation_id = $1
       and exists (select 1 from unnest($2::text[]) n(name) where position(n.name in body::text) > 0
         or exists (select 1 from conversation v where v.organisation_id = $1 and v.contact_id = any($3::uuid[]) and position(v.id::text in body::text) > 0))`,
    [tx.organisationId, names, person.contactIds],
  );
}
