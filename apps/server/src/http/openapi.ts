import { event, page, problem } from "@loket/contract";
import { z } from "zod";
import type { Route } from "./route.ts";

/** OpenAPI 3.1 from the same schemas that check the requests. */
export function describeApi(routes: readonly Route[], publicUrl: string): unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = `/api/v1/${route.path}`;
    paths[path] ??= {};
    paths[path][route.method.toLowerCase()] = {
      operationId: `${route.method.toLowerCase()}_${route.path.replace(/[^a-z0-9]+/gi, "_")}`,
      tags: [route.tag],
      summary: route.summary,
      description:
        typeof route.access === "string" ? `Needs: \`${route.access}\`.` : `Open to anybody: ${route.access.public}`,
      security: typeof route.access === "string" ? [{ token: [] }, { session: [] }] : [],
      parameters: [...parametersOf(route.params, "path"), ...parametersOf(route.query, "query")],
      ...(route.body
        ? {
            requestBody: { required: true, content: { "application/json": { schema: schemaOf(route.body, "input") } } },
          }
        : {}),
      responses: {
        [route.status ?? 200]: {
          description: "Done.",
          ...(route.answer ? { content: { "application/json": { schema: schemaOf(route.answer, "output") } } } : {}),
        },
        default: {
          description: "A problem (RFC 9457).",
          content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
        },
      },
    };
  }
  paths["/api/v1/events"] = {
    get: {
      operationId: "get_events",
      tags: ["events"],
      summary:
        "What changed, in order: as text/event-stream (resumable by Last-Event-ID), or as JSON pages with ?after=",
      description: "Needs: `events:read`.",
      security: [{ token: [] }, { session: [] }],
      parameters: [
        { name: "after", in: "query", required: false, schema: { type: "string" } },
        { name: "limit", in: "query", required: false, schema: { type: "integer", minimum: 1, maximum: 500 } },
        { name: "Last-Event-ID", in: "header", required: false, schema: { type: "string" } },
      ],
      responses: {
        200: {
          description: "Events.",
          content: {
            "application/json": { schema: schemaOf(page(event), "output") },
            "text/event-stream": { schema: { type: "string" } },
          },
        },
      },
    },
  };
  return {
    openapi: "3.1.0",
    info: {
      title: "Loket",
      version: "1",
      description: "Serve customers over messaging channels, within each channel's terms.",
    },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      schemas: { Problem: schemaOf(problem, "output") },
      securitySchemes: {
        token: { type: "http", scheme: "bearer" },
        session: { type: "apiKey", in: "cookie", name: "better-auth.session_token" },
      },
    },
  };
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): unknown {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    target: "draft-2020-12",
  }) as Record<string, unknown>;
  return rest;
}

function parametersOf(schema: z.ZodType | undefined, place: "path" | "query"): unknown[] {
  if (!schema) return [];
  const json = schemaOf(schema, "input") as { properties?: Record<string, unknown>; required?: string[] };
  return Object.entries(json.properties ?? {}).map(([name, value]) => ({
    name,
    in: place,
    required: place === "path" || (json.required?.includes(name) ?? false),
    schema: value,
  }));
}
