import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { EvidencePack, EvidenceSummary, WitnessOffer } from "@loket/contract";
import { record } from "@loket/evidence/ledger";
import { verifyPack } from "@loket/evidence/verifier";
import type { OrganisationId, PersonId } from "@loket/kit";
import { addMember, createOrganisation, createToken } from "@loket/organisations";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, apiOf, startTestLoket, type TestLoket, until } from "../testing.ts";
import { addAnchorJobs, askWitnesses } from "./anchor.ts";

/** Checkpoints that leave the house: to a real mail server, to another Loket, to a service that stamps. */
let theirs: TestLoket;
let ours: TestLoket;
let api: Api;
let theirApi: Api;
let organisationId: OrganisationId;
let mailServer: SMTPServer;
let stampServer: Server;
const letters: { to: string; text: string }[] = [];
let stampAnswer: (question: Buffer) => Buffer = () => Buffer.alloc(0);

beforeAll(async () => {
  mailServer = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        letters.push({
          to: session.envelope.rcptTo.map(({ address }) => address).join(),
          text: Buffer.concat(chunks).toString("utf8"),
        });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => mailServer.listen(0, "127.0.0.1", resolve));
  stampServer = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => response.end(stampAnswer(Buffer.concat(chunks))));
  });
  await new Promise<void>((resolve) => stampServer.listen(0, "127.0.0.1", resolve));
  theirs = await startTestLoket();
  ours = await startTestLoket({
    allow: [theirs.url],
    env: {
      LOKET_SMTP_URL: `smtp://127.0.0.1:${(mailServer.server.address() as AddressInfo).port}`,
      LOKET_MAIL_FROM: "Loket <loket@bakery.example>",
      LOKET_TSA_URL: `http://127.0.0.1:${(stampServer.address() as AddressInfo).port}/stamp`,
    },
  });
  organisationId = await makeOrganisation(ours, "nl", "owner@bakery.example");
  await makeOrganisation(theirs, "en", "owner@radio.example");
  api = apiOf(ours.url, { authorization: "Bearer loket_test" });
  theirApi = apiOf(theirs.url, { authorization: "Bearer loket_test" });
  await put("first");
  await until(async () => (await summary()).checkpoint, "the first checkpoint");
});
afterAll(async () => {
  await ours?.close();
  await theirs?.close();
  await new Promise<void>((resolve) => mailServer.close(() => resolve()));
  stampServer.close();
});

async function makeOrganisation(at: TestLoket, locale: "nl" | "en", email: string): Promise<OrganisationId> {
  const { ports } = at.loket;
  const id = ports.ids.next<"organisation">();
  await createOrganisation(ports.app, ports.clock, {
    id,
    name: "Bakkerij",
    kind: "business",
    locale,
    timeZone: "Europe/Amsterdam",
    homeCountry: "NL",
  });
  const personId = (await ports.auth.ensurePerson({ name: "Owner", email, password: "correct horse" })) as PersonId;
  await ports.app.inOrganisation(id, async (tx) => {
    await addMember(tx, ports, { personId, role: "owner" });
    await createToken(tx, ports, { name: "test", scopes: ["*"], secret: "loket_test", createdBy: null });
  });
  return id;
}
const put = (note: string) =>
  ours.loket.ports.app.inOrganisation(organisationId, (tx) =>
    record(tx, ours.loket.ports, { type: "claims.checked", body: { note } }),
  );
const summary = async () => (await api<EvidenceSummary>("GET", "evidence")).body;
const seal = async () => {
  const outcome = await ours.loket.ledger?.checkpoint(organisationId);
  if (outcome?.kind !== "signed") throw new Error("not signed");
  return outcome.checkpoint;
};

describe("the daily mail", () => {
  it("brings the owner the checkpoint in their language, once a day", async () => {
    await addAnchorJobs(ours.loket.ports);
    await until(() => Promise.resolve(letters.length > 0), "the mail");
    await addAnchorJobs(ours.loket.ports);
    const { anchors, mail, fingerprint } = await until(async () => {
      const found = await summary();
      return found.mail.lastAt !== null && found;
    }, "the mail to be noted");
    expect(mail).toMatchObject({ configured: true, failure: null });
    expect(anchors.find(({ kind }) => kind === "mail")).toMatchObject({ place: "owner@bakery.example" });
    expect(letters).toHaveLength(1);
    const text = decode(letters[0]?.text ?? "");
    expect(letters[0]?.to).toBe("owner@bakery.example");
    expect(text).toContain("Content-Type: text/plain");
    expect(text).toContain("Bewaar deze mail");
    expect(text).toContain(fingerprint);
    expect(text).toContain(`loket/${organisationId}`);
  });
});

/** Quoted-printable, as mails carry it. */
function decode(mail: string): string {
  const bytes = mail
    .replaceAll("=\r\n", "")
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

describe("a witness", () => {
  it("is another Loket that signs what continues what it signed, and its signature is in the next pack", async () => {
    const offer = await api<WitnessOffer>("POST", "evidence/witnesses/look", { url: `${theirs.url}/` });
    expect(offer.status).toBe(200);
    expect(offer.body.fingerprint).toBe((await theirApi<{ fingerprint: string }>("GET", "witness")).body.fingerprint);
    expect((await api("POST", "evidence/witnesses", { url: offer.body.url, key: offer.body.key })).status).toBe(201);

    // They do not know us yet.
    await askWitnesses(ours.loket.ports, organisationId);
    expect((await summary()).witnesses[0]).toMatchObject({
      witnessedSize: 0,
      failure: expect.stringMatching(/not witnessed here/),
    });

    expect((await theirApi("POST", "evidence/witnessed", { key: (await summary()).logKey })).status).toBe(204);
    await put("second");
    const checkpoint = await seal();
    const { witnesses, rewritable } = await until(async () => {
      const found = await summary();
      return found.witnesses[0]?.witnessedSize === checkpoint.size && found;
    }, "the witness to sign");
    expect(witnesses[0]?.failure).toBeNull();
    expect(rewritable.entries).toBe(0);

    const asked = await api<EvidencePack>("POST", "evidence/packs", {
      subject: { kind: "organisation" },
      locale: "en",
    });
    await until(
      async () => (await api<EvidencePack>("GET", `evidence/packs/${asked.body.id}`)).body.state === "ready",
      "the pack",
    );
    const file = await fetch(`${ours.url}/api/v1/evidence/packs/${asked.body.id}/file`, {
      headers: { authorization: "Bearer loket_test" },
    });
    const verified = await verifyPack(new Uint8Array(await file.arrayBuffer()));
    expect(verified).toMatchObject({ result: "valid" });
    expect(verified.facts?.witnesses.map(({ size }) => size)).toContain(checkpoint.size);
  });

  it("asks for a proof from where it is, where the asker remembers something else", async () => {
    await until(async () => (await summary()).witnesses[0]?.witnessedAt, "the witness");
    await ours.database.admin.query("update evidence_witness set witnessed_size = 0");
    await put("third");
    const checkpoint = await seal();
    await until(async () => (await summary()).witnesses[0]?.witnessedSize === checkpoint.size, "the witness to sign");
  });

  it("refuses logs nobody trusted, notes that are none, and who asks too often", async () => {
    const strange = await theirApi<{ code: string }>("POST", "witness/cosign", {
      checkpoint: "x",
      oldSize: 0,
      proof: [],
    });
    expect(strange).toMatchObject({ status: 400 });
    const own = (await summary()).checkpoint?.note ?? "";
    const unknown = await api<{ code: string }>("POST", "witness/cosign", { checkpoint: own, oldSize: 0, proof: [] });
    expect(unknown).toMatchObject({ status: 403, body: { code: "witness.unknown-log" } });
    const statuses = new Set<number>();
    for (let round = 0; round < 70; round++) statuses.add((await api("GET", "witness")).status);
    expect([...statuses]).toEqual([200, 429]);
  });

  it("cannot be an address that is not for us", async () => {
    const inside = await api<{ code: string }>("POST", "evidence/witnesses/look", { url: "http://127.0.0.1:1/" });
    expect(inside).toMatchObject({ status: 422, body: { code: "witness.not-one" } });
  });
});

describe("a time stamp", () => {
  it("that is not on our checkpoint is not kept, and the page says so", async () => {
    stampAnswer = () => Buffer.from("300530030201 02".replace(" ", ""), "hex");
    await ours.database.admin.query("update evidence_log set stamped_at = null, stamp_tried_at = null");
    await addAnchorJobs(ours.loket.ports);
    const { timestamp, anchors } = await until(async () => {
      const found = await summary();
      return /refused/.test(found.timestamp.failure ?? "") && found;
    }, "the failure");
    expect(timestamp.lastAt).toBeNull();
    expect(anchors.some(({ kind }) => kind === "timestamp")).toBe(false);
  });

  it("on our checkpoint is kept and goes into packs", async () => {
    stampAnswer = stampLike;
    await ours.database.admin.query("update evidence_log set stamped_at = null, stamp_tried_at = null");
    await addAnchorJobs(ours.loket.ports);
    const { anchors } = await until(async () => {
      const found = await summary();
      return found.timestamp.lastAt !== null && found;
    }, "the stamp");
    expect(anchors.some(({ kind }) => kind === "timestamp")).toBe(true);
  });
});

/** What a service answers, but for its signature, which is not ours to check: the imprint and nonce that were asked. */
function stampLike(question: Buffer): Buffer {
  const part = (tag: number, ...inner: Buffer[]): Buffer => {
    const content = Buffer.concat(inner);
    const length = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff];
    return Buffer.concat([Buffer.from([tag, ...length]), content]);
  };
  const hex = (text: string) => Buffer.from(text, "hex");
  const imprint = question.subarray(5, 5 + 51);
  const nonce = question.subarray(5 + 51, 5 + 51 + 10);
  const time = part(0x18, Buffer.from("20261110120000Z"));
  const info = part(0x30, hex("020101"), hex("06032a0304"), imprint, hex("020101"), time, nonce);
  const encapsulated = part(0x30, hex("060b2a864886f70d0109100104"), part(0xa0, part(0x04, info)));
  const signed = part(0x30, hex("020103"), hex("3100"), encapsulated);
  const token = part(0x30, hex("06092a864886f70d010702"), part(0xa0, signed));
  return part(0x30, hex("3003020100"), token);
}
