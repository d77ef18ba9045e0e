import { explainError } from "@loket/channels";
import { type Campaign, countCampaign, countReasons, readCampaign, readPlannedTemplate } from "@loket/newsletters";
import { ruleById } from "@loket/policy";
import { type Cell, csv } from "./csv.ts";
import { type Block, type Fact, type Section, tableOf } from "./document.ts";
import { personIn, present, type Source } from "./source.ts";

/** What was sent to whom, on what ground, and what became of it. Only in the pack of a campaign. */
export async function campaignSection(source: Source): Promise<Section | null> {
  const { tx, say, subject, number } = source;
  const campaign = subject.campaign && (await readCampaign(tx, subject.campaign.id));
  if (!campaign) return null;
  const [progress, reasons, people, after] = await Promise.all([
    countCampaign(tx, campaign, source.until),
    countReasons(tx, campaign.id),
    tx.query<{
      person: string;
      state: string;
      reached: string | null;
      reason: string | null;
      consent_class: string | null;
      at: number | null;
    }>(
      `select ${personIn("d.contact_id")} as person, d.state, d.reached, coalesce(d.failure->>'detail', d.failure->>'code') as reason,
         (select t.consent_class from attempt t where t.organisation_id = $1 and t.delivery_id = d.id order by t.intent_at desc limit 1) as consent_class, d.settled_at as at
       from delivery d where d.organisation_id = $1 and d.campaign_id = $2 order by d.id`,
      [tx.organisationId, campaign.id],
    ),
    tx.query<{ count: number }>(
      `select count(distinct s.contact_id)::int as count from suppression s join delivery d on d.organisation_id = $1 and d.campaign_id = $2 and d.contact_id = s.contact_id and d.state = 'accepted'
       where s.organisation_id = $1 and s.at >= d.settled_at and s.at < d.settled_at + interval '1 day'`,
      [tx.organisationId, campaign.id],
    ),
  ]);
  const sent = people.filter((row) => row.state === "accepted");
  const classes = Map.groupBy(sent, (row) => row.consent_class ?? "–");
  const blocks: Block[] = [
    { kind: "facts", facts: await factsOf(source, campaign) },
    { kind: "text", text: (await readPlannedTemplate(tx, campaign))?.text ?? campaign.template.name },
    tableOf(
      [
        { title: say("What became of it", "Wat ervan werd", "Was daraus wurde"), wide: true },
        { title: say("People", "Mensen", "Menschen"), numeric: true },
      ],
      (
        [
          [say("In the audience", "In het publiek", "Im Publikum"), progress.audience],
          [
            say("Taken by the platform", "Door het platform aangenomen", "Von der Plattform angenommen"),
            progress.accepted,
          ],
          [say("of these delivered", "waarvan bezorgd", "davon zugestellt"), progress.delivered],
          [say("of these read", "waarvan gelezen", "davon gelesen"), progress.read],
          [say("Failed afterwards", "Daarna mislukt", "Danach gescheitert"), progress.failed],
          [say("Refused", "Geweigerd", "Abgelehnt"), progress.refused],
          [say("Held", "Vastgehouden", "Zurückgehalten"), progress.held],
          [say("Not reachable", "Niet te bereiken", "Nicht erreichbar"), progress.excluded],
          [
            say("Expired or called off", "Verlopen of afgeblazen", "Verfallen oder abgesagt"),
            progress.expired + progress.cancelled,
          ],
          [say("Unknown to this day", "Tot vandaag onbekend", "Bis heute unbekannt"), progress.uncertain],
        ] as const
      ).map(([words, count]) => [words, number(count)]),
    ),
  ];
  if (reasons.length > 0)
    blocks.push(
      tableOf(
        [
          { title: say("Why not", "Waarom niet", "Warum nicht"), wide: true },
          { title: say("Rule or code", "Regel of code", "Regel oder Code") },
          { title: say("People", "Mensen", "Menschen"), numeric: true },
        ],
        reasons.map((row) => [
          ruleById(row.reason)?.title[source.locale] ??
            (/^\d+$/.test(row.reason) ? explainError(row.reason, source.locale) : (row.title ?? row.reason)),
          row.reason,
          number(row.count),
        ]),
      ),
    );
  if (sent.length > 0)
    blocks.push({
      kind: "bars",
      title: say(
        "How well the consent of those it was sent to is proven",
        "Hoe goed de toestemming van de ontvangers is aangetoond",
        "Wie gut die Einwilligung der Empfänger belegt ist",
      ),
      upright: false,
      series: [say("People", "Mensen", "Menschen")],
      bars: [...classes]
        .sort(([one], [other]) => one.localeCompare(other))
        .map(([name, rows]) => ({
          label: name === "–" ? say("none needed", "niet nodig", "nicht nötig") : name,
          values: [rows.length],
        })),
    });
  const stopped = after[0]?.count ?? 0;
  blocks.push({
    kind: "text",
    text: say(
      `Within a day of receiving it, ${number(stopped)} people opted out.`,
      `Binnen een dag na ontvangst meldden ${number(stopped)} mensen zich af.`,
      `Binnen eines Tages nach Erhalt meldeten sich ${number(stopped)} Menschen ab.`,
    ),
  });
  const file = source.file(
    "data/campaign-deliveries.csv",
    csv(
      ["person", "state", "reached", "reason", "consent_class", "at"],
      people.map((row): Cell[] => [
        row.person,
        row.state,
        row.reached,
        row.reason,
        row.consent_class,
        row.at === null ? null : source.time(row.at),
      ]),
    ),
  );
  return present("P0-campaign", say("The campaign", "De campagne", "Die Kampagne"), blocks, [file]);
}

async function factsOf({ tx, say, number, time }: Source, campaign: Campaign): Promise<Fact[]> {
  const sender = await tx.one<{ name: string; address: string }>(
    "select name, address from sender where organisation_id = $1 and id = $2",
    [tx.organisationId, campaign.senderId],
  );
  return [
    [say("Name", "Naam", "Name"), campaign.name],
    [
      say("Sent from", "Verzonden vanaf", "Gesendet von"),
      sender ? `${sender.name} (${sender.address})` : campaign.senderId,
    ],
    [say("Sent as", "Verzonden als", "Gesendet als"), campaign.kind],
    [say("Template", "Sjabloon", "Vorlage"), `${campaign.template.name} (${campaign.template.language.code})`],
    [say("Audience", "Publiek", "Publikum"), audienceInWords(say, number, campaign)],
    [say("Begun", "Begonnen", "Begonnen"), time(campaign.startedAt)],
    [say("Ended", "Afgelopen", "Beendet"), time(campaign.endedAt)],
    [say("Not to be sent after", "Niet te verzenden na", "Nicht zu senden nach"), time(campaign.expiresAt)],
    [
      say(
        "Approved by colleagues of the author",
        "Goedgekeurd door collega's van de maker",
        "Von Kollegen des Verfassers freigegeben",
      ),
      number(campaign.approvedBy.length),
    ],
  ];
}

function audienceInWords(say: Source["say"], number: Source["number"], { audience }: Campaign): string {
  if (audience.kind === "contacts")
    return say(
      `${number(audience.contactIds.length)} people, chosen one by one`,
      `${number(audience.contactIds.length)} mensen, één voor één gekozen`,
      `${number(audience.contactIds.length)} Menschen, einzeln ausgewählt`,
    );
  const parts = [
    audience.language && `${say("language", "taal", "Sprache")} ${audience.language}`,
    audience.region && `${say("country", "land", "Land")} ${audience.region}`,
    audience.importId && `${say("list", "lijst", "Liste")} ${audience.importId}`,
    audience.hasWritten && say("wrote to us before", "schreef ons eerder", "hat uns schon geschrieben"),
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(", ") : say("everybody", "iedereen", "alle");
}
