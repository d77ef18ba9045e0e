import * as contract from "@loket/contract";
import { parseCheckpoint } from "@loket/evidence";
import { fingerprintOfLine } from "@loket/evidence/ledger";
import type { Signer } from "@loket/evidence/signer";
import { z } from "zod";
import { jsonOf } from "../../evidence/anchor.ts";
import type { LedgerKeeper } from "../../evidence/keeper.ts";
import type { Ports } from "../../ports.ts";
import { HttpProblem, notFound } from "../problem.ts";
import { Answered, idParams, openRoute, type Route, route } from "../route.ts";

const mostPerMinute = 60;
/** Addresses counted at once; beyond that the count starts anew, which bounds the memory. */
const mostCallers = 10_000;

/** Installations that sign each other's checkpoints: asking one, and being one. */
export function witnessRoutes(ports: Ports, ledger: LedgerKeeper | null): Route[] {
  const signerHere = (): Signer => {
    const signer = ledger?.signer.current() ?? null;
    if (signer === null)
      throw new HttpProblem(503, "evidence.no-signer", "The signer does not run here just now.", {
        action: "Try again in a moment. Where web and worker are apart, the worker has it.",
      });
    return signer;
  };
  const assertNotTooOften = createLimit(ports);
  const lookAt = async (url: string): Promise<contract.WitnessOffer> => {
    const base = url.replace(/\/+$/, "");
    const answer = await ports.network.request({
      method: "GET",
      url: `${base}/api/v1/witness`,
      timeoutMs: 10_000,
      maxResponseBytes: 20_000,
    });
    const offer =
      answer.kind === "answered" && answer.status === 200 ? contract.witnessSelf.safeParse(jsonOf(answer.body)) : null;
    if (!offer?.success)
      throw new HttpProblem(422, "witness.not-one", "There is no witness at this address.", {
        detail: answer.kind === "failed" ? answer.detail : `It answered ${answer.status}.`,
        action: "Give the address under which the other Loket is opened in a browser.",
      });
    // What it says of its fingerprint is not taken from it: people compare what we make of its key.
    const { name, key } = offer.data;
    return { url: base, name, key, fingerprint: fingerprintOfLine(key) };
  };

  return [
    openRoute(
      { public: "a witness tells its key to whoever asks; it is made to be known" },
      {
        method: "GET",
        path: "witness",
        tag: "evidence",
        summary: "This installation as a witness: its key",
        answer: contract.witnessSelf,
      },
      async ({ request }) => {
        assertNotTooOften(request.ip);
        const key = await signerHere().witnessKey();
        return { name: key.split("+")[0] ?? "", key, fingerprint: fingerprintOfLine(key) };
      },
    ),
    openRoute(
      { public: "signs only for logs whose key an admin here trusted, and only what they signed" },
      {
        method: "POST",
        path: "witness/cosign",
        tag: "evidence",
        summary: "Cosign a checkpoint of a trusted log, if it continues the last one witnessed",
        body: contract.cosignAsk,
        answer: contract.cosignAnswer,
      },
      async ({ body, request }) => {
        assertNotTooOften(request.ip);
        const signer = signerHere();
        const asked = parseCheckpoint(body.checkpoint);
        if (!asked.ok)
          throw new HttpProblem(400, "invalid-request", "This is not a checkpoint.", { detail: asked.failure });
        const last = await signer.witnessed(asked.value.origin);
        const known = last === null ? null : parseCheckpoint(last);
        const size = known?.ok ? known.value.size : 0;
        // A proof from another size cannot be right: the asker is told which, and makes it anew.
        if (size !== body.oldSize && size <= asked.value.size) return { checkpoint: null, size };
        const proof = body.proof.map((hash) => new Uint8Array(Buffer.from(hash, "base64url")));
        const signed = await signer.cosign(body.checkpoint, proof);
        if (signed.ok) return { checkpoint: signed.value, size: asked.value.size };
        const { reason, words } = signed.failure;
        throw new HttpProblem(reason === "unknown-log" ? 403 : 409, `witness.${reason}`, "This was not signed.", {
          detail: words,
          action:
            reason === "unknown-log"
              ? "Ask an admin there to add your log's key."
              : "Look whether your database was rolled back or altered.",
        });
      },
    ),
    route(
      "standing:manage",
      {
        method: "POST",
        path: "evidence/witnesses/look",
        tag: "evidence",
        summary: "Ask another installation for its key as a witness, to compare it before trusting it",
        body: contract.witnessLook,
        answer: contract.witnessOffer,
      },
      async ({ body }) => lookAt(body.url),
    ),
    route(
      "standing:manage",
      {
        method: "POST",
        path: "evidence/witnesses",
        tag: "evidence",
        summary: "Have checkpoints witnessed by another installation, whose key is this",
        body: contract.witnessAdd,
        answer: z.object({ id: contract.id }),
        status: 201,
      },
      async ({ body, principal, inOrganisation }) => {
        if (fingerprintOfLine(body.key) === "" || !body.key.includes("/witness+"))
          throw new HttpProblem(400, "invalid-request", "This is no key of a witness.", {
            errors: [{ path: "body.key", message: "It is a line name+id+key, as the other installation shows it." }],
          });
        return inOrganisation(async (tx) => {
          const id = ports.ids.next();
          const added = await tx.count(
            "insert into evidence_witness (organisation_id, id, url, key, created_by, created_at) values ($1, $2, $3, $4, $5, to_timestamp($6::float8 / 1000)) on conflict do nothing",
            [tx.organisationId, id, body.url.replace(/\/+$/, ""), body.key, principal.memberId, ports.clock.now()],
          );
          if (added === 0)
            throw new HttpProblem(409, "witness.known", "This installation is a witness already.", {
              action: "Remove it first to trust another key.",
            });
          tx.addJob("evidence.witness", {}, { key: `evidence.witness ${tx.organisationId}`, maxAttempts: 3 });
          return { id };
        });
      },
    ),
    route(
      "standing:manage",
      {
        method: "DELETE",
        path: "evidence/witnesses/{id}",
        tag: "evidence",
        summary: "Ask this witness no longer; what it signed stays",
        params: idParams,
        status: 204,
      },
      async ({ params, inOrganisation }) => {
        const removed = await inOrganisation((tx) =>
          tx.count("delete from evidence_witness where organisation_id = $1 and id = $2", [
            tx.organisationId,
            params.id,
          ]),
        );
        if (removed === 0) throw notFound("witness");
        return new Answered(204, undefined);
      },
    ),
    route(
      "standing:manage",
      {
        method: "POST",
        path: "evidence/witnessed",
        tag: "evidence",
        summary: "Witness a log of another installation, by its key",
        body: contract.witnessTrust,
        status: 204,
      },
      async ({ body, principal, inOrganisation }) => {
        const trusted = await signerHere().trust(body.key);
        if (!trusted.ok)
          throw new HttpProblem(422, `witness.${trusted.failure.reason}`, "This log cannot be witnessed.", {
            detail: trusted.failure.words,
            action: "Ask for the key of their log as their page shows it.",
          });
        await inOrganisation((tx) =>
          tx.query(
            "insert into witnessed_log (organisation_id, origin, key, trusted_by, created_at) values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000)) on conflict do nothing",
            [tx.organisationId, body.key.split("+")[0], body.key, principal.memberId, ports.clock.now()],
          ),
        );
        return new Answered(204, undefined);
      },
    ),
  ];
}

/** At most sixty calls a minute from one address. */
function createLimit(ports: Ports): (address: string) => void {
  let minute = -1;
  const counts = new Map<string, number>();
  return (address) => {
    const now = Math.floor(ports.clock.monotonicMs() / 60_000);
    if (now !== minute || counts.size > mostCallers) counts.clear();
    minute = now;
    const count = (counts.get(address) ?? 0) + 1;
    counts.set(address, count);
    if (count > mostPerMinute)
      throw new HttpProblem(429, "too-many-requests", "Too many requests.", { action: "Wait a minute." });
  };
}
