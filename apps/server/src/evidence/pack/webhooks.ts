import type { Section } from "./document.ts";
import { present, type Source } from "./source.ts";

const mostReceipts = 500;
const statusWords = ["sent", "delivered", "read", "played", "failed", "deleted", "warning"];

/**
 * The webhooks about the person or the message, byte by byte as they came, where nobody else stands in them. They are
 * signed with a secret we hold as well, which convinces us and nobody else; they are packed so that both sides can be
 * compared all the same. Gives back how the section that names them reads.
 */
export async function withWebhooks(source: Source, section: Section): Promise<Section> {
  const { say, subject, tx } = source;
  if (subject.contactIds === null)
    return section.absent !== null
      ? section
      : present(
          section.id,
          section.title,
          [
            ...section.blocks,
            {
              kind: "text",
              text: say(
                "Raw webhooks are left out: they hold telephone numbers. They are in packs about one person or message.",
                "Ruwe webhooks zijn weggelaten: er staan telefoonnummers in. Ze zitten in pakketten over één persoon of bericht.",
                "Rohe Webhooks sind weggelassen: sie enthalten Telefonnummern. Sie liegen Paketen über eine Person oder Nachricht bei.",
              ),
            },
          ],
          section.files,
        );
  const provider = subject.message
    ? [subject.message.providerId]
    : (
        await tx.query<{ id: string }>(
          `select m.provider_id as id from message m join conversation c on c.organisation_id = m.organisation_id and c.id = m.conversation_id
           where m.organisation_id = $1 and c.contact_id = any($2::uuid[]) and m.provider_id is not null order by m.created_at desc limit ${mostReceipts}`,
          [tx.organisationId, subject.contactIds],
        )
      ).map((row) => row.id);
  const keys = provider.flatMap((id) =>
    id === null ? [] : [`message:${id}`, ...statusWords.map((word) => `status:${id}:${word}`)],
  );
  const [receipts, addresses] = await Promise.all([
    tx.query<{ id: string; body: Buffer; received_at: number }>(
      `select r.id, r.body, r.received_at from inbound_receipt r where r.organisation_id = $1 and r.id in (
         select e.receipt_id from inbound_element e where e.organisation_id = $1 and e.element_key = any($2::text[])) order by r.received_at, r.id limit ${mostReceipts}`,
      [tx.organisationId, keys],
    ),
    tx.query<{ value: string }>(
      "select value from address where organisation_id = $1 and contact_id = any($2::uuid[])",
      [tx.organisationId, subject.contactIds],
    ),
  ]);
  const own = new Set(addresses.map(({ value }) => value.replace(/^\+/, "")));
  const shown = receipts.filter(({ body }) => namesNobodyElse(body, own));
  const files = shown.map(({ id, body }) => source.file(`webhooks/${id}.json`, new Uint8Array(body)));
  if (receipts.length === 0) return section;
  const words = say(
    `Raw webhooks: ${shown.length} are in webhooks/, ${receipts.length - shown.length} are left out because other people stand in them as well.`,
    `Ruwe webhooks: ${shown.length} staan in webhooks/, ${receipts.length - shown.length} zijn weggelaten omdat er ook anderen in staan.`,
    `Rohe Webhooks: ${shown.length} liegen in webhooks/, ${receipts.length - shown.length} sind weggelassen, weil darin auch andere stehen.`,
  );
  return {
    ...section,
    absent: null,
    blocks: [...section.blocks, { kind: "text", text: words }],
    files: [...section.files, ...(files.length > 0 ? ["webhooks/"] : [])],
  };
}

/** Every field in which the platform names a customer names this one. */
function namesNobodyElse(body: Buffer, own: ReadonlySet<string>): boolean {
  const naming = new Set(["wa_id", "from", "recipient_id", "user_id", "to"]);
  const isOwn = (value: unknown): boolean => {
    if (Array.isArray(value)) return value.every(isOwn);
    if (typeof value !== "object" || value === null) return true;
    return Object.entries(value).every(([name, inner]) =>
      naming.has(name) && typeof inner === "string" ? own.has(inner) : isOwn(inner),
    );
  };
  try {
    return isOwn(JSON.parse(body.toString("utf8")));
  } catch {
    return false;
  }
}
