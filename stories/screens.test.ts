import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import {
  barriersOn,
  bram,
  describeOnStage,
  fieldOf,
  inFocus,
  isTooWide,
  openConversation,
  outOfFocus,
  rowOf,
  signIn,
  threadOf,
  writeOnPhone,
} from "./browser.ts";
import { conversationWith, type Person, password, until } from "./support.ts";

describeOnStage("what is on screen", (stage) => {
  it("is the sign-in for everybody who is not signed in, and lets them on to where they were going", async () => {
    const { loket } = stage;
    for (const path of ["/", "/inbox", "/settings/account"]) {
      const page = await (await stage.visit()).newPage();
      await page.goto(`${loket.url}${path}`);
      await page.waitForURL(/\/login/);
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
    }
    const page = await (await stage.visit()).newPage();
    await page.goto(`${loket.url}/settings/account`);
    await page.getByRole("button", { name: "English" }).click();
    await signIn(page, bram, password);
    await page.waitForURL(/\/settings\/account/);
  });

  it("says so when the password is wrong, and asks again", async () => {
    const page = await (await stage.visit()).newPage();
    await page.goto(`${stage.loket.url}/login`);
    await page.getByRole("button", { name: "English" }).click();
    await signIn(page, bram, "not the password");
    await page.getByRole("alert").getByText("This e-mail and password do not belong together.").waitFor();
    expect(new URL(page.url()).pathname).toBe("/login");
    expect((await page.request.get(`${stage.loket.url}/api/v1/conversations`)).status()).toBe(401);
    await signIn(page, bram, password);
    await page.getByRole("status", { name: "Live" }).waitFor();
  });

  it("speaks English, Dutch and German, and so does everything behind it", async () => {
    const page = await (await stage.visit()).newPage();
    await page.goto(`${stage.loket.url}/login`);
    const languages = [
      { lang: "de", own: "Deutsch", heading: "Anmelden", contacts: "Kontakte" },
      { lang: "en", own: "English", heading: "Sign in", contacts: "Contacts" },
      { lang: "nl", own: "Nederlands", heading: "Inloggen", contacts: "Contacten" },
    ];
    const isSpoken = (lang: string) => page.locator(`html[lang="${lang}"]`).waitFor();
    for (const { lang, own, heading } of languages) {
      await page.getByRole("button", { name: own }).click();
      await isSpoken(lang);
      await page.getByRole("heading", { name: heading }).waitFor();
    }
    await page.getByRole("button", { name: "English" }).click();
    await signIn(page, bram, password);
    await page.getByRole("status", { name: "Live" }).waitFor();
    await page.goto(`${stage.loket.url}/settings/account`);
    for (const { lang, own, contacts } of languages) {
      await page.getByRole("combobox").first().click();
      await page.getByRole("option", { name: own }).click();
      await isSpoken(lang);
      await page.getByRole("navigation").getByRole("link", { name: contacts }).waitFor();
    }
    await page.reload();
    await isSpoken("nl");
  });

  /** The desk with somebody waiting whose conversation the keyboard opened. */
  const keyboardOn = async (person: Person) => {
    await person.says("Good morning");
    const { id } = await conversationWith(stage.loket, person);
    const desk = await stage.desk(bram);
    await rowOf(desk, person).waitFor();
    await walk(desk, "j", id);
    await threadOf(desk, person).getByText("Good morning").waitFor();
    return { desk, id, keyboard: desk.keyboard };
  };

  it("is walked with J and K", async () => {
    const kees = await stage.loket.newPerson("Kees Keys");
    await kees.says("Good morning");
    await conversationWith(stage.loket, kees);
    const desk = await stage.desk(bram);
    await rowOf(desk, kees).waitFor();
    const rows = desk.getByRole("region", { name: "Conversations" }).getByRole("link");
    const idAt = async (index: number) =>
      /[0-9a-f-]{36}/.exec((await rows.nth(index).getAttribute("href")) ?? "")?.[0] ?? "";
    const [top, below] = [await idAt(0), await idAt(1)];
    for (const [key, wanted] of [
      ["j", top],
      ["j", below],
      ["k", top],
    ] as const) {
      await desk.keyboard.press(key);
      await desk.waitForURL((url) => url.pathname.endsWith(wanted));
    }
  });

  it("takes Enter for opening the field", async () => {
    const kira = await stage.loket.newPerson("Kira Keys");
    const { desk, keyboard } = await keyboardOn(kira);
    await keyboard.press("Enter");
    await inFocus(fieldOf(desk, kira), 5_000);
  });

  it("takes R for a reply, Escape for leaving the field, and letters for letters while one types", async () => {
    const koen = await stage.loket.newPerson("Koen Keys");
    const { desk, id, keyboard } = await keyboardOn(koen);
    const field = fieldOf(desk, koen);
    await keyboard.press("r");
    await inFocus(field);
    await keyboard.type("Morning j k e ?");
    await keyboard.press("Escape");
    await outOfFocus(field);
    expect(await field.inputValue()).toBe("Morning j k e ?");
    expect(desk.url()).toContain(id);
    await keyboard.press("r");
    await inFocus(field);
    await keyboard.press("Enter");
    await threadOf(desk, koen).getByRole("article").filter({ hasText: "Morning j k e ?" }).waitFor();
    await until(
      async () => (await koen.sees()).some(({ from, text }) => from === "business" && text === "Morning j k e ?"),
      "the answer on the phone",
    );
    expect((await koen.sees()).filter(({ from }) => from === "business")).toHaveLength(1);
  });

  it("takes N for a note, which the customer never sees", async () => {
    const karin = await stage.loket.newPerson("Karin Keys");
    const { desk, keyboard } = await keyboardOn(karin);
    await keyboard.press("n");
    const note = desk.getByRole("textbox", { name: "Internal note" });
    await inFocus(note);
    await keyboard.type("Regular, likes it crisp");
    await keyboard.press("Enter");
    await threadOf(desk, karin).getByText("Regular, likes it crisp").waitFor();
    const { id } = await conversationWith(stage.loket, karin);
    await until(
      async () => (await stage.loket.api("GET", `conversations/${id}/notes`)).body.items.length === 1,
      "the note to be kept",
    );
    expect(await karin.sees()).toHaveLength(1);
  });

  it("shows its keys at ?, and finds anything at Ctrl+K", async () => {
    const [klaas, kim] = [await stage.loket.newPerson("Klaas Keys"), await stage.loket.newPerson("Kim Keys")];
    await klaas.says("Find me");
    await conversationWith(stage.loket, klaas);
    const { desk, keyboard } = await keyboardOn(kim);
    await keyboard.press("?");
    const sheet = desk.getByRole("dialog", { name: "Keyboard shortcuts" });
    await sheet.waitFor();
    await keyboard.press("Escape");
    await sheet.waitFor({ state: "hidden" });

    await keyboard.press("Control+k");
    const palette = desk.getByRole("dialog");
    await inFocus(palette.getByRole("textbox"));
    await keyboard.type("Klaas Keys");
    const found = palette.getByRole("button", { name: /Find me/ });
    await found.waitFor();
    for (let steps = 0; steps < 10 && (await found.getAttribute("data-selected")) === null; steps++)
      await keyboard.press("ArrowDown");
    await keyboard.press("Enter");
    await palette.waitFor({ state: "hidden" });
    await threadOf(desk, klaas).waitFor();
  });

  it("takes E for closing, goes on to the next, and takes Escape for closing what is open", async () => {
    const kasper = await stage.loket.newPerson("Kasper Keys");
    const { desk, id, keyboard } = await keyboardOn(kasper);
    await keyboard.press("e");
    await until(async () => (await conversationWith(stage.loket, kasper)).state === "done", "it to be closed");
    await desk.waitForURL((url) => /\/inbox\/[0-9a-f-]{36}$/.test(url.pathname) && !url.pathname.endsWith(id));
    await rowOf(desk, kasper).waitFor({ state: "hidden" });
    await keyboard.press("Escape");
    await desk.waitForURL((url) => url.pathname === "/inbox", { timeout: 5_000 });
  });

  it("is one thing at a time on a phone: the list, the thread, and back", async () => {
    const { loket } = stage;
    const nils = await loket.newPerson("Nils Narrow");
    await nils.says("On my phone as well");
    await conversationWith(loket, nils);
    const desk = await stage.desk(bram, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await rowOf(desk, nils).tap();
    await threadOf(desk, nils).getByText("On my phone as well").waitFor();
    await rowOf(desk, nils).waitFor({ state: "hidden" });
    expect(await isTooWide(desk)).toBe(false);
    await desk.getByRole("button", { name: "Back", exact: true }).tap();
    await rowOf(desk, nils).waitFor();
    await threadOf(desk, nils).waitFor({ state: "hidden" });
    expect(await isTooWide(desk)).toBe(false);
  });

  it("is dark where the device is, and where somebody says so", async () => {
    const dark = await stage.desk(bram, { colorScheme: "dark" });
    expect(await lightness(dark)).toBeLessThan(0.25);
    const desk = await stage.desk(bram, { colorScheme: "light" });
    expect(await lightness(desk)).toBeGreaterThan(0.75);
    await desk.getByRole("button", { name: "Your account" }).click();
    await desk.getByRole("menuitem", { name: "Dark theme" }).click();
    await until(async () => (await lightness(desk)) < 0.25, "the dark");
    await desk.reload();
    await desk.getByRole("status", { name: "Live" }).waitFor();
    expect(await lightness(desk)).toBeLessThan(0.25);
  });

  it.each([
    { colorScheme: "light", rules: "all of them" },
    { colorScheme: "dark", rules: "of contrast" },
  ] as const)("passes the accessibility rules, $rules, when $colorScheme", async ({ colorScheme }) => {
    // What is dark differs in its colours alone.
    const barriers = (page: Page) => barriersOn(page, colorScheme === "dark" ? ["color-contrast"] : []);
    const { loket } = stage;
    const iris = await loket.newPerson(`Iris Inclusive ${colorScheme}`);
    await iris.says("Can everybody use this?");
    const outside = await (await stage.visit({ colorScheme })).newPage();
    await outside.goto(`${loket.url}/login`);
    await outside.getByRole("heading", { name: "Sign in" }).waitFor();
    const found: Record<string, string[]> = { signIn: await barriers(outside) };

    const desk = await stage.desk(bram, { colorScheme });
    await openConversation(desk, iris);
    await threadOf(desk, iris).getByText("Can everybody use this?").waitFor();
    found.desk = await barriers(desk);
    await desk.getByRole("button", { name: "Use a template" }).click();
    await desk.getByRole("textbox", { name: "Find a template" }).waitFor();
    found.templates = await barriers(desk);

    const phone = await (await stage.visit({ colorScheme })).newPage();
    await phone.goto(`${loket.sandboxUrl}/?phones=${iris.number}`);
    await phone.getByRole("button", { name: /Bakkerij De Korenaar/ }).click();
    await writeOnPhone(phone, "Everybody?");
    await phone.getByRole("log").getByText("Everybody?", { exact: true }).waitFor();
    found.phone = await barriers(phone);

    const console_ = await (await stage.visit({ colorScheme })).newPage();
    await console_.goto(`${loket.sandboxUrl}/console`);
    await console_.getByRole("heading", { name: "Log" }).waitFor();
    found.console = await barriers(console_);
    expect(found).toEqual({ signIn: [], desk: [], templates: [], phone: [], console: [] });
  });
});

/** Presses the key until this conversation is the open one. */
async function walk(desk: Page, key: "j" | "k", id: string): Promise<void> {
  for (let steps = 0; steps < 30 && !desk.url().includes(id); steps++) {
    const before = desk.url();
    await desk.keyboard.press(key);
    await desk.waitForURL((url) => url.href !== before);
  }
}

/** How light the page is, 0 to 1. */
async function lightness(page: Page): Promise<number> {
  const colour = await page
    .locator("body")
    .evaluate((body) => body.ownerDocument.defaultView?.getComputedStyle(body).backgroundColor ?? "");
  const parts =
    colour
      .match(/[\d.]+/g)
      ?.slice(0, 3)
      .map(Number) ?? [];
  return parts.reduce((sum: number, part: number) => sum + part, 0) / (3 * 255);
}
