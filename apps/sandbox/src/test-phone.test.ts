import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox, orderUpdate, text, weekendOffer } from "./given.ts";

afterEach(closeAll);

const sam = "+31612345678";

const buttons = {
  type: "interactive",
  interactive: {
    type: "button",
    body: { text: "Komt u?" },
    action: {
      buttons: [
        { type: "reply", reply: { id: "yes", title: "Ja" } },
        { type: "reply", reply: { id: "no", title: "Nee" } },
      ],
    },
  },
};
const list = {
  type: "interactive",
  interactive: {
    type: "list",
    body: { text: "Welk brood?" },
    action: {
      button: "Kies",
      sections: [
        {
          title: "Brood",
          rows: [
            { id: "rye", title: "Rogge" },
            { id: "spelt", title: "Spelt" },
          ],
        },
      ],
    },
  },
}; // prettier-ignore

async function givenConversation(): Promise<Given> {
  const given = await givenSandbox();
  await given.sandbox.phone(sam).says("Hallo");
  return given;
}

function heard(given: Given) {
  return given.subscriber.values("messages").flatMap((value) => value.messages ?? []);
}

describe("a phone in a test", () => {
  it("says something, and the webhook was answered when that resolves", async () => {
    const given = await givenSandbox();
    const id = await given.sandbox.phone(sam).says("Is er nog brood?");
    expect(heard(given)).toMatchObject([{ id, from: "31612345678", text: { body: "Is er nog brood?" } }]);
  });

  it("sees a message at once when it is there", async () => {
    const given = await givenConversation();
    const id = await given.send(text("Ja, tot vijf uur."));
    await given.sandbox.advance(1_000);
    const phone = given.sandbox.phone(sam);
    expect(await phone.sees("tot vijf", { timeoutMs: 0 })).toMatchObject({
      id,
      type: "text",
      words: "Ja, tot vijf uur.",
    });
    expect(await phone.sees(/VIJF/i)).toMatchObject({ id });
    expect(await given.sandbox.waitForMessage({ to: sam, type: "text" })).toMatchObject({ id });
    expect(await given.sandbox.waitForMessage({ text: "vijf" })).toMatchObject({ id });
  });

  it("sees a message when it comes, and not one from before", async () => {
    const given = await givenConversation();
    const first = await given.send(text("Goedemorgen"));
    await given.sandbox.advance(1_000);
    const seen = given.sandbox.phone(sam).sees({ text: "Goedem", after: first });
    const second = await given.send(text("Goedemiddag"));
    await given.sandbox.advance(1_000);
    expect(await seen).toMatchObject({ id: second });
  });

  it("says what is there when what it waits for is not", async () => {
    const given = await givenSandbox();
    await given.send(text("Buiten het venster"));
    await given.send(orderUpdate);
    const phone = given.sandbox.phone(sam);
    await expect(phone.sees("nooit", { timeoutMs: 0 })).rejects.toThrow(/text "nooit"[\s\S]*accepted[\s\S]*advance it/);
    await given.sandbox.advance(1_000);
    await expect(phone.sees("nooit", { timeoutMs: 0 })).rejects.toThrow(/failed with 131047[\s\S]*bestelling K-1042/);
  });

  it("taps, chooses and reacts", async () => {
    const given = await givenConversation();
    const phone = given.sandbox.phone(sam);
    await given.send(buttons);
    await given.send(list);
    const offer = await given.send(weekendOffer);
    await given.sandbox.advance(1_000);
    await phone.taps("Ja");
    await phone.chooses("Spelt");
    await phone.taps("Reserveren");
    await phone.reacts("👍");
    expect(heard(given).slice(1)).toMatchObject([
      { type: "interactive", interactive: { type: "button_reply", button_reply: { id: "yes", title: "Ja" } } },
      { type: "interactive", interactive: { type: "list_reply", list_reply: { id: "spelt", title: "Spelt" } } },
      { type: "button", button: { payload: "Reserveren", text: "Reserveren" }, context: { id: offer } },
      { type: "reaction", reaction: { message_id: offer, emoji: "👍" } },
    ]);
    await expect(phone.taps("Misschien", { timeoutMs: 0 })).rejects.toThrow(/There are: Reserveren, Stop, Ja, Nee/);
  });

  it("waits for a button", async () => {
    const given = await givenConversation();
    const tapped = given.sandbox.phone(sam).taps("Nee");
    await given.send(buttons);
    await given.sandbox.advance(1_000);
    expect(heard(given).at(-1)).toMatchObject({ id: await tapped, interactive: { button_reply: { id: "no" } } });
  });

  it("sends pictures, reads, blocks, reports and stops offers", async () => {
    const given = await givenConversation();
    const phone = given.sandbox.phone(sam);
    await phone.sends({ type: "image", image: { caption: "Dit brood" } });
    expect(heard(given).at(-1)).toMatchObject({
      type: "image",
      image: { caption: "Dit brood", mime_type: "image/png" },
    });
    const id = await given.send(text("Mooi"));
    await given.sandbox.advance(1_000);
    expect(await phone.reads()).toBe(1);
    expect(given.statusesOf(id).at(-1)?.status).toBe("read");
    await phone.stopsOffers();
    const offer = await given.send(weekendOffer);
    await phone.reports();
    await phone.blocks();
    const answer = await given.send(text("Hallo?"));
    await given.sandbox.advance(1_000);
    expect(given.statusesOf(offer)[0]).toMatchObject({ status: "failed" });
    expect(given.statusesOf(answer)[0]).toMatchObject({ status: "failed", errors: [{ code: 131026 }] });
    const { threads } = (await given.control("GET", "/phones/31612345678")).body;
    expect(threads).toMatchObject([{ blocked: true, reported: true, marketingStopped: true }]);
  });

  it("can be off", async () => {
    const given = await givenConversation();
    const phone = given.sandbox.phone(sam);
    await phone.is({ online: false });
    await given.send(text("Wacht"));
    await given.sandbox.advance(1_000);
    await expect(phone.sees("Wacht", { timeoutMs: 0 })).rejects.toThrow(/sent/);
    await phone.is({ online: true });
    expect(await phone.sees("Wacht")).toMatchObject({ status: "delivered" });
  });
});

describe("the same over HTTP", () => {
  it("waits, taps, chooses and reacts", async () => {
    const given = await givenConversation();
    const waiting = given.control("GET", "/phones/31612345678/wait?text=Komt&type=interactive");
    const id = await given.send(buttons);
    await given.sandbox.advance(1_000);
    expect((await waiting).body).toMatchObject({ id, buttons: ["Ja", "Nee"] });
    await given.send(list);
    await given.sandbox.advance(1_000);
    await given.control("POST", "/phones/31612345678/actions", { type: "tap", title: "Nee" });
    await given.control("POST", "/phones/31612345678/actions", { type: "choose", title: "Rogge" });
    await given.control("POST", "/phones/31612345678/actions", { type: "react", emoji: "🍞", messageId: id });
    await given.sandbox.quiet();
    expect(heard(given).slice(1)).toMatchObject([
      { interactive: { button_reply: { id: "no" } } },
      { interactive: { list_reply: { id: "rye" } } },
      { reaction: { message_id: id, emoji: "🍞" } },
    ]);
  });

  it.each([
    { method: "GET", path: "/wait?timeoutMs=0&text=x", status: 408, says: /Nothing was sent there/ },
    { method: "GET", path: "/wait?timeoutMs=-1", status: 400, says: /timeoutMs/ },
    { method: "POST", path: "/actions", body: { type: "tap", title: "Ja" }, status: 404, says: /There is none/ },
    { method: "POST", path: "/actions", body: { type: "tap" }, status: 400, says: /title/ },
    { method: "POST", path: "/actions", body: { type: "react", emoji: "x" }, status: 404, says: /no message/ },
  ])("refuses $method $path $body", async ({ method, path, body, status, says }) => {
    const given = await givenSandbox();
    const answer = await given.control(method, `/phones/31612345678${path}`, body);
    expect([answer.status, answer.body.error.message]).toEqual([status, expect.stringMatching(says)]);
  });
});
