import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { barriersOn, describeOnStage, isTooWide, type Stage } from "./browser.ts";

/* The sandbox's own pages: phones used by hand and by keyboard, the console, charts, three languages, two themes. */

interface World {
  accounts: { id: string; tokens: { token: string }[]; numbers: { id: string; number: string }[] }[];
}

/** The bakery's number, and ways to send from it and to write to it. */
async function bakeryOf({ loket }: Stage) {
  const world = (await loket.sandbox<World>("GET", "")).body;
  const [account] = world.accounts;
  const number = account?.numbers[0];
  if (!account || !number) throw new Error("The sandbox has an account with a number.");
  const graph = async (path: string, body: object) => {
    const answer = await fetch(`${loket.sandboxUrl}/v25.0/${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${account.tokens[0]?.token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const read = (await answer.json()) as { id?: string; error?: { message: string } };
    if (read.error) throw new Error(read.error.message);
    return read;
  };
  const send = (to: string, body: object) =>
    graph(`${number.id}/messages`, { messaging_product: "whatsapp", to, ...body });
  return { account, number, graph, send };
}

const logOf = (page: Page) => page.getByRole("log", { name: "Bakkerij De Korenaar" });

describeOnStage("the sandbox's pages", (stage) => {
  it("let a message be reached, reacted to and answered without a mouse", async () => {
    const { send } = await bakeryOf(stage);
    const kim = await stage.loket.newPerson("Kim Keys");
    await kim.says("Hello?");
    await send(kim.number, { type: "text", text: { body: "Come and taste." } });
    const page = await stage.phone(kim);
    await logOf(page).getByText("Come and taste.").waitFor();
    await page.getByRole("textbox", { name: "Message" }).fill("half a thought");
    await logOf(page).focus();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "More reactions" }).click();
    await page.getByRole("button", { name: "React with 🍞" }).click();
    await logOf(page).getByText("🍞").waitFor();
    await page.getByRole("listitem").filter({ hasText: "Come and taste." }).focus();
    await page.keyboard.press("r");
    await page.getByRole("button", { name: "Cancel" }).waitFor();
    expect(await barriersOn(page)).toEqual([]);
    await page.reload();
    await expect.poll(() => page.getByRole("textbox", { name: "Message" }).inputValue()).toBe("half a thought");
  });

  it("let a finger swipe a message to reply, and hold it for its menu without choosing from it", async () => {
    const { send } = await bakeryOf(stage);
    const tess = await stage.loket.newPerson("Tess Touch");
    await tess.says("Do you have rye?");
    await send(tess.number, { type: "text", text: { body: "Until five." } });
    const context = await stage.visit({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    const page = await context.newPage();
    await page.goto(`${stage.loket.sandboxUrl}/?phones=${tess.number}`);
    await page.getByRole("button", { name: /Bakkerij De Korenaar/ }).click();
    const finger = await context.newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", touchPoints: { x: number; y: number }[] = []) =>
      finger.send("Input.dispatchTouchEvent", { type, touchPoints });
    const placeOf = async (words: string) => {
      const box = await logOf(page).getByText(words).boundingBox();
      return { x: (box?.x ?? 0) + 10, y: (box?.y ?? 0) + 8 };
    };
    await logOf(page).getByText("Until five.").waitFor();
    const from = await placeOf("Until five.");
    await touch("touchStart", [from]);
    for (let by = 20; by <= 80; by += 20) await touch("touchMove", [{ x: from.x + by, y: from.y }]);
    await touch("touchEnd");
    await page.getByRole("button", { name: "Cancel" }).click();

    await touch("touchStart", [await placeOf("Do you have rye?")]);
    await page.getByRole("button", { name: "Delete for everyone" }).waitFor();
    await touch("touchEnd");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Delete for everyone" }).waitFor({ state: "detached" });
    await logOf(page).getByText("Do you have rye?").waitFor();

    await logOf(page).getByText("Today").waitFor();
    await stage.loket.sandbox("POST", "clock", { advance: "24h" });
    await logOf(page).getByText("Yesterday").waitFor();
  });

  it("show what waits while a phone is off", async () => {
    const { send } = await bakeryOf(stage);
    const otto = await stage.loket.newPerson("Otto Off");
    await otto.says("Good night.");
    const page = await stage.phone(otto);
    await page.getByRole("button", { name: "Switch off the phone of Otto Off" }).click();
    await page.getByRole("heading", { name: "This phone is off" }).waitFor();
    await send(otto.number, { type: "text", text: { body: "Sleep well." } });
    expect((await otto.sees()).map(({ text }) => text)).not.toContain("Sleep well.");
    expect(await barriersOn(page)).toEqual([]);
    await page.getByRole("button", { name: "Switch on" }).click();
    await logOf(page).getByText("Sleep well.").waitFor();
  });

  it("let somebody fill in a flow and order from a list of products", async () => {
    const { account, graph, send } = await bakeryOf(stage);
    const flo = await stage.loket.newPerson("Flo Forms");
    await flo.says("I would like to collect something.");
    const footer = (label: string, action: object) => ({ type: "Footer", label, "on-click-action": action });
    const screen = (id: string, children: object[]) => ({
      id,
      title: id,
      layout: { type: "SingleColumnLayout", children },
    });
    const name = { type: "TextInput", name: "name", label: "Your name", required: true };
    const reminder = { type: "OptIn", name: "reminder", label: "Remind me" };
    const next = { name: "navigate", next: { type: "screen", name: "DAY" }, payload: { name: `\${form.name}` } };
    const done = { name: "complete", payload: { name: `\${data.name}`, reminder: `\${form.reminder}` } };
    const screens = [
      screen("WHO", [{ type: "Form", name: "form", children: [name, footer("Next", next)] }]),
      {
        ...screen("DAY", [reminder, footer("Done", done)]),
        terminal: true,
        data: { name: { type: "string", __example__: "Flo" } },
      },
    ];
    const { id } = await graph(`${account.id}/flows`, {
      name: "collect",
      categories: ["APPOINTMENT_BOOKING"],
      flow_json: JSON.stringify({ version: "7.0", screens }),
      publish: true,
    });
    const parameters = { flow_message_version: "3", flow_token: "t", flow_id: id, flow_cta: "Plan it" };
    await send(flo.number, {
      type: "interactive",
      interactive: { type: "flow", body: { text: "When will you come?" }, action: { name: "flow", parameters } },
    });
    const page = await stage.phone(flo);
    await page.getByRole("button", { name: "Plan it" }).click();
    await page.getByRole("dialog", { name: "WHO" }).getByLabel("Your name").fill("Flo");
    expect(await barriersOn(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await page.getByRole("checkbox", { name: "Remind me" }).check();
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    const chat = async () => (await stage.loket.sandbox("GET", `phones/${flo.number}/messages`)).body.items;
    await expect
      .poll(async () => JSON.parse((await chat()).at(-1)?.interactive?.nfm_reply?.response_json ?? "{}"))
      .toEqual({ flow_token: "t", name: "Flo", reminder: true });

    const catalogue = (products: object[] | null) =>
      stage.loket.sandbox("PUT", `accounts/${account.id}/catalog`, { id: "1", products });
    await catalogue([{ retailer_id: "rye", name: "Rye bread", price: 3.2, currency: "EUR" }]);
    const sections = [{ title: "Bread", product_items: [{ product_retailer_id: "rye" }] }];
    await send(flo.number, {
      type: "interactive",
      interactive: {
        type: "product_list",
        header: { type: "text", text: "Today" },
        body: { text: "From the oven" },
        action: { catalog_id: "1", sections },
      },
    });
    await page.getByRole("button", { name: "View the catalogue" }).click();
    await page.getByRole("button", { name: "One Rye bread more" }).dblclick();
    expect(await barriersOn(page)).toEqual([]);
    await page.getByRole("button", { name: /Send the order.*€6\.40/ }).click();
    await logOf(page).getByText("Order: 2 items").waitFor();
    await catalogue(null);
  });

  it("open somebody of the crowd, and come back to them after a reload", async () => {
    await stage.loket.sandbox("POST", "crowd", { size: 40, prefix: "+3197" });
    const page = await (await stage.visit()).newPage();
    await page.goto(stage.loket.sandboxUrl);
    await page.getByRole("button", { name: "Crowd of 40" }).click();
    const first = page.getByRole("button", { name: /\+31970000000/ });
    const name = (await first.locator("b").textContent()) ?? "";
    expect(await barriersOn(page)).toEqual([]);
    await first.click();
    const phone = page.getByRole("region", { name: `Phone of ${name}` });
    await phone.waitFor();
    await page.reload();
    await phone.waitFor();
    await page.goto(`${stage.loket.sandboxUrl}/?phones=31970000007`);
    await page.getByRole("region", { name: /Phone of/ }).waitFor();
    await stage.loket.sandbox("DELETE", "crowd");
  });

  it("reject with a reason, let things go wrong by name, and copy as curl by keyboard", async () => {
    const { send } = await bakeryOf(stage);
    const context = await stage.visit({ permissions: ["clipboard-read", "clipboard-write"] });
    const page = await context.newPage();
    await page.goto(`${stage.loket.sandboxUrl}/console`);
    await page.getByRole("button", { name: "Reject: easter_preorder (nl)" }).click();
    const form = page.getByRole("form", { name: "Reject easter_preorder" });
    await form.getByLabel("Reason").selectOption({ label: "Scam" });
    await form.getByLabel("What the reviewer says (optional)").fill("There is no such bread.");
    await form.getByRole("button", { name: "Reject" }).click();
    const row = page.getByRole("row", { name: /easter_preorder/ });
    await row.getByText("REJECTED").waitFor();
    await row.getByText("Scam").waitFor();

    const tooFast = page.getByRole("switch", { name: /Sending too fast/ });
    await tooFast.check();
    await page.getByText("3 times more.").waitFor();
    const twice = page.getByRole("switch", { name: /Webhooks come twice/ });
    await twice.check();
    await expect(send("31612345678", { type: "text", text: { body: "Too fast?" } })).rejects.toThrow(/130429/);
    await page.getByText("2 times more.").waitFor();
    await tooFast.uncheck();
    await page.getByText("2 times more.").waitFor({ state: "detached" });
    expect(await twice.isChecked(), "one switch leaves the others alone").toBe(true);
    await page.getByRole("button", { name: "Clear all" }).click();
    await expect.poll(() => twice.isChecked()).toBe(false);

    await page.getByLabel("Text in the field").first().fill("I am at the window");
    await page.getByRole("button", { name: "Make a QR code" }).first().click();
    const code = page.getByRole("link", { name: "Open on a phone: I am at the window" });
    const opened = await context.newPage();
    await opened.goto(`${stage.loket.sandboxUrl}${await code.getAttribute("href")}`);
    const field = opened.getByRole("textbox", { name: "Message" }).first();
    await expect.poll(() => field.inputValue()).toBe("I am at the window");

    await page.getByRole("searchbox", { name: "Search the log" }).fill("Too fast?");
    await page.locator("summary").filter({ hasText: "/messages" }).first().focus();
    await page.keyboard.press("c");
    await page.getByText(/Copied: POST/).waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toMatch(/^curl -X POST [\s\S]*Too fast\?/);
    expect(await barriersOn(page)).toEqual([]);
  });

  it("show quality and the limit over the sandbox's days, and stop a long advance half way", async () => {
    const { number, send } = await bakeryOf(stage);
    await stage.loket.sandbox("PUT", `numbers/${number.id}`, { messagingLimit: "TIER_50" });
    const offer = { name: "weekend_offer", language: { code: "nl" } };
    const parameters = ["Sam", "amandelstaven"].map((text) => ({ type: "text", text }));
    const template = { ...offer, components: [{ type: "body", parameters }] };
    for (let person = 10; person < 15; person++) await send(`316559900${person}`, { type: "template", template });
    const page = await (await stage.visit()).newPage();
    await page.goto(`${stage.loket.sandboxUrl}/rules`);
    const limit = page.getByRole("slider", { name: /against the limit/ }).first();
    await limit.waitFor();
    await expect.poll(() => limit.getAttribute("aria-valuetext")).toMatch(/ of 50 people/);
    await limit.focus();
    await page.keyboard.press("Home");
    expect(await limit.getAttribute("aria-valuetext")).toMatch(/: 0 /);

    await page.goto(`${stage.loket.sandboxUrl}/console`);
    const before = (await stage.loket.sandbox("GET", "clock")).body.now;
    // Slowed down, so that there is something to stop.
    await page.route("**/_sandbox/clock", async (route) => {
      await page.getByRole("progressbar", { name: "Turning the clock…" }).last().waitFor();
      await route.continue();
    });
    await page.getByRole("button", { name: "Turn the clock 30d forward" }).click();
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByRole("progressbar").first().waitFor({ state: "detached" });
    const after = (await stage.loket.sandbox("GET", "clock")).body.now;
    expect(Date.parse(after) - Date.parse(before)).toBeLessThan(30 * 86_400_000);
  });

  it("are for anybody: every page in three languages, light and dark, wide and narrow", async () => {
    const found: Record<string, unknown> = {};
    const titles = { en: "Rules of the day", nl: "Regels van de dag", de: "Regeln des Tages" } as const;
    const paths = ["/", "/console", "/rules", "/coverage"];
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await (await stage.visit({ colorScheme })).newPage();
      for (const path of paths) {
        await page.goto(`${stage.loket.sandboxUrl}${path}`);
        await page.getByRole("heading", { level: 2 }).first().waitFor();
        const barriers = await barriersOn(page, colorScheme === "dark" ? ["color-contrast"] : []);
        if (barriers.length > 0) found[`${path} ${colorScheme}`] = barriers;
      }
    }
    const narrow = await (await stage.visit({ viewport: { width: 390, height: 844 }, hasTouch: true })).newPage();
    for (const [lang, title] of Object.entries(titles)) {
      for (const path of paths) {
        await narrow.goto(`${stage.loket.sandboxUrl}${path}?lang=${lang}`);
        await narrow.getByRole("heading", { level: 2 }).first().waitFor();
        if (path === "/rules") await narrow.getByRole("heading", { name: title }).waitFor();
        if (await isTooWide(narrow)) found[`${path} ${lang} at 390 px`] = "too wide";
      }
    }
    const german = await (await stage.visit()).newPage();
    await german.goto(`${stage.loket.sandboxUrl}/rules?lang=de`);
    await german.getByText("Der nächste Verstoß bringt: eine Warnung.").first().waitFor();
    await german.getByText("Öffentliche Behauptungen genügen für eine Aufforderung zur Unterlassung").waitFor();
    expect(found).toEqual({});
  });
});
