import {
  agreements,
  changeContact,
  createContact,
  latestErasure,
  listContacts,
  readContact,
  standingNow,
} from "@loket/contacts";
import * as contract from "@loket/contract";
import { listConversations } from "@loket/conversations";
import type { Tx } from "@loket/database";
import { inboxFilter, type Principal } from "@loket/organisations";
import { z } from "zod";
import type { Ports } from "../../ports.ts";
import { HttpProblem, notFound } from "../problem.ts";
import { Answered, decodeCursor, encodeCursor, idParams, type Route, route } from "../route.ts";

export function contactRoutes(ports: Ports): Route[] {
  return [
    route(
      "contacts:read",
      {
        method: "GET",
        path: "contacts",
        tag: "contacts",
        summary: "People, by name",
        query: contract.pageQuery.extend({ q: z.string().max(200).optional() }),
        answer: contract.page(contract.contact),
      },
      async ({ query, inOrganisation }) => {
        const after = decodeCursor(query.cursor, z.object({ name: z.string(), id: z.string() }));
        const items = await inOrganisation((tx) => listContacts(tx, { q: query.q, after, limit: query.limit }));
        const last = items.at(-1);
        return {
          items,
          next: items.length === query.limit && last ? encodeCursor({ name: last.name, id: last.id }) : null,
        };
      },
    ),
    route(
      "contacts:write",
      {
        method: "POST",
        path: "contacts",
        tag: "contacts",
        summary: "Add a person by hand",
        body: contract.contactCreate,
        answer: contract.contactDetail,
        status: 201,
      },
      async ({ body, inOrganisation, principal }) =>
        inOrganisation(async (tx) => {
          const home = await tx.one<{ home_country: string }>(
            "select home_country from organisation where organisation_id = $1",
            [tx.organisationId],
          );
          const outcome = await createContact(tx, ports, { ...body, homeCountry: home?.home_country ?? "NL" });
          if (outcome.kind === "bad-phone")
            throw new HttpProblem(400, "invalid-request", "This is not a phone number.", {
              errors: [{ path: "body.phone", message: "Write it with its country code, like +31 6 12345678." }],
            });
          const detail = await readDetail(tx, ports, outcome.id, principal);
          return outcome.kind === "exists" ? new Answered(200, detail) : detail;
        }),
    ),
    route(
      "contacts:read",
      {
        method: "GET",
        path: "contacts/{id}",
        tag: "contacts",
        summary: "A person: addresses, what they agreed to, what they stopped",
        params: idParams,
        answer: contract.contactDetail,
      },
      async ({ params, inOrganisation, principal }) =>
        inOrganisation((tx) => readDetail(tx, ports, params.id, principal)),
    ),
    route(
      "contacts:write",
      {
        method: "PATCH",
        path: "contacts/{id}",
        tag: "contacts",
        summary: "Change a person's name or language",
        params: idParams,
        body: contract.contactChange,
        answer: contract.contactDetail,
      },
      async ({ params, body, inOrganisation, principal }) =>
        inOrganisation(async (tx) => {
          if (!(await changeContact(tx, ports.clock, params.id, body))) throw notFound("contact");
          return readDetail(tx, ports, params.id, principal);
        }),
    ),
  ];
}

/** A person as the API shows them: with what holds today, and everything it follows from. */
export async function readDetail(tx: Tx, ports: Ports, id: string, principal: Principal): Promise<unknown> {
  const contact = await readContact(tx, id);
  if (!contact) throw notFound("contact");
  const [history, erasure, earlier] = await Promise.all([
    agreements(tx, id),
    latestErasure(tx, id),
    listConversations(tx, { contactId: id, inboxIds: inboxFilter(principal) }, { limit: 50 }),
  ]);
  return {
    ...contact,
    ...history,
    agreements: standingNow(history, ports.clock.now()),
    erasure,
    conversations: earlier.map(({ id: conversationId, state, inboxId, lastMessageAt }) => ({
      id: conversationId,
      state,
      inboxId,
      lastMessageAt,
    })),
  };
}
