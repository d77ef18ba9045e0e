import * as contract from "@loket/contract";
import type { Tx } from "@loket/database";
import { verdictInWords } from "@loket/delivery";
import { instant, type MemberId, type SenderId } from "@loket/kit";
import * as newsletters from "@loket/newsletters";
import { ruleById, toWire } from "@loket/policy";
import { z } from "zod";
import type { Ports } from "../../ports.ts";
import { HttpProblem, notFound } from "../problem.ts";
import { decodeCursor, encodeCursor, idParams, type Route, route } from "../route.ts";
import { campaignsInWords, deliveryInWords, reasonInWords } from "./campaign-words.ts";

type Locale = contract.Locale;
const position = z.object({ at: z.number(), id: z.string() });

/** One message to many: planned, foreseen, started, watched, stopped. Nothing leaves by these routes themselves. */
export function campaignRoutes(ports: Ports): Route[] {
  async function tell(tx: Tx, id: string, locale: Locale): Promise<contract.Campaign> {
    const campaign = await newsletters.readCampaign(tx, id);
    if (!campaign) throw notFound("campaign");
    return (await campaignsInWords(tx, ports, [campaign], locale))[0] as contract.Campaign;
  }

  const steering = (
    path: string,
    summary: string,
    steer: (tx: Tx, id: string, memberId: MemberId | null) => Promise<newsletters.Steered>,
  ) =>
    route(
      "campaigns:manage",
      {
        method: "POST",
        path: `campaigns/{id}/${path}`,
        tag: "campaigns",
        summary,
        params: idParams,
        answer: contract.campaign,
        status: 200,
      },
      async ({ params, principal, locale, inOrganisation }) =>
        inOrganisation(async (tx) => {
          const steered = await steer(tx, params.id, principal.memberId);
          if (steered.kind !== "done") throw problemOf(steered, locale);
          return tell(tx, params.id, locale);
        }),
    );

  return [
    route(
      "campaigns:read",
      {
        method: "GET",
        path: "campaigns",
        tag: "campaigns",
        summary: "Campaigns, newest first, each with how far it is",
        query: contract.campaignQuery,
        answer: contract.page(contract.campaign),
      },
      async ({ query, locale, inOrganisation }) =>
        inOrganisation(async (tx) => {
          const found = await newsletters.listCampaigns(tx, {
            state: query.state,
            before: decodeCursor(query.cursor, position),
            limit: query.limit,
          });
          const last = found.at(-1);
          return {
            items: await campaignsInWords(tx, ports, found, locale),
            next: found.length === query.limit && last ? encodeCursor({ at: last.createdAt, id: last.id }) : null,
          };
        }),
    ),
    route(
      "campaigns:manage",
      {
        method: "POST",
        path: "campaigns",
        tag: "campaigns",
        summary: "Plan a campaign. It is a draft until it is started",
        body: contract.campaignCreate,
        answer: contract.campaign,
        status: 201,
      },
      async ({ body, principal, locale, inOrganisation }) =>
        inOrganisation(async (tx) => {
          const plan = toPlan(body);
          await checkPlan(tx, plan);
          const id = await newsletters.createCampaign(tx, ports, plan, principal.memberId);
          return tell(tx, id, locale);
        }),
    ),
    route(
      "campaigns:read",
      {
        method: "POST",
        path: "campaigns/forecast",
        tag: "campaigns",
        summary: "What would become of a campaign: how many would get it, who would not and why, how long it takes",
        body: contract.campaignCreate
          .pick({ senderId: true, kind: true, template: true, audience: true, startsAt: true })
          .extend({ campaignId: contract.id.optional() }),
        answer: contract.campaignForecast,
        status: 200,
      },
      async ({ body, locale, inOrganisation }) =>
        inOrganisation(async (tx) => {
          await requireSender(tx, body.senderId);
          const campaign = body.campaignId ? await newsletters.readCampaign(tx, body.campaignId) : undefined;
          const plan = { ...body, senderId: body.senderId as SenderId, template: toTemplate(body.template) };
          const when = Math.max(ports.clock.now(), at(body.startsAt) ?? 0);
          const forecast = await newsletters.forecastCampaign(
            tx,
            plan,
            instant(when),
            campaign?.approvedBy.length ?? 0,
          );
          return {
            ...forecast,
            reasons: forecast.reasons.map((reason) => ({
              ...reason,
              title: ruleById(reason.ruleId)?.title[locale] ?? reason.ruleId,
              explanation: ruleById(reason.ruleId)?.explanation[locale] ?? "",
            })),
            problems: templateProblems(plan, await newsletters.readPlannedTemplate(tx, plan)),
          };
        }),
    ),
    route(
      "campaigns:read",
      {
        method: "GET",
        path: "campaigns/{id}",
        tag: "campaigns",
        summary: "One campaign, with how far it is and why it stands still where it does",
        params: idParams,
        answer: contract.campaign,
      },
      async ({ params, locale, inOrganisation }) => inOrganisation((tx) => tell(tx, params.id, locale)),
    ),
    route(
      "campaigns:manage",
      {
        method: "PATCH",
        path: "campaigns/{id}",
        tag: "campaigns",
        summary: "Change a draft. Whoever approved it has to look again",
        params: idParams,
        body: contract.campaignChange,
        answer: contract.campaign,
      },
      async ({ params, body, locale, inOrganisation }) =>
        inOrganisation(async (tx) => {
          const before = await newsletters.readCampaign(tx, params.id);
          if (!before) throw notFound("campaign");
          const { senderId, template, startsAt, expiresAt, ...rest } = body;
          const change = {
            ...defined(rest),
            ...(senderId === undefined ? {} : { senderId: senderId as SenderId }),
            ...(template === undefined ? {} : { template: toTemplate(template) }),
            ...(startsAt === undefined ? {} : { startsAt: at(startsAt) }),
            ...(expiresAt === undefined ? {} : { expiresAt: instant(Date.parse(expiresAt)) }),
          };
          await checkPlan(tx, { ...before, ...change });
          if (!(await newsletters.changeCampaign(tx, ports, before.id, change)))
            throw new HttpProblem(409, "campaign.begun", "This campaign was started, so it does not change any more.", {
              action: "Cancel it and plan another.",
            });
          return tell(tx, params.id, locale);
        }),
    ),
    steering(
      "start",
      "Let it go. Everybody of its audience is judged, now and again when their turn comes",
      (tx, id, memberId) => newsletters.startCampaign(tx, ports, id, memberId),
    ),
    steering("pause", "Stop it where it stands; who was written to was written to", (tx, id, memberId) =>
      newsletters.pauseCampaign(tx, ports, id, memberId),
    ),
    steering("resume", "Send the rest", (tx, id, memberId) => newsletters.resumeCampaign(tx, ports, id, memberId)),
    steering("cancel", "Nothing more of it leaves, for good", (tx, id, memberId) =>
      newsletters.cancelCampaign(tx, ports, id, memberId),
    ),
    steering("approve", "Say, as somebody other than its author, that it may go", async (tx, id, memberId) => {
      if (memberId === null)
        throw new HttpProblem(403, "campaign.people-only", "A person has to approve a campaign.", {
          action: "Sign in as a member; a token speaks for nobody in particular.",
        });
      return newsletters.approveCampaign(tx, ports, id, memberId);
    }),
    route(
      "campaigns:read",
      {
        method: "GET",
        path: "campaigns/{id}/reasons",
        tag: "campaigns",
        summary: "Why people of it did not get it, most first",
        params: idParams,
        answer: contract.page(contract.campaignReason),
      },
      async ({ params, locale, inOrganisation }) => {
        const reasons = await inOrganisation(async (tx) => {
          if (!(await newsletters.readCampaign(tx, params.id))) throw notFound("campaign");
          return newsletters.countReasons(tx, params.id);
        });
        return { items: reasons.map((reason) => reasonInWords(reason, locale)), next: null };
      },
    ),
    route(
      "campaigns:read",
      {
        method: "GET",
        path: "deliveries",
        tag: "campaigns",
        summary: "The people of a campaign, and what became of the message to each",
        query: contract.deliveryQuery.extend({ campaignId: contract.id }),
        answer: contract.page(contract.delivery),
      },
      async ({ query, locale, inOrganisation }) => {
        const found = await inOrganisation((tx) =>
          newsletters.listDeliveries(tx, {
            ...query,
            after: decodeCursor(query.cursor, z.object({ id: z.uuid() }))?.id,
          }),
        );
        const last = found.at(-1);
        return {
          items: found.map((one) => deliveryInWords(one, locale)),
          next: found.length === query.limit && last ? encodeCursor({ id: last.id }) : null,
        };
      },
    ),
  ];
}

const at = (text: string | null) => (text === null ? null : instant(Date.parse(text)));

/** The contract's template is looser than what a channel takes; it is checked against the real one before it is kept. */
const toTemplate = (template: z.infer<typeof contract.campaignTemplate>) =>
  template as unknown as newsletters.CampaignTemplate;

function toPlan(body: z.infer<typeof contract.campaignCreate>): newsletters.CampaignPlan {
  return {
    ...body,
    senderId: body.senderId as SenderId,
    template: toTemplate(body.template),
    startsAt: at(body.startsAt),
    expiresAt: instant(Date.parse(body.expiresAt)),
  };
}

function defined<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

async function requireSender(tx: Tx, senderId: string): Promise<void> {
  const sender = await tx.one("select 1 from sender where organisation_id = $1 and id = $2 and channel = 'whatsapp'", [
    tx.organisationId,
    senderId,
  ]);
  if (!sender)
    throw new HttpProblem(422, "campaign.no-sender", "There is no such sender on WhatsApp.", {
      action: "Choose one of the senders of this organisation.",
    });
}

/** What can be said before anybody is judged: the sender is ours, the template exists and takes these parameters, and is what it is called. */
async function checkPlan(
  tx: Tx,
  plan: Pick<newsletters.CampaignPlan, "kind" | "senderId" | "template">,
): Promise<void> {
  await requireSender(tx, plan.senderId);
  const template = await newsletters.readPlannedTemplate(tx, plan);
  const problems = templateProblems(plan, template);
  if (problems.length > 0)
    throw new HttpProblem(422, "campaign.template", "The template cannot be sent like this.", {
      detail: problems.map(({ message }) => message).join(" "),
      action: "Fill in what is missing, or choose another template.",
      errors: problems,
    });
  if (template?.isMarketing && plan.kind === "transactional")
    throw new HttpProblem(422, "campaign.kind", "A marketing template is marketing, whatever it is called.", {
      action: "Send it as a newsletter or as marketing, or choose a utility template.",
    });
}

function templateProblems(
  { template: { name, language } }: Pick<newsletters.CampaignPlan, "template">,
  template: newsletters.PlannedTemplate | null,
): { path: string; message: string }[] {
  return template && !template.isDeleted
    ? [...template.problems]
    : [{ path: "template.name", message: `This sender has no template ${name} in ${language.code}.` }];
}

function problemOf(steered: Exclude<newsletters.Steered, { kind: "done" }>, locale: Locale): HttpProblem {
  switch (steered.kind) {
    case "unknown":
      return notFound("campaign");
    case "not-now":
      return new HttpProblem(409, "campaign.state", `This campaign is ${steered.state}.`, {
        action: "Look at it again: somebody else, or a brake, was quicker.",
      });
    case "empty":
      return new HttpProblem(422, "campaign.empty", "Nobody is in this audience.", {
        action: "Choose other people, or fewer conditions.",
      });
    case "too-late":
      return new HttpProblem(422, "campaign.too-late", "The time after which it must not be sent has passed.", {
        action: "Give it a later end.",
      });
    case "own-campaign":
      return new HttpProblem(409, "campaign.own", "Whoever made a campaign cannot be its second pair of eyes.", {
        action: "Ask a colleague.",
      });
    case "refused": {
      const verdict = verdictInWords(toWire(steered.verdict, locale), locale);
      const [rule] = verdict.rules;
      return new HttpProblem(
        422,
        steered.verdict.outcome === "hold" ? "policy.held" : "policy.refused",
        rule?.title ?? "The terms book does not let this go.",
        {
          ...(rule ? { detail: rule.explanation } : {}),
          ...(rule?.remedies[0] ? { action: rule.remedies[0].label } : {}),
          verdict,
        },
      );
    }
  }
}
