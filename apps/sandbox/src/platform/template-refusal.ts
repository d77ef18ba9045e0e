import { GraphError } from "./graph-error.ts";

/** Creation errors are 100 with a subcode and a title and text for people ("Error codes", template creation). */
export function refuse(subcode: number, userTitle: string, userMessage: string): GraphError {
  return new GraphError(100, { message: "Invalid parameter", subcode, userTitle, userMessage });
}
