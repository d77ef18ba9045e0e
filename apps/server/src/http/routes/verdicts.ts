import type { MessageContent } from "@loket/channels";
import * as contract from "@loket/contract";
import { type DeliveryKind, judge, verdictInWords } from "@loket/delivery";
import { type AddressId, type ContactId, instant, type SenderId } from "@loket/kit";
import { decide, parseJudgement, toWire } from "@loket/policy";
import { z } from "zod";
import type { Ports } from "../../ports.ts";
import { HttpProblem, notFound } from "../problem.ts";
import { type Route, route } from "../route.ts";

export function verdictRoutes(ports: Ports): Route[] {
  return [
    route(
      "verdicts:ask",
      {
        method: "POST",
        path: "verdicts",
        tag: "verdicts",
        summary: "Ask what the terms book says about a send. Sends nothing",
        body: contract.verdictAsk,
        answer: contract.verdict,
      },
      async ({ body, inOrganisation, locale }) => {
        const at = body.at ? instant(Date.parse(body.at)) : ports.clock.now();
        if (body.facts !== undefined) {
          const parsed = parseJudgement({
            request: body.request,
            facts: body.facts,
            at: body.at ?? new Date(at).toISOString(),
          });
          if (!parsed.ok) {
            throw new HttpProblem(400, "invalid-request", "The request or the facts are not in the right form.", {
              errors: parsed.failure.map(({ path, message }) => ({ path, message })),
              detail: parsed.failure.map(({ path, message }) => `${path}: ${message}`).join("; "),
            });
          }
          const { request, facts } = parsed.value;
          if (facts === null) throw new HttpProblem(400, "invalid-request", "There are no facts in this request.");
          return verdictInWords(
            toWire(decide(request, facts, parsed.value.at ?? at, { missingFacts: "note" }), locale),
            locale,
          );
        }
        const ask = askShape.safeParse(body.request);
        if (!ask.success)
          throw new HttpProblem(400, "invalid-request", "Without facts, the request names whom to write to and what.", {
            errors: ask.error.issues.map((issue) => ({
              path: `body.request.${issue.path.join(".")}`,
              message: issue.message,
            })),
            action: "Give request.contactId (and senderId), or give facts.",
          });
        return inOrganisation(async (tx) => {
          const { contactId, content, kind, promotional, solicited } = ask.data;
          const sender = await tx.one<{ id: SenderId; channel: string }>(
            "select id, channel from sender where organisation_id = $1 and ($2::uuid is null or id = $2) order by created_at limit 1",
            [tx.organisationId, ask.data.senderId ?? null],
          );
          if (!sender) throw notFound("sender");
          const address = await tx.one<{ id: AddressId }>(
            `select a.id from address a left join leg l on l.organisation_id = a.organisation_id and l.address_id = a.id and l.sender_id = $4
           where a.organisation_id = $1 and a.contact_id = $2 and a.channel = $3 and a.current order by l.last_inbound_at desc nulls last, a.kind limit 1`,
            [tx.organisationId, contactId, sender.channel, sender.id],
          );
          if (!address) throw notFound("contact");
          const judgement = await judge(
            tx,
            {
              senderId: sender.id,
              contactId: contactId as ContactId,
              addressId: address.id,
              content: (content ?? { type: "text", text: { body: "" } }) as unknown as MessageContent,
              ...(kind ? { kind: kind as DeliveryKind } : {}),
              ...(promotional === undefined ? {} : { promotional }),
              ...(solicited === undefined ? {} : { solicited }),
            },
            at,
          );
          if (!judgement) throw notFound("contact");
          return verdictInWords(toWire(judgement.verdict, locale), locale);
        });
      },
    ),
  ];
}

const kinds = [
  "reply",
  "bot-reply",
  "transactional",
  "auth",
  "marketing",
  "newsletter",
  "survey",
  "opt-in-request",
  "opt-out-confirmation",
] as const;
/** What is asked about somebody we know: the message as it would be sent, or only its type. */
const askShape = z.looseObject({
  contactId: z.uuid(),
  senderId: z.uuid().optional(),
  kind: z.enum(kinds).optional(),
  promotional: z.boolean().optional(),
  solicited: z.boolean().optional(),
  content: z.looseObject({ type: z.string() }).optional(),
});
