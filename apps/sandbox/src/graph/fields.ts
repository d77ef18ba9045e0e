import { GraphError, unknownObject } from "../platform/graph-error.ts";
import type { GraphRequest } from "./request.ts";

export function fieldsOf(request: GraphRequest, defaults: readonly string[]): string[] {
  const asked = request.query.get("fields");
  if (asked === null || asked.trim() === "") return [...defaults];
  return asked
    .split(",")
    .map((field) => field.trim().replace(/[.{(].*$/s, ""))
    .filter((field) => field !== "" && field !== "id");
}

export const nonexistent = (field: string, nodeType: string): GraphError =>
  new GraphError(100, { message: `(#100) Tried accessing nonexisting field (${field}) on node type (${nodeType})` });

export function noSuchEdge(request: GraphRequest, nodeType: string): GraphError {
  const [id = "", edge] = request.segments;
  return request.method === "GET" && edge ? nonexistent(edge, nodeType) : unknownObject(request.method, id);
}
