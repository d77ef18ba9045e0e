import { createTestDatabase, type TestDatabase } from "@loket/database/testing";
import { createIds, createKeys, type OrganisationId, systemClock, systemRandom } from "@loket/kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  agreements,
  identify,
  liftSuppressions,
  moveIdentity,
  type PlatformIdentity,
  phoneVariants,
  readContact,
  readPhone,
  recordConsent,
  suppress,
} from "./index.ts";

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

let fallbacks = 0;
const who = (identity: PlatformIdentity) =>
  database.app.inOrganisation(organisationId, (tx) =>
    identify(tx, ports, "whatsapp", identity, `wamid.${fallbacks++}`),
  );
const contact = (id: string) => database.app.inOrganisation(organisationId, (tx) => readContact(tx, id));

describe("identify", () => {
  it("knows a person again by number, by user id, and by both", async () => {
    const first = await who({ phone: "+31611110001", userId: "NL.1", name: "Sam" });
    expect(first.isNew).toBe(true);
    for (const identity of [{ phone: "+31611110001" }, { userId: "NL.1" }, { phone: "+31611110001", userId: "NL.1" }]) {
      expect(await who(identity)).toMatchObject({ contactId: first.contactId, isNew: false });
    }
  });

  it("learns a number it did not know, and a user id", async () => {
    const byId = await who({ userId: "NL.2", name: "Kit" });
    expect(await who({ userId: "NL.2", phone: "+31611110002" })).toMatchObject({ contactId: byId.contactId });
    expect(await who({ phone: "+31611110002" })).toMatchObject({ contactId: byId.contactId });
  });

  it("makes one contact of a person who writes for the first time from many places at once", async () => {
    const found = await Promise.all(Array.from({ length: 12 }, () => who({ phone: "+31611110003", userId: "NL.3" })));
    expect(new Set(found.map((each) => each.contactId)).size).toBe(1);
    expect(found.filter((each) => each.isNew)).toHaveLength(1);
  });

  it("joins two contacts that turn out to be one person, and keeps every stop of either", async () => {
    const byPhone = await who({ phone: "+31611110004" });
    const byId = await who({ userId: "NL.4" });
    await database.app.inOrganisation(organisationId, async (tx) => {
      await suppress(tx, ports, { contactId: byPhone.contactId, scope: "all", channel: "whatsapp", source: "keyword" });
      await recordConsent(tx, ports, {
        contactId: byPhone.contactId,
        purpose: "marketing",
        channel: "whatsapp",
        action: "granted",
        method: "web-form",
      });
    });
    const joined = await who({ phone: "+31611110004", userId: "NL.4" });
    expect(joined).toMatchObject({ contactId: byId.contactId, joined: byPhone.contactId });
    const kept = await database.app.inOrganisation(organisationId, (tx) => agreements(tx, byId.contactId));
    expect(kept.suppressions).toMatchObject([{ scope: "all", liftedAt: null }]);
    expect(kept.consents).toHaveLength(1);
    expect(await who({ phone: "+31611110004" })).toMatchObject({ contactId: byId.contactId });
  });

  it("never fails for want of an identity", async () => {
    const nobody = await who({});
    expect(nobody.isNew).toBe(true);
    expect((await contact(nobody.contactId))?.addresses).toMatchObject([{ kind: "chat" }]);
  });

  it.each([
    ["+5511987654321", "+551187654321"],
    ["+5215512345678", "+525512345678"],
    ["+5491123456789", "+541123456789"],
  ])("takes %s and %s for one line", async (one, other) => {
    expect(phoneVariants(one)).toContain(other);
    const first = await who({ phone: one });
    expect(await who({ phone: other })).toMatchObject({ contactId: first.contactId, isNew: false });
  });

  it("follows the profile name, but not over one that somebody here gave", async () => {
    const person = await who({ phone: "+31611110006", name: "Old name" });
    await who({ phone: "+31611110006", name: "New name" });
    expect((await contact(person.contactId))?.name).toBe("New name");
    await database.app.inOrganisation(organisationId, (tx) =>
      tx.query("update contact set name = 'Aunt Mien', name_source = 'agent' where organisation_id = $1 and id = $2", [
        organisationId,
        person.contactId,
      ]),
    );
    await who({ phone: "+31611110006", name: "Newest name" });
    expect((await contact(person.contactId))?.name).toBe("Aunt Mien");
  });
});

describe("moveIdentity", () => {
  it("keeps the person through a new number, whose former owner loses it", async () => {
    const mover = await who({ phone: "+31611110007", userId: "NL.7" });
    const former = await who({ phone: "+31611110008" });
    await database.app.inOrganisation(organisationId, (tx) =>
      moveIdentity(
        tx,
        ports,
        "whatsapp",
        { phone: "+31611110007", userId: "NL.7" },
        { phone: "+31611110008", userId: "NL.77" },
      ),
    );
    expect(await who({ phone: "+31611110008" })).toMatchObject({ contactId: mover.contactId });
    expect(await who({ userId: "NL.77" })).toMatchObject({ contactId: mover.contactId });
    expect(
      (await contact(mover.contactId))?.addresses.filter(({ current }) => !current).map(({ value }) => value),
    ).toEqual(["+31611110007", "NL.7"]);
    expect((await contact(former.contactId))?.addresses).toMatchObject([{ value: "+31611110008", current: false }]);
    const stranger = await who({ phone: "+31611110007" });
    expect(stranger).toMatchObject({ isNew: true });
  });

  it("of somebody nobody knows changes nothing", async () => {
    const moved = await database.app.inOrganisation(organisationId, (tx) =>
      moveIdentity(tx, ports, "whatsapp", { phone: "+31699999999" }, { phone: "+31699999998" }),
    );
    expect(moved).toBeNull();
  });
});

describe("suppressions", () => {
  it("are histories: said once, lifted once, never rewritten, and every change turns the person's epoch", async () => {
    const person = await who({ phone: "+31611110009" });
    const epoch = async () =>
      (
        await database.admin.query<{ consent_epoch: number }>("select consent_epoch from contact where id = $1", [
          person.contactId,
        ])
      ).rows[0]?.consent_epoch ?? 0;
    const before = await epoch();
    const stop = () =>
      database.app.inOrganisation(organisationId, (tx) =>
        suppress(tx, ports, { contactId: person.contactId, scope: "all", channel: "whatsapp", source: "keyword" }),
      );
    expect([await stop(), await stop()]).toEqual([true, false]);
    expect(await epoch()).toBeGreaterThan(before);
    const lift = (at: number) =>
      database.app.inOrganisation(organisationId, (tx) =>
        liftSuppressions(tx, ports, {
          contactId: person.contactId,
          channel: "whatsapp",
          sources: ["keyword"],
          by: "wamid.start",
          at,
        }),
      );
    expect(await lift(systemClock.now() - 60_000)).toBe(0); // a START from before the STOP lifts nothing
    expect(await lift(systemClock.now() + 1)).toBe(1);
    expect(
      (await database.app.inOrganisation(organisationId, (tx) => agreements(tx, person.contactId))).suppressions,
    ).toHaveLength(1);
  });

  it("cannot be deleted, nor consents changed, by the roles that work", async () => {
    const person = await who({ phone: "+31611110010" });
    const attempt = (sql: string) =>
      database.worker.inOrganisation(organisationId, (tx) => tx.query(sql, [organisationId, person.contactId]));
    await expect(attempt("delete from suppression where organisation_id = $1 and contact_id = $2")).rejects.toThrow(
      /permission denied/,
    );
    await expect(
      attempt("update consent set method = 'x' where organisation_id = $1 and contact_id = $2"),
    ).rejects.toThrow(/permission denied/);
  });
});

describe("readPhone", () => {
  it.each([
    ["06 12345678", "NL", "+31612345678", "NL"],
    ["+49 (0)89 2555 0140", "NL", "+498925550140", "DE"],
    ["0031612345678", "NL", "+31612345678", "NL"],
  ])("reads %j in %s", (text, home, e164, region) => expect(readPhone(text, home)).toEqual({ e164, region }));
  it.each(["", "bakery", "12"])("does not take %j for a number", (text) => expect(readPhone(text, "NL")).toBeNull());
});
