import { publishWording } from "@loket/contacts";
import { createLabel } from "@loket/conversations";
import { dayMs, type MemberId, type OrganisationId, type PersonId, parseId, plus, type SenderId } from "@loket/kit";
import { createCampaign } from "@loket/newsletters";
import { addMember, createOrganisation, createToken, findToken, newTokenSecret, saveInbox } from "@loket/organisations";
import { connectSender, reconnectSender } from "../http/routes/senders.ts";
import type { Ports } from "../ports.ts";
import { seedHistory } from "./history.ts";
import { agencyOperators, type DemoOrganisation, demoOrganisations, demoPassword } from "./world.ts";

interface SandboxDescription {
  readonly apps: readonly { readonly secret: string }[];
  readonly accounts: readonly {
    readonly id: string;
    readonly name: string;
    readonly portfolioId: string;
    readonly tokens: readonly { readonly token: string }[];
    readonly numbers: readonly { readonly id: string; readonly number: string }[];
  }[];
}

export interface Demo {
  readonly signIn: { readonly email: string; readonly password: string };
  readonly token: string;
}

/**
 * The first start's organisations, people and past. Everything goes the way it goes for real: numbers are connected
 * over the platform's API, webhooks by its handshake. Done already, it does nothing but make sure the token works.
 */
export async function seedDemo(
  ports: Ports,
  options: { sandboxUrl: string | null; apiToken: string | null; say: (line: string) => void },
): Promise<Demo> {
  const signIn = { email: demoOrganisations[0]?.members[0]?.email ?? "", password: demoPassword };
  const known = await readSeeded(ports);
  if (known && options.sandboxUrl) await followSandbox(ports, options.sandboxUrl);
  if (known) return { signIn, token: await ensureToken(ports, known, options.apiToken) };

  options.say("making the demo organisations");
  const ids = new Map<string, OrganisationId>();
  const sandbox = options.sandboxUrl === null ? null : await describeSandbox(ports, options.sandboxUrl);
  for (const organisation of demoOrganisations) {
    const id = ports.ids.next<"organisation">();
    ids.set(organisation.key, id);
    await seedOrganisation(ports, id, organisation);
  }
  for (const operator of agencyOperators) {
    const id = ids.get(operator.client);
    if (id) await addPerson(ports, id, { name: nameOf(operator.email), email: operator.email, role: operator.role });
  }
  const agency = ids.get("agency");
  if (agency) {
    await ports.app.inOrganisation(agency, async (tx) => {
      for (const client of [ids.get("bakery"), ids.get("radio")]) {
        await tx.query(
          "insert into agency_client (organisation_id, client_organisation_id, created_at) values ($1, $2, now())",
          [agency, client],
        );
      }
    });
  }
  if (sandbox && options.sandboxUrl) {
    options.say("connecting the demo numbers and writing their past");
    for (const organisation of demoOrganisations) {
      const id = ids.get(organisation.key);
      const account = sandbox.accounts.find((candidate) => candidate.name === organisation.sandboxAccount);
      if (!id || !account) continue;
      const inbox = await ports.app.inOrganisation(id, (tx) =>
        tx.one<{ id: string }>("select id from inbox where organisation_id = $1 order by id limit 1", [id]),
      );
      for (const number of account.numbers) {
        const sender = await connectSender(ports, id, {
          inboxId: inbox?.id ?? "",
          phoneNumberId: number.id,
          accountId: account.id,
          accessToken: account.tokens[0]?.token ?? "",
          appSecret: sandbox.apps[0]?.secret ?? "",
          graphUrl: options.sandboxUrl,
          portfolioId: account.portfolioId,
        });
        await seedHistory(ports, {
          organisationId: id,
          organisation,
          senderId: sender.id,
          inboxId: sender.inboxId,
          numberId: number.id,
          sandboxUrl: options.sandboxUrl,
        });
        await seedDrafts(ports, id, sender.id, organisation.drafts);
      }
    }
  }
  const bakery = ids.get("bakery");
  if (!bakery) throw new Error("The demo has no bakery.");
  await markSeeded(ports, bakery);
  return { signIn, token: await ensureToken(ports, bakery, options.apiToken) };
}

/** The sandbox may have moved to another port since, and so may we: the demo's numbers follow both. */
async function followSandbox(ports: Ports, sandboxUrl: string): Promise<void> {
  const isLocal = "api_url like 'http://127.0.0.1:%'";
  const senders = await ports.worker.across<{ id: SenderId; organisation_id: OrganisationId; api_url: string }>(
    `select id, organisation_id, api_url from sender where ${isLocal}`,
  );
  for (const sender of senders) {
    if (sender.api_url !== sandboxUrl) {
      await ports.app.inOrganisation(sender.organisation_id, (tx) =>
        tx.query("update sender set api_url = $3 where organisation_id = $1 and id = $2", [
          sender.organisation_id,
          sender.id,
          sandboxUrl,
        ]),
      );
    }
    await reconnectSender(ports, sender.organisation_id, sender.id);
  }
}

async function seedOrganisation(ports: Ports, id: OrganisationId, organisation: DemoOrganisation): Promise<void> {
  await createOrganisation(ports.app, ports.clock, {
    id,
    name: organisation.name,
    kind: organisation.kind,
    locale: organisation.locale,
    timeZone: organisation.timeZone,
    homeCountry: organisation.homeCountry,
  });
  for (const member of organisation.members) await addPerson(ports, id, member);
  await ports.app.inOrganisation(id, async (tx) => {
    for (const name of organisation.inboxes) await saveInbox(tx, ports, { name, teamIds: [] });
    for (const label of organisation.labels) await createLabel(tx, ports, label);
    for (const wording of organisation.wordings)
      await publishWording(tx, ports, {
        ...wording,
        purpose: "marketing",
        channels: ["whatsapp"],
        namesBusiness: true,
        namesChannel: true,
        landingUrl: null,
        landingVersion: null,
        memberId: null,
      });
  });
}

/** Campaigns that an editor has prepared: somebody else may look, and start them. */
async function seedDrafts(
  ports: Ports,
  id: OrganisationId,
  senderId: SenderId,
  drafts: DemoOrganisation["drafts"],
): Promise<void> {
  await ports.app.inOrganisation(id, async (tx) => {
    for (const { name, author, kind, template, language, parameters } of drafts) {
      const editor = await tx.one<{ id: MemberId }>(
        'select m.id from member m join auth."user" u on u.id = m.person_id where m.organisation_id = $1 and u.email = $2',
        [id, author],
      );
      const body = { type: "body" as const, parameters: parameters.map((text) => ({ type: "text" as const, text })) };
      await createCampaign(
        tx,
        ports,
        {
          name,
          senderId,
          kind,
          template: { name: template, language: { code: language }, components: [body] },
          audience: { kind: "filter", hasWritten: true },
          startsAt: null,
          expiresAt: plus(ports.clock.now(), 14 * dayMs),
          canaryCount: 0,
        },
        editor?.id ?? null,
      );
    }
  });
}

async function addPerson(ports: Ports, id: OrganisationId, person: DemoOrganisation["members"][number]): Promise<void> {
  const personId = (await ports.auth.ensurePerson({ ...person, password: demoPassword })) as PersonId;
  await ports.app.inOrganisation(id, (tx) => addMember(tx, ports, { personId, role: person.role }));
}

function nameOf(email: string): string {
  return (
    demoOrganisations.flatMap((organisation) => organisation.members).find((member) => member.email === email)?.name ??
    email
  );
}

async function describeSandbox(ports: Ports, url: string): Promise<SandboxDescription> {
  const answer = await ports.network.request({ method: "GET", url: `${url}/_sandbox` });
  if (answer.kind !== "answered" || answer.status !== 200) throw new Error(`The sandbox at ${url} does not answer.`);
  return JSON.parse(Buffer.from(answer.body).toString("utf8")) as SandboxDescription;
}

/** The bakery's id, once the demo stands whole. The mark is written last: a start that was cut short begins anew. */
async function readSeeded(ports: Ports): Promise<OrganisationId | null> {
  const [row] = await ports.worker.across<{ organisation_id: string }>(
    "select organisation_id from organisation where settings ? 'demo' limit 1",
  );
  return row ? parseId<"organisation">(row.organisation_id) : null;
}

async function markSeeded(ports: Ports, id: OrganisationId): Promise<void> {
  await ports.app.inOrganisation(id, (tx) =>
    tx.query(`update organisation set settings = settings || '{"demo": true}' where organisation_id = $1`, [id]),
  );
}

/** The token given from outside, or one made once and kept among the organisation's settings for the next start to print. */
async function ensureToken(ports: Ports, organisationId: OrganisationId, given: string | null): Promise<string> {
  const secret =
    given ??
    (await ports.app.inOrganisation(organisationId, async (tx) => {
      const row = await tx.one<{ token: string | null }>(
        "select settings->>'demoToken' as token from organisation where organisation_id = $1",
        [organisationId],
      );
      if (row?.token) return row.token;
      const made = newTokenSecret(ports.random);
      await tx.query(
        "update organisation set settings = settings || jsonb_build_object('demoToken', $2::text) where organisation_id = $1",
        [organisationId, made],
      );
      return made;
    }));
  if (!(await findToken(ports.app, secret, ports.clock.now()))) {
    await ports.app.inOrganisation(organisationId, (tx) =>
      createToken(tx, ports, { name: given ? "LOKET_API_TOKEN" : "Demo", scopes: ["*"], secret, createdBy: null }),
    );
  }
  return secret;
}
