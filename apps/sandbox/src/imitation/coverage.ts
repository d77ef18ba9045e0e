import { errorCodes, type Where } from "../platform/error-codes.ts";
import { endpoints, type Imitated } from "./endpoints.ts";
import { webhookFields } from "./fields.ts";

/** What `GET /_sandbox/coverage` answers. */
interface Coverage {
  readonly endpoints: readonly { method: string; path: string; imitated: Imitated; how: string }[];
  readonly webhooks: readonly { field: string; imitated: Imitated; how: string }[];
  /** `part`: nothing in the sandbox's own rules brings it about, a fault does. */
  readonly errors: readonly {
    code: number;
    subcodeOf: number | null;
    status: number;
    title: string;
    where: Where;
    imitated: Imitated;
    how: string;
  }[];
}

/** Everything of the platform the sandbox knows of, and how well it is imitated: the tables of this folder and of the error codes. */
export function coverage(): Coverage {
  return {
    endpoints: endpoints.map(([method, path, imitated, how = ""]) => ({ method, path, imitated, how })),
    webhooks: webhookFields.map(([field, imitated, how]) => ({ field, imitated, how })),
    errors: errorCodes.map(({ code, under = null, status, title, where, provoke }) => ({
      code,
      subcodeOf: under,
      status,
      title,
      where,
      imitated: provoke === null ? "part" : "yes",
      how: provoke ?? byFault(code, under, where),
    })),
  };
}

function byFault(code: number, under: number | null, where: Where): string {
  if (under !== null) return `POST /_sandbox/faults {"graph":[{"code":${under},"subcode":${code},"next":1}]}`;
  if (where === "status" || where === "health") return `POST /_sandbox/faults {"messages":[{"code":${code},"next":1}]}`;
  if (where === "webhook") return "POST /_sandbox/webhooks, with a body of your own";
  return `POST /_sandbox/faults {"graph":[{"code":${code},"next":1}]}`;
}
