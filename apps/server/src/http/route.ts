import type { Locale } from "@loket/contract";
import type { Tx } from "@loket/database";
import type { Permission, Principal } from "@loket/organisations";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";

/**
 * What a route needs before its handler runs. There is no default: a server with a route that does not say does not
 * start.
 *
 *  - a permission: somebody of an organisation who has it; the handler gets a principal and a transaction maker bound to
 *    that organisation.
 *  - `signed-in`: a person, of whatever organisation.
 *  - `public`: anybody. The reason says why that is right.
 */
export type Access = Permission | "signed-in" | { readonly public: string };

export interface Context<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly locale: Locale;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Of a request that speaks for an organisation. */
export interface OrganisationContext<Params, Query, Body> extends Context<Params, Query, Body> {
  readonly principal: Principal;
  inOrganisation<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

type Schema = z.ZodType;
type Infer<S> = S extends z.ZodType<infer Value> ? Value : unknown;

interface RouteShape<P extends Schema | undefined, Q extends Schema | undefined, B extends Schema | undefined> {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Under `/api/v1/`, with `{name}` for parameters. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** The body of the good answer; absent where there is none. */
  readonly answer?: Schema;
  readonly status?: 200 | 201 | 204;
}

/** A route as the registry keeps it: types erased, checked at the door. */
export interface Route extends RouteShape<Schema | undefined, Schema | undefined, Schema | undefined> {
  readonly access: Access;
  handle(context: OrganisationContext<never, never, never>): Promise<unknown>;
}

/** Declares a route that speaks for an organisation and needs `access`. */
export function route<
  P extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
  B extends Schema | undefined = undefined,
>(
  access: Permission,
  shape: RouteShape<P, Q, B>,
  handle: (context: OrganisationContext<Infer<P>, Infer<Q>, Infer<B>>) => Promise<unknown>,
): Route {
  return { ...shape, access, handle: handle as Route["handle"] };
}

/** Declares a route for any signed-in person, or for anybody. */
export function openRoute<
  P extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
  B extends Schema | undefined = undefined,
>(
  access: "signed-in" | { readonly public: string },
  shape: RouteShape<P, Q, B>,
  handle: (context: Context<Infer<P>, Infer<Q>, Infer<B>>) => Promise<unknown>,
): Route {
  return { ...shape, access, handle: handle as unknown as Route["handle"] };
}

/** For handlers that answer with another status than the route's own. */
export class Answered {
  readonly status: number;
  readonly body: unknown;
  constructor(status: number, body: unknown) {
    this.status = status;
    this.body = body;
  }
}

export const idParams = z.object({ id: z.uuid() });

/** Cursors are positions, opaque to clients. */
export function encodeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString("base64url");
}
export function decodeCursor<S extends Schema>(text: string | undefined, schema: S): z.infer<S> | undefined {
  if (text === undefined) return undefined;
  try {
    const parsed = schema.safeParse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
    if (parsed.success) return parsed.data;
  } catch {
    // fall through: not one of our cursors
  }
  throw new z.ZodError([
    {
      code: "custom",
      path: ["cursor"],
      message: "This cursor is not one of ours. Start again without it.",
      input: text,
    },
  ]);
}
