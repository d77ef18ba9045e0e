import { GraphError } from "../platform/graph-error.ts";
import type { File } from "../platform/media.ts";
import { isBody } from "../platform/parameters.ts";
import type { Body } from "../platform/state.ts";

/** An HTTP request as the faces get it, whole. */
export interface HttpRequest {
  readonly method: string;
  /** Path without query, as sent. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body: string | Uint8Array;
  /** The connection is closed instead of answering. */
  readonly close?: boolean;
}

/** What a request to the Graph API says, however it was encoded. */
export interface GraphRequest {
  readonly method: string;
  readonly version: string;
  readonly segments: string[];
  readonly token: string | null;
  /** Query and body in one: most edges take their parameters from either. */
  readonly parameters: Body;
  readonly query: URLSearchParams;
  readonly files: ReadonlyMap<string, File>;
}

const versionShape = /^v\d{1,2}(\.\d)?$/;
const servedVersion = "v25.0";

export function splitPath(path: string): { version: string; segments: string[] } {
  const segments = path.split("/").filter((segment) => segment !== "");
  const first = segments[0];
  if (first === undefined || !versionShape.test(first)) return { version: servedVersion, segments };
  return { version: first.includes(".") ? first : `${first}.0`, segments: segments.slice(1) };
}

export async function readGraphRequest(request: HttpRequest): Promise<GraphRequest> {
  const { version, segments } = splitPath(request.path);
  const { fields, files } = await readBody(request);
  const parameters: Body = { ...Object.fromEntries(request.query), ...fields };
  const token = bearerOf(request) ?? textOf(parameters.access_token);
  delete parameters.access_token;
  return {
    method: request.method,
    version,
    segments: segments.map(decode),
    token,
    parameters,
    query: request.query,
    files,
  };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

export function bearerOf(request: HttpRequest): string | null {
  const header = request.headers.authorization;
  const match = /^(?:Bearer|OAuth)\s+(.+)$/i.exec(typeof header === "string" ? header.trim() : "");
  return match?.[1]?.trim() ?? null;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

async function readBody(request: HttpRequest): Promise<{ fields: Body; files: Map<string, File> }> {
  const files = new Map<string, File>();
  if (request.body.length === 0) return { fields: {}, files };
  const type = String(request.headers["content-type"] ?? "").toLowerCase();
  if (type.startsWith("multipart/form-data")) return readMultipart(request, files);
  const text = request.body.toString("utf8");
  if (type.startsWith("application/x-www-form-urlencoded"))
    return { fields: Object.fromEntries(new URLSearchParams(text)), files };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // A form sent without saying so is still a form.
    if (!type.includes("json") && /^[\w.%[\]]+=/.test(text))
      return { fields: Object.fromEntries(new URLSearchParams(text)), files };
    throw new GraphError(100, { message: "(#100) Invalid parameter", details: "The request body is not valid JSON." });
  }
  if (!isBody(parsed))
    throw new GraphError(100, {
      message: "(#100) Invalid parameter",
      details: "The request body must be a JSON object.",
    });
  return { fields: parsed, files };
}

async function readMultipart(
  request: HttpRequest,
  files: Map<string, File>,
): Promise<{ fields: Body; files: Map<string, File> }> {
  const fields: Body = {};
  let form: FormData;
  try {
    form = await new Response(new Uint8Array(request.body), {
      headers: { "content-type": String(request.headers["content-type"]) },
    }).formData();
  } catch {
    throw new GraphError(100, { message: "(#100) Invalid parameter", details: "The multipart body can not be read." });
  }
  for (const [name, value] of form) {
    if (typeof value === "string") fields[name] = value;
    else {
      files.set(name, {
        bytes: new Uint8Array(await value.arrayBuffer()),
        mimeType: value.type || "application/octet-stream",
        filename: value.name || null,
      });
    }
  }
  return { fields, files };
}
