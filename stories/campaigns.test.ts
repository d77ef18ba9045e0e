import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { barriersOn, describeOnStage, isTooWide, type Stage } from "./browser.ts";
import { type Person, until } from "./support.ts";

const eva = "eva@korenaar.example";
const fatima = "fatima@korenaar.example";

/** Somebody on file, with or without their word for offers. */
async function newReader({ loket }: Stage, name: string, agreed: boolean): Promise<Person> {
  const person = await loket.newPerson(name);
  const made = await loket.api("POST", "contacts", { name, phone: `+${person.number}` });
  expect(made.status).toBe(201);
  if (agreed) {
    const said = await loket.api("POST", `contacts/${made.body.id}/consents`, {
      purpose: "marketing",
      channel: "whatsapp",
      action: "granted",
      method: "paper",
      wordingVersion: "2026-01",
      evidence: "form 12",
    });
    expect(said.status).toBeLessThan(300);
  }
  return person;
}

async function choosePerson(page: Page, { name }: Person): Promise<void> {
  const field = page.getByRole("combobox", { name: "Search and choose people" });
  await field.fill(name);
  await page.getByRole("option", { name: new RegExp(name) }).click();
  await field.press("Escape");
}

/** Fills in the form as far as it goes, for these people. */
async function fillIn(page: Page, name: string, people: readonly Person[]): Promise<void> {
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await page.getByRole("radio", { name: "Marketing" }).check();
  await page.getByRole("button", { name: /^Choose: weekend_offer/ }).click();
  await page.getByRole("button", { name: "Insert the person’s name in Value 1" }).click();
  await page.getByRole("textbox", { name: "Where the name is not known, write" }).fill("klant");
  await page.getByRole("textbox", { name: "Value 2" }).fill("speculaas");
  await page.getByRole("radio", { name: "People I choose" }).check();
  for (const person of people) await choosePerson(page, person);
}

describeOnStage("an editor with something to tell many", (stage) => {
  it("sees who will get it and why not, starts it, watches it end, and opens a reason", async () => {
    const { loket } = stage;
    const yara = await newReader(stage, "Yara Yes", true);
    const nils = await newReader(stage, "Nils No", false);
    const desk = await stage.desk(eva);
    await desk.goto(`${loket.url}/inbox`);
    await desk.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Campaigns" }).click();
    await desk.getByRole("link", { name: /Sinterklaasweekend/ }).waitFor();
    await desk.getByRole("link", { name: "New campaign" }).click();

    await desk.getByRole("button", { name: "Save draft" }).click();
    await desk.getByText("Give it a name that your colleagues will recognise.").waitFor();
    await fillIn(desk, "Speculaas for Saturday", [yara, nils]);
    const forecast = desk.getByRole("region", { name: "Forecast" });
    await forecast.getByText("1 message will go").waitFor();
    await forecast.getByRole("row", { name: /Refused 1/ }).waitFor();
    const rule = forecast.getByRole("link").first();
    expect(await rule.getAttribute("href")).toMatch(/^\/standing\/rules\/./);
    expect(await barriersOn(desk)).toEqual([]);

    await desk.getByRole("link", { name: "All campaigns" }).click();
    await desk
      .getByRole("dialog", { name: "Leave without saving?" })
      .getByRole("button", { name: "Stay here" })
      .click();
    await desk.getByRole("button", { name: "Save draft" }).click();
    await desk.getByRole("heading", { name: "Speculaas for Saturday", level: 1 }).waitFor();
    expect(await yara.sees(), "saving sends nothing").toEqual([]);
    expect(await barriersOn(desk)).toEqual([]);

    await desk.getByRole("button", { name: "Start" }).click();
    const starting = desk.getByRole("dialog", { name: "Start this campaign?" });
    await starting.getByText("1 message goes out as soon as you start it.").waitFor();
    await starting.getByRole("button", { name: "Start" }).click();
    await desk.getByRole("status").getByText("Done", { exact: true }).waitFor();
    const [got] = await until(async () => {
      const seen = await yara.sees();
      return seen.length > 0 && seen;
    }, "the message on the phone");
    expect(got?.text).toContain("Dag Yara Yes, dit weekend bakken we speculaas");
    expect(await nils.sees()).toEqual([]);

    const reasons = desk.getByRole("link").filter({ hasText: "Terms book · Refused" });
    await reasons.first().click();
    await desk.getByText(/^Only: /).waitFor();
    const row = desk.getByRole("listitem").filter({ has: desk.getByRole("link", { name: "Nils No" }) });
    await row.getByRole("button").click();
    await row.getByRole("region", { name: /not (be )?sent/i }).waitFor();
    expect(await desk.getByRole("link", { name: "Yara Yes" }).count(), "only who was kept back for it").toBe(0);
    expect(await barriersOn(desk)).toEqual([]);

    await desk.getByRole("button", { name: "Make an evidence pack" }).click();
    await desk.getByRole("link", { name: "Go to the packs" }).click();
    await desk.getByText(/A campaign · EN/).waitFor();
  });

  it("cannot start alone what the house wants two to look at", async () => {
    const { loket } = stage;
    const readers = [await newReader(stage, "Rosa Reader", true), await newReader(stage, "Rik Reader", true)];
    const house = await loket.api("POST", "own-rules", {
      kind: "second-pair-of-eyes",
      settings: { above: 1 },
      state: "active",
    });
    expect(house.status).toBe(201);
    const desk = await stage.desk(eva);
    await desk.goto(`${loket.url}/campaigns/new`);
    await fillIn(desk, "Stollen", readers);
    await desk.getByRole("button", { name: "Save draft" }).click();
    await desk.getByRole("button", { name: "Start" }).click();
    const starting = desk.getByRole("dialog", { name: "Start this campaign?" });
    await starting.getByRole("button", { name: "Start" }).click();
    await starting.getByText("Ask a colleague to open this page and approve it.", { exact: false }).waitFor();
    expect(await desk.getByRole("button", { name: "Approve" }).count(), "nobody approves their own").toBe(0);

    const second = await stage.desk(fatima);
    await second.goto(desk.url());
    await second.getByRole("button", { name: "Approve" }).click();
    await second.getByText(/Approved by Fatima/).waitFor();
    await desk.getByText(/Approved by Fatima/).waitFor();
    await starting.getByRole("button", { name: "Start" }).click();
    await desk.getByRole("status").getByText("Done", { exact: true }).waitFor();
    for (const reader of readers)
      await until(async () => (await reader.sees()).length === 1, `the message at ${reader.name}`);
    await loket.api("DELETE", `own-rules/${house.body.id}`);
  });

  it("can be anybody, on any screen, in three languages", async () => {
    const { loket } = stage;
    const { items } = (await loket.api("GET", "campaigns")).body;
    const pages = ["campaigns", "campaigns/new", `campaigns/${items[0].id}`];
    const found: Record<string, unknown> = {};
    const dark = await stage.desk(eva, { colorScheme: "dark" });
    const phone = await stage.desk(eva, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    for (const name of pages) {
      for (const page of [dark, phone]) {
        await page.goto(`${loket.url}/${name}`);
        await page.getByRole("heading", { level: 1 }).waitFor();
      }
      const barriers = await barriersOn(dark, ["color-contrast"]);
      if (barriers.length > 0) found[`${name} in the dark`] = barriers;
      if (await isTooWide(phone)) found[`${name} at 390 px`] = "too wide";
    }
    expect(found).toEqual({});
    const words = { nl: "Campagnes", de: "Kampagnen", en: "Campaigns" } as const;
    for (const [lang, title] of Object.entries(words)) {
      await dark.goto(`${loket.url}/settings/account`);
      await dark.getByRole("combobox").first().click();
      await dark.getByRole("option", { name: { nl: "Nederlands", de: "Deutsch", en: "English" }[lang] ?? "" }).click();
      await dark.locator(`html[lang="${lang}"]`).waitFor();
      await dark.goto(`${loket.url}/campaigns`);
      await dark.getByRole("heading", { name: title, level: 1 }).waitFor();
    }
  });
});
