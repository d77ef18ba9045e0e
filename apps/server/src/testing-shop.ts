import type { TestDatabase } from "@loket/database/testing";
import type { OrganisationId, PersonId, SenderId } from "@loket/kit";
import { addMember, createOrganisation, createToken, type Role, saveInbox } from "@loket/organisations";
import { connectSender } from "./http/routes/senders.ts";
import {
  type Api,
  apiOf,
  type RunningSandbox,
  signIn,
  startSandbox,
  startTestLoket,
  type TestLoket,
  until,
} from "./testing.ts";

/** A bakery with one number on the sandbox, a colleague of each role that was asked for, and people who write to it. */
export interface Shop {
  readonly at: TestLoket;
  readonly sandbox: RunningSandbox;
  readonly organisationId: OrganisationId;
  readonly senderId: SenderId;
  /** Speaks for the organisation, by token. */
  readonly api: Api;
  /** Signed in as a member of this role. */
  as(role: Role): Promise<Api>;
  newPhone(): string;
  /** Somebody on file, who agreed to offers on paper unless said otherwise. */
  newReader(options?: { readonly name?: string; readonly agreed?: boolean }): Promise<Reader>;
  says(phone: string, body: string): Promise<{ id: string }>;
  sees(phone: string): Promise<{ from: string; text: string }[]>;
  conversationOf(phone: string): Promise<ShopConversation>;
  close(): Promise<void>;
}
export interface Reader {
  readonly id: string;
  readonly phone: string;
}
export interface ShopConversation {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly windowEndsAt: string | null;
  readonly unreadCount: number;
  readonly assigneeId: string | null;
  readonly contact: {
    readonly id: string;
    readonly name: string;
    readonly addresses: readonly { readonly channel: string; readonly value: string }[];
  };
}

export async function startShop(on?: { database: TestDatabase; dataDir: string }): Promise<Shop> {
  const sandbox = await startSandbox();
  const at = await startTestLoket({ sandboxUrl: sandbox.url, ...(on ? { on } : {}) });
  const { ports } = at.loket;
  const organisationId = ports.ids.next<"organisation">();
  await createOrganisation(ports.app, ports.clock, {
    id: organisationId,
    name: "Bakery",
    kind: "business",
    locale: "nl",
    timeZone: "Europe/Amsterdam",
    homeCountry: "NL",
  });
  const inbox = await ports.app.inOrganisation(organisationId, async (tx) => {
    await createToken(tx, ports, { name: "test", scopes: ["*"], secret: "loket_test", createdBy: null });
    return saveInbox(tx, ports, { name: "Shop", teamIds: [] });
  });
  const world = await sandbox.call<{
    apps: { secret: string }[];
    accounts: { id: string; portfolioId: string; tokens: { token: string }[]; numbers: { id: string }[] }[];
  }>("GET", "");
  const account = world.accounts[0];
  const sender = await connectSender(ports, organisationId, {
    inboxId: inbox?.id ?? "",
    phoneNumberId: account?.numbers[0]?.id ?? "",
    accountId: account?.id ?? "",
    accessToken: account?.tokens[0]?.token ?? "",
    appSecret: world.apps[0]?.secret ?? "",
    graphUrl: sandbox.url,
    portfolioId: account?.portfolioId,
  });
  const api = apiOf(at.url, { authorization: "Bearer loket_test" });
  let phones = 0;
  const newPhone = () => {
    phones += 1;
    return `316557${String(10_000 + phones * 37)}`;
  };
  return {
    at,
    sandbox,
    organisationId,
    senderId: sender.id,
    api,
    async as(role) {
      const person = { email: `${role}@bakery.example`, password: "correct horse" };
      const personId = (await ports.auth.ensurePerson({ name: `The ${role}`, ...person })) as PersonId;
      await ports.app.inOrganisation(organisationId, (tx) => addMember(tx, ports, { personId, role }));
      return apiOf(at.url, await signIn(at.url, person, organisationId));
    },
    newPhone,
    async newReader({ name = "Reader", agreed = true } = {}) {
      const phone = newPhone();
      await sandbox.call("PUT", `phones/${phone}`, { name });
      const { body } = await api<{ id: string }>("POST", "contacts", { name, phone: `+${phone}` });
      if (agreed)
        await api("POST", `contacts/${body.id}/consents`, {
          purpose: "marketing",
          channel: "whatsapp",
          action: "granted",
          method: "paper",
          wordingVersion: "2026-01",
          evidence: "form 12",
        });
      return { id: body.id, phone };
    },
    says: (phone, body) =>
      sandbox.call("POST", `phones/${phone}/messages`, { type: "text", text: { body } }) as Promise<{ id: string }>,
    async sees(phone) {
      const { items } = await sandbox.call<{ items: { from: string; text?: { body: string } }[] }>(
        "GET",
        `phones/${phone}/messages`,
      );
      return items.map((item) => ({ from: item.from, text: item.text?.body ?? "" }));
    },
    conversationOf: (phone) =>
      until(
        async () =>
          (await api<{ items: ShopConversation[] }>("GET", `conversations?q=${phone}`)).body.items.find((item) =>
            item.contact.addresses.some(({ value }) => value === `+${phone}`),
          ),
        `a conversation with ${phone}`,
      ),
    async close() {
      await at.close();
      await sandbox.close();
    },
  };
}

/** An offer of the sandbox's bakery, with what is offered; the person's name is put in for each. */
export const weekendOffer = (what: string) => ({
  name: "weekend_offer",
  language: { code: "nl" },
  components: [
    {
      type: "body",
      parameters: [
        { type: "text", text: "{{name|klant}}" },
        { type: "text", text: what },
      ],
    },
  ],
});
