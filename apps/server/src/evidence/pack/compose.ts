import type { Locale } from "@loket/contract";
import type { Tx } from "@loket/database";
import { verifierFiles } from "@loket/evidence";
import { fingerprintOfLine } from "@loket/evidence/ledger";
import type { Instant, Keys } from "@loket/kit";
import { bookVersion } from "@loket/policy";
import { accountSections } from "./account-sections.ts";
import { campaignSection } from "./campaign-section.ts";
import { consentSections } from "./consent-sections.ts";
import { type PackDocument, type Section, sayIn } from "./document.ts";
import type { OpenedEntry } from "./entries.ts";
import { houseSections } from "./house-sections.ts";
import { messageSections } from "./message-sections.ts";
import { createSource } from "./source.ts";
import type { Subject } from "./subject.ts";
import { itemIds, titlesIn } from "./titles.ts";
import { withWebhooks } from "./webhooks.ts";

export interface Composed {
  readonly document: PackDocument;
  readonly purpose: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Everything of a pack but the log itself: the document, and the files that hold what it tells in full. */
export async function composePack(
  tx: Tx,
  keys: Keys,
  from: {
    readonly subject: Subject;
    readonly locale: Locale;
    readonly since: Instant | null;
    readonly until: Instant | null;
    readonly madeAt: Instant;
    readonly entries: readonly OpenedEntry[];
    readonly checkpoint: string;
    readonly logKey: string;
    readonly allegations: readonly string[];
  },
): Promise<Composed> {
  const { subject, locale, madeAt } = from;
  const files = new Map<string, Uint8Array>();
  const source = createSource(
    { tx, keys, locale, subject, since: from.since, until: from.until ?? madeAt, entries: from.entries },
    files,
  );
  const { say } = source;
  const titles = titlesIn(locale);
  const written = [
    ...(await accountSections(source, titles)),
    ...(await consentSections(source, titles)),
    ...(await messageSections(source, titles)),
    ...(await houseSections(source, titles)),
  ];
  const byId = new Map(written.map((section) => [section.id, section]));
  const sections: Section[] = [];
  for (const id of itemIds) {
    const section = byId.get(id);
    if (!section) throw new Error(`Nobody wrote ${id}.`);
    sections.push(id === "P19" ? await withWebhooks(source, section) : section);
  }
  const letter = allegationsOf(from.allegations, locale);
  for (const { path, bytes } of verifierFiles()) files.set(path, bytes);
  const organisation = await tx.one<{ name: string }>("select name from organisation where organisation_id = $1", [
    tx.organisationId,
  ]);
  const period =
    from.since === null && from.until === null
      ? say("Everything up to then", "Alles tot dan", "Alles bis dahin")
      : `${source.time(from.since)} – ${source.time(source.until)}`;
  const document: PackDocument = {
    locale,
    title: say("Evidence pack", "Bewijspakket", "Nachweispaket"),
    subject: subject.words,
    organisation: organisation?.name ?? "",
    cover: [
      [say("Made", "Gemaakt", "Erstellt"), source.time(madeAt)],
      [say("Period", "Periode", "Zeitraum"), period],
      [say("Terms book", "Regelboek", "Regelbuch"), bookVersion],
      [
        say("Entries of the log behind it", "Regels uit het logboek erachter", "Einträge des Protokolls dahinter"),
        source.number(from.entries.length),
      ],
      [
        say("Hash of the whole", "Hash van het geheel", "Hash des Ganzen"),
        say(
          "in manifest.note, signed with the key below",
          "in manifest.note, ondertekend met de sleutel hieronder",
          "in manifest.note, unterzeichnet mit dem Schlüssel unten",
        ),
      ],
    ],
    seal: { fingerprint: fingerprintOfLine(from.logKey), checkpoint: from.checkpoint },
    sections: [letter, await campaignSection(source), ...sections].filter((section) => section !== null),
  };
  return { document, purpose: `${document.title}: ${subject.words}`, files };
}

/** What a letter says, beside where each point is answered: one line per allegation. */
function allegationsOf(allegations: readonly string[], locale: Locale): Section | null {
  if (allegations.length === 0) return null;
  const say = sayIn(locale);
  return {
    id: "P0",
    title: say(
      "What the letter says, point by point",
      "Wat de brief stelt, punt voor punt",
      "Was das Schreiben behauptet, Punkt für Punkt",
    ),
    blocks: [
      {
        kind: "text",
        text: say(
          "The facts are in the items named in your answer. Write beside each point its clause, the fact and the item of this pack.",
          "De feiten staan in de onderdelen die je antwoord noemt. Schrijf bij elk punt het artikel, het feit en het onderdeel van dit pakket.",
          "Die Tatsachen stehen in den Abschnitten, die Ihre Antwort nennt. Schreiben Sie zu jedem Punkt die Klausel, die Tatsache und den Abschnitt dieses Pakets.",
        ),
      },
      { kind: "list", items: allegations },
    ],
    files: [],
    absent: null,
  };
}
