import { type MessageContent, renderTemplate } from "@loket/channels";
import { parseTemplate } from "@loket/channels/whatsapp";
import { putHistoryOnRecord } from "@loket/contacts";
import type { Tx } from "@loket/database";
import type { InboxId, OrganisationId, SenderId } from "@loket/kit";
import type { Ports } from "../ports.ts";
import { bakeryPast } from "./bakery.ts";
import { drawPicture } from "./pictures.ts";
import { radioPast } from "./radio.ts";
import type { Person, Picture, Told } from "./story.ts";
import { type PlatformFile, type RenderedForBoth, type Row, type Table, tables, unfold } from "./unfold.ts";
import type { DemoOrganisation } from "./world.ts";

export interface HistoryTarget {
  readonly organisationId: OrganisationId;
  readonly organisation: DemoOrganisation;
  readonly senderId: SenderId;
  readonly inboxId: InboxId;
  /** The platform's id of the number. */
  readonly numberId: string;
  readonly sandboxUrl: string;
}

const pasts: Readonly<Record<DemoOrganisation["key"], Told | null>> = {
  bakery: bakeryPast,
  radio: radioPast,
  agency: null,
};

/**
 * Weeks of conversations, written here and on the phones with the same ids, times and statuses. The phones are told as
 * the transaction's last act: should they refuse, nothing is kept here either.
 */
export async function seedHistory(ports: Ports, target: HistoryTarget): Promise<void> {
  const told = pasts[target.organisation.key];
  if (!told) return;
  const { organisationId, senderId, inboxId } = target;
  const [userIds, files] = await Promise.all([
    setUpPhones(ports, target, told.people),
    uploadPictures(ports, target, told),
  ]);
  const after = await ports.app.inOrganisation(organisationId, async (tx) => {
    const [members, labels, templates, sender] = await Promise.all([
      tx.query<{ id: string; name: string }>(
        'select m.id, u.name from member m join auth."user" u on u.id = m.person_id where m.organisation_id = $1',
        [organisationId],
      ),
      tx.query<{ id: string; name: string }>("select id, name from label where organisation_id = $1", [organisationId]),
      tx.query<TemplateRow>(
        "select provider_id as id, name, language, category, status, parameter_format, components from template where organisation_id = $1 and sender_id = $2",
        [organisationId, senderId],
      ),
      tx.one<{ portfolio_id: string }>("select portfolio_id from sender where organisation_id = $1 and id = $2", [
        organisationId,
        senderId,
      ]),
    ]);
    const past = unfold(told, {
      now: ports.clock.now(),
      timeZone: target.organisation.timeZone,
      ids: ports.ids,
      organisationId,
      senderId,
      inboxId,
      memberId: (name) => idOf(members, name),
      labelId: (name) => idOf(labels, name),
      userId: (phone) => have(userIds.get(phone)?.[sender?.portfolio_id ?? ""], `user id of ${phone}`),
      file: (picture) => have(files.get(picture), `picture ${picture}`),
      render: (content) => render(templates, content),
    });
    await Promise.all(past.files.map(({ key, bytes }) => ports.store.put(key, bytes, "image/png")));
    for (const table of tables) await insertAll(tx, table, past.rows[table]);
    await putHistoryOnRecord(
      tx,
      ports,
      past.rows.contact.map((row) => String(row.id)),
    );
    for (const { conversationId, at } of past.wakes)
      tx.addJob("conversation.wake", { conversationId }, { runAt: at, key: `wake ${conversationId}` });
    await Promise.all(
      past.phones
        .filter(({ messages }) => messages.length > 0)
        .map(({ phone, messages }) =>
          tellSandbox(ports, target, "POST", `phones/${encodeURIComponent(phone)}/history`, {
            to: target.numberId,
            messages,
          }),
        ),
    );
    return past;
  });
  // The platform tells us of a preference by webhook, which must find the person; so this waits until they are there.
  for (const { phone } of after.phones.filter(({ marketingStopped }) => marketingStopped))
    await tellSandbox(ports, target, "POST", `phones/${encodeURIComponent(phone)}/actions`, {
      type: "stop-marketing",
      to: target.numberId,
    });
}

/** All rows of a table in one statement; columns are those of the first row, and every row has the same. */
async function insertAll(tx: Tx, table: Table, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first).join(", ");
  await tx.query(
    `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
    [JSON.stringify(rows)],
  );
}

/** The people's phones, with the user ids by which the platform will name them: per portfolio. */
async function setUpPhones(
  ports: Ports,
  target: HistoryTarget,
  people: readonly Person[],
): Promise<Map<string, Readonly<Record<string, string>>>> {
  const entries = people.map(async (person) => {
    const answer = await tellSandbox(ports, target, "PUT", `phones/${encodeURIComponent(person.phone)}`, {
      name: person.name,
      language: person.language,
      hideNumber: person.hidden ?? false,
      onWhatsApp: !person.unreachable,
    });
    return [person.phone, answer.userIds as Record<string, string>] as const;
  });
  return new Map(await Promise.all(entries));
}

async function uploadPictures(ports: Ports, target: HistoryTarget, told: Told): Promise<Map<Picture, PlatformFile>> {
  const pictures = new Set(
    told.people.flatMap(({ conversations }) =>
      conversations.flat().flatMap((step) => (step.kind === "message" && step.picture ? [step.picture] : [])),
    ),
  );
  const entries = [...pictures].map(async (picture) => {
    const bytes = drawPicture(picture);
    const { id } = await tellSandbox(ports, target, "POST", "media", {
      data: Buffer.from(bytes).toString("base64"),
      mime_type: "image/png",
      filename: `${picture}.png`,
    });
    return [picture, { id: String(id), bytes }] as const;
  });
  return new Map(await Promise.all(entries));
}

async function tellSandbox(
  ports: Ports,
  target: HistoryTarget,
  method: "PUT" | "POST",
  path: string,
  body: unknown,
): Promise<Row> {
  const answer = await ports.network.request({
    method,
    url: `${target.sandboxUrl}/_sandbox/${path}`,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = answer.kind === "answered" ? Buffer.from(answer.body).toString("utf8") : answer.detail;
  if (answer.kind !== "answered" || answer.status !== 200)
    throw new Error(`The sandbox did not take ${method} ${path}: ${text}`);
  return JSON.parse(text) as Row;
}

interface TemplateRow {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly category: string;
  readonly status: string;
  readonly parameter_format: string;
  readonly components: readonly Row[];
}

/** A template's words as Loket keeps them, and its parts as a phone shows them. */
function render(
  templates: readonly TemplateRow[],
  content: Extract<MessageContent, { type: "template" }>,
): RenderedForBoth {
  const { name, language } = content.template;
  const row = templates.find((candidate) => candidate.name === name && candidate.language === language.code);
  const template = row && parseTemplate(row);
  if (!row || !template) throw new Error(`There is no template ${name} in ${language.code}.`);
  const { header, body, footer, text } = renderTemplate(template, content);
  const buttons = row.components.find(({ type }) => type === "BUTTONS")?.buttons ?? [];
  return {
    text,
    rendered: {
      header: header?.text === undefined ? null : { type: "text", text: header.text },
      body,
      footer: footer ?? null,
      buttons,
      cards: [],
    },
  };
}

function idOf(rows: readonly { readonly id: string; readonly name: string }[], name: string): string {
  return have(rows.find((row) => row.name === name)?.id, name);
}

function have<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`The demo's past speaks of ${what}, which is not there.`);
  return value;
}
