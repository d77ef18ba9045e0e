import { reply } from "@loket/conversations";
import { instant, minuteMs, parseId, seededRandom } from "@loket/kit";
import { cancelCampaign, createCampaign, pauseCampaign, resumeCampaign, startCampaign } from "@loket/newsletters";
import { templateName, troubledMs, type World } from "./world.ts";

const texts = ["hallo", "is er nog brood?", "bedankt", "tot hoe laat zijn jullie open?"];
const stops = ["STOP", "stop", "Stop aub", "AFMELDEN"];

/** The chance of one act: leaving out another changes nothing of it. */
interface Chance {
  between(least: number, most: number): number;
  chance(share: number): boolean;
}

function chanceOf(seed: number): Chance {
  const random = seededRandom(seed);
  return {
    between: (least, most) => least + Math.floor(random.fraction() * (most - least + 1)),
    chance: (share) => random.fraction() < share,
  };
}

/**
 * What people and members do while things go wrong: when and who, the seed decides. Returns how many acts there are.
 * `without` names some by their place, to see whether a violation needs them.
 */
export function planActs(world: World, seed: number, without: ReadonlySet<number> = new Set()): number {
  const { kernel, people } = world;
  const plan = chanceOf(seed * 1_000 + 999);
  let acts = 0;
  const several = (
    [least, most]: readonly [number, number],
    label: string,
    run: (chance: Chance, place: number) => void,
    untilMs = troubledMs,
  ): void => {
    for (let count = plan.between(least, most); count > 0; count--) {
      const place = acts++;
      const chance = chanceOf(seed * 1_000 + place);
      const atMs = chance.between(500, untilMs);
      if (!without.has(place)) kernel.at(atMs, label, () => run(chance, place));
    }
  };
  const someone = (chance: Chance) => people[chance.between(0, people.length - 1)] as (typeof people)[number];
  const oneOf = (words: readonly string[], chance: Chance) => words[chance.between(0, words.length - 1)] ?? "";

  several([4, 16], "somebody writes", (chance) => world.says(someone(chance), oneOf(texts, chance)));
  several([0, 4], "somebody stops", (chance) => world.says(someone(chance), oneOf(stops, chance)));
  several([0, 2], "somebody begins again", (chance) => world.says(someone(chance), "START"));
  several([0, 2], "somebody switches offers", (chance) =>
    world.prefers(someone(chance), chance.chance(0.8) ? "stop" : "resume"),
  );
  several([2, 10], "a member answers", (chance, place) => answer(world, chance, place));
  several([0, 2], "a member starts a campaign", (chance) => campaign(world, chance), 20_000);
  several([0, 1], "the platform pauses a template", (chance) => {
    if (chance.chance(0.6)) world.pauseTemplate();
  });
  return acts;
}

/** An answer to whoever wrote last, with the id the browser made; asked again it is the same message. */
function answer(world: World, chance: Chance, place: number): void {
  const clientId = world.web.ids.next();
  const chosen = chance.between(0, 999) / 1_000;
  world.act("a member's answer", async (tx, ports) => {
    const rows = await tx.query<{ id: string }>(
      "select id from conversation where organisation_id = $1 order by id limit 50",
      [tx.organisationId],
    );
    const conversation = rows[Math.floor(chosen * rows.length)];
    if (!conversation) return;
    await reply(tx, ports, { memberId: null, name: "Eva" }, conversation.id, {
      clientId,
      content: { type: "text", text: { body: `answer ${place} ${clientId}` } },
    });
  });
}

function campaign(world: World, chance: Chance): void {
  const { kernel, people, senderId } = world;
  const name = `campaign ${world.web.ids.next()}`;
  const canaryCount = chance.chance(0.4) ? chance.between(1, 4) : 0;
  const expiresAt = instant(kernel.now() + (chance.chance(0.2) ? chance.between(5_000, 90_000) : 60 * minuteMs));
  const startsAt = chance.chance(0.2) ? instant(kernel.now() + chance.between(1_000, 40_000)) : null;
  const contactIds = people.map((person) => person.contactId);
  const find = `select id from campaign where organisation_id = $1 and name = $2`;
  world.act("a campaign", async (tx, ports) => {
    const [known] = await tx.query<{ id: string }>(find, [tx.organisationId, name]);
    const id =
      known?.id ??
      (await createCampaign(
        tx,
        ports,
        {
          name,
          senderId,
          kind: "marketing",
          template: {
            name: templateName,
            language: { code: "nl" },
            components: [
              {
                type: "body",
                parameters: [
                  { type: "text", text: "{{name|klant}}" },
                  { type: "text", text: name },
                ],
              },
            ],
          },
          audience: { kind: "contacts", contactIds },
          startsAt,
          expiresAt,
          canaryCount,
        },
        null,
      ));
    await startCampaign(tx, ports, id, null);
  });
  const steer = (label: string, move: typeof pauseCampaign, delayMs: number) =>
    kernel.at(delayMs, label, () =>
      world.act(label, async (tx, ports) => {
        const [row] = await tx.query<{ id: string }>(find, [tx.organisationId, name]);
        const id = parseId(row?.id);
        if (id) await move(tx, ports, id, null);
      }),
    );
  if (chance.chance(0.5)) {
    const pausedAfterMs = chance.between(200, 20_000);
    steer("a campaign is paused", pauseCampaign, pausedAfterMs);
    if (chance.chance(0.8)) steer("a campaign is resumed", resumeCampaign, pausedAfterMs + chance.between(100, 20_000));
  }
  if (chance.chance(0.2)) steer("a campaign is cancelled", cancelCampaign, chance.between(500, 30_000));
}
