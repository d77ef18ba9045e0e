import * as contract from "@loket/contract";
import { confirmHold, readHold } from "../../installation/hold.ts";
import type { Ports } from "../../ports.ts";
import { HttpProblem } from "../problem.ts";
import { type Route, route } from "../route.ts";

/** A database that was restored or copied sends nothing before somebody has confirmed. */
export function installationRoutes(ports: Ports): Route[] {
  return [
    route(
      "organisation:read",
      {
        method: "GET",
        path: "installation/hold",
        tag: "organisations",
        summary: "Whether nothing is handed over until somebody confirms, why, and what waits",
        answer: contract.holdAnswer,
      },
      async ({ inOrganisation }) => ({ hold: await inOrganisation(readHold) }),
    ),
    route(
      "organisation:manage",
      {
        method: "POST",
        path: "installation/hold/confirm",
        tag: "organisations",
        summary: "Confirm that this database may send, and say what becomes of what has waited since before",
        body: contract.holdConfirm,
        answer: contract.holdConfirmed,
      },
      async ({ body, principal, inOrganisation }) => {
        const since = Date.parse(body.since);
        const { memberId } = principal;
        const confirmed = await inOrganisation((tx) =>
          confirmHold(tx, ports, { since, waiting: body.waiting, memberId }),
        );
        if (!confirmed)
          throw new HttpProblem(409, "installation.not-held", "This is not held, or not since then.", {
            action: "Look at GET /api/v1/installation/hold again.",
          });
        return confirmed;
      },
    ),
  ];
}
