/** What the campaigns of a run need of it: asking through as many deaths as it takes, and the witness. */
export interface Asking {
  insist<Body>(method: string, path: string, body: unknown, good: (status: number) => boolean): Promise<Body>;
  phoneShows(phone: string): Promise<readonly { readonly from: string; readonly type: string }[]>;
}

interface Campaign {
  id: string;
  state: string;
  progress: { audience: number; accepted: number; failed: number; uncertain: number };
}
interface Person {
  readonly id: string;
  readonly phone: string;
}

/**
 * A campaign in each round, to people of its own, while Loket is being killed: everybody once, nobody twice, and who got
 * nothing is one whose outcome nobody knows.
 */
export function createCampaigns({ insist, phoneShows }: Asking, peoplePerRound: number) {
  const rounds: { readonly people: readonly Person[]; readonly id: string }[] = [];
  const prepared: Person[][] = [];
  let senderId = "";

  return {
    async prepare(count: number): Promise<void> {
      const senders = await insist<{ items: { id: string; channel: string }[] }>("GET", "senders", undefined, isOk);
      senderId = senders.items.find(({ channel }) => channel === "whatsapp")?.id ?? "";
      for (let round = 0; round < count; round++) {
        const people: Person[] = [];
        for (let index = 0; index < peoplePerRound; index++) {
          const phone = `3163${String(round).padStart(3, "0")}${String(index).padStart(4, "0")}`;
          const { id } = await insist<{ id: string }>(
            "POST",
            "contacts",
            { name: `Reader ${round}.${index}`, phone: `+${phone}` },
            isMade,
          );
          const consent = { purpose: "marketing", channel: "whatsapp", action: "granted", method: "paper" };
          await insist(
            "POST",
            `contacts/${id}/consents`,
            { ...consent, wordingVersion: "2026-01", evidence: `form ${round}.${index}` },
            isMade,
          );
          people.push({ id, phone });
        }
        prepared.push(people);
      }
    },

    async startOne(round: number): Promise<void> {
      const people = prepared[round] ?? [];
      const text = (words: string) => ({ type: "text", text: words });
      const { id } = await insist<Campaign>(
        "POST",
        "campaigns",
        {
          name: `Round ${round}`,
          senderId,
          kind: "marketing",
          template: {
            name: "weekend_offer",
            language: { code: "nl" },
            components: [{ type: "body", parameters: [text("{{name|klant}}"), text("amandelstaven")] }],
          },
          audience: { kind: "contacts", contactIds: people.map((person) => person.id) },
          expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
        },
        isMade,
      );
      // A start whose answer was lost has happened: then it is no draft any more.
      await insist("POST", `campaigns/${id}/start`, undefined, (status) => status === 200 || status === 409);
      rounds.push({ people, id });
    },

    /** Waits until every campaign is through, and counts at the phones. */
    async reconcile(): Promise<{ people: number; lost: number; doubled: number; uncertain: number }> {
      const sums = { people: 0, lost: 0, doubled: 0, uncertain: 0 };
      for (const { people, id } of rounds) {
        let campaign = await insist<Campaign>("GET", `campaigns/${id}`, undefined, isOk);
        for (let tries = 0; campaign.state !== "done" && tries < 600; tries++) {
          await new Promise((resolve) => setTimeout(resolve, 100));
          campaign = await insist<Campaign>("GET", `campaigns/${id}`, undefined, isOk);
        }
        const shown = await Promise.all(people.map((person) => phoneShows(person.phone)));
        const times = shown.map((messages) => messages.filter(({ from }) => from === "business").length);
        const without = times.filter((count) => count === 0).length;
        sums.people += people.length;
        sums.doubled += times.filter((count) => count > 1).length;
        sums.uncertain += campaign.progress.uncertain;
        sums.lost += Math.max(0, without - campaign.progress.uncertain);
        if (campaign.state !== "done") console.log(`a campaign is still ${campaign.state}: ${id}`);
      }
      return sums;
    },
  };
}

const isOk = (status: number) => status === 200;
const isMade = (status: number) => status === 201;
