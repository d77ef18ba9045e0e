import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bookVersion } from "@loket/policy";
import { leftOut } from "./consent-sections.ts";
import { type Cell, csv } from "./csv.ts";
import { type Block, type Fact, type Section, tableOf } from "./document.ts";
import { changesFile } from "./message-sections.ts";
import { absent, none, present, type Source, within } from "./source.ts";
import type { ItemId } from "./titles.ts";

type Titles = Readonly<Record<ItemId, string>>;

/** Who, over which road, on what terms, and what the platform said of it: P1 to P4, P12, P13. */
export async function accountSections(source: Source, titles: Titles): Promise<Section[]> {
  const isOfOne = source.subject.contactIds !== null;
  const aside = (id: ItemId) => absent(id, titles[id], leftOut(source));
  return [
    await cover(source, titles.P1),
    isOfOne ? aside("P2") : await transport(source, titles.P2),
    isOfOne ? aside("P3") : await contracts(source, titles.P3),
    isOfOne ? aside("P4") : await pricing(source, titles.P4),
    isOfOne ? aside("P12") : await quality(source, titles.P12),
    isOfOne ? aside("P13") : await accountActions(source, titles.P13),
  ];
}

interface SenderRow {
  id: string;
  name: string;
  channel: string;
  address: string;
  country: string;
  provider_account_id: string | null;
  provider_sender_id: string | null;
  portfolio_id: string | null;
  api_url: string | null;
  state: string;
  quality: string;
  disabled: boolean;
  stopped: string | null;
  stopped_at: number | null;
  created_at: number;
}

const readSenders = (source: Source) =>
  source.rows<SenderRow>(
    `select s.id, s.name, s.channel, s.address, s.country, s.provider_account_id, s.provider_sender_id, s.portfolio_id, s.api_url, s.state, s.quality, s.disabled, s.stopped, s.stopped_at, s.created_at
     from sender s where s.organisation_id = $1 and ${within({ sender: "s.id" })} order by s.created_at, s.id`,
  );

async function cover(source: Source, title: string): Promise<Section> {
  const { say, subject } = source;
  const organisation = await source.tx.one<{
    name: string;
    home_country: string;
    time_zone: string;
    created_at: number;
  }>("select name, home_country, time_zone, created_at from organisation where organisation_id = $1", [
    source.tx.organisationId,
  ]);
  const senders = await readSenders(source);
  const facts: Fact[] = [
    [say("Business", "Bedrijf", "Unternehmen"), organisation?.name ?? ""],
    [say("Country", "Land", "Land"), organisation?.home_country ?? ""],
    [say("Here since", "Hier sinds", "Hier seit"), source.time(organisation?.created_at ?? null)],
    [say("Terms book", "Regelboek", "Regelbuch"), bookVersion],
  ];
  const blocks: Block[] = [{ kind: "facts", facts }];
  if (subject.isOwn) {
    const addresses = await source.rows<{ channel: string; value: string; current: boolean; created_at: number }>(
      `select a.channel, a.value, a.current, a.created_at from address a where a.organisation_id = $1 and ${within({ contact: "a.contact_id" })} order by a.created_at, a.id`,
    );
    blocks.push(
      tableOf(
        [
          { title: say("Your address here", "Je adres hier", "Ihre Adresse hier"), wide: true },
          { title: say("Channel", "Kanaal", "Kanal") },
          { title: say("Since", "Sinds", "Seit") },
          { title: say("In use", "In gebruik", "In Gebrauch") },
        ],
        addresses.map((row) => [
          row.value,
          row.channel,
          source.time(row.created_at),
          row.current ? say("yes", "ja", "ja") : say("no", "nee", "nein"),
        ]),
      ),
    );
  }
  const file = source.file(
    "data/senders.csv",
    csv(
      [
        "name",
        "channel",
        "address",
        "country",
        "number_id",
        "account_id",
        "portfolio_id",
        "connected_at",
        "state",
        "stopped",
        "stopped_at",
      ],
      senders.map((row): Cell[] => [
        row.name,
        row.channel,
        row.address,
        row.country,
        row.provider_sender_id,
        row.provider_account_id,
        row.portfolio_id,
        source.time(row.created_at),
        row.state,
        row.stopped,
        row.stopped_at === null ? null : source.time(row.stopped_at),
      ]),
    ),
  );
  blocks.push(
    tableOf(
      [
        { title: say("Sender", "Afzender", "Absender"), wide: true },
        { title: say("Address", "Adres", "Adresse") },
        { title: say("Account", "Account", "Konto") },
        { title: say("Since", "Sinds", "Seit") },
      ],
      senders.map((row) => [row.name, row.address, row.provider_account_id, source.time(row.created_at)]),
    ),
    {
      kind: "text",
      text: say(
        "The legal entity and its register number are not recorded in Loket; add them to your letter.",
        "De rechtspersoon en het registratienummer staan niet in Loket; zet ze in je brief.",
        "Die juristische Person und ihre Registernummer stehen nicht in Loket; nennen Sie sie in Ihrem Schreiben.",
      ),
    },
  );
  return present("P1", title, blocks, [file]);
}

/** Programs that reach a messenger by other than its official interface; none of them may be among our dependencies. */
const unofficial =
  /baileys|whatsapp-web|whatsapp-api-js-unofficial|venom-bot|wppconnect|open-wa|yowsup|whatsmeow|whatsmeow-node|mautrix|gramjs|telegram-mtproto|tdl$|puppeteer|selenium/i;

interface Dependency {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/** What this program is made of, as the lock file names it, without what only its development needs. */
export function readDependencies(): readonly Dependency[] | null {
  const file = fileURLToPath(new URL("../../../../../package-lock.json", import.meta.url));
  if (!existsSync(file)) return null;
  const { packages } = JSON.parse(readFileSync(file, "utf8")) as {
    packages: Record<string, { version?: string; license?: string; dev?: boolean; link?: boolean }>;
  };
  return Object.entries(packages)
    .filter(([path, one]) => path.startsWith("node_modules/") && !one.dev && !one.link)
    .map(([path, one]) => ({
      name: path.slice(path.lastIndexOf("node_modules/") + 13),
      version: one.version ?? "",
      license: one.license ?? "",
    }))
    .sort((a, b) => (a.name === b.name ? (a.version < b.version ? -1 : 1) : a.name < b.name ? -1 : 1));
}

async function transport(source: Source, title: string): Promise<Section> {
  const { say } = source;
  const senders = await readSenders(source);
  const dependencies = readDependencies();
  const files: string[] = [];
  const blocks: Block[] = [
    {
      kind: "text",
      text: say(
        "Every message leaves over the platform's official interface, named here with its address. There is no other road in this program: what sends is one module, and the list of everything the program is made of is in the pack.",
        "Elk bericht vertrekt over de officiële interface van het platform, hier met adres genoemd. Een andere weg is er in dit programma niet: wat verzendt is één module, en de lijst van alles waaruit het programma bestaat zit in het pakket.",
        "Jede Nachricht geht über die offizielle Schnittstelle der Plattform hinaus, hier mit Adresse genannt. Einen anderen Weg gibt es in diesem Programm nicht: gesendet wird in einem Modul, und die Liste alles dessen, woraus das Programm besteht, liegt bei.",
      ),
    },
    tableOf(
      [
        { title: say("Sender", "Afzender", "Absender"), wide: true },
        { title: say("Interface", "Interface", "Schnittstelle"), wide: true },
        { title: say("First day", "Eerste dag", "Erster Tag") },
        { title: say("Last day", "Laatste dag", "Letzter Tag") },
      ],
      senders.map((row) => [
        `${row.name} (${row.address})`,
        row.api_url ? new URL(row.api_url).host : row.channel === "whatsapp" ? "graph.facebook.com" : row.channel,
        source.time(row.created_at).slice(0, 10),
        row.disabled ? source.time(row.stopped_at) : say("still connected", "nog verbonden", "noch verbunden"),
      ]),
    ),
  ];
  if (dependencies === null)
    blocks.push({
      kind: "text",
      text: say(
        "The list of dependencies is not in this installation.",
        "De lijst van onderdelen ontbreekt in deze installatie.",
        "Die Liste der Bestandteile fehlt in dieser Installation.",
      ),
    });
  else {
    const found = dependencies.filter(({ name }) => unofficial.test(name));
    files.push(
      source.file(
        "data/dependencies.csv",
        csv(
          ["name", "version", "license"],
          dependencies.map((one): Cell[] => [one.name, one.version, one.license]),
        ),
      ),
    );
    blocks.push({
      kind: "facts",
      facts: [
        [
          say("Parts of the program", "Onderdelen van het programma", "Bestandteile des Programms"),
          source.number(dependencies.length),
        ],
        [
          say(
            "Known unofficial clients among them",
            "Bekende onofficiële clients daarin",
            "Bekannte inoffizielle Clients darunter",
          ),
          found.length === 0 ? "0" : found.map(({ name }) => name).join(", "),
        ],
      ],
    });
  }
  return present("P2", title, blocks, files);
}

async function contracts(source: Source, title: string): Promise<Section> {
  const { say } = source;
  const agreed = source.entries.filter(({ type }) => type === "agreement.recorded");
  const settings = await readSettings(source);
  if (agreed.length === 0 && settings === undefined)
    return absent(
      "P3",
      title,
      say(
        "No contract is recorded in Loket: attach the acceptance of the platform's terms, the provider's contract and the processing agreement, each with its date.",
        "In Loket is geen contract vastgelegd: voeg de aanvaarding van de platformvoorwaarden, het contract met de aanbieder en de verwerkersovereenkomst bij, elk met datum.",
        "In Loket ist kein Vertrag aufgezeichnet: fügen Sie die Annahme der Plattformbedingungen, den Vertrag mit dem Anbieter und den Auftragsverarbeitungsvertrag bei, jeweils mit Datum.",
      ),
    );
  const blocks: Block[] = [];
  if (agreed.length > 0)
    blocks.push(
      tableOf(
        [{ title: say("Time (UTC)", "Tijd (UTC)", "Zeit (UTC)") }, { title: say("What", "Wat", "Was"), wide: true }],
        agreed.map(({ at, body }) => [source.time(at), JSON.stringify(body)]),
      ),
    );
  if (settings !== undefined)
    blocks.push({
      kind: "facts",
      facts: [
        [
          say(
            "Platform terms accepted, by the business's own word",
            "Platformvoorwaarden aanvaard, naar eigen zeggen",
            "Plattformbedingungen angenommen, nach eigener Angabe",
          ),
          settings.termsAccepted === false ? say("no", "nee", "nein") : say("yes", "ja", "ja"),
        ],
        [
          say("Account shared with others", "Account gedeeld met anderen", "Konto mit anderen geteilt"),
          settings.accountShared ? say("yes", "ja", "ja") : say("no", "nee", "nein"),
        ],
      ],
    });
  blocks.push({
    kind: "text",
    text: say(
      "The documents themselves are not kept in Loket; attach them.",
      "De documenten zelf staan niet in Loket; voeg ze bij.",
      "Die Dokumente selbst liegen nicht in Loket; fügen Sie sie bei.",
    ),
  });
  return present("P3", title, blocks);
}

async function pricing(source: Source, title: string): Promise<Section> {
  const { say } = source;
  const settings = await readSettings(source);
  if (settings === undefined)
    return absent(
      "P4",
      title,
      say(
        "Loket keeps no price list. Attach yours, with a sample invoice, and say that nothing is charged for the platform itself, or attach the authorisation.",
        "Loket bewaart geen prijslijst. Voeg die van jou bij, met een voorbeeldfactuur, en zeg dat voor het platform zelf niets wordt gerekend, of voeg de toestemming bij.",
        "Loket bewahrt keine Preisliste auf. Fügen Sie Ihre bei, mit einer Musterrechnung, und erklären Sie, dass für die Plattform selbst nichts berechnet wird, oder fügen Sie die Genehmigung bei.",
      ),
    );
  return present("P4", title, [
    {
      kind: "facts",
      facts: [
        [
          say(
            "Charges for WhatsApp itself, by its own word",
            "Rekent voor WhatsApp zelf, naar eigen zeggen",
            "Berechnet WhatsApp selbst, nach eigener Angabe",
          ),
          settings.chargesForWhatsApp ? say("yes", "ja", "ja") : say("no", "nee", "nein"),
        ],
        [
          say("Agreement to resell", "Overeenkomst om door te verkopen", "Vertrag zum Weiterverkauf"),
          settings.resaleAgreement ? say("yes", "ja", "ja") : say("no", "nee", "nein"),
        ],
      ],
    },
  ]);
}

/** What the business says of itself; `undefined` where it has said nothing. */
async function readSettings(source: Source): Promise<Record<string, unknown> | undefined> {
  const row = await source.tx.one<{ settings: { standing?: Record<string, unknown> } }>(
    "select settings from organisation where organisation_id = $1",
    [source.tx.organisationId],
  );
  return row?.settings.standing;
}

const readChanges = (source: Source) =>
  source.rows<{
    subject: string;
    field: string;
    before: string | null;
    after: string | null;
    reason: string | null;
    at: number;
  }>(
    `select c.subject, c.field, c.before, c.after, c.reason, c.at from standing_change c
     where c.organisation_id = $1 and c.subject = 'sender' and ${within({ sender: "c.sender_id", at: "c.at" })} order by c.at, c.id`,
  );

const changeTable = (source: Source, changes: Awaited<ReturnType<typeof readChanges>>) =>
  tableOf(
    [
      { title: source.say("Time (UTC)", "Tijd (UTC)", "Zeit (UTC)") },
      { title: source.say("What", "Wat", "Was") },
      { title: source.say("Before", "Voor", "Vorher") },
      { title: source.say("After", "Na", "Nachher") },
      { title: source.say("Why", "Waarom", "Warum"), wide: true },
    ],
    changes.map((row) => [source.time(row.at), row.field, row.before, row.after, row.reason]),
  );

async function quality(source: Source, title: string): Promise<Section> {
  const { say } = source;
  const [senders, failures, changes, complaints] = await Promise.all([
    readSenders(source),
    source.rows<{ code: string; title: string; count: number }>(
      `select a.failure->>'code' as code, min(a.failure->>'title') as title, count(*)::int as count from attempt a
       where a.organisation_id = $1 and a.failure is not null and ${within({ contact: "a.contact_id", sender: "a.sender_id", at: "a.intent_at", delivery: "a.delivery_id" })} group by 1 order by 3 desc, 1`,
    ),
    readChanges(source),
    source.rows<{ source: string; count: number }>(
      `select s.source, count(*)::int as count from suppression s where s.organisation_id = $1 and s.source in ('complaint', 'block', 'bounce') and ${within({ contact: "s.contact_id", at: "s.at" })} group by 1 order by 1`,
    ),
  ]);
  const qualities = changes.filter(({ field }) => field === "quality");
  const files = [
    source.file(
      "data/failures.csv",
      csv(
        ["code", "title", "count"],
        failures.map((row): Cell[] => [row.code, row.title, row.count]),
      ),
    ),
  ];
  if (qualities.length > 0) files.push(changesFile(source, "data/quality.csv", qualities));
  const blocks: Block[] = [
    {
      kind: "facts",
      facts: [
        ...senders.map(
          (row): Fact => [
            say(`Quality of ${row.name} today`, `Kwaliteit van ${row.name} vandaag`, `Qualität von ${row.name} heute`),
            row.quality,
          ],
        ),
        ...["complaint", "block", "bounce"].map(
          (name): Fact => [
            {
              complaint: say("Complaints", "Klachten", "Beschwerden"),
              block: say("Blocks told", "Gemelde blokkades", "Gemeldete Sperren"),
              bounce: say("Bounces", "Onbestelbaar", "Unzustellbar"),
            }[name] ?? name,
            source.number(complaints.find((row) => row.source === name)?.count ?? 0),
          ],
        ),
      ],
    },
  ];
  if (qualities.length > 0) blocks.push(changeTable(source, qualities));
  if (failures.length > 0)
    blocks.push({
      kind: "bars",
      title: say(
        "Refused by the platform, by its code",
        "Door het platform geweigerd, per code",
        "Von der Plattform abgelehnt, je Code",
      ),
      upright: false,
      series: [say("messages", "berichten", "Nachrichten")],
      bars: failures
        .slice(0, 12)
        .map((row) => ({ label: `${row.code} ${row.title}`.slice(0, 60), values: [row.count] })),
    });
  return present("P12", title, blocks, files);
}

async function accountActions(source: Source, title: string): Promise<Section> {
  const { say } = source;
  const changes = (await readChanges(source)).filter(({ field }) => field !== "quality");
  if (changes.length === 0)
    return none(
      "P13",
      title,
      say(
        "No warning, restriction, appeal or change of an account was told in this period.",
        "In deze periode is geen waarschuwing, beperking, bezwaar of wijziging van een account gemeld.",
        "In diesem Zeitraum wurde keine Warnung, Einschränkung, Beschwerde oder Änderung eines Kontos gemeldet.",
      ),
    );
  return present(
    "P13",
    title,
    [changeTable(source, changes)],
    [changesFile(source, "data/account-changes.csv", changes)],
  );
}
