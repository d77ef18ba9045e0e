import { createHash } from "node:crypto";
import * as contacts from "@loket/contacts";
import * as contract from "@loket/contract";
import { confirmOptOut, recordActivity } from "@loket/conversations";
import type { Tx } from "@loket/database";
import { record } from "@loket/evidence/ledger";
import type { MemberId } from "@loket/kit";
import type { z } from "zod";
import type { Ports } from "../../ports.ts";
import { HttpProblem, notFound } from "../problem.ts";
import { Answered, idParams, type Route, route } from "../route.ts";
import { readDetail } from "./contacts.ts";

/** The words people agree to, what each person agreed to, and what they stopped. */
export function consentRoutes(ports: Ports): Route[] {
  return [
    route(
      "contacts:read",
      {
        method: "GET",
        path: "wordings",
        tag: "consents",
        summary: "The words people agree to, newest first",
        answer: contract.page(contract.wording),
      },
      async ({ inOrganisation }) => ({ items: await inOrganisation((tx) => contacts.listWordings(tx)), next: null }),
    ),
    route(
      "imports:manage",
      {
        method: "POST",
        path: "wordings",
        tag: "consents",
        summary: "Publish words people will agree to. They are never edited: other words are another version",
        body: contract.wordingCreate,
        answer: contract.wording,
        status: 201,
      },
      async ({ body, principal, inOrganisation }) => {
        const landingVersion =
          body.landingVersion ?? (body.landingUrl === undefined ? null : await digestOfPage(ports, body.landingUrl));
        const published = await inOrganisation((tx) =>
          contacts.publishWording(tx, ports, {
            ...body,
            landingUrl: body.landingUrl ?? null,
            landingVersion,
            memberId: principal.memberId,
          }),
        );
        if (!published)
          throw new HttpProblem(409, "wording.exists", "This version was published in this language before.", {
            action: "What people agreed to is not changed afterwards. Publish it as another version.",
          });
        return published;
      },
    ),
    route(
      "consents:write",
      {
        method: "POST",
        path: "contacts/{id}/consents",
        tag: "consents",
        summary: "Record what a person agreed to or withdrew, with its proof",
        params: idParams,
        body: contract.consentChange,
        answer: contract.contactDetail,
        status: 201,
      },
      async ({ params, body, inOrganisation, principal }) =>
        inOrganisation(async (tx) => {
          if (!(await contacts.readContact(tx, params.id))) throw notFound("contact");
          if (body.wordingId !== undefined && !(await contacts.readWording(tx, body.wordingId)))
            throw notFound("wording");
          await contacts.recordConsent(tx, ports, {
            ...body,
            contactId: params.id,
            byMemberId: principal.memberId ?? undefined,
            at: body.at ? Date.parse(body.at) : undefined,
          });
          return readDetail(tx, ports, params.id, principal);
        }),
    ),
    route(
      "consents:write",
      {
        method: "POST",
        path: "contacts/{id}/suppressions",
        tag: "consents",
        summary: "Record that a person wants no more of this; they are told once, where that is allowed",
        params: idParams,
        body: contract.suppressionCreate,
        answer: contract.contactDetail,
        status: 201,
      },
      async ({ params, body, inOrganisation, principal }) =>
        inOrganisation(async (tx) => {
          if (!(await contacts.readContact(tx, params.id))) throw notFound("contact");
          await stopFor(tx, ports, { ...body, contactId: params.id, memberId: principal.memberId });
          return readDetail(tx, ports, params.id, principal);
        }),
    ),
    route(
      "consents:write",
      {
        method: "POST",
        path: "contacts/{id}/clarification",
        tag: "consents",
        summary: "Say whether a word that may have been an opt-out was one; marketing waits until then",
        params: idParams,
        body: contract.clarification,
        answer: contract.contactDetail,
      },
      async ({ params, body, inOrganisation, principal }) =>
        inOrganisation(async (tx) => {
          if (!(await contacts.readContact(tx, params.id))) throw notFound("contact");
          const { memberId } = principal;
          const cleared = await contacts.clarify(tx, ports, {
            contactId: params.id,
            wasOptOut: body.meant === "opt-out",
            byMemberId: memberId,
          });
          if (!cleared)
            throw new HttpProblem(409, "clarification.none", "There is nothing to clear up.", {
              action: "Look at the person again: somebody may have settled it, or they did themselves.",
            });
          const conversation = await latestConversation(tx, params.id);
          if (conversation) await recordActivity(tx, ports, conversation, "clarified", memberId, { meant: body.meant });
          if (body.meant === "opt-out")
            await stopFor(tx, ports, { ...body, source: "agent", contactId: params.id, memberId });
          return readDetail(tx, ports, params.id, principal);
        }),
    ),
    route(
      "contacts:read",
      {
        method: "GET",
        path: "consent-settings",
        tag: "consents",
        summary: "Whether opt-outs are confirmed to the person",
        answer: contract.consentSettings,
      },
      async ({ inOrganisation }) => inOrganisation(readSettings),
    ),
    route(
      "standing:manage",
      {
        method: "PUT",
        path: "consent-settings",
        tag: "consents",
        summary: "Choose whether opt-outs are confirmed to the person",
        body: contract.consentSettings,
        answer: contract.consentSettings,
      },
      async ({ body, principal, inOrganisation }) =>
        inOrganisation(async (tx) => {
          await tx.query(
            `update organisation set settings = settings || jsonb_build_object('standing', coalesce(settings->'standing', '{}') || jsonb_build_object('confirmOptOuts', $2::boolean))
             where organisation_id = $1`,
            [tx.organisationId, body.confirmOptOuts],
          );
          await record(tx, ports, {
            type: "configuration.changed",
            body: { what: "confirmation of opt-outs", on: body.confirmOptOuts, by: principal.memberId },
          });
          return readSettings(tx);
        }),
    ),
    route(
      "erasures:manage",
      {
        method: "POST",
        path: "contacts/{id}/erasure",
        tag: "consents",
        summary: "Erase a person (Art. 17 GDPR): everything but that they must not be written to, and the bare proof",
        params: idParams,
        answer: contract.erasure,
        status: 201,
      },
      async ({ params, principal, inOrganisation }) => {
        const { memberId } = principal;
        const erasure = await inOrganisation((tx) =>
          contacts.requestErasure(tx, ports, { contactId: params.id, requestedBy: "member", memberId }),
        );
        if (!erasure) throw notFound("contact");
        return new Answered(201, erasure);
      },
    ),
    route(
      "erasures:manage",
      {
        method: "GET",
        path: "contacts/{id}/erasure",
        tag: "consents",
        summary: "What became of the last wish to be erased",
        params: idParams,
        answer: contract.erasure,
      },
      async ({ params, inOrganisation }) => {
        const erasure = await inOrganisation((tx) => contacts.latestErasure(tx, params.id));
        if (!erasure) throw notFound("erasure");
        return erasure;
      },
    ),
  ];
}

interface Stop extends z.infer<typeof contract.suppressionCreate> {
  readonly contactId: string;
  readonly memberId: MemberId | null;
}

/** Recorded by somebody here. Who asked an agent is told that it was heard; who complained or blocked us is left alone. */
async function stopFor(tx: Tx, ports: Ports, { memberId, ...stop }: Stop): Promise<void> {
  const isNew = await contacts.suppress(tx, ports, { ...stop, byMemberId: memberId ?? undefined });
  const { scope, channel } = stop;
  if (!isNew || stop.source !== "agent" || (scope !== "all" && scope !== "marketing")) return;
  const conversation = await latestConversation(tx, stop.contactId);
  if (conversation) await confirmOptOut(tx, ports, conversation.id, { scope, channel, certain: true });
}

async function latestConversation(tx: Tx, contactId: string): Promise<{ id: string; inboxId: string } | undefined> {
  return tx.one(
    `select id, inbox_id as "inboxId" from conversation where organisation_id = $1 and contact_id = $2 order by last_message_at desc nulls last, id desc limit 1`,
    [tx.organisationId, contactId],
  );
}

async function readSettings(tx: Tx): Promise<z.infer<typeof contract.consentSettings>> {
  const row = await tx.one<{ off: boolean }>(
    "select coalesce((settings->'standing'->>'confirmOptOuts') = 'false', false) as off from organisation where organisation_id = $1",
    [tx.organisationId],
  );
  return { confirmOptOuts: row?.off !== true };
}

/** What the page says today, by its bytes: so that one can show later whether it was the same. */
async function digestOfPage(ports: Ports, url: string): Promise<string> {
  const answer = await ports.network.request({ method: "GET", url, redirects: 3, timeoutMs: 10_000 });
  if (answer.kind !== "answered" || answer.status !== 200)
    throw new HttpProblem(422, "wording.page-unreachable", "The page could not be read.", {
      detail: "Its digest is kept with the wording, as proof of what it said.",
      action: "Check the address, or give the digest or version of the page yourself.",
    });
  return `sha256:${createHash("sha256").update(answer.body).digest("hex")}`;
}
