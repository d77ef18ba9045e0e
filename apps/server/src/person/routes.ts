import { readContact, requestErasure } from "@loket/contacts";
import * as contract from "@loket/contract";
import type { Tx } from "@loket/database";
import { dayMs, instant, minuteMs, toIso } from "@loket/kit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { notFound } from "../http/problem.ts";
import { idParams, type Route, route } from "../http/route.ts";
import type { Ports } from "../ports.ts";
import { type PersonView, readPerson, saveChoices, stopEverything } from "./choices.ts";
import { drawMessage, drawPerson, personLocales, personPagePolicy } from "./page.ts";
import { personData } from "./person-data.ts";
import { createQuota } from "./quota.ts";
import { isFormToken, makeFormToken, makePersonToken, type PersonToken, readPersonToken } from "./token.ts";

/** For somebody here to pass on: in a message, or on paper. */
export function personLinkRoutes(ports: Ports): Route[] {
  return [
    route(
      "consents:write",
      {
        method: "POST",
        path: "contacts/{id}/person-link",
        tag: "consents",
        summary: "Make the address of a person's own page, where they see and change what they get, without account",
        params: idParams,
        body: contract.personLinkCreate.optional(),
        answer: contract.personLink,
        status: 201,
      },
      async ({ params, body, principal, inOrganisation }) => {
        if (!(await inOrganisation((tx) => readContact(tx, params.id)))) throw notFound("contact");
        const { days, locale } = body ?? { days: 30, locale: undefined };
        const expiresAt = instant(ports.clock.now() + days * dayMs);
        const { organisationId } = principal;
        const token = makePersonToken(ports.keys, { organisationId, contactId: params.id, expiresAt });
        return {
          url: `${ports.publicUrl}/me/${token}${locale ? `?lang=${locale}` : ""}`,
          expiresAt: toIso(expiresAt),
        };
      },
    ),
  ];
}

interface Request {
  Params: { token: string };
  Querystring: { lang?: string; done?: string };
  Body: string | undefined;
}
const access = { public: "for people without account; the address itself is signed, and bound to one person" };
const config = { access };

/**
 * A person's own page. Opening an address never changes anything: links are opened by programs that look for harm. What
 * changes something is a form of the page, or the one-click unsubscribe of a mail program (RFC 8058), which comes
 * without cookies and without having seen the page.
 */
export async function registerPersonPages(server: FastifyInstance, ports: Ports): Promise<void> {
  const looks = createQuota(ports.clock, { most: 120, perMs: minuteMs });
  const acts = createQuota(ports.clock, { most: 30, perMs: minuteMs });

  await server.register(async (door) => {
    door.removeAllContentTypeParsers();
    door.addContentTypeParser("*", { parseAs: "string", bodyLimit: 64 * 1024 }, (_request, body, done) =>
      done(null, body),
    );
    door.addHook("onSend", async (_request, reply) => {
      void reply.headers({
        "cache-control": "no-store",
        "content-security-policy": personPagePolicy,
        "referrer-policy": "no-referrer",
        "x-robots-tag": "noindex, nofollow",
      });
    });

    /** Whom the address is for, if it is ours, not too old, and was not used too often; otherwise the answer that says so. */
    async function visitor(request: FastifyRequest<Request>, reply: FastifyReply): Promise<PersonToken | null> {
      const locale = localeOf(request) ?? "en";
      if (!looks.take(request.ip) || (request.method === "POST" && !acts.take(request.params.token))) {
        await html(reply.code(429).header("retry-after", "60"), drawMessage(locale, "tooMany", null));
        return null;
      }
      const token = readPersonToken(ports.keys, request.params.token);
      if (token && token.expiresAt > ports.clock.now()) return token;
      await html(reply.code(404), drawMessage(locale, "gone", null));
      return null;
    }
    const gone = (request: FastifyRequest<Request>, reply: FastifyReply) =>
      html(reply.code(404), drawMessage(localeOf(request) ?? "en", "gone", null));

    async function show(request: FastifyRequest<Request>, reply: FastifyReply) {
      const visiting = await visitor(request, reply);
      if (!visiting) return reply;
      const found = await ports.app.inOrganisation(visiting.organisationId, async (tx) => {
        const person = await readPerson(tx, ports, visiting.contactId, localeOf(request));
        return person && { person, timeZone: await timeZoneOf(tx) };
      });
      if (!found) return gone(request, reply);
      const { done } = request.query;
      const { token } = request.params;
      const page = drawPerson(found.person, {
        token,
        formToken: makeFormToken(ports.keys, visiting.organisationId, token, ports.clock.now()),
        locale: localeOf(request) ?? found.person.locale,
        expiresAt: visiting.expiresAt,
        notice: done === "saved" || done === "stopped" ? done : null,
        timeZone: found.timeZone,
      });
      return html(reply, page);
    }

    door.get<Request>("/me/:token", { config }, show);
    // Mail programs post here; who follows the link sees the page.
    door.get<Request>("/me/:token/stop", { config }, show);

    door.get<Request>("/me/:token/data", { config }, async (request, reply) => {
      const visiting = await visitor(request, reply);
      if (!visiting) return reply;
      const data = await ports.app.inOrganisation(visiting.organisationId, async (tx) => {
        const person = await readPerson(tx, ports, visiting.contactId, null);
        return person && (await personData(tx, ports, person.contactId));
      });
      if (!data) return gone(request, reply);
      return reply
        .type("application/json; charset=utf-8")
        .header("content-disposition", 'attachment; filename="my-data.json"')
        .send(JSON.stringify(data, null, 2));
    });

    const change = async (
      request: FastifyRequest<Request>,
      reply: FastifyReply,
      work: (tx: Tx, person: PersonView) => Promise<"saved" | "stopped" | "erasing">,
    ) => {
      const visiting = await visitor(request, reply);
      if (!visiting) return null;
      const done = await ports.app.inOrganisation(visiting.organisationId, async (tx) => {
        const person = await readPerson(tx, ports, visiting.contactId, localeOf(request));
        return person && work(tx, person);
      });
      if (!done) await gone(request, reply);
      return done;
    };

    door.post<Request>("/me/:token/stop", { config }, async (request, reply) => {
      const done = await change(request, reply, async (tx, person) => {
        await stopEverything(tx, ports, person.contactId);
        return "stopped";
      });
      return done ? reply.code(200).type("text/plain; charset=utf-8").send("OK") : reply;
    });

    door.post<Request>("/me/:token", { config }, async (request, reply) => {
      const { token } = request.params;
      const form = new URLSearchParams(request.body ?? "");
      const locale = localeOf(request);
      const address = `/me/${token}${locale ? `?lang=${locale}` : ""}`;
      const owner = readPersonToken(ports.keys, token);
      if (owner && !isFormToken(ports.keys, owner.organisationId, token, ports.clock.now(), form.get("form") ?? ""))
        return html(reply.code(403), drawMessage(locale ?? "en", "seen", address));
      const done = await change(request, reply, async (tx, person) => {
        switch (form.get("act")) {
          case "stop":
            await stopEverything(tx, ports, person.contactId);
            return "stopped";
          case "erase":
            if (form.get("sure") !== "yes") return "saved";
            await requestErasure(tx, ports, { contactId: person.contactId, requestedBy: "person", memberId: null });
            return "erasing";
          default:
            await saveChoices(tx, ports, person, new Set(form.getAll("on")));
            return "saved";
        }
      });
      if (!done) return reply;
      return reply
        .code(303)
        .header("location", `${address}${locale ? "&" : "?"}done=${done}`)
        .send();
    });
  });
}

function localeOf(request: FastifyRequest<Request>): (typeof personLocales)[number] | null {
  return personLocales.find((one) => one === request.query.lang) ?? null;
}

function html(reply: FastifyReply, page: string): FastifyReply {
  return reply.type("text/html; charset=utf-8").send(page);
}

async function timeZoneOf(tx: Tx): Promise<string> {
  const row = await tx.one<{ time_zone: string }>("select time_zone from organisation where organisation_id = $1", [
    tx.organisationId,
  ]);
  return row?.time_zone ?? "UTC";
}
