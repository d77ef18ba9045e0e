import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import {
  bram,
  describeOnStage,
  fieldOf,
  inFocus,
  openConversation,
  rowOf,
  signIn,
  threadOf,
  writeOnPhone,
} from "./browser.ts";
import { conversationWith, password, until } from "./support.ts";

describeOnStage("the sign-in", (stage) => {
  it("is where everybody is sent who is not signed in, and lets them on to where they were going", async () => {
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
});

describeOnStage("the desk", (stage) => {
  it("is worked with the keyboard alone", async () => {
    const { loket } = stage;
    const [one, two] = [await loket.newPerson("Kees Keys"), await loket.newPerson("Kira Keys")];
    await one.says("Good morning");
    await conversationWith(loket, one);
    await two.says("Good morning too");
    const { id } = await conversationWith(loket, two);
    const desk = await stage.desk(bram);
    await rowOf(desk, one).waitFor();
    await rowOf(desk, two).waitFor();
    const { keyboard } = desk;

    // J walks down to each of the two, K back up.
    const walkTo = async (key: "j" | "k", wanted: string) => {
      for (let steps = 0; steps < 30 && !desk.url().includes(wanted); steps++) {
        const before = desk.url();
        await keyboard.press(key);
        await desk.waitForURL((url) => url.href !== before);
      }
      expect(desk.url()).toContain(wanted);
    };
    const rows = desk.getByRole("region", { name: "Conversations" }).getByRole("link");
    const idAt = async (index: number) =>
      /[0-9a-f-]{36}/.exec((await rows.nth(index).getAttribute("href")) ?? "")?.[0] ?? "";
    const [top, below] = [await idAt(0), await idAt(1)];
    await walkTo("j", top);
    await walkTo("j", below);
    await walkTo("k", top);
    await walkTo("j", id);
    await threadOf(desk, two).waitFor();

    await keyboard.press("Enter");
    await inFocus(fieldOf(desk, two));
    await keyboard.type("Morning j k e ?");
    await keyboard.press("Escape");
    await until(
      () => fieldOf(desk, two).evaluate((field) => field !== field.ownerDocument.activeElement),
      "the field to be left",
    );
    expect(await fieldOf(desk, two).inputValue()).toBe("Morning j k e ?");
    expect(desk.url()).toContain(id);

    await keyboard.press("n");
    const note = desk.getByRole("textbox", { name: "Internal note" });
    await inFocus(note);
    await keyboard.type("Regular, likes it crisp");
    await keyboard.press("Enter");
    await threadOf(desk, two).getByText("Regular, likes it crisp").waitFor();
    await keyboard.press("Escape");
    await until(() => note.evaluate((field) => field !== field.ownerDocument.activeElement), "the note to be left");

    await keyboard.press("r");
    await inFocus(fieldOf(desk, two));
    await keyboard.press("Enter");
    await threadOf(desk, two).getByRole("article").filter({ hasText: "Morning j k e ?" }).waitFor();
    await until(
      async () => (await two.sees()).some(({ from, text }) => from === "business" && text === "Morning j k e ?"),
      "the answer on the phone",
    );
    expect((await two.sees()).filter(({ from }) => from === "business")).toHaveLength(1);

    await keyboard.press("Escape");
    await keyboard.press("?");
    const sheet = desk.getByRole("dialog", { name: "Keyboard shortcuts" });
    await sheet.waitFor();
    await keyboard.press("Escape");
    await sheet.waitFor({ state: "hidden" });

    await keyboard.press("Control+k");
    const palette = desk.getByRole("dialog");
    await palette.waitFor();
    await keyboard.type("Kees Keys");
    await palette
      .getByRole("button", { name: /Kees Keys/ })
      .first()
      .waitFor();
    await keyboard.press("ArrowDown");
    await keyboard.press("Enter");
    await palette.waitFor({ state: "hidden" });
    await threadOf(desk, one).waitFor();

    await keyboard.press("e");
    await until(async () => (await conversationWith(loket, one)).state === "done", "the conversation to be closed");
    await desk.getByText("Closed", { exact: true }).first().waitFor();
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
});

describeOnStage("for everybody", (stage) => {
  it.each(["light", "dark"] as const)("the screens pass the accessibility rules (%s)", async (colorScheme) => {
    const { loket } = stage;
    const iris = await loket.newPerson(`Iris Inclusive ${colorScheme}`);
    await iris.says("Can everybody use this?");
    const outside = await (await stage.visit({ colorScheme })).newPage();
    await outside.goto(`${loket.url}/login`);
    await outside.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(await barriers(outside)).toEqual([]);

    const desk = await stage.desk(bram, { colorScheme });
    await openConversation(desk, iris);
    await threadOf(desk, iris).getByText("Can everybody use this?").waitFor();
    expect(await barriers(desk)).toEqual([]);
    await desk.getByRole("button", { name: "Use a template" }).click();
    await desk.getByRole("textbox", { name: "Find a template" }).waitFor();
    expect(await barriers(desk)).toEqual([]);

    const phone = await (await stage.visit({ colorScheme })).newPage();
    await phone.goto(`${loket.sandboxUrl}/?phones=${iris.number}`);
    await phone.getByRole("button", { name: /Bakkerij De Korenaar/ }).click();
    await writeOnPhone(phone, "Everybody?");
    await phone.getByRole("log").getByText("Everybody?", { exact: true }).waitFor();
    expect(await barriers(phone)).toEqual([]);

    const console_ = await (await stage.visit({ colorScheme })).newPage();
    await console_.goto(`${loket.sandboxUrl}/console`);
    await console_.getByRole("heading", { name: "Log" }).waitFor();
    expect(await barriers(console_)).toEqual([]);
  });
});

/** What keeps people out, seriously or worse: the rule, and where. */
async function barriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
    );
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
  return parts.reduce((sum, part) => sum + part, 0) / (3 * 255);
}

function isTooWide(page: Page): Promise<boolean> {
  return page.locator("html").evaluate((html) => html.scrollWidth > html.clientWidth);
}
