import * as contract from "@loket/contract";
import type { Tx } from "@loket/database";
import * as delivery from "@loket/delivery";
import { dayMs, hourMs, instant, toIso } from "@loket/kit";
import { type Locale, ruleById } from "@loket/policy";
import { z } from "zod";
import type { Ports } from "../../ports.ts";
import { HttpProblem, notFound } from "../problem.ts";
import { Answered, decodeCursor, encodeCursor, idParams, type Route, route } from "../route.ts";

const position = z.object({ at: z.number(), id: z.string() });

/** What was judged, the rules an organisation adds, what two people set aside, and the past made again with other rules. */
export function decisionRoutes(ports: Ports): Route[] {
  return [
    route(
      "decisions:read",
      {
        method: "GET",
        path: "decisions",
        tag: "verdicts",
        summary: "Kept judgements, newest first",
        query: contract.pageQuery.extend({
          ruleId: z.string().max(120).optional(),
          contactId: z.uuid().optional(),
          outcome: z.enum(["allow", "change", "hold", "refuse"]).optional(),
          differing: z.enum(["true", "false"]).optional(),
          since: contract.instant.optional(),
          until: contract.instant.optional(),
        }),
        answer: contract.page(contract.decision),
      },
      async ({ query, locale, inOrganisation }) => {
        const found = await inOrganisation((tx) =>
          delivery.listDecisions(tx, {
            ruleId: query.ruleId,
            contactId: query.contactId,
            outcome: query.outcome,
            differing: query.differing === "true",
            since: query.since === undefined ? undefined : instant(Date.parse(query.since)),
            until: query.until === undefined ? undefined : instant(Date.parse(query.until)),
            before: decodeCursor(query.cursor, position),
            limit: query.limit,
          }),
        );
        const last = found.at(-1);
        return {
          items: found.map((decision) => toWire(decision, locale)),
          next: found.length === query.limit && last ? encodeCursor({ at: Date.parse(last.at), id: last.id }) : null,
        };
      },
    ),
    route(
      "decisions:read",
      {
        method: "GET",
        path: "decisions/{id}",
        tag: "verdicts",
        summary: "One kept judgement, with the request and the facts it was made on",
        params: idParams,
        answer: contract.decisionDetail,
      },
      async ({ params, locale, inOrganisation }) => {
        const decision = await inOrganisation((tx) => delivery.readDecision(tx, params.id));
        if (!decision) throw notFound("decision");
        return { ...toWire(decision, locale), request: decision.request, facts: decision.facts };
      },
    ),
    route(
      "rules:read",
      {
        method: "GET",
        path: "own-rules",
        tag: "verdicts",
        summary: "Rules the organisation adds for itself",
        answer: contract.page(contract.ownRule),
      },
      async ({ inOrganisation }) => ({
        items: await inOrganisation((tx) => delivery.listOwnRules(tx)),
        next: null,
      }),
    ),
    route(
      "standing:manage",
      {
        method: "POST",
        path: "own-rules",
        tag: "verdicts",
        summary: "Add a stricter rule, in force or only watching; one of its kind before it ends",
        body: contract.ownRuleCreate,
        answer: contract.ownRule,
        status: 201,
      },
      async ({ body, principal, inOrganisation }) =>
        inOrganisation(async (tx) => {
          if (body.kind === "quiet-hours" && body.settings.permittedFrom >= body.settings.permittedTo)
            throw new HttpProblem(400, "invalid-request", "The hours end before they begin.", {
              errors: [{ path: "body.settings.permittedTo", message: "Choose a later time than the first." }],
            });
          const { kind, settings, state } = body;
          const id = await delivery.addOwnRule(tx, ports, {
            kind,
            settings: JSON.parse(JSON.stringify(settings)),
            state,
            memberId: principal.memberId,
          });
          return (await delivery.listOwnRules(tx)).find((rule) => rule.id === id);
        }),
    ),
    route(
      "standing:manage",
      {
        method: "DELETE",
        path: "own-rules/{id}",
        tag: "verdicts",
        summary: "End a rule of one's own; it stays on file",
        params: idParams,
        status: 204,
      },
      async ({ params, principal, inOrganisation }) => {
        if (!(await inOrganisation((tx) => delivery.endOwnRule(tx, ports, params.id, principal.memberId))))
          throw notFound("rule in force");
        return new Answered(204, undefined);
      },
    ),
    route(
      "overrides:request",
      {
        method: "GET",
        path: "overrides",
        tag: "verdicts",
        summary: "Rules of one's own set aside, or asked to be",
        answer: contract.page(contract.override),
      },
      async ({ locale, principal, inOrganisation }) => ({
        items: (await inOrganisation((tx) => delivery.listOverrides(tx))).map((one) => ({
          ...one,
          ruleTitle: ruleById(one.ruleId)?.title[locale] ?? one.ruleId,
          mayDecide:
            one.granted === null &&
            principal.memberId !== null &&
            principal.permissions.has("overrides:decide") &&
            one.requestedByMemberId !== principal.memberId &&
            Date.parse(one.expiresAt) > ports.clock.now(),
        })),
        next: null,
      }),
    ),
    route(
      "overrides:request",
      {
        method: "POST",
        path: "overrides",
        tag: "verdicts",
        summary: "Ask a second person to set a rule of our own aside for a while",
        body: contract.overrideRequest,
        answer: z.object({ id: contract.id }),
        status: 201,
      },
      async ({ body, principal, inOrganisation }) => {
        const { memberId } = principal;
        if (memberId === null) throw onlyPeople();
        const outcome = await inOrganisation((tx) =>
          delivery.requestOverride(tx, ports, { ...body, memberId, lastsMs: body.hours * hourMs }),
        );
        if (outcome.kind === "not-ours")
          throw new HttpProblem(422, "override.not-possible", "This rule cannot be set aside.", {
            detail: "It belongs to the channel or to the law. Only rules of your own can be set aside, by two people.",
            action: "Use one of the remedies of the verdict.",
          });
        return { id: outcome.id };
      },
    ),
    ...(["grant", "decline"] as const).map((word) =>
      route(
        "overrides:decide",
        {
          method: "POST",
          path: `overrides/{id}/${word}`,
          tag: "verdicts",
          summary: word === "grant" ? "Agree, as the second person" : "Decline, as the second person",
          params: idParams,
          status: 204,
        },
        async ({ params, principal, inOrganisation }) => {
          const { memberId } = principal;
          if (memberId === null) throw onlyPeople();
          const outcome = await inOrganisation(async (tx) => {
            const decided = await delivery.decideOverride(tx, ports, {
              id: params.id,
              granted: word === "grant",
              memberId,
            });
            if (decided === "done" && word === "grant") await delivery.lookAgain(tx, ports.clock, null);
            return decided;
          });
          if (outcome === "unknown") throw notFound("request");
          if (outcome !== "done")
            throw new HttpProblem(409, `override.${outcome}`, overrideWords[outcome], {
              action: "Ask somebody else, or ask anew.",
            });
          return new Answered(204, undefined);
        },
      ),
    ),
    route(
      "standing:read",
      {
        method: "GET",
        path: "shadow-runs",
        tag: "verdicts",
        summary: "The past made again with other rules, newest first",
        answer: contract.page(contract.shadowRun),
      },
      async ({ inOrganisation }) => ({ items: await inOrganisation((tx) => readRuns(tx, null)), next: null }),
    ),
    route(
      "standing:read",
      {
        method: "GET",
        path: "shadow-runs/{id}",
        tag: "verdicts",
        summary: "One such run, with its progress",
        params: idParams,
        answer: contract.shadowRun,
      },
      async ({ params, inOrganisation }) => {
        const [run] = await inOrganisation((tx) => readRuns(tx, params.id));
        if (!run) throw notFound("run");
        return run;
      },
    ),
    route(
      "standing:manage",
      {
        method: "POST",
        path: "shadow-runs",
        tag: "verdicts",
        summary:
          "Judge the last days again, with one more rule of one's own or another edition of the book. Without effect",
        body: contract.shadowRunCreate,
        answer: contract.shadowRun,
        status: 201,
      },
      async ({ body, principal, inOrganisation }) =>
        inOrganisation(async (tx) => {
          const now = ports.clock.now();
          const id = ports.ids.next();
          const what = body.rule ? { rule: body.rule } : { edition: ports.shadowEdition?.bookVersion ?? "installed" };
          await tx.query(
            `insert into shadow_run (organisation_id, id, what, since, until, state, created_by, created_at)
             values ($1, $2, $3, to_timestamp($4::float8 / 1000), to_timestamp($5::float8 / 1000), 'waiting', $6, to_timestamp($5::float8 / 1000))`,
            [tx.organisationId, id, JSON.stringify(what), now - body.days * dayMs, now, principal.memberId],
          );
          tx.addJob("policy.rejudge", { runId: id }, { key: `policy.rejudge ${id}`, maxAttempts: 3 });
          return (await readRuns(tx, id))[0];
        }),
    ),
  ];
}

const onlyPeople = (): HttpProblem =>
  new HttpProblem(403, "override.people-only", "Only people can do this.", {
    action: "Sign in as a member; a token speaks for nobody in particular.",
  });

const overrideWords = {
  "own-request": "The second person has to be somebody else.",
  "decided-already": "Somebody decided this already.",
  over: "The time it was asked for is over.",
} as const;

function toWire(decision: delivery.Decision, locale: Locale): contract.Decision {
  const { verdict } = decision;
  return {
    id: decision.id,
    at: decision.at,
    stage: decision.stage,
    outcome: verdict.outcome,
    until: verdict.until,
    contact: decision.contact,
    senderId: decision.senderId,
    kind: decision.request.kind,
    rules: verdict.rules.map(({ id, outcome, title, explanation }) => ({
      id,
      outcome,
      title: ruleById(id)?.title[locale] ?? title,
      explanation: ruleById(id)?.explanation[locale] ?? explanation,
    })),
    bookVersion: decision.bookVersion,
    requestDigest: decision.requestDigest,
    shadow: decision.shadow && {
      outcome: decision.shadow.outcome,
      rules: decision.shadow.rules.map((rule) => rule.id),
    },
  };
}

async function readRuns(tx: Tx, id: string | null): Promise<contract.ShadowRun[]> {
  const rows = await tx.query<
    Omit<contract.ShadowRun, "since" | "until" | "createdAt" | "finishedAt"> & {
      since: number;
      until: number;
      created_at: number;
      finished_at: number | null;
    }
  >(
    `select id, what, since, until, state, judged, total, changed, findings, failure, created_at, finished_at from shadow_run
     where organisation_id = $1 and ($2::uuid is null or id = $2) order by created_at desc limit 20`,
    [tx.organisationId, id],
  );
  return rows.map(({ since, until, created_at, finished_at, ...row }) => ({
    ...row,
    since: toIso(instant(since)),
    until: toIso(instant(until)),
    createdAt: toIso(instant(created_at)),
    finishedAt: finished_at === null ? null : toIso(instant(finished_at)),
  }));
}
