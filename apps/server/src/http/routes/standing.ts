import * as contract from "@loket/contract";
import type { Sender } from "@loket/organisations";
import { z } from "zod";
import type { Ports } from "../../ports.ts";
import { closeDemand, listDemands, markStep, readReachable, receiveDemand } from "../../standing/demands.ts";
import { readStanding } from "../../standing/overview.ts";
import { readProfile, saveProfile } from "../../standing/profile.ts";
import { HttpProblem, notFound } from "../problem.ts";
import { idParams, type Route, route } from "../route.ts";
import { webhookUrlOf } from "./senders.ts";

/** How the organisation stands, what it says about itself, and letters that demand to stop. */
export function standingRoutes(ports: Ports): Route[] {
  const wire = (sender: Sender): contract.Sender => ({
    ...sender,
    restrictions: [...sender.restrictions],
    webhookUrl: webhookUrlOf(ports, sender.id),
  });
  return [
    route(
      "standing:read",
      {
        method: "GET",
        path: "standing",
        tag: "standing",
        summary: "How the organisation stands with its channels today, and what to do next",
        answer: contract.standingReport,
      },
      async ({ inOrganisation, locale }) => inOrganisation((tx) => readStanding(tx, ports.clock.now(), locale, wire)),
    ),
    route(
      "standing:read",
      {
        method: "GET",
        path: "standing/profile",
        tag: "standing",
        summary: "What the organisation says about itself, as far as the terms book asks",
        answer: contract.profile,
      },
      async ({ inOrganisation }) => inOrganisation((tx) => readProfile(tx)),
    ),
    route(
      "standing:manage",
      {
        method: "PUT",
        path: "standing/profile",
        tag: "standing",
        summary: "Change what the organisation says about itself; sends are judged by it at once",
        body: contract.profile,
        answer: contract.profile,
      },
      async ({ body, principal, inOrganisation }) =>
        inOrganisation(async (tx) => {
          await saveProfile(tx, ports, body, principal.memberId);
          return readProfile(tx);
        }),
    ),
    route(
      "standing:read",
      {
        method: "GET",
        path: "demands",
        tag: "standing",
        summary: "Letters that demand to stop, open ones first",
        answer: contract.page(contract.demand),
      },
      async ({ inOrganisation }) => ({ items: await inOrganisation((tx) => listDemands(tx, null)), next: null }),
    ),
    route(
      "standing:manage",
      {
        method: "POST",
        path: "demands",
        tag: "standing",
        summary: "A demand to stop arrived: stops what it names and keeps evidence from being deleted",
        body: contract.demandCreate,
        answer: contract.demand,
        status: 201,
      },
      async ({ body, principal, inOrganisation }) =>
        inOrganisation(async (tx) => {
          if (Date.parse(body.receivedAt) > ports.clock.now())
            throw new HttpProblem(400, "invalid-request", "The letter cannot have come in the future.", {
              errors: [{ path: "body.receivedAt", message: "Give the day it came." }],
            });
          const known = await tx.query<{ id: string }>(
            "select id from sender where organisation_id = $1 and id = any($2::uuid[])",
            [tx.organisationId, body.senderIds],
          );
          if (known.length !== new Set(body.senderIds).size) throw notFound("sender");
          const id = await receiveDemand(tx, ports, {
            ...body,
            receivedAt: Date.parse(body.receivedAt),
            answerDueAt: body.answerDueAt === null ? null : Date.parse(body.answerDueAt),
            memberId: principal.memberId,
          });
          return (await listDemands(tx, id))[0];
        }),
    ),
    route(
      "standing:manage",
      {
        method: "POST",
        path: "demands/{id}/steps",
        tag: "standing",
        summary: "Mark a step of the answer as done, or undo that",
        params: idParams,
        body: z.object({ step: z.enum(contract.demandSteps), done: z.boolean() }),
        answer: contract.demand,
      },
      async ({ params, body, principal, inOrganisation }) =>
        inOrganisation(async (tx) => {
          if (!(await markStep(tx, ports, params.id, body.step, body.done ? principal.name : null)))
            throw notFound("open demand");
          return (await listDemands(tx, params.id))[0];
        }),
    ),
    route(
      "standing:manage",
      {
        method: "POST",
        path: "demands/{id}/close",
        tag: "standing",
        summary: "The demand is answered; what was stopped stays stopped",
        params: idParams,
        body: z.object({ answer: z.string().trim().min(3).max(10_000) }),
        answer: contract.demand,
      },
      async ({ params, body, principal, inOrganisation }) =>
        inOrganisation(async (tx) => {
          if (!(await closeDemand(tx, ports, params.id, body.answer, principal.memberId)))
            throw notFound("open demand");
          return (await listDemands(tx, params.id))[0];
        }),
    ),
    route(
      "contacts:read",
      {
        method: "GET",
        path: "standing/reachable",
        tag: "standing",
        summary: "Who could be reached on other channels if this one were lost, and who of them agreed",
        query: z.object({
          channel: contract.channel.default("whatsapp"),
          limit: z.coerce.number().int().min(0).max(10_000).default(100),
        }),
        answer: contract.reachable,
      },
      async ({ query, inOrganisation }) => inOrganisation((tx) => readReachable(tx, query.channel, query.limit)),
    ),
  ];
}
