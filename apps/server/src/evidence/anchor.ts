import type { Tx } from "@loket/database";
import { consistencyProof } from "@loket/evidence";
import {
  addAnchor,
  fingerprintOfLine,
  newestCheckpoint,
  readLog,
  type SignedCheckpoint,
  tileReader,
  witnessedAt,
} from "@loket/evidence/ledger";
import { dayMs, hourMs, type OrganisationId } from "@loket/kit";
import { z } from "zod";
import type { Ports } from "../ports.ts";
import { checkpointLetter } from "./letter.ts";
import { readStamp, stampRequest } from "./timestamp.ts";

/**
 * Checkpoints leave the house: every day by mail to the owners and to a time stamp service, every minute to witnesses.
 * From then on nobody here can rewrite what they cover without that showing.
 */

/** How often it is looked whether a mail or a stamp is due. */
export const anchorLookMs = 60_000;

/** Adds the jobs of the day, once per organisation however many processes look; a failed one an hour later again. */
export async function addAnchorJobs(ports: Ports): Promise<void> {
  const kinds = [
    { on: ports.mail !== null, name: "mail", done: "mailed_at", tried: "mail_tried_at" },
    { on: ports.timestampUrl !== null, name: "timestamp", done: "stamped_at", tried: "stamp_tried_at" },
  ] as const;
  const now = ports.clock.now();
  for (const { on, name, done, tried } of kinds) {
    if (!on) continue;
    // A clock that was set back does not keep anything at home.
    const isDue = `signed_size > 0 and (${done} is null or ${done} <= to_timestamp($1::float8 / 1000) or ${done} > to_timestamp($3::float8 / 1000))
      and (${tried} is null or ${tried} <= to_timestamp($2::float8 / 1000) or ${tried} > to_timestamp($3::float8 / 1000))`;
    const values = [now - dayMs, now - hourMs, now];
    const logs = await ports.worker.across<{ organisation_id: OrganisationId }>(
      `select organisation_id from evidence_log where ${isDue}`,
      values,
    );
    for (const { organisation_id } of logs)
      await ports.worker.inOrganisation(organisation_id, async (tx) => {
        const taken = await tx.count(
          `update evidence_log set ${tried} = to_timestamp($3::float8 / 1000) where ${isDue} and organisation_id = $4`,
          [...values, organisation_id],
        );
        if (taken > 0)
          tx.addJob(`evidence.${name}`, {}, { key: `evidence.${name} ${organisation_id}`, maxAttempts: 1 });
      });
  }
}

/** Mails the newest checkpoint to the owners, each in their language. */
export async function mailCheckpoint(ports: Ports, organisationId: OrganisationId): Promise<void> {
  const { mail } = ports;
  if (mail === null) return;
  const within = <T>(work: (tx: Tx) => Promise<T>) => ports.worker.inOrganisation(organisationId, work);
  const found = await within(async (tx) => {
    const [checkpoint, log, organisation, owners] = await Promise.all([
      newestCheckpoint(tx),
      readLog(tx),
      tx.one<{ name: string; locale: string }>("select name, locale from organisation where organisation_id = $1", [
        organisationId,
      ]),
      tx.query<{ email: string; locale: string | null }>(
        `select u.email, u.locale from member m join auth."user" u on u.id = m.person_id where m.organisation_id = $1 and m.role = 'owner' and m.active order by u.email`,
        [organisationId],
      ),
    ]);
    return checkpoint && log && organisation && { checkpoint, log, organisation, owners };
  });
  if (!found) return;
  const { checkpoint, log, organisation, owners } = found;
  let failure: string | null = owners.length === 0 ? "There is no owner to write to." : null;
  for (const owner of owners) {
    try {
      const letter = checkpointLetter(owner.locale ?? organisation.locale, {
        organisation: organisation.name,
        fingerprint: fingerprintOfLine(log.keys[0] ?? ""),
        checkpoint,
        verifyUrl: `${ports.publicUrl}/verify`,
      });
      await mail.send({ to: owner.email, ...letter });
      await within((tx) =>
        addAnchor(tx, ports, { size: checkpoint.size, kind: "mail", place: owner.email, proof: null }),
      );
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error);
      ports.log.warn({ organisationId, failure }, "a checkpoint could not be mailed");
    }
  }
  await within(async (tx) => {
    await tx.query(
      `update evidence_log set mail_failure = $2, mailed_size = case when $2::text is null then $3 else mailed_size end,
         mailed_at = case when $2::text is null then to_timestamp($4::float8 / 1000) else mailed_at end where organisation_id = $1`,
      [organisationId, failure, checkpoint.size, ports.clock.now()],
    );
    announce(ports, tx);
  });
}

/** Has the newest checkpoint stamped by the service, and keeps its answer. */
export async function stampCheckpoint(ports: Ports, organisationId: OrganisationId): Promise<void> {
  const url = ports.timestampUrl;
  if (url === null) return;
  const within = <T>(work: (tx: Tx) => Promise<T>) => ports.worker.inOrganisation(organisationId, work);
  const checkpoint = await within(newestCheckpoint);
  if (!checkpoint) return;
  const request = stampRequest(Buffer.from(checkpoint.note, "utf8"), ports.random);
  const answer = await ports.network.request({
    method: "POST",
    url,
    headers: { "content-type": "application/timestamp-query", accept: "application/timestamp-reply" },
    body: request.bytes,
    timeoutMs: 30_000,
    maxResponseBytes: 200_000,
  });
  const stamp =
    answer.kind === "answered" && answer.status === 200
      ? readStamp(answer.body, request)
      : ({ ok: false, failure: answer.kind === "answered" ? `It answered ${answer.status}.` : answer.detail } as const);
  await within(async (tx) => {
    if (stamp.ok && answer.kind === "answered")
      await addAnchor(tx, ports, {
        size: checkpoint.size,
        kind: "timestamp",
        place: new URL(url).host,
        proof: answer.body,
      });
    await tx.query(
      "update evidence_log set stamp_failure = $2, stamped_at = case when $2::text is null then to_timestamp($3::float8 / 1000) else stamped_at end where organisation_id = $1",
      [organisationId, stamp.ok ? null : stamp.failure, ports.clock.now()],
    );
    announce(ports, tx);
  });
}

const cosignAnswer = z.object({ checkpoint: z.string().max(20_000).nullable(), size: z.number().int().min(0) });

interface WitnessRow {
  id: string;
  url: string;
  key: string;
  witnessed_size: number;
}

/** Asks every witness to sign the newest checkpoint. What a witness says is checked with its key before it counts. */
export async function askWitnesses(ports: Ports, organisationId: OrganisationId): Promise<void> {
  const within = <T>(work: (tx: Tx) => Promise<T>) => ports.worker.inOrganisation(organisationId, work);
  const { checkpoint, witnesses } = await within(async (tx) => ({
    checkpoint: await newestCheckpoint(tx),
    witnesses: await tx.query<WitnessRow>(
      "select id, url, key, witnessed_size from evidence_witness where organisation_id = $1 order by id",
      [organisationId],
    ),
  }));
  if (!checkpoint) return;
  for (const witness of witnesses) {
    if (witness.witnessed_size === checkpoint.size) continue;
    const asked = await askWitness(ports, organisationId, witness, checkpoint);
    await within(async (tx) => {
      await tx.query(
        `update evidence_witness set failure = $3, witnessed_size = case when $3::text is null then $4 else witnessed_size end,
           witnessed_at = case when $3::text is null then to_timestamp($5::float8 / 1000) else witnessed_at end where organisation_id = $1 and id = $2`,
        [organisationId, witness.id, "failure" in asked ? asked.failure : null, checkpoint.size, ports.clock.now()],
      );
      if ("note" in asked)
        await addAnchor(tx, ports, {
          size: checkpoint.size,
          kind: "witness",
          place: witness.url,
          proof: Buffer.from(asked.note, "utf8"),
        });
      announce(ports, tx);
    });
  }
}

async function askWitness(
  ports: Ports,
  organisationId: OrganisationId,
  witness: WitnessRow,
  checkpoint: SignedCheckpoint,
): Promise<{ readonly note: string } | { readonly failure: string }> {
  let oldSize = Math.min(witness.witnessed_size, checkpoint.size);
  // A second time where the witness remembers another size than we do: it says which, and the proof starts there.
  for (let round = 0; round < 2; round++) {
    const proof = await ports.worker.inOrganisation(organisationId, (tx) =>
      consistencyProof(oldSize, checkpoint.size, tileReader(tx)),
    );
    const answer = await ports.network.request({
      method: "POST",
      url: `${witness.url}/api/v1/witness/cosign`,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        checkpoint: checkpoint.note,
        oldSize,
        proof: proof.map((hash) => Buffer.from(hash).toString("base64url")),
      }),
      timeoutMs: 20_000,
      maxResponseBytes: 100_000,
    });
    if (answer.kind === "failed") return { failure: answer.detail };
    const body = jsonOf(answer.body);
    if (answer.status !== 200) {
      const problem = z.object({ title: z.string(), detail: z.string().optional() }).safeParse(body);
      return {
        failure: problem.success ? (problem.data.detail ?? problem.data.title) : `It answered ${answer.status}.`,
      };
    }
    const parsed = cosignAnswer.safeParse(body);
    if (!parsed.success) return { failure: "It answered something else than a witness does." };
    const { checkpoint: note, size } = parsed.data;
    if (note !== null)
      return witnessedAt(checkpoint.note, note, witness.key) === null
        ? { failure: "What it signed is not this checkpoint, or not with the key that was trusted." }
        : { note };
    if (size > checkpoint.size)
      return { failure: `It has seen ${size} entries of this log, and there are ${checkpoint.size}.` };
    oldSize = size;
  }
  return { failure: "It asks for ever other proofs." };
}

export function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return null;
  }
}

function announce(ports: Ports, tx: Tx): void {
  tx.emit({
    type: "standing.changed",
    inboxId: null,
    subject: { what: "checkpoint", subjectId: tx.organisationId },
    at: ports.clock.now(),
  });
}
