import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { bram, describeOnStage, openConversation, threadOf, writeOnPhone } from "./browser.ts";
import { conversationWith, until } from "./support.ts";

const eva = "eva@korenaar.example";
const consentOf = (desk: Page) => desk.getByRole("region", { name: "Consent", exact: true });
/** What the demo's bakery asks for. */
const question =
  "Mogen we je via WhatsApp hooguit één keer per week aanbiedingen van Bakkerij De Korenaar sturen? Antwoord JA. Stoppen kan altijd met STOP.";

describeOnStage("what a person agreed to", (stage) => {
  it("is given by START and taken back by STOP on the phone, and stands in the pane with its proof", async () => {
    const { loket } = stage;
    const nora = await loket.newPerson("Nora North");
    const phone = await stage.phone(nora);
    await writeOnPhone(phone, "START");
    const desk = await stage.desk(bram);
    await openConversation(desk, nora);
    const consent = consentOf(desk);
    await consent.getByText("Agreed and confirmed").waitFor();
    await consent.getByText(/WhatsApp · since .* · own message/).waitFor();
    expect(await consent.locator("abbr").first().getAttribute("title")).toBe(
      "Proof of class A: The person's own message on this channel",
    );

    await loket.sandbox("POST", "clock", { advance: "2s" });
    await writeOnPhone(phone, "STOP");
    await consent.getByText("Stopped").first().waitFor();
    await consent
      .getByText(/wrote a stop word/)
      .first()
      .waitFor();
    await phone
      .getByRole("log")
      .getByText(/je bent afgemeld.*Stuur START om je weer aan te melden/)
      .waitFor();
    await consent.getByText("History (2 entries)").click();
    await consent.getByText("Evidence").waitFor();
  });

  it("is asked for where one writes, and JA on the phone is the answer", async () => {
    const { loket } = stage;
    const otto = await loket.newPerson("Otto Oat");
    await otto.says("Do you have oat bread?");
    const desk = await stage.desk(bram);
    await openConversation(desk, otto);
    await consentOf(desk).getByRole("button", { name: "Ask for consent" }).click();
    const dialog = desk.getByRole("dialog", { name: "Ask for consent" });
    await dialog.getByText(question).waitFor();
    await dialog.getByRole("button", { name: "Send the question" }).click();

    const phone = await stage.phone(otto);
    await phone.getByRole("log").getByText(question).waitFor();
    await consentOf(desk).getByText("Asked, no answer yet").waitFor();
    await writeOnPhone(phone, "Ja!");
    await consentOf(desk).getByText("Agreed and confirmed").waitFor();
    await consentOf(desk)
      .getByText(/Wording korenaar-aanbiedingen/)
      .waitFor();
  });

  it("is offered as a question where an advertisement is refused for want of it", async () => {
    const { loket } = stage;
    const rita = await loket.newPerson("Rita Refused");
    await rita.says("Hello");
    const desk = await stage.desk(bram);
    await openConversation(desk, rita);
    await desk.getByRole("button", { name: "Use a template" }).click();
    await desk.getByRole("textbox", { name: "Find a template" }).fill("weekend_offer");
    await desk.getByRole("button", { name: /weekend_offer nl/ }).click();
    const refused = desk.getByRole("region", { name: /not (be )?sent/i });
    await refused.getByRole("button", { name: "Let the person sign up" }).click();
    const card = desk.getByRole("region", { name: "Question for consent" });
    await card.getByText(question).waitFor();
    await card.getByRole("button", { name: "Send the question" }).click();
    await threadOf(desk, rita)
      .getByText(/Antwoord JA\. Stoppen kan altijd/)
      .waitFor();
    await threadOf(desk, rita).getByText("Asked for consent").waitFor();
    await card.waitFor({ state: "detached" });
  });

  it("may be unclear, and is settled under the word that made it so", async () => {
    const { loket } = stage;
    const uma = await loket.newPerson("Uma Unclear");
    await uma.says("cancel");
    const desk = await stage.desk(bram);
    await openConversation(desk, uma);
    const strip = desk.getByRole("status").filter({ hasText: "Advertising waits until you know." });
    await strip.getByRole("button", { name: "It was no opt-out" }).click();
    await strip.waitFor({ state: "detached" });
    await threadOf(desk, uma)
      .getByText(/Cleared up: it was no opt-out/)
      .waitFor();
  });

  it("from a list counts with its proof; what lacks it waits, and is mended", async () => {
    const { loket } = stage;
    const desk = await stage.desk(eva);
    await desk.goto(`${loket.url}/standing/consent`);
    const list = [
      "Phone,Name,Date,Method,Version,Proof",
      "+31612300101,Ida Import,2026-03-01,form,v1,till 17",
      "+31612300999,Quin Quarantine,2026-03-01,form,v1,",
    ].join("\n");
    await desk
      .locator('input[type="file"]')
      .setInputFiles({ name: "customers.csv", mimeType: "text/csv", buffer: Buffer.from(list) });
    await desk.getByRole("heading", { name: "customers.csv" }).waitFor();
    expect(await desk.getByRole("combobox", { name: "When they agreed" }).inputValue()).toBe("Date");
    await desk
      .getByRole("textbox", { name: "Your word for this list" })
      .fill("From our till: each of them ticked the box on the card.");
    await desk.getByRole("button", { name: "Vouch for it and read the list" }).click();
    await desk.getByRole("button", { name: "In quarantine 1" }).waitFor();
    await desk.getByRole("cell", { name: "In quarantine no proof" }).waitFor();
    await desk.getByRole("button", { name: "Attach what is missing" }).click();
    await desk.getByRole("textbox", { name: "Where the proof is" }).fill("binder 4");
    await desk.getByRole("button", { name: "Save" }).click();
    await desk.getByRole("button", { name: "Accepted 2" }).click();
    await desk.getByRole("link", { name: "Quin Quarantine" }).click();
    await consentOf(desk)
      .getByText(/form · Wording v1/)
      .waitFor();
    expect(await consentOf(desk).locator("abbr").first().textContent()).toBe("D");
  });

  it("is the person's to stop on their own page, without scripts, on a phone", async () => {
    const { loket } = stage;
    const piet = await loket.newPerson("Piet Page");
    await piet.says("START");
    const { contact } = await conversationWith(loket, piet);
    const { body } = await loket.api("POST", `contacts/${contact.id}/person-link`, { locale: "en" });
    const visit = await stage.visit({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
    const page = await visit.newPage();
    await page.goto(body.url);
    await page.getByRole("checkbox", { name: /Offers and news: WhatsApp/, checked: true }).waitFor();
    const width = await page.locator("main").boundingBox();
    expect(width?.width).toBeLessThanOrEqual(390);
    await page.getByRole("link", { name: "Deutsch" }).click();
    await page.getByRole("heading", { name: "Wozu Sie zugestimmt haben" }).waitFor();
    await page.getByRole("link", { name: "English" }).click();
    await page.getByRole("button", { name: "Stop everything" }).click();
    await page.getByRole("status").getByText("Everything is stopped.").waitFor();
    const stopped = await until(async () => {
      const person = (await loket.api("GET", `contacts/${contact.id}`)).body;
      return person.suppressions[0];
    }, "the stop");
    expect(stopped).toMatchObject({ scope: "all", channel: "all", source: "link" });
  });
});
