import type { Locator } from "playwright-core";
import { expect, it } from "vitest";
import {
  bram,
  describeOnStage,
  fieldOf,
  inFocus,
  openChat,
  openConversation,
  rowOf,
  sanne,
  threadOf,
  writeOnPhone,
} from "./browser.ts";
import { conversationWith, until } from "./support.ts";

describeOnStage("a customer and the desk", (stage) => {
  it("see each other's words at once, and the ticks go one, two, blue", async () => {
    const { loket } = stage;
    const tess = await loket.newPerson("Tess Ticks");
    const desk = await stage.desk(bram);
    const loaded = await desk.evaluate(() => performance.timeOrigin);
    const phone = await stage.phone(tess);
    await writeOnPhone(phone, "Do you still have walnut bread?");

    await rowOf(desk, tess).waitFor();
    const { id } = await conversationWith(loket, tess);
    for (let steps = 0; steps < 30 && !desk.url().includes(id); steps++) {
      const before = desk.url();
      await desk.keyboard.press("j");
      await desk.waitForURL((url) => url.href !== before);
    }
    await threadOf(desk, tess).getByText("Do you still have walnut bread?").waitFor();

    // The phone goes back to its list of chats, and then out of reach.
    await phone.getByRole("button", { name: "Back to the chats" }).click();
    await loket.sandbox("PUT", `phones/${tess.number}`, { online: false });
    await desk.keyboard.press("r");
    await inFocus(fieldOf(desk, tess));
    await desk.keyboard.type("Two loaves. Shall I keep one?");
    await desk.keyboard.press("Enter");
    const bubble = threadOf(desk, tess).getByRole("article").filter({ hasText: "Two loaves. Shall I keep one?" });
    await bubble.getByRole("button", { name: /^Sent/ }).waitFor();
    const sent = await drawing(bubble);
    await loket.sandbox("PUT", `phones/${tess.number}`, { online: true });
    await bubble.getByRole("button", { name: /^Delivered/ }).waitFor();
    const delivered = await drawing(bubble);
    await openChat(phone);
    await phone.getByRole("log").getByText("Two loaves. Shall I keep one?").waitFor();
    await bubble.getByRole("button", { name: /^Read/ }).waitFor();
    const read = await drawing(bubble);

    expect([sent.strokes, delivered.strokes, read.strokes]).toEqual([1, 2, 2]);
    expect(delivered.colour).toBe(sent.colour);
    expect(isBlue(read.colour)).toBe(true);
    expect(isBlue(delivered.colour)).toBe(false);
    expect(await fieldOf(desk, tess).inputValue()).toBe("");
    expect(await desk.evaluate(() => performance.timeOrigin)).toBe(loaded);
  });

  it("is told no when a stop was typed: the next proactive message is refused, with its rule", async () => {
    const { loket } = stage;
    const stella = await loket.newPerson("Stella Stops");
    await stella.says("When is my order ready?");
    const { contact } = await conversationWith(loket, stella);
    const agreed = await loket.api("POST", `contacts/${contact.id}/consents`, {
      purpose: "transactional",
      channel: "whatsapp",
      action: "granted",
      method: "web-form",
      wordingVersion: "2026-01",
      evidence: "order form",
    });
    expect(agreed.status).toBeLessThan(300);
    const phone = await stage.phone(stella);
    await writeOnPhone(phone, "STOP");
    const desk = await stage.desk(bram);
    await openConversation(desk, stella);
    await threadOf(desk, stella).getByText("STOP", { exact: true }).waitFor();

    await desk.getByRole("button", { name: "Use a template" }).click();
    await desk.getByRole("textbox", { name: "Find a template" }).fill("order_update");
    await desk.getByRole("button", { name: /order_update en/ }).click();
    const verdict = desk.getByRole("region", { name: /not (be )?sent/i });
    await verdict.waitFor();
    expect(await verdict.textContent()).toMatch(/opt|stop/i);
    await desk.getByRole("textbox", { name: "Value 1" }).fill("Stella");
    await desk.getByRole("textbox", { name: "Value 2" }).fill("1042");
    expect(await desk.getByRole("button", { name: "Send template" }).isDisabled()).toBe(true);
    await verdict.getByRole("button", { name: "Why?" }).first().click();
    await desk.getByRole("dialog").getByText(/opt/i).first().waitFor();
    // That she was heard, and nothing else.
    const seen = (await stella.sees()).filter(({ from }) => from === "business");
    expect(seen.map(({ text }) => text).filter((text: string) => !text.includes("START"))).toEqual([]);
    // The rule stands behind the screen too.
    const { id } = await conversationWith(loket, stella);
    const sent = await loket.api("POST", `conversations/${id}/messages`, {
      clientId: "after-stop",
      type: "template",
      template: {
        name: "order_update",
        language: { code: "en" },
        components: [
          {
            type: "body",
            parameters: [
              { type: "text", text: "Stella" },
              { type: "text", text: "1042" },
            ],
          },
        ],
      },
    });
    expect(sent).toMatchObject({ status: 422, body: { code: "policy.refused" } });
    expect(sent.body.verdict.rules.map((rule: { id: string }) => rule.id)).toContain(
      "whatsapp.policy.opt-out-honoured",
    );
  });

  it("is taken by one of two who claim it at once, and the other sees by whom", async () => {
    const { loket } = stage;
    const clara = await loket.newPerson("Clara Claimed");
    await clara.says("Who helps me?");
    const [first, second] = [await stage.desk(bram), await stage.desk(sanne)];
    let asked = 0;
    let bothAsked = () => {};
    const both = new Promise<void>((resolve) => {
      bothAsked = resolve;
    });
    for (const desk of [first, second]) {
      await openConversation(desk, clara);
      // Both requests are on their way before either arrives.
      await desk.route("**/claim", async (route) => {
        asked += 1;
        if (asked === 2) bothAsked();
        await both;
        await route.continue();
      });
    }
    await Promise.all([first, second].map((desk) => desk.getByRole("button", { name: "Claim", exact: true }).click()));
    const { id } = await conversationWith(loket, clara);
    const members = (await loket.api("GET", "members")).body.items as { id: string; name: string; email: string }[];
    const holder = await until(async () => {
      const { assigneeId } = (await loket.api("GET", `conversations/${id}`)).body;
      return members.find((member) => member.id === assigneeId);
    }, "somebody to have it");
    const [winner, loser] = holder.email === bram ? [first, second] : [second, first];
    await loser.getByText(`${holder.name} was first and has this conversation.`).waitFor();
    await loser.getByRole("main").getByRole("button", { name: holder.name }).waitFor();
    await winner.getByText("This conversation is yours").waitFor();
    await winner.getByRole("main").getByRole("button", { name: "Yours" }).waitFor();
  });

  // It turns the clock, so it comes last.
  it("after 24 hours is refused a free answer in the rule's words, and gets a template instead", async () => {
    const { loket } = stage;
    const wanda = await loket.newPerson("Wanda Window");
    await wanda.says("See you tomorrow?");
    const { contact } = await conversationWith(loket, wanda);
    await loket.api("POST", `contacts/${contact.id}/consents`, {
      purpose: "transactional",
      channel: "whatsapp",
      action: "granted",
      method: "web-form",
      wordingVersion: "2026-01",
      evidence: "order form",
    });
    const desk = await stage.desk(bram);
    await openConversation(desk, wanda);
    await fieldOf(desk, wanda).fill("Your order is ready, Wanda.");
    expect((await loket.sandbox("POST", "clock", { advance: "25h" })).status).toBe(200);
    await fieldOf(desk, wanda).press("Enter");

    const refusal = desk.getByRole("region", { name: /not (be )?sent/i });
    await refusal.first().waitFor();
    const { id } = await conversationWith(loket, wanda);
    const asked = await loket.api("POST", `conversations/${id}/messages`, {
      clientId: "too-late",
      type: "text",
      text: "Too late",
    });
    expect(asked).toMatchObject({ status: 422, body: { code: "policy.refused" } });
    const [rule] = asked.body.verdict.rules;
    expect(await refusal.first().textContent()).toContain(rule.title);
    expect(await refusal.first().textContent()).toContain(rule.clause);
    await refusal
      .first()
      .getByRole("button", { name: /template/i })
      .click();
    await desk.getByText("Send a template").waitFor();
    await desk.getByRole("textbox", { name: "Find a template" }).fill("order_update");
    await desk.getByRole("button", { name: /order_update en/ }).click();
    await desk.getByRole("textbox", { name: "Value 1" }).fill("Wanda");
    await desk.getByRole("textbox", { name: "Value 2" }).fill("1042");
    await desk.getByRole("button", { name: "Send template" }).click();
    const phone = await stage.phone(wanda);
    await phone.getByRole("log").getByText("Hello Wanda, your order 1042 is ready to collect. See you soon!").waitFor();
    await threadOf(desk, wanda)
      .getByRole("article")
      .filter({ hasText: "your order 1042 is ready to collect" })
      .getByRole("button", { name: /^(Delivered|Read)/ })
      .waitFor();
    expect((await wanda.sees()).filter(({ from }) => from === "business")).toHaveLength(1);

    // A day later by the desk's own clock, the text field has given way to the templates by itself.
    const later = await stage.desk(sanne);
    await later.clock.install({ time: Date.now() + 25 * 3_600_000 });
    await later.reload();
    await later.getByRole("tab", { name: "All" }).click();
    await openConversation(later, wanda);
    await later.getByText("The 24 hours since the customer’s last message are over.").waitFor();
    expect(await fieldOf(later, wanda).count()).toBe(0);
  });
});

async function drawing(bubble: Locator): Promise<{ strokes: number; colour: string }> {
  const picture = bubble.getByRole("button", { name: /^(Sent|Delivered|Read)/ }).locator("svg");
  return {
    strokes: await picture.locator("path").count(),
    colour: await picture.evaluate(
      (element) => element.ownerDocument.defaultView?.getComputedStyle(element).color ?? "",
    ),
  };
}

function isBlue(colour: string): boolean {
  const [red = 0, green = 0, blue = 0] = colour.match(/[\d.]+/g)?.map(Number) ?? [];
  return blue > red && blue > green;
}
