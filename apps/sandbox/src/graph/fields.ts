import { GraphError, unknownObject } from "../platform/graph-error.ts";
import type { GraphRequest } from "./request.ts";

export function fieldsOf(request: GraphRequest, defaults: readonly string[]): string[] {
  const asked = request.query.get("fields");
  if (asked === null || asked.trim() === "") return [...defaults];
  return splitFields(asked)
    .map((field) => field.replace(/[.{(].*$/s, ""))
    .filter((field) => field !== "" && field !== "id");
}

/** The fields of a list, each with its parameters: commas inside brackets do not part them. */
export function splitFields(asked: string): string[] {
  const fields: string[] = [];
  let depth = 0;
  let field = "";
  for (const letter of asked) {
    if ("([{".includes(letter)) depth += 1;
    if (")]}".includes(letter)) depth -= 1;
    if (letter === "," && depth === 0) {
      fields.push(field.trim());
      field = "";
    } else field += letter;
  }
  return [...fields, field.trim()].filter((one) => one !== "");
}

export const nonexistent = (field: string, nodeType: string): GraphError =>
  new GraphError(100, { message: `(#100) Tried accessing nonexisting field (${field}) on node type (${nodeType})` });

export function noSuchEdge(request: GraphRequest, nodeType: string): GraphError {
  const [id = "", edge] = request.segments;
  return request.method === "GET" && edge ? nonexistent(edge, nodeType) : unknownObject(request.method, id);
}
