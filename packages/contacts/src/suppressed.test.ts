import { createTestDatabase, type TestDatabase } from "@loket/database/testing";
import { createIds, createKeys, instant, type OrganisationId, systemClock, systemRandom } from "@loket/kit";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agreements, createContact, identify, liftSuppressions, moveIdentity, suppress } from "./index.ts";

const ports = {
  ids: createIds(systemClock, systemRandom),
  clock: systemClock,
  random: systemRandom,
  keys: createKeys(new Uint8Array(32)),
};
let database: TestDatabase;
let organisationId: OrganisationId;

beforeAll(async () => {
  database = await createTestDatabase();
  organisationId = ports.ids.next<"organisation">();
  await database.app.inOrganisation(organisationId, (tx) =>
    tx.query(
      "insert into organisation (organisation_id, kind, name, locale, time_zone, home_country, created_at) values ($1, 'business', 'x', 'en', 'Europe/Amsterdam', 'NL', now())",
      [organisationId],
    ),
  );
});
afterAll(() => database.drop());

const inside = <T>(work: Parameters<typeof database.app.inOrganisation<T>>[1]) =>
  database.app.inOrganisation(organisationId, work);
const enter = async (contact: { phone?: string; email?: string }) => {
  const outcome = await inside((tx) => createContact(tx, ports, { name: "P", homeCountry: "NL", ...contact }));
  if (outcome.kind === "bad-phone") throw new Error("no number");
  return outcome.id;
};
const stop = (contactId: string, scope: "all" | "marketing" = "all") =>
  inside((tx) => suppress(tx, ports, { contactId, scope, channel: "whatsapp", source: "keyword" }));
const inForce = async (contactId: string) =>
  (await inside((tx) => agreements(tx, contactId))).suppressions.filter((entry) => entry.liftedAt === null);
/** As after an erasure or a clean-up: the addresses are gone, the person may come back as somebody new. */
const forget = (contactId: string) => database.admin.query("delete from address where contact_id = $1", [contactId]);

let next = 1000;
const number = () => `+3161200${next++}`;

describe("an opt-out binds the person", () => {
  it("however the number is written when it comes back", async () => {
    for (const spelling of ["+5511987651111", "+551187651111", "0055 11 98765-1111"]) {
      const first = await enter({ phone: "+55 11 98765 1111" });
      await stop(first);
      await forget(first);
      const again = await enter({ phone: spelling.replace(/^00/, "+") });
      expect(again).not.toBe(first);
      expect(await inForce(again)).toMatchObject([{ scope: "all", channel: "whatsapp", source: "keyword" }]);
      await forget(again);
    }
  });

  it("by an address they got later, and by an e-mail in capitals", async () => {
    const phone = number();
    const first = await inside((tx) => identify(tx, ports, "whatsapp", { phone }, "w"));
    await stop(first.contactId);
    await inside((tx) => identify(tx, ports, "whatsapp", { phone, userId: `NL.${phone}` }, "w"));
    await forget(first.contactId);
    const byUserId = await inside((tx) => identify(tx, ports, "whatsapp", { userId: `NL.${phone}` }, "w"));
    expect(await inForce(byUserId.contactId)).toHaveLength(1);

    const mail = await enter({ email: "Sam@Example.org" });
    await stop(mail, "marketing");
    await forget(mail);
    expect(await inForce(await enter({ email: "SAM@example.ORG" }))).toMatchObject([{ scope: "marketing" }]);
  });

  it("and is over for the address too once they came back", async () => {
    const phone = number();
    const first = await enter({ phone });
    await stop(first);
    await inside((tx) =>
      liftSuppressions(tx, ports, {
        contactId: first,
        channel: "whatsapp",
        sources: ["keyword"],
        by: "START",
        at: instant(Date.now() + 1_000),
      }),
    );
    await forget(first);
    expect(await inForce(await enter({ phone }))).toEqual([]);
  });

  it("but not whoever gets the number after them", async () => {
    const [before, after] = [number(), number()];
    const mover = await inside((tx) => identify(tx, ports, "whatsapp", { phone: before }, "w"));
    await stop(mover.contactId);
    await inside((tx) => moveIdentity(tx, ports, "whatsapp", { phone: before }, { phone: after }));
    const heir = await inside((tx) => identify(tx, ports, "whatsapp", { phone: before }, "w"));
    expect(await inForce(heir.contactId)).toEqual([]);
    expect(await inForce(mover.contactId)).toHaveLength(1);
  });

  it("keeps no readable address", async () => {
    const phone = number();
    await stop(await enter({ phone }));
    const { rows } = await database.admin.query<{ row: string }>("select s::text as row from suppressed_identity s");
    expect(rows.length).toBeGreaterThan(0);
    for (const { row } of rows) expect(row).not.toContain(phone.slice(1));
  });

  it("after any sequence of joining, moving, forgetting and entering again", async () => {
    const act = fc.constantFrom("join" as const, "move" as const, "forget" as const, "enter" as const);
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 6 }), async (acts) => {
        let phone = number();
        const userId = `NL.x${phone}`;
        let contactId: string = (await inside((tx) => identify(tx, ports, "whatsapp", { phone }, "w"))).contactId;
        await stop(contactId);
        for (const each of acts) {
          if (each === "join") {
            await inside((tx) => identify(tx, ports, "whatsapp", { userId }, "w"));
            contactId = (await inside((tx) => identify(tx, ports, "whatsapp", { phone, userId }, "w"))).contactId;
          } else if (each === "move") {
            const to = number();
            const moved = await inside((tx) => moveIdentity(tx, ports, "whatsapp", { phone }, { phone: to }));
            if (moved) [contactId, phone] = [moved, to];
          } else if (each === "forget") await forget(contactId);
          else contactId = (await inside((tx) => identify(tx, ports, "whatsapp", { phone }, "w"))).contactId;
        }
        const known = await inside((tx) => identify(tx, ports, "whatsapp", { phone }, "w"));
        expect(await inForce(known.contactId), acts.join()).not.toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
