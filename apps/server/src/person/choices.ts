import {
  type Agreement,
  agreements,
  type ConsentEntry,
  currentWordings,
  liftSuppressions,
  listWordings,
  type Purpose,
  readContact,
  recordConsent,
  standingNow,
  suppress,
  type Wording,
} from "@loket/contacts";
import type { Tx } from "@loket/database";
import { toIso } from "@loket/kit";
import type { Ports } from "../ports.ts";

/** One line of the page: something that was agreed, stopped, or could be agreed to. */
export interface Choice {
  /** Purpose, channel and topic, as the form sends it back. */
  readonly key: string;
  readonly purpose: Purpose;
  readonly channel: string;
  readonly topic: string | null;
  readonly agreement: Agreement | null;
  readonly isOn: boolean;
  /** The words that were agreed to, where they are published here. */
  readonly agreedWording: Wording | null;
  /** The words they would agree to now; without any it can only be switched off. */
  readonly offered: Wording | null;
}

export interface PersonView {
  readonly contactId: string;
  readonly name: string;
  readonly locale: "en" | "nl" | "de";
  readonly business: string;
  readonly choices: readonly Choice[];
  readonly isClarifying: boolean;
  readonly erasure: "waiting" | "held" | null;
}

/** What the page shows. `null` where the person is not known (any more). */
export async function readPerson(
  tx: Tx,
  ports: Ports,
  id: string,
  language: string | null,
): Promise<PersonView | null> {
  const row = await tx.one<{
    id: string;
    name: string;
    locale: "en" | "nl" | "de";
    business: string;
    erasure: "waiting" | "held" | null;
  }>(
    `select c.id, c.name, coalesce(c.locale, o.locale) as locale, o.name as business,
       (select state from erasure e where e.organisation_id = c.organisation_id and e.contact_id = c.id and e.state <> 'done') as erasure
     from contact a join contact c on c.organisation_id = a.organisation_id and c.id = coalesce(a.merged_into, a.id) join organisation o on o.organisation_id = c.organisation_id
     where a.organisation_id = $1 and a.id = $2 and c.erased_at is null`,
    [tx.organisationId, id],
  );
  if (!row) return null;
  const [history, wordings, contact] = await Promise.all([
    agreements(tx, row.id),
    listWordings(tx),
    readContact(tx, row.id),
  ]);
  const standing = standingNow(history, ports.clock.now());
  const reachable = new Set(contact?.addresses.filter(({ current }) => current).map(({ channel }) => channel) ?? []);
  const offeredOn = (channel: string) =>
    currentWordings(wordings, channel, [language, row.locale]).filter(({ purpose }) => purpose !== "service");

  const choices = new Map<string, Choice>();
  for (const agreement of standing) {
    const { purpose, channel, topic, state } = agreement;
    if (purpose === "all") continue;
    const place = { purpose, channel, topic };
    choices.set(keyOf(place), {
      ...place,
      key: keyOf(place),
      agreement,
      isOn: state === "agreed" || state === "confirmed",
      agreedWording: wordings.find((one) => one.id === wordingOf(history.consents, place)) ?? null,
      offered: offeredOn(channel).find((one) => one.purpose === purpose) ?? null,
    });
  }
  for (const channel of reachable)
    for (const offered of offeredOn(channel)) {
      const place = { purpose: offered.purpose, channel, topic: null };
      if (choices.has(keyOf(place)) || choices.has(keyOf({ ...place, channel: "all" }))) continue;
      const blanket = standing.find(
        (one) => one.purpose === "all" && (one.channel === channel || one.channel === "all"),
      );
      choices.set(keyOf(place), {
        ...place,
        key: keyOf(place),
        agreement: blanket ?? null,
        isOn: false,
        agreedWording: null,
        offered,
      });
    }
  return {
    contactId: row.id,
    name: row.name,
    locale: row.locale,
    business: row.business,
    choices: [...choices.values()],
    isClarifying: history.clarifyingSince !== null,
    erasure: row.erasure,
  };
}

interface Place {
  readonly purpose: string;
  readonly channel: string;
  readonly topic: string | null;
}
const keyOf = ({ purpose, channel, topic }: Place): string => [purpose, channel, topic ?? ""].join("|");

function wordingOf(consents: readonly ConsentEntry[], place: Place): string | null {
  const entry = consents.find(
    (one) =>
      one.wordingId !== null &&
      one.purpose === place.purpose &&
      one.channel === place.channel &&
      one.topic === place.topic,
  );
  return entry?.wordingId ?? null;
}

/** Stopped here it stays stopped for the person, under whatever address they come back. */
const ownSources = ["keyword", "button", "link", "agent"];

/** What the form says is on, and nothing else. What cannot be agreed to here stays as it is. */
export async function saveChoices(tx: Tx, ports: Ports, person: PersonView, on: ReadonlySet<string>): Promise<number> {
  let changed = 0;
  const { contactId } = person;
  for (const { key, purpose, channel, topic, isOn, offered } of person.choices) {
    if (on.has(key) === isOn) continue;
    const about = { contactId, purpose, channel, topic: topic ?? undefined, method: "person-page" };
    const now = ports.clock.now();
    if (isOn) {
      await recordConsent(tx, ports, { ...about, action: "withdrawn" });
      await suppress(tx, ports, { contactId, scope: purpose, channel, topic: topic ?? undefined, source: "link" });
    } else {
      if (!offered) continue;
      await liftSuppressions(tx, ports, {
        contactId,
        channel,
        sources: ownSources,
        scope: purpose,
        by: "person page",
        at: now,
      });
      await recordConsent(tx, ports, {
        ...about,
        action: "granted",
        wordingId: offered.id,
        evidence: `person page, ${toIso(now)}`,
        // After the stop it undoes, even within its millisecond.
        at: now + 1,
      });
    }
    changed += 1;
  }
  return changed;
}

/** "Stop everything": nothing more on our initiative, on any channel. */
export async function stopEverything(tx: Tx, ports: Ports, contactId: string): Promise<void> {
  await suppress(tx, ports, { contactId, scope: "all", channel: "all", source: "link" });
}
