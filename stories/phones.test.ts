import { expect, it } from "vitest";
import { barriersOn, describeOnStage, isTooWide } from "./browser.ts";

/* What a phone does beyond writing. */

interface World {
  accounts: { tokens: { token: string }[]; numbers: { id: string; number: string }[] }[];
}

describeOnStage("a phone", (stage) => {
  it("opens a chat by a link, with the text in the field, and the business tells about itself", async () => {
    const { loket } = stage;
    const world = (await (await fetch(`${loket.sandboxUrl}/_sandbox`)).json()) as World;
    const bakery = world.accounts[0]?.numbers[0];
    const page = await (await stage.visit()).newPage();
    await page.goto(`${loket.sandboxUrl}/wa/${bakery?.number}?text=START%20aanbiedingen`);
    const phone = page.getByRole("region").filter({ has: page.getByRole("log") });
    await phone.getByRole("textbox", { name: "Message" }).waitFor();
    await expect.poll(() => phone.getByRole("textbox", { name: "Message" }).inputValue()).toBe("START aanbiedingen");
    await phone.getByRole("button", { name: "Send" }).click();
    await phone.getByRole("log").getByText("START aanbiedingen").waitFor();
    expect(await phone.getByRole("textbox", { name: "Message" }).inputValue()).toBe("");

    await phone.getByRole("button", { name: "Bakkerij De Korenaar" }).first().click();
    const about = page.getByRole("dialog", { name: "About Bakkerij De Korenaar" });
    await about.getByText("winkel@korenaar.example").waitFor();
    expect(await barriersOn(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await about.waitFor({ state: "detached" });
  });

  it("opens a chat by a code the business made, with what it offers to begin with", async () => {
    const { loket } = stage;
    const world = (await (await fetch(`${loket.sandboxUrl}/_sandbox`)).json()) as World;
    const [account] = world.accounts;
    const number = account?.numbers[0];
    const graph = async (path: string, body: object) => {
      const answer = await fetch(`${loket.sandboxUrl}/v25.0/${number?.id}/${path}`, {
        method: "POST",
        headers: { authorization: `Bearer ${account?.tokens[0]?.token}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      return (await answer.json()) as { code?: string };
    };
    await graph("conversational_automation", { prompts: ["Wanneer zijn jullie open?"] });
    const { code } = await graph("message_qrdls", { prefilled_message: "Ik kom van het raam" });
    const page = await (await stage.visit()).newPage();
    await page.goto(`${loket.sandboxUrl}/wa/message/${code}`);
    const field = page.getByRole("textbox", { name: "Message" }).first();
    await expect.poll(() => field.inputValue()).toBe("Ik kom van het raam");
    await page.getByRole("button", { name: "Wanneer zijn jullie open?" }).click();
    await page.getByRole("log").getByText("Wanneer zijn jullie open?").waitFor();
    await page.getByRole("button", { name: "Wanneer zijn jullie open?" }).waitFor({ state: "detached" });
  });

  it("records a voice note that can be heard, or says that there is no microphone", async () => {
    const { loket } = stage;
    const world = (await (await fetch(`${loket.sandboxUrl}/_sandbox`)).json()) as World;
    const bakery = world.accounts[0]?.numbers[0];
    const address = `${loket.sandboxUrl}/wa/${bakery?.number}`;
    const deaf = await (await stage.visit({ permissions: [] })).newPage();
    await deaf.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error("none"));
    });
    await deaf.goto(address);
    await deaf.getByRole("button", { name: "Record a voice note" }).click();
    await deaf.getByText("There is no microphone, or this page may not use it.").waitFor();

    const page = await (await stage.visit()).newPage();
    // A tone instead of a microphone: what is recorded is real.
    await page.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = async () => {
        const audio = new AudioContext();
        const tone = audio.createOscillator();
        const out = audio.createMediaStreamDestination();
        tone.connect(out);
        tone.start();
        return out.stream;
      };
    });
    await page.goto(address);
    await page.getByRole("button", { name: "Record a voice note" }).click();
    await page.getByRole("timer", { name: "Recording, 0:01" }).waitFor();
    await page.getByRole("button", { name: "Send the voice note" }).click();
    await page
      .getByRole("log")
      .getByText("Voice note")
      .or(page.getByRole("button", { name: /Play/ }))
      .first()
      .waitFor();
  });

  it("is one of a crowd on the page of rules, where one sees what holds and what it costs", async () => {
    const { loket } = stage;
    const page = await (await stage.visit({ viewport: { width: 390, height: 844 } })).newPage();
    await page.goto(`${loket.sandboxUrl}/rules`);
    await page.getByLabel("How many people").fill("200");
    await page.getByLabel("Who they are").selectOption({ label: "Customers of a shop" });
    await page.getByRole("button", { name: "Gather them" }).click();
    await page.getByText("200 people").waitFor();
    await page.getByRole("heading", { name: "Bakkerij De Korenaar" }).waitFor();
    await page.getByText("The next strike brings a warning.").first().waitFor();
    await page.getByRole("button", { name: "2019-12-08" }).click();
    const forbidden = page.getByRole("row", { name: /Templates that advertise may not be sent at all/ });
    await forbidden.getByText("in force", { exact: true }).waitFor();
    expect(await isTooWide(page)).toBe(false);
    expect(await barriersOn(page)).toEqual([]);
    await page.getByRole("button", { name: "As of the clock" }).click();
    await forbidden.getByText("not in force").waitFor();
    await page.getByRole("button", { name: "Send them away" }).click();
    await page.getByRole("button", { name: "Gather them" }).waitFor();
  });
});
