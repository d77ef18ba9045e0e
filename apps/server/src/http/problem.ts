import type { Problem } from "@loket/contract";

/** An answer that is a problem (RFC 9457), thrown from anywhere under a route. `code` is stable; words are for people. */
export class HttpProblem extends Error {
  override readonly name = "HttpProblem";
  readonly problem: Problem;
  constructor(status: number, code: string, title: string, rest: Partial<Problem> = {}) {
    super(title);
    this.problem = { type: `https://loket.example/problems/${code}`, title, status, code, ...rest };
  }
}

export const notFound = (what: string): HttpProblem =>
  new HttpProblem(404, "not-found", `There is no such ${what}.`, {
    action: "Check the id, and that it belongs to this organisation.",
  });

export const unauthenticated = (): HttpProblem =>
  new HttpProblem(401, "unauthenticated", "Sign in, or send a valid API token.", {
    action: "Send `Authorization: Bearer <token>`, or sign in at /.",
  });

export const forbidden = (permission: string): HttpProblem =>
  new HttpProblem(403, "forbidden", "You may not do this.", {
    detail: `It needs the permission ${permission}.`,
    action: "Ask an owner or admin of the organisation.",
  });
