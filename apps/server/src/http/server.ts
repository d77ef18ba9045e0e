import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import fastifyMultipart from "@fastify/multipart";
import fastifyStatic from "@fastify/static";
import type { Locale } from "@loket/contract";
import { verifierPage } from "@loket/evidence";
import { parseId } from "@loket/kit";
import { findToken, may, memberPrincipal, type Principal, tokenPrincipal } from "@loket/organisations";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { z } from "zod";
import { clientAddressHeader } from "../auth.ts";
import type { Ports } from "../ports.ts";
import { describeApi } from "./openapi.ts";
import { forbidden, HttpProblem, unauthenticated } from "./problem.ts";
import { Answered, type Route } from "./route.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** What the route needs. A route without it keeps the server from starting. */
    access?: string | { readonly public: string };
  }
}

export interface HttpOptions {
  readonly ports: Ports;
  readonly routes: readonly Route[];
  /** Where the built web app is; `null` where it was not built. */
  readonly webDir: string | null;
  /** Checks every answer against its schema: for tests. */
  readonly checkAnswers?: boolean;
}

/** Resolves who asks. Kept apart from HTTP so that the event stream can ask again while it is open. */
export async function findPrincipal(
  ports: Ports,
  headers: Headers,
  organisationId: string | null,
): Promise<Principal | null> {
  const authorization = headers.get("authorization");
  if (authorization?.startsWith("Bearer ")) {
    const token = await findToken(ports.app, authorization.slice(7).trim(), ports.clock.now());
    return token && tokenPrincipal(token);
  }
  const person = await ports.auth.personOf(headers);
  if (!person) return null;
  const id = parseId<"organisation">(organisationId);
  if (!id) return null;
  return ports.app.inOrganisation(id, (tx) => memberPrincipal(tx, person.id));
}

export function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === "string") headers.set(name, value);
    else if (Array.isArray(value)) for (const each of value) headers.append(name, each);
  }
  return headers;
}

export function organisationOf(request: FastifyRequest): string | null {
  const header = request.headers["loket-organisation"];
  if (typeof header === "string") return header;
  const query = request.query as Record<string, unknown> | undefined;
  return typeof query?.organisationId === "string" ? query.organisationId : null;
}

/** What is shown in which language: as asked for, else by what the browser prefers. */
function localeOf(request: FastifyRequest): Locale {
  for (const part of (request.headers["accept-language"] ?? "").split(",")) {
    const language = part.trim().slice(0, 2).toLowerCase();
    if (language === "nl" || language === "de" || language === "en") return language;
  }
  return "en";
}

export async function createHttp({
  ports,
  routes,
  webDir,
  checkAnswers = false,
}: HttpOptions): Promise<FastifyInstance> {
  const server: FastifyInstance = fastify({
    logger: false,
    bodyLimit: 2 * 1024 * 1024,
    requestTimeout: 120_000,
    trustProxy: false,
    genReqId: () => ports.ids.next(),
  });

  // Deny by default: a route that does not say what it needs is a bug, found before the first request.
  let filesAccess: { readonly public: string } | null = null;
  server.addHook("onRoute", (options) => {
    if (filesAccess && options.config?.access === undefined)
      options.config = { ...options.config, access: filesAccess };
    if (options.config?.access === undefined)
      throw new Error(`The route ${options.method} ${options.url} does not declare what it needs.`);
  });
  server.addHook("onSend", async (_request, reply) => {
    void reply.headers({
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "x-frame-options": "DENY",
      "cross-origin-opener-policy": "same-origin",
      "permissions-policy": "camera=(), geolocation=(), microphone=(self)",
    });
    if (!reply.hasHeader("content-security-policy"))
      void reply.header("content-security-policy", contentSecurityPolicy);
  });
  server.setErrorHandler((error, request, reply) => sendProblem(ports, error, request, reply));
  server.setNotFoundHandler({}, (request, reply) => {
    if (request.url.startsWith("/api/") || request.url.startsWith("/assets/") || request.method !== "GET" || !webDir) {
      return sendProblem(
        ports,
        new HttpProblem(404, "not-found", "There is nothing here.", {
          detail: `${request.method} ${request.url.split("?")[0]}`,
        }),
        request,
        reply,
      );
    }
    return reply.header("cache-control", "no-cache").sendFile("index.html"); // the web app routes by itself
  });

  await server.register(fastifyMultipart, { limits: { fileSize: 100 * 1024 * 1024, files: 1 } });
  for (const route of routes) registerRoute(server, ports, route, checkAnswers);

  const description = JSON.stringify(describeApi(routes, ports.publicUrl));
  const open = (reason: string) => ({ config: { access: { public: reason } } });
  server.get("/api/v1/openapi.json", open("says what exists, not what is in it"), (_request, reply) =>
    reply.type("application/json").send(description),
  );
  await registerApiPage(server);
  registerVerifier(server);

  server.all(
    "/api/auth/*",
    open("signing in comes before being signed in; the library checks each call"),
    async (request, reply) => {
      const headers = headersOf(request);
      headers.set(clientAddressHeader, request.ip);
      const answer = await ports.auth.handler(
        new Request(new URL(request.url, ports.publicUrl), {
          method: request.method,
          headers,
          ...(request.method === "GET" ||
          request.method === "HEAD" ||
          request.body === undefined ||
          request.body === null
            ? {}
            : { body: JSON.stringify(request.body) }),
        }),
      );
      void reply.code(answer.status).header("cache-control", "no-store");
      answer.headers.forEach((value, name) => {
        if (name !== "set-cookie") void reply.header(name, value);
      });
      for (const cookie of answer.headers.getSetCookie()) void reply.header("set-cookie", cookie);
      return reply.send(Buffer.from(await answer.arrayBuffer()));
    },
  );

  if (webDir) {
    filesAccess = { public: "the app's own files, one route each" };
    await server.register(fastifyStatic, {
      root: webDir,
      wildcard: false,
      index: false,
      setHeaders: (reply, path) =>
        void reply.header(
          "cache-control",
          path.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
        ),
    });
    filesAccess = null;
  }
  return server;
}

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

function registerRoute(server: FastifyInstance, ports: Ports, route: Route, checkAnswers: boolean): void {
  const body = closed(route.body);
  server.route({
    method: route.method,
    url: `/api/v1/${route.path.replaceAll(/\{(\w+)\}/g, ":$1")}`,
    config: { access: route.access },
    handler: async (request, reply) => {
      void reply.header("cache-control", "no-store");
      const principal =
        typeof route.access === "string" && route.access !== "signed-in"
          ? await authorise(ports, request, route.access)
          : null;
      if (route.access === "signed-in") await assertSignedIn(ports, request);
      const context = {
        params: parse(route.params, request.params, "path"),
        query: parse(route.query, request.query, "query"),
        body: parse(body, request.isMultipart() ? undefined : (request.body ?? undefined), "body"),
        locale: localeOf(request),
        request,
        reply,
        principal,
        inOrganisation: (work: Parameters<Ports["app"]["inOrganisation"]>[1]) =>
          ports.app.inOrganisation((principal as Principal).organisationId, work),
      };
      const run = async (): Promise<Answered> => {
        const result = await route.handle(context as never);
        if (result instanceof Answered) return result;
        return new Answered(route.status ?? 200, result);
      };
      const key = request.headers["idempotency-key"];
      const answered =
        principal && typeof key === "string" && route.method !== "GET"
          ? await once(ports, principal, key, request, run)
          : await run();
      if (reply.sent || reply.raw.headersSent) return reply;
      if (checkAnswers && route.answer && answered.status < 300) route.answer.parse(answered.body);
      if (answered.body === undefined || answered.status === 204)
        return reply.code(answered.status === 200 ? 204 : answered.status).send();
      return reply.code(answered.status).send(answered.body);
    },
  });
}

/** A field that is spelt wrong is told, not passed over: a period that was left out without a word is worse than a 400. */
function closed(schema: z.ZodType | undefined): z.ZodType | undefined {
  return schema instanceof z.ZodObject && schema.def.catchall === undefined ? schema.strict() : schema;
}

function parse(schema: z.ZodType | undefined, value: unknown, place: string): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value ?? (place === "body" ? undefined : {}));
  if (parsed.success) return parsed.data;
  throw badRequest(parsed.error, place);
}

function badRequest(error: z.ZodError, place: string): HttpProblem {
  const errors = error.issues
    .slice(0, 20)
    .map((issue) => ({ path: [place, ...issue.path].join("."), message: issue.message }));
  return new HttpProblem(400, "invalid-request", "This request is not in the right form.", {
    detail: errors.map((each) => `${each.path}: ${each.message}`).join("; "),
    errors,
    action: "See /docs/api for the form of this call.",
  });
}

async function authorise(
  ports: Ports,
  request: FastifyRequest,
  permission: Parameters<typeof may>[1],
): Promise<Principal> {
  assertSameOrigin(ports, request);
  const principal = await findPrincipal(ports, headersOf(request), organisationOf(request));
  if (!principal) {
    if (!request.headers.authorization && (await ports.auth.personOf(headersOf(request)))) {
      throw new HttpProblem(403, "organisation-needed", "You are not a member of this organisation.", {
        action: "Send the header loket-organisation with the id of one of yours (GET /api/v1/me lists them).",
      });
    }
    throw unauthenticated();
  }
  if (!may(principal, permission)) throw forbidden(permission);
  return principal;
}

async function assertSignedIn(ports: Ports, request: FastifyRequest): Promise<void> {
  if (request.headers.authorization) {
    if (!(await findPrincipal(ports, headersOf(request), null))) throw unauthenticated();
    return;
  }
  if (!(await ports.auth.personOf(headersOf(request)))) throw unauthenticated();
}

/** Cookies travel with every request a page makes; another site's page must gain nothing by that. */
function assertSameOrigin(ports: Ports, request: FastifyRequest): void {
  if (request.method === "GET" || request.headers.authorization) return;
  const { origin } = request.headers;
  if (
    origin === undefined ||
    origin === ports.publicUrl ||
    origin === `http://${request.headers.host}` ||
    origin === `https://${request.headers.host}`
  )
    return;
  throw new HttpProblem(403, "foreign-origin", "This request came from another site's page.");
}

/** The same key again is the same call: its first answer, and no second effect. */
async function once(
  ports: Ports,
  principal: Principal,
  key: string,
  request: FastifyRequest,
  run: () => Promise<Answered>,
): Promise<Answered> {
  if (key.length > 200) throw new HttpProblem(400, "invalid-request", "An Idempotency-Key has at most 200 characters.");
  const digest = createHash("sha256")
    .update(`${request.method} ${request.url}\n`)
    .update(JSON.stringify(request.body ?? null))
    .digest();
  const keys = [principal.organisationId, principal.caller, key];
  const known = await ports.app.inOrganisation(principal.organisationId, (tx) =>
    tx.one<{ request_digest: Buffer; status: number | null; body: unknown; is_new: boolean }>(
      // A call that died half-way left its key open. After a while nobody is working on it any more, and the next one may.
      `insert into idempotency_key (organisation_id, caller, key, request_digest, created_at) values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000))
       on conflict (organisation_id, caller, key) do update set created_at = case
         when idempotency_key.status is null and idempotency_key.created_at < to_timestamp(($5::float8 - 120000) / 1000) then excluded.created_at else idempotency_key.created_at end
       returning request_digest, status, body, xmax = 0 or (status is null and created_at = to_timestamp($5::float8 / 1000)) as is_new`,
      [...keys, digest, ports.clock.now()],
    ),
  );
  if (known && !known.is_new) {
    if (!known.request_digest.equals(digest))
      throw new HttpProblem(422, "idempotency.mismatch", "This Idempotency-Key was used for another request.", {
        action: "Use a new key for a new request.",
      });
    if (known.status === null)
      throw new HttpProblem(
        409,
        "idempotency.in-progress",
        "The first request with this Idempotency-Key is still being worked on.",
        { action: "Ask again in a moment." },
      );
    return new Answered(known.status, known.body ?? undefined);
  }
  try {
    const answered = await run();
    await ports.app.inOrganisation(principal.organisationId, (tx) =>
      tx.query(
        "update idempotency_key set status = $4, body = $5 where organisation_id = $1 and caller = $2 and key = $3",
        [...keys, answered.status, answered.body === undefined ? null : JSON.stringify(answered.body)],
      ),
    );
    return answered;
  } catch (error) {
    // A problem is no effect: the same key may be tried again.
    await ports.app.inOrganisation(principal.organisationId, (tx) =>
      tx.query("delete from idempotency_key where organisation_id = $1 and caller = $2 and key = $3", keys),
    );
    throw error;
  }
}

function sendProblem(ports: Ports, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = toProblem(error);
  if (problem.problem.status >= 500)
    ports.log.error({ error, url: loggedUrl(request), method: request.method }, "a request failed");
  return reply
    .code(problem.problem.status)
    .header("content-type", "application/problem+json")
    .header("cache-control", "no-store")
    .send(problem.problem);
}

/** The address of a person's page is its key, and no key belongs into a log. */
function loggedUrl(request: FastifyRequest): string {
  return (request.url.split("?")[0] ?? "").replace(/^\/me\/[^/]+/, "/me/…");
}

function toProblem(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof z.ZodError) return badRequest(error, "query");
  const { statusCode, code, message } = error as { statusCode?: number; code?: string; message?: string };
  if (statusCode === 413 || code === "FST_REQ_FILE_TOO_LARGE")
    return new HttpProblem(413, "too-large", "This is larger than can be taken.", {
      action: "Files may have at most 100 MB.",
    });
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new HttpProblem(statusCode, "invalid-request", message ?? "This request is not in the right form.");
  if (
    code === "53300" ||
    code?.startsWith("08") ||
    code?.startsWith("57P") ||
    code === "ECONNREFUSED" ||
    code === "ENOENT"
  ) {
    return new HttpProblem(503, "unavailable", "The database cannot be reached just now.", {
      action: "Try again in a moment.",
    });
  }
  return new HttpProblem(500, "internal", "Something went wrong here.", {
    action: "Try again; if it stays, tell whoever runs this Loket.",
  });
}

/** The verifier of evidence packs: for anybody, and the same file that lies in each pack. It sends nothing anywhere. */
function registerVerifier(server: FastifyInstance): void {
  const page = verifierPage();
  const hashes = (element: string) =>
    [...page.matchAll(new RegExp(`<${element}[^>]*>([\\s\\S]*?)</${element}>`, "g"))]
      .map(([, text = ""]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`)
      .join(" ");
  const policy = `default-src 'none'; script-src ${hashes("script")}; style-src ${hashes("style")}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  const access = { public: "whoever is handed a pack may check it" };
  server.get<{ Querystring: { download?: string } }>("/verify", { config: { access } }, (request, reply) =>
    reply
      .headers({
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": policy,
        "cache-control": "no-cache",
        ...(request.query.download === undefined
          ? {}
          : { "content-disposition": 'attachment; filename="verify.html"' }),
      })
      .send(page),
  );
}

/** The API as a page one can read and try, from the same description. */
async function registerApiPage(server: FastifyInstance): Promise<void> {
  const dir = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
  const files: Record<string, string> = { "swagger-ui.css": "text/css", "swagger-ui-bundle.js": "text/javascript" };
  const open = { config: { access: { public: "the API's documentation" } } };
  for (const [name, type] of Object.entries(files)) {
    server.get(`/docs/api/${name}`, open, (_request, reply) =>
      reply
        .type(type)
        .header("cache-control", "public, max-age=86400")
        .send(readFileSync(`${dir}/${name}`)),
    );
  }
  server.get("/docs/api/start.js", open, (_request, reply) =>
    reply
      .type("text/javascript")
      .send(
        'SwaggerUIBundle({ url: "/api/v1/openapi.json", dom_id: "#api", deepLinking: true, docExpansion: "list", defaultModelsExpandDepth: 0 });',
      ),
  );
  server.get("/docs/api", open, (_request, reply) =>
    reply
      .type("text/html; charset=utf-8")
      .header(
        "content-security-policy",
        contentSecurityPolicy.replace("img-src 'self' data: blob:", "img-src 'self' data: blob:"),
      )
      .send(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Loket API</title><link rel="stylesheet" href="/docs/api/swagger-ui.css"></head><body><noscript><h1>The API of Loket</h1><p>This page needs JavaScript to draw the description. The description itself (OpenAPI 3.1) is at <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>.</p></noscript><main id="api"></main><script src="/docs/api/swagger-ui-bundle.js"></script><script src="/docs/api/start.js"></script></body></html>',
      ),
  );
}
