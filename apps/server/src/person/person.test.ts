import type { ContactDetail, Wording } from "@loket/contract";
import { createKeys, dayMs, instant } from "@loket/kit";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Shop, startShop } from "../testing-shop.ts";
import { createQuota } from "./quota.ts";
import { makePersonToken, readPersonToken } from "./token.ts";

/** A person's own page, as a browser without scripts uses it, and as programs that open links do. */
let shop: Shop;
let phones = 0;
let contactId: string;
let path: string;
beforeAll(async () => {
  shop = await startShop();
  await shop.api<Wording>("POST", "wordings", {
    version: "offers-1",
    language: "nl",
    text: "Bakery mag mij via WhatsApp aanbiedingen sturen <1 per week>.",
    purpose: "marketing",
    channels: ["whatsapp"],
    namesBusiness: true,
    namesChannel: true,
  });
});
afterAll(() => shop?.close());
beforeEach(async () => {
  phones += 1;
  const made = await shop.api<ContactDetail>("POST", "contacts", {
    name: 'Ann "<b>" O\'Neil',
    phone: `+3161234${1000 + phones * 37}`,
    locale: "nl",
  });
  contactId = made.body.id;
  const link = await shop.api<{ url: string }>("POST", `contacts/${contactId}/person-link`, {});
  path = new URL(link.body.url).pathname;
});

const get = (where: string, method = "GET") => fetch(`${shop.at.url}${where}`, { method, redirect: "manual" });
const formTokenOf = (page: string) => /name="form" value="([^"]+)"/.exec(page)?.[1] ?? "";
const post = async (fields: Record<string, string | string[]>, form?: string) => {
  const body = new URLSearchParams();
  body.set("form", form ?? formTokenOf(await (await get(path)).text()));
  for (const [name, values] of Object.entries(fields)) for (const value of [values].flat()) body.append(name, value);
  return fetch(`${shop.at.url}${path}`, { method: "POST", body, redirect: "manual" });
};
const person = async () => (await shop.api<ContactDetail>("GET", `contacts/${contactId}`)).body;
const marketing = async () => (await person()).agreements.find(({ purpose }) => purpose === "marketing");

describe("a person's own page", () => {
  it("speaks their language, hides nothing, runs nothing, and is kept out of searches and frames", async () => {
    const answer = await get(path);
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(page).toContain('<html lang="nl">');
    expect(page).toContain("Ann &quot;&lt;b&gt;&quot; O&#39;Neil");
    expect(page).toContain("aanbiedingen sturen &lt;1 per week&gt;");
    expect(page).not.toMatch(/<script|onclick/i);
    const headers = Object.fromEntries(answer.headers);
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-robots-tag": "noindex, nofollow",
      "x-frame-options": "DENY",
    });
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(await (await get(`${path}?lang=de`)).text()).toContain("Wozu Sie zugestimmt haben");
  });

  it("changes nothing by being opened, whoever opens it and however", async () => {
    const before = await person();
    for (const where of [path, `${path}/stop`, `${path}?done=stopped`, `${path}/data`, `${path}?act=stop`])
      for (const method of ["GET", "HEAD"]) await get(where, method);
    expect(await person()).toEqual(before);
  });

  it("lets them agree to the words they see, and take it back", async () => {
    const saved = await post({ act: "save", on: "marketing|whatsapp|" });
    expect(saved.status).toBe(303);
    expect(await (await get(saved.headers.get("location") ?? "")).text()).toContain("Je keuze is opgeslagen");
    expect(await marketing()).toMatchObject({
      state: "agreed",
      evidenceClass: "C",
      method: "person-page",
      wordingVersion: "offers-1",
    });
    await post({ act: "save" });
    expect(await marketing()).toMatchObject({ state: "stopped", method: "link" });
    expect((await person()).consents.map(({ action }) => action)).toEqual(["withdrawn", "granted"]);
    await post({ act: "save", on: "marketing|whatsapp|" });
    expect(await marketing()).toMatchObject({ state: "agreed" });
  });

  it("stops everything, with the form, or with one click of a mail program that has not seen the page", async () => {
    await post({ act: "save", on: "marketing|whatsapp|" });
    await post({ act: "stop" });
    expect((await person()).agreements.map(({ state }) => state)).toEqual(["stopped", "stopped"]);
    const other = await shop.api<ContactDetail>("POST", "contacts", { name: "B", phone: "+31612399001" });
    const link = await shop.api<{ url: string }>("POST", `contacts/${other.body.id}/person-link`, {});
    const clicked = await fetch(`${link.body.url}/stop`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", origin: "https://mail.example" },
      body: "List-Unsubscribe=One-Click",
    });
    expect(clicked.status).toBe(200);
    const stopped = (await shop.api<ContactDetail>("GET", `contacts/${other.body.id}`)).body.suppressions;
    expect(stopped).toMatchObject([{ scope: "all", channel: "all", source: "link" }]);
  });

  it("takes no form that did not come from it", async () => {
    for (const form of ["", "made-up"]) {
      const refused = await post({ act: "stop" }, form);
      expect(refused.status).toBe(403);
    }
    expect((await person()).suppressions).toEqual([]);
  });

  it("hands over everything that is known, with what proves the ledger's entries", async () => {
    await post({ act: "save", on: "marketing|whatsapp|" });
    const answer = await get(`${path}/data`);
    const data = (await answer.json()) as {
      person: { name: string };
      consents: unknown[];
      ledger: { subject: string };
    };
    expect(answer.headers.get("content-disposition")).toContain("attachment");
    expect(data.person.name).toBe('Ann "<b>" O\'Neil');
    expect(data.consents).toHaveLength(1);
    expect(data.ledger.subject).toMatch(/^[\w-]{22}$/);
  });

  it("erases them only when they say that they are sure", async () => {
    await post({ act: "erase" });
    expect((await person()).erasure).toBeNull();
    await post({ act: "erase", sure: "yes" });
    expect((await person()).erasure).toMatchObject({ requestedBy: "person" });
  });

  it("is nobody's with a changed, foreign or old address", async () => {
    const token = path.slice("/me/".length);
    const { ports } = shop.at.loket;
    const old = makePersonToken(ports.keys, {
      organisationId: shop.organisationId,
      contactId,
      expiresAt: instant(ports.clock.now() - 1_000),
    });
    const foreign = makePersonToken(createKeys(new Uint8Array(32)), {
      organisationId: shop.organisationId,
      contactId,
      expiresAt: instant(ports.clock.now() + dayMs),
    });
    for (const wrong of [`${token.slice(0, -2)}xx`, token.slice(0, -4), `${token}A`, old, foreign, "x"])
      expect((await get(`/me/${wrong}`)).status).toBe(404);
    const changed = Buffer.from(token, "base64url");
    for (let at = 0; at < changed.length; at++) {
      const flipped = Buffer.from(changed);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      expect(readPersonToken(ports.keys, flipped.toString("base64url"))).toBeNull();
    }
  });
});

it("a visitor who comes too often waits", () => {
  let nowMs = 0;
  const quota = createQuota({ ...shop.at.loket.ports.clock, monotonicMs: () => nowMs }, { most: 2, perMs: 1_000 });
  expect([quota.take("a"), quota.take("a"), quota.take("a"), quota.take("b")]).toEqual([true, true, false, true]);
  nowMs = 1_001;
  expect(quota.take("a")).toBe(true);
});
