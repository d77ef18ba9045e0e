import { readFile } from "node:fs/promises";
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox } from "../src/given.ts";
import { errorCodes } from "../src/platform/error-codes.ts";
import { type Schema, type Sensible, valuesOf } from "./requests-by-schema.ts";
import { notOffered, slips } from "./slips.ts";

afterEach(closeAll);

interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: "path" | "query";
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content & { readonly $ref?: string };
  readonly responses: Readonly<Record<string, Content & { readonly $ref?: string }>>;
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const description: Description = JSON.parse(
  await readFile(new URL("./meta-openapi.json", import.meta.url), "utf8"),
) as Description;

/** What a reference within the description names. */
function resolve<Found>(ref: string): Found {
  let found: unknown = description;
  for (const key of ref.slice(2).split("/"))
    found = (found as Record<string, unknown>)[key.replaceAll("~1", "/").replaceAll("~0", "~")];
  return found as Found;
}

const follow = <Part extends { readonly $ref?: string }>(part: Part): Part =>
  part.$ref === undefined ? part : resolve<Part>(part.$ref);

const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema(description, "meta");

interface Case {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

const cases: Case[] = Object.entries(description.paths).flatMap(([path, item]) =>
  Object.entries(item)
    .filter(([method]) => ["get", "post", "put", "delete"].includes(method))
    .map(([method, operation]) => {
      const shared = (item as unknown as { parameters?: Parameter[] }).parameters ?? [];
      const parameters = [...shared, ...(operation.parameters ?? [])];
      return {
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        operation: { ...operation, parameters },
      };
    }),
);

/** One of everything a path may name, by the path's own word for it. */
async function givenEverything(given: Given): Promise<Record<string, string>> {
  const number = `/${given.number.id}`;
  await given.control("PUT", `/numbers/${given.number.id}`, {
    officialBusinessAccount: true,
    pairBurst: 10_000,
    throughputPerSecond: 100_000,
  });
  await given.graph("POST", `${number}/settings`, { calling: { status: "ENABLED" } });
  await given.personWrites();
  await given.control("POST", "/phones/31612345678/calls", { type: "permit", permanent: true });
  const create = { name: "taart", categories: ["OTHER"] };
  const flow = await given.graph("POST", `/${given.accountId}/flows`, create);
  await given.graph("POST", `${number}/groups`, { messaging_product: "whatsapp", subject: "Bakclub" });
  const [group] = (await given.control("GET", "/groups")).body.items;
  await given.control("POST", "/phones/31687654321/groups", { type: "join", link: group.id });
  const qrCode = await given.graph("POST", `${number}/message_qrdls`, { prefilled_message: "Hallo" });
  const form = new FormData();
  form.set("messaging_product", "whatsapp");
  form.set("file", new Blob(["x"], { type: "image/png" }), "x.png");
  const media = await given.graph("POST", `${number}/media`, form);
  const [template] = (await given.control("GET", "/templates")).body.items;
  const { accounts } = (await given.control("GET", "")).body;
  const portfolio = `/${accounts[0].portfolioId}`;
  const preverified = await given.graph("POST", `${portfolio}/add_phone_numbers`, { phone_number: "+31 20 555 0101" });
  const schedule = { name: "Uren", schedule_type: "BUSINESS_HOURS", start_time: "09:00", end_time: "17:00" };
  await given.graph("POST", `/${given.accountId}/schedules`, schedule);
  await given.send({ type: "text", text: { body: "Dag" } });
  await given.sandbox.advance(1_000);
  const [history] = (await given.graph("GET", `${number}/message_history`)).body.data;
  return {
    Version: "v23.0",
    "Phone-Number-ID": given.number.id,
    "WABA-ID": given.accountId,
    "WhatsApp-Business-Account-ID": given.accountId,
    "Business-ID": accounts[0].portfolioId,
    "Flow-ID": flow.body.id,
    group_id: group.id,
    "QR-Code-ID": qrCode.body.code,
    "Media-ID": media.body.id,
    TEMPLATE_ID: template.id,
    "Message-History-ID": history.id,
    "Pre-Verified-Phone-Number-ID": preverified.body.id,
  };
}

function sensibleValues(ids: Record<string, string>): Sensible {
  return {
    messaging_product: ["whatsapp"],
    to: ["31612345678", "+31 6 87654321", ids.group_id],
    user: ["31612345678"],
    user_wa_id: ["31612345678"],
    code: ["nl", "en", ids["QR-Code-ID"]],
    recipient_type: ["individual", "individual", "group"],
    name: ["order_update", "weekend_offer", "cta_url", "send_location"],
    id: [ids["Media-ID"]],
    latitude: ["52.37", 4.9],
    longitude: ["4.9", 4.9],
    message_id: ["wamid.HBgL"],
    pin: ["123456"],
    emoji: ["👍", ""],
    category: ["UTILITY", "MARKETING"],
    language: ["nl", "de"],
    asset_type: ["FLOW_JSON"],
    categories: ['["OTHER"]', '["SURVEY","OTHER"]'],
    business_public_key: ["-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----"],
    fields: ["id", "id,name", "display_phone_number,verified_name"],
    limit: [1, 25],
    after: ["cDA"],
    before: ["cDU"],
    filtering: ['[{"field":"account_mode","operator":"EQUAL","value":"LIVE"}]'],
    override_callback_uri: [""],
    business: [ids["Business-ID"]],
    source_waba_id: [ids["WABA-ID"], "900800"],
    phone_number: ["+31 20 555 0102", "+31 20 555 0103"],
    start_time: ["09:00", "10:30"],
    end_time: ["17:00", "18:00"],
    timezone: ["UTC", "Europe/Amsterdam"],
    status_filter: ["DELIVERED", "READ"],
    code_method: ["SMS", "VOICE"],
  };
}

/** Requests the description allows: path, query and body. */
function requestsFor({ operation, path, method }: Case, ids: Record<string, string>) {
  const sensible = sensibleValues(ids);
  const query = Object.fromEntries(
    (operation.parameters ?? [])
      .map(follow)
      .filter((parameter) => parameter.in === "query")
      .map(({ name, schema }) => [name, valuesOf(schema, resolve, sensible, name)]),
  );
  const required = (operation.parameters ?? []).map(follow).filter((one) => one.required && one.in === "query");
  // A GET carries nothing, whatever is described.
  const body = operation.requestBody && method !== "GET" ? follow(operation.requestBody) : undefined;
  const bodies = Object.entries(body?.content ?? {}).map(([type, { schema }]) =>
    valuesOf(schema, resolve, sensible).map((value) => ({ type, value })),
  );
  return fc.record({
    url: fc.constant(path.replace(/\{([^}]+)\}/g, (whole, name: string) => ids[name] ?? whole)),
    query: fc.record(query, { requiredKeys: required.map(({ name }) => name) }),
    body: bodies.length > 0 ? fc.oneof(...bodies) : fc.constant(undefined),
  });
}

function encode(body: { type: string; value: unknown } | undefined): unknown {
  if (body === undefined || body.type === "application/json") return body?.value;
  const members = Object.entries(body.value as Record<string, unknown>).map(
    ([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)] as const,
  );
  if (body.type !== "multipart/form-data") return new URLSearchParams(Object.fromEntries(members));
  const form = new FormData();
  for (const [key, value] of members) {
    if (key === "file") form.set(key, new Blob([value], { type: "image/png" }), "x.png");
    else form.set(key, value);
  }
  return form;
}

const known = new Set(errorCodes.map(({ code, under = 0 }) => `${under}/${code}`));
const statusByCode = new Map(errorCodes.filter(({ under }) => !under).map(({ code, status }) => [code, status]));

/** What the description says against an answer, without its known slips; whoever asks for some fields gets no others. */
function problemsOf({ name, operation }: Case, answer: unknown, someFields: boolean): string[] {
  const success = operation.responses["200"];
  const schema = success && follow(success).content?.["application/json"]?.schema;
  if (!schema) return [];
  const validate = compile(name, schema);
  if (validate(answer)) return [];
  return (validate.errors ?? [])
    .filter((error) => !isSlip(name, error) && !(someFields && error.keyword === "required"))
    .map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
}

const compiled = new Map<string, ReturnType<typeof ajv.compile>>();

function compile(name: string, schema: Schema): ReturnType<typeof ajv.compile> {
  let validate = compiled.get(name);
  if (!validate) {
    // References are written from the root of the description.
    validate = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"meta#/')) as Schema);
    compiled.set(name, validate);
  }
  return validate;
}

function isSlip(name: string, { instancePath, params }: ErrorObject): boolean {
  const missing = typeof params.missingProperty === "string" ? `/${params.missingProperty}` : "";
  const where = (instancePath + missing).replace(/\/\d+(?=\/|$)/g, "/*");
  return slips.some(({ operation, at }) => (operation === name || operation === "*") && where === at);
}

describe("Meta's own description of the API", () => {
  it.each(cases.filter(({ name }) => !(name in notOffered)).map((one) => [one.name, one] as const))(
    "%s: is accepted with the answer described, or refused for a documented reason",
    async (_, one) => {
      const given = await givenSandbox();
      const ids = await givenEverything(given);
      const answers = new Map<string, number>();
      await fc.assert(
        fc.asyncProperty(requestsFor(one, ids), async ({ url, query, body }) => {
          const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]));
          const answer = await given.graph(one.method, `${url}?${search}`, encode(body));
          const error = answer.body.error;
          answers.set(String(error?.code ?? 200), (answers.get(String(error?.code ?? 200)) ?? 0) + 1);
          if (!error) {
            expect(answer.status).toBe(200);
            expect(problemsOf(one, answer.body, "fields" in query)).toEqual([]);
            return;
          }
          expect(known, JSON.stringify(error)).toContain(`0/${error.code}`);
          expect(answer.status).toBe(statusByCode.get(error.code));
          expect(error.code).not.toBe(131000);
          expect(error).toMatchObject({
            message: expect.any(String),
            type: expect.any(String),
            fbtrace_id: expect.any(String),
          });
        }),
        { numRuns: 30, seed: 23 },
      );
      if (process.env.SHOW_ANSWERS) console.log(one.name, Object.fromEntries(answers));
    },
  );
});
