import { reply } from "@loket/conversations";
import { instant, minuteMs, parseId } from "@loket/kit";
import { cancelCampaign, createCampaign, pauseCampaign, resumeCampaign, startCampaign } from "@loket/newsletters";
import { templateName, troubledMs, type World } from "./world.ts";

const texts = ["hallo", "is er nog brood?", "bedankt", "tot hoe laat zijn jullie open?"];
const stops = ["STOP", "stop", "Stop aub", "AFMELDEN"];

/** What people and members do while things go wrong: when and who, the seed decides. Returns how many acts there are. */
export function planActs(world: World, without: ReadonlySet<number> = new Set()): number {
  const { kernel, people } = world;
  const someone = () => people[kernel.between(0, people.length - 1)] as (typeof people)[number];
  let acts = 0;
  const sometime = (label: string, run: () => void, until = troubledMs) => {
    const place = acts++;
    const atMs = kernel.between(500, until);
    if (!without.has(place)) kernel.at(atMs, label, run);
  };

  for (let count = kernel.between(4, 16); count > 0; count--)
    sometime("somebody writes", () => world.says(someone(), texts[kernel.between(0, texts.length - 1)] ?? ""));
  for (let count = kernel.between(0, 4); count > 0; count--)
    sometime("somebody stops", () => world.says(someone(), stops[kernel.between(0, stops.length - 1)] ?? ""));
  for (let count = kernel.between(0, 2); count > 0; count--)
    sometime("somebody begins again", () => world.says(someone(), "START"));
  for (let count = kernel.between(0, 2); count > 0; count--)
    sometime("somebody wants no offers", () => world.prefers(someone(), kernel.chance(0.8) ? "stop" : "resume"));
  for (let count = kernel.between(2, 10); count > 0; count--) sometime("a member answers", () => answer(world, count));
  for (let count = kernel.between(0, 2); count > 0; count--)
    sometime("a member starts a campaign", () => campaign(world), 20_000);
  if (kernel.chance(0.3)) sometime("the platform pauses a template", () => world.pauseTemplate());
  return acts;
}

/** An answer to whoever wrote last, with the id the browser made; asked again it is the same message. */
function answer(world: World, place: number): void {
  const { kernel } = world;
  const clientId = world.web.ids.next();
  const chosen = kernel.random.fraction();
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

function campaign(world: World): void {
  const { kernel, people, senderId } = world;
  const name = `campaign ${world.web.ids.next()}`;
  const canaryCount = kernel.chance(0.4) ? kernel.between(1, 4) : 0;
  const expiresAt = instant(kernel.now() + (kernel.chance(0.2) ? kernel.between(5_000, 90_000) : 60 * minuteMs));
  const startsAt = kernel.chance(0.2) ? instant(kernel.now() + kernel.between(1_000, 40_000)) : null;
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
  if (kernel.chance(0.5)) {
    const pausedAfterMs = kernel.between(200, 20_000);
    steer("a campaign is paused", pauseCampaign, pausedAfterMs);
    if (kernel.chance(0.8)) steer("a campaign is resumed", resumeCampaign, pausedAfterMs + kernel.between(100, 20_000));
  }
  if (kernel.chance(0.2)) steer("a campaign is cancelled", cancelCampaign, kernel.between(500, 30_000));
}
