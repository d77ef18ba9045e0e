import { expect, it } from "vitest";
import { barriersOn, bram, describeOnStage, fieldOf, isTooWide, openConversation, threadOf } from "./browser.ts";
import { conversationWith, until } from "./support.ts";

const eva = "eva@korenaar.example";
const fatima = "fatima@korenaar.example";

describeOnStage("the one who answers for the account", (stage) => {
  it("forbids a word, an agent is refused for it and asks a second person, and then it goes", async () => {
    const { loket } = stage;
    const fien = await loket.newPerson("Fien Forbidden");
    await fien.says("Is the rye bread any good?");
    await conversationWith(loket, fien);

    const house = await stage.desk(eva);
    await house.goto(`${loket.url}/standing/house`);
    await house.getByRole("button", { name: "Add a rule" }).first().click();
    const form = house.getByRole("dialog", { name: "Add a rule" });
    await form.getByRole("combobox", { name: "Rule" }).click();
    await house.getByRole("option", { name: "Words you do not use" }).click();
    await form.getByRole("textbox", { name: "Words, one per line" }).fill("world's best");
    await form.getByText("In force at once").click();
    await form.getByRole("button", { name: "Add rule" }).click();
    await house.getByText("No message holds: world's best.").waitFor();

    const desk = await stage.desk(bram);
    await openConversation(desk, fien);
    const field = fieldOf(desk, fien);
    await field.fill("It is the world's best rye bread.");
    await field.press("Enter");
    const refusal = desk.getByRole("region", { name: /not (be )?sent/i });
    await refusal.waitFor();
    expect((await fien.sees()).filter(({ from }) => from === "business")).toEqual([]);

    await refusal.getByRole("link", { name: /second person/i }).click();
    const asking = desk.getByRole("dialog", { name: "Ask to set aside" });
    await asking
      .getByRole("textbox", { name: "Reason" })
      .fill("It won that prize in 2025, the customer asks after it.");
    await asking.getByRole("button", { name: "Ask a second person" }).click();
    const row = (page: typeof desk) => page.getByRole("listitem").filter({ hasText: "It won that prize" });
    await row(desk)
      .getByText(/waits for a second person/i)
      .waitFor();
    expect(await row(desk).getByRole("button", { name: "Agree" }).count(), "nobody agrees with themselves").toBe(0);

    const second = await stage.desk(fatima);
    await second.goto(`${loket.url}/standing/house`);
    await row(second).getByRole("button", { name: "Agree" }).click();
    await row(second)
      .getByText(/Agreed by Fatima/)
      .waitFor();

    await desk.goto(`${loket.url}/inbox`);
    await openConversation(desk, fien);
    await fieldOf(desk, fien).fill("It is the world's best rye bread.");
    await fieldOf(desk, fien).press("Enter");
    await until(
      async () => (await fien.sees()).some(({ text }) => text === "It is the world's best rye bread."),
      "the words on the phone",
    );
    await second.reload();
    await row(second)
      .getByText(/used once/)
      .waitFor();
  });

  it("stops a number, and whoever answers on it sees so until it is let go", async () => {
    const { loket } = stage;
    const stan = await loket.newPerson("Stan Stopped");
    await stan.says("Are you there?");
    await conversationWith(loket, stan);
    const today = await stage.desk(eva);
    await today.goto(`${loket.url}/standing/today`);
    const card = today.getByRole("region", { name: "De Korenaar" }).first();
    await card.getByRole("button", { name: "Stop" }).click();
    const dialog = today.getByRole("dialog");
    await dialog.getByRole("radio", { name: "Every message, answers too" }).check();
    await dialog.getByRole("textbox", { name: "Why" }).fill("A letter came.");
    await dialog.getByRole("button", { name: "Stop" }).click();
    await today.getByText("This needs you").waitFor();

    const desk = await stage.desk(bram);
    await openConversation(desk, stan);
    await desk.getByText(/nothing goes out over this number/).waitFor();
    await fieldOf(desk, stan).fill("Yes, we are.");
    await fieldOf(desk, stan).press("Enter");
    const bubble = threadOf(desk, stan).getByRole("article").filter({ hasText: "Yes, we are." });
    await bubble.getByText(/Stopped by your organisation/).waitFor();
    expect((await stan.sees()).filter(({ from }) => from === "business")).toEqual([]);

    await card.getByRole("button", { name: "Let go again" }).click();
    await desk.getByText(/nothing goes out over this number/).waitFor({ state: "hidden" });
    await bubble.getByRole("button", { name: "Try again" }).click();
    await until(async () => (await stan.sees()).some(({ text }) => text === "Yes, we are."), "the answer");
  });

  it("finds a rule by its words, sees its history, and what held on a day of 2019", async () => {
    const page = await stage.desk(eva);
    await page.goto(`${stage.loket.url}/standing/rules`);
    await page.getByRole("textbox", { name: "Search rules, clauses, sources" }).fill("24 hours");
    const rule = page.getByRole("link").filter({ hasText: "whatsapp.cloud.service-window-24h" }).first();
    await rule.click();
    await page.getByRole("heading", { name: "History" }).waitFor();
    await page.getByText("What can be done instead").waitFor();
    await page.getByRole("link", { name: "All rules" }).click();
    const search = page.getByRole("textbox", { name: "Search rules, clauses, sources" });
    const asOf = page.getByLabel("As of");
    const found = page.getByRole("link").filter({ hasText: "whatsapp.consumer.legal-action-2019" });
    await search.fill("legal action");
    await asOf.fill("2019-12-08");
    await found.waitFor();
    await asOf.fill("2019-12-06");
    await page.getByText("No rule matches").waitFor();
    await page.getByRole("button", { name: "Show everything" }).click();
    await found.waitFor();
  });

  it("has a public text checked, and a letter answered step by step", async () => {
    const { loket } = stage;
    const page = await stage.desk(eva);
    await page.goto(`${loket.url}/standing/claims`);
    await page.getByRole("button", { name: "Check a text" }).first().click();
    const form = page.getByRole("dialog", { name: "Check a text" });
    await form.getByRole("textbox", { name: "Where it is from" }).fill("korenaar.example/home");
    await form
      .getByRole("textbox", { name: "The text" })
      .fill("Send WhatsApp newsletters to thousands of people, also to those who never asked.");
    await form.getByRole("button", { name: "Check", exact: true }).click();
    await page.getByText("Has to go").first().waitFor();
    await page.goto(`${loket.url}/standing/today`);
    await page.getByText(/make claims that count as evidence/).waitFor();

    await page.goto(`${loket.url}/standing/demands`);
    await page.getByRole("button", { name: "A letter arrived" }).first().click();
    const letter = page.getByRole("dialog", { name: "A letter arrived" });
    await letter.getByRole("textbox", { name: "Who sent it" }).fill("A platform's lawyers");
    await letter.getByRole("textbox", { name: /What it says you did/ }).fill("Newsletters over WhatsApp");
    await letter.getByRole("button", { name: "Note it, and stop" }).click();
    await page.getByText("Evidence is kept").first().waitFor();
    await page.getByRole("checkbox", { name: /List all numbers/ }).click();
    await page.getByText(/done .* by Eva/).waitFor();
  });

  it("can be anybody, on any screen, in three languages", async () => {
    const { loket } = stage;
    const aside = await stage.desk(eva);
    await aside.goto(`${loket.url}/standing/today`);
    const links = aside.locator('a[href^="/standing/"]');
    await links.first().waitFor();
    const paths = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
    const pages = [...new Set(paths.map((path) => path.split("/")[2]?.split("?")[0] ?? ""))];
    expect(pages).toEqual(expect.arrayContaining(["today", "rules", "house", "claims", "demands"]));
    const found: Record<string, unknown> = {};
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await stage.desk(eva, { colorScheme });
      for (const name of pages) {
        await page.goto(`${loket.url}/standing/${name}`);
        await page.getByRole("heading", { level: 2 }).first().waitFor();
        const barriers = await barriersOn(page, colorScheme === "dark" ? ["color-contrast"] : []);
        if (barriers.length > 0) found[`${name} ${colorScheme}`] = barriers;
      }
    }
    const phone = await stage.desk(eva, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    for (const name of pages) {
      await phone.goto(`${loket.url}/standing/${name}`);
      await phone.getByRole("heading", { level: 2 }).first().waitFor();
      if (await isTooWide(phone)) found[`${name} at 390 px`] = "too wide";
    }
    const words = { nl: /Huisregels/, de: /Hausregeln/, en: /House rules/ } as const;
    const page = await stage.desk(eva);
    for (const [lang, house] of Object.entries(words)) {
      await page.goto(`${loket.url}/settings/account`);
      await page.getByRole("combobox").first().click();
      await page.getByRole("option", { name: { nl: "Nederlands", de: "Deutsch", en: "English" }[lang] ?? "" }).click();
      await page.locator(`html[lang="${lang}"]`).waitFor();
      await page.goto(`${loket.url}/standing/house`);
      await page.getByRole("heading", { name: house, level: 2 }).waitFor();
    }
    expect(found).toEqual({});
  });
});
