import type { Locator, Page } from "playwright-core";
import { expect, it } from "vitest";
import { bram, describeOnStage, fieldOf, layLine, openConversation, rowOf, threadOf } from "./browser.ts";
import { conversationWith, type Person, until } from "./support.ts";

/*
 * The line breaks for as long as it takes the desk to notice; twenty messages arrive meanwhile, and the agent goes on
 * writing. Afterwards the screen must show what a fresh one shows, and the customer must get each answer once.
 */
describeOnStage("a desk whose line breaks", (stage) => {
  const answers = ["First, yes.", "Second, we keep it until five.", "Third, see you."];
  const tall = { viewport: { width: 1440, height: 2_600 } };

  it("misses nothing and doubles nothing, whoever wrote meanwhile", async () => {
    const { loket } = stage;
    const line = await layLine();
    try {
      const lena = await loket.newPerson("Lena Line");
      await lena.says("Is it ready?");
      await conversationWith(loket, lena);
      const others = await Promise.all(
        ["Otto", "Olga", "Omar", "Orla"].map((name) => loket.newPerson(`${name} Other`)),
      );
      await others[0]?.says("I was here before");
      await conversationWith(loket, others[0] as Person);
      const desk = await stage.desk(bram, { ...tall, proxy: { server: line.proxy } });
      await openConversation(desk, lena);
      const loaded = await desk.evaluate(() => performance.timeOrigin);

      line.cut();
      await desk.getByRole("status", { name: /Offline/ }).waitFor();
      for (const words of answers) await write(desk, lena, words);
      await desk.getByRole("status", { name: /3 unsent/ }).waitFor();
      for (let round = 1; round <= 5; round++)
        for (const other of others) await other.says(`${other.name} asks, ${round}`);
      for (const other of others) {
        const { id } = await conversationWith(loket, other);
        await until(
          async () => (await itemsOf(id)).some(({ text }) => text.endsWith("asks, 5")),
          `all of ${other.name}`,
        );
      }
      expect((await lena.sees()).filter(({ from }) => from === "business")).toEqual([]);
      await line.mend();

      await desk.getByRole("status", { name: "Live", exact: true }).waitFor({ timeout: 40_000 });
      await arrivedOnce(lena);
      await sameAsFresh(desk, lena, others);
      expect(await desk.evaluate(() => performance.timeOrigin)).toBe(loaded);
    } finally {
      await line.close();
    }
  });

  it("asks before it answers what was not known, keeps every word, and sends each once", async () => {
    const { loket } = stage;
    const lars = await loket.newPerson("Lars Line");
    await lars.says("Is it ready?");
    const { id } = await conversationWith(loket, lars);
    const desk = await stage.desk(bram, tall);
    await openConversation(desk, lars);

    await desk.context().setOffline(true);
    await desk.getByRole("status", { name: /Offline/ }).waitFor();
    for (const words of answers) await write(desk, lars, words);
    for (let round = 1; round <= 20; round++) await lars.says(`Are you there? ${round}`);
    await until(async () => (await itemsOf(id)).length === 21, "all twenty");
    await desk.context().setOffline(false);

    await desk.getByRole("status", { name: "Live", exact: true }).waitFor({ timeout: 40_000 });
    await threadOf(desk, lars).getByText("Are you there? 20", { exact: true }).waitFor();
    // The customer wrote on: what was typed before is kept until the agent has looked.
    for (const words of answers) {
      const bubble = threadOf(desk, lars).getByRole("article").filter({ hasText: words });
      await bubble.getByText("This changed while you wrote. Your text is kept.").waitFor();
    }
    expect((await lars.sees()).filter(({ from }) => from === "business")).toEqual([]);
    for (const words of answers) {
      const bubble = threadOf(desk, lars).getByRole("article").filter({ hasText: words });
      await bubble.getByRole("button", { name: "Send as it is" }).click();
      await bubble.getByRole("button", { name: /^(Delivered|Read)/ }).waitFor();
    }
    await arrivedOnce(lars);
    await sameAsFresh(desk, lars, []);
  });

  const itemsOf = async (id: string): Promise<{ text: string }[]> =>
    (await stage.loket.api("GET", `conversations/${id}/messages?limit=200`)).body.items;

  async function write(desk: Page, person: Person, words: string): Promise<void> {
    await fieldOf(desk, person).fill(words);
    await fieldOf(desk, person).press("Enter");
    await threadOf(desk, person).getByRole("article").filter({ hasText: words }).waitFor();
  }

  /** Each answer once on the phone, in the order it was written. */
  async function arrivedOnce(person: Person): Promise<void> {
    const fromUs = async () => (await person.sees()).flatMap(({ from, text }) => (from === "business" ? [text] : []));
    await until(async () => (await fromUs()).length >= answers.length, "the three answers on the phone");
    expect(await fromUs()).toEqual(answers);
  }

  /** The thread and the list as they stand equal those of a page that was loaded just now. */
  async function sameAsFresh(desk: Page, person: Person, others: Person[]): Promise<void> {
    const fresh = await stage.desk(bram, tall);
    for (const screen of [desk, fresh]) await screen.getByRole("tab", { name: "All" }).click();
    await openConversation(fresh, person);
    await openConversation(desk, person);
    for (const other of others) await rowOf(desk, other).getByText("asks, 5").waitFor();
    // Ticks may still be on their way to either of the two.
    let seen: Screen[] = [];
    await until(async () => {
      seen = [await shownOn(desk, person), await shownOn(fresh, person)];
      return JSON.stringify(seen[0]) === JSON.stringify(seen[1]);
    }, "the two screens to agree").catch(() => {});
    expect(seen[0]).toEqual(seen[1]);
    for (const words of answers) expect(seen[0]?.thread.filter((each) => each.includes(words))).toHaveLength(1);
  }

  interface Screen {
    readonly thread: string[];
    readonly list: string[];
  }

  async function shownOn(desk: Page, person: Person): Promise<Screen> {
    return {
      thread: await readable(threadOf(desk, person).getByRole("article")),
      list: await readable(desk.getByRole("region", { name: "Conversations" }).getByRole("link")),
    };
  }
});

/** What a person reads there, ticks included, without the hours that pass meanwhile. */
function readable(places: Locator): Promise<string[]> {
  return places.evaluateAll((elements) =>
    elements.map((element) => {
      const copy = element.cloneNode(true) as typeof element;
      for (const time of copy.querySelectorAll("time")) time.remove();
      const ticks = [...copy.querySelectorAll("svg[data-status]")].map((tick) => tick.getAttribute("data-status"));
      const words = (copy.textContent ?? "").replace(/\d+ (hours?|minutes?) left to answer freely/, "");
      return [...ticks, words].join(" ").trim();
    }),
  );
}
