import type { Tx } from "@loket/database";
import type { Instant } from "@loket/kit";
import type { Consent, Facts, Purpose, SoftOptIn, Suppression } from "@loket/policy";
import type { SendIntent } from "./delivery.ts";
import type { OverrideRow, OwnRuleRow } from "./strictness.ts";

export interface FactsRow {
  consent_epoch: number;
  region: string | null;
  locale: string | null;
  phone: string | null;
  user_id: string | null;
  sender_country: string;
  home_country: string;
  quality: "GREEN" | "YELLOW" | "RED" | "UNKNOWN";
  messages_per_second: number;
  portfolio_id: string | null;
  portfolio_limit: number | null;
  restrictions: { restriction: string; until?: number }[];
  disabled: boolean;
  last_inbound_at: number | null;
  marketing_stopped_at: number | null;
  opt_out_at: number | null;
  number_changed_at: number | null;
  birth_date: string | null;
  time_zone: string | null;
  organisation_time_zone: string;
  settings: OrganisationSettings;
  import_id: string | null;
  evidence_missing: boolean;
  clarifying_since: number | null;
  stopped: "marketing" | "business-initiated" | "all" | null;
}
/** What an organisation says about itself, as far as judging asks. */
interface OrganisationSettings {
  readonly standing?: { readonly lowConfidence?: "as-written" | "hold-for-review" };
  /** Goods with rules of their own that the business as such deals in; none unless it says so. */
  readonly trade?: NonNullable<Facts["trade"]>;
}
export interface ConsentRow {
  id: string;
  purpose: Purpose;
  channel: string;
  topic: string | null;
  action: "granted" | "confirmed" | "withdrawn";
  method: string;
  kind: Consent["kind"];
  evidence_class: "A" | "B" | "C" | "D" | null;
  names_business: boolean;
  names_channel: boolean;
  flaws: NonNullable<Consent["flaws"]>;
  soft: SoftOptIn | null;
  wording_version: string | null;
  evidence: string | null;
  at: number;
}
export interface AttemptRow {
  intent_at: number;
  code: string | null;
  is_marketing: boolean;
}
export interface TemplateRow {
  name: string;
  language: string;
  category: string;
  status: string;
  quality: string;
  parameter_format: string;
  components: unknown;
  provider_id: string;
  paused_at: number | null;
  pause_count: number;
}

export interface SuppressionRow {
  scope: "all" | Purpose;
  channel: string;
  topic: string | null;
  source: Suppression["source"];
  at: number;
  confirmation_sent_at: number | null;
}

/** What the database holds about one send. */
export interface FactRows {
  readonly row: FactsRow;
  readonly consents: readonly ConsentRow[];
  readonly suppressions: readonly SuppressionRow[];
  /** To this address, of the last thirty days, latest first. */
  readonly attempts: readonly AttemptRow[];
  /** All languages of the template that is to be sent. */
  readonly templates: readonly TemplateRow[];
  /** People the portfolio reached on its own initiative within a day. */
  readonly portfolio: { readonly used: number; readonly oldest: number | null; readonly includesRecipient: boolean };
  readonly ownRules: readonly OwnRuleRow[];
  readonly overrides: readonly OverrideRow[];
}

/** Sends of one sender; their facts are read in one flight, however many they are. */
export interface Batch {
  readonly senderId: SendIntent["senderId"];
  readonly intents: readonly SendIntent[];
}

/**
 * Reads what every send of a batch is judged by, in the order of the batch; `null` for a contact who is not there. With
 * `lockConsent`, the contacts' rows are held under a share lock until the transaction ends, so that no opt-out can slip
 * between judging and committing the intent.
 */
export async function readFactRows(
  tx: Tx,
  { senderId, intents }: Batch,
  at: Instant,
  options: { readonly lockConsent?: boolean },
): Promise<(FactRows | null)[]> {
  const contactIds = intents.map((intent) => intent.contactId);
  const addressIds = intents.map((intent) => intent.addressId);
  const templateNames = [
    ...new Set(intents.flatMap(({ content }) => (content.type === "template" ? [content.template.name] : []))),
  ];
  const people = [tx.organisationId, contactIds];
  if (options.lockConsent)
    void tx.query(
      "select 1 from contact where organisation_id = $1 and id = any($2::uuid[]) order by id for share",
      people,
    );
  const [rows, consents, suppressions, attempts, templates, portfolio, reached, ownRules, overrides] =
    await Promise.all([
      tx.query<FactsRow & { place: number }>(
        `select asked.place::int as place, c.consent_epoch, c.region, c.locale, o.home_country, to_char(c.birth_date, 'YYYY-MM-DD') as birth_date, c.time_zone, o.time_zone as organisation_time_zone, o.settings,
         c.import_id, c.evidence_missing, c.clarifying_since, s.stopped,
         (select value from address p where p.organisation_id = $1 and p.contact_id = c.id and p.channel = s.channel and p.kind = 'phone' and p.current order by (p.id = asked.address_id) desc, created_at desc limit 1) as phone,
         (select value from address p where p.organisation_id = $1 and p.contact_id = c.id and p.channel = s.channel and p.kind = 'user-id' and p.current order by (p.id = asked.address_id) desc, created_at desc limit 1) as user_id,
         (select max(created_at) from address p where p.organisation_id = $1 and p.contact_id = c.id and p.channel = s.channel and p.kind = 'phone' and p.current
            and exists (select 1 from address f where f.organisation_id = $1 and f.contact_id = c.id and f.channel = s.channel and f.kind = 'phone' and not f.current)) as number_changed_at,
         s.country as sender_country, s.quality, s.messages_per_second, s.portfolio_id, s.portfolio_limit, s.restrictions, s.disabled,
         leg.last_inbound_at, leg.marketing_stopped_at,
         case when leg.last_inbound_was_opt_out then leg.last_inbound_at end as opt_out_at
       from unnest($2::uuid[], $4::uuid[]) with ordinality as asked(contact_id, address_id, place)
       join contact c on c.organisation_id = $1 and c.id = asked.contact_id
       join sender s on s.organisation_id = $1 and s.id = $3
       join organisation o on o.organisation_id = $1
       left join lateral (
         select max(l.last_inbound_at) as last_inbound_at, max(l.marketing_stopped_at) as marketing_stopped_at, bool_or(l.last_inbound_was_opt_out) as last_inbound_was_opt_out
         from leg l join address a on a.organisation_id = l.organisation_id and a.id = l.address_id
         where l.organisation_id = $1 and l.sender_id = $3 and a.contact_id = c.id
       ) leg on true`,
        [...people, senderId, addressIds],
      ),
      tx.query<ConsentRow & { contact_id: string }>(
        `select contact_id, id, purpose, channel, topic, action, method, kind, evidence_class, names_business, names_channel, flaws, soft, wording_version, evidence, at
       from consent where organisation_id = $1 and contact_id = any($2::uuid[]) and action <> 'requested' order by at, id`,
        people,
      ),
      tx.query<SuppressionRow & { contact_id: string }>(
        "select contact_id, scope, channel, topic, source, at, confirmation_sent_at from suppression where organisation_id = $1 and contact_id = any($2::uuid[]) and lifted_at is null order by at, id",
        people,
      ),
      tx.query<AttemptRow & { address_id: string }>(
        `select asked.address_id, t.intent_at, t.failure->>'code' as code, d.kind in ('marketing', 'newsletter') as is_marketing
       from unnest($3::uuid[]) as asked(address_id)
       cross join lateral (
         select delivery_id, intent_at, failure from attempt
         where organisation_id = $1 and sender_id = $2 and attempt.address_id = asked.address_id and outcome is distinct from 'retryable'
           and intent_at > to_timestamp(($4::float8 - 2592000000) / 1000)
         order by intent_at desc limit 200) t
       join delivery d on d.organisation_id = $1 and d.id = t.delivery_id
       order by t.intent_at desc`,
        [tx.organisationId, senderId, addressIds, at],
      ),
      templateNames.length > 0
        ? tx.query<TemplateRow>(
            "select name, language, category, status, quality, parameter_format, components, provider_id, paused_at, pause_count from template where organisation_id = $1 and sender_id = $2 and name = any($3) order by language",
            [tx.organisationId, senderId, templateNames],
          )
        : [],
      tx.one<{ used: number; oldest: number | null }>(
        `select count(distinct t.contact_id) as used, min(t.intent_at) as oldest from attempt t where ${countedByPortfolio}`,
        [tx.organisationId, senderId, at],
      ),
      tx.query<{ contact_id: string }>(
        `select distinct t.contact_id from attempt t where ${countedByPortfolio} and t.contact_id = any($4::uuid[])`,
        [tx.organisationId, senderId, at, contactIds],
      ),
      tx.query<OwnRuleRow>(
        "select kind, settings, state from own_rule where organisation_id = $1 and state <> 'ended'",
        [tx.organisationId],
      ),
      tx.query<OverrideRow & { contact_id: string | null }>(
        `select id, rule_id, contact_id from override where organisation_id = $1 and granted and expires_at > to_timestamp($3::float8 / 1000)
         and (contact_id is null or contact_id = any($2::uuid[]))`,
        [...people, at],
      ),
    ]);

  const rowAt = new Map(rows.map((row) => [row.place - 1, row]));
  const consentsOf = Map.groupBy(consents, (row) => row.contact_id);
  const suppressionsOf = Map.groupBy(suppressions, (row) => row.contact_id);
  const attemptsTo = Map.groupBy(attempts, (row) => row.address_id);
  const includes = new Set(reached.map((row) => row.contact_id));
  return intents.map((intent, place) => {
    const row = rowAt.get(place);
    if (!row) return null;
    const { contactId, addressId, content } = intent;
    return {
      row,
      consents: consentsOf.get(contactId) ?? [],
      suppressions: suppressionsOf.get(contactId) ?? [],
      attempts: attemptsTo.get(addressId) ?? [],
      templates: content.type === "template" ? templates.filter((each) => each.name === content.template.name) : [],
      portfolio: {
        used: portfolio?.used ?? 0,
        oldest: portfolio?.oldest ?? null,
        includesRecipient: includes.has(contactId),
      },
      ownRules,
      overrides: overrides.filter((each) => each.contact_id === null || each.contact_id === contactId),
    };
  });
}

/** Conversations begun within a day by this sender ($2) or by others of its portfolio, as of $3. Without a limit nobody counts. */
const countedByPortfolio = `(select portfolio_limit from sender where organisation_id = $1 and id = $2) is not null and t.organisation_id = $1 and t.business_initiated and t.intent_at > to_timestamp(($3::float8 - 86400000) / 1000)
  and t.outcome is distinct from 'retryable' and t.outcome is distinct from 'refused'
  and t.sender_id in (select b.id from sender a join sender b on b.organisation_id = a.organisation_id and (b.id = a.id or b.portfolio_id = a.portfolio_id) where a.organisation_id = $1 and a.id = $2)`;
