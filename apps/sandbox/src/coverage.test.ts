import { readFile } from "node:fs/promises";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox, orderUpdate } from "./given.ts";

afterEach(closeAll);

/** One of each thing that the default world has not: a QR code, a flow, a group. */
async function givenFeatures(given: Given): Promise<Record<string, string>> {
  const number = `/${given.number.id}`;
  await given.control("PUT", `/numbers/${given.number.id}`, { officialBusinessAccount: true });
  await given.send(orderUpdate);
  const qrCode = await given.graph("POST", `${number}/message_qrdls`, { prefilled_message: "Hallo" });
  const flow = await given.graph("POST", `/${given.accountId}/flows`, { name: "taart", categories: ["OTHER"] });
  await given.graph("POST", `${number}/groups`, { messaging_product: "whatsapp", subject: "Buren" });
  const groups = await given.graph("GET", `${number}/groups`);
  const history = await given.graph("GET", `${number}/message_history`);
  const wanted = { name: "Crumb & Co", country: "US", displayNumber: "+1 212 555 0101" };
  const abroad = (await given.control("POST", "/accounts", wanted)).body;
  const both = { name: "both", accountIds: [given.accountId, abroad.id] };
  const { token } = (await given.control("POST", `/accounts/${abroad.id}/tokens`, both)).body;
  const link = {
    display_name: "Buns",
    signup_message: "Fresh buns, once a week.",
    confirmation_message: "Welcome!",
    privacy_policy_url: "https://crumb.example/privacy",
    policy: { tos: "https://www.facebook.com/legal/ads-manager-marketing-messages-terms", accepted: true },
  };
  const signup = await given.graph("POST", `/${abroad.id}/signups`, link, token);
  const { portfolioId } = (await given.control("GET", "")).body.accounts[0];
  const pool = await given.graph("POST", `/${portfolioId}/add_phone_numbers`, { phone_number: "+31205550101" });
  return {
    token,
    code: qrCode.body.code,
    flow: flow.body.id,
    group: groups.body.data.groups[0].id,
    history: history.body.data[0].id,
    signup: signup.body.id,
    preverified: pool.body.id,
  };
}

/** A call as the coverage lists it, also as the README's table of calls does. */
interface Call {
  readonly method: string;
  readonly path: string;
  readonly imitated: string;
  readonly how: string;
}

async function readmeRows(): Promise<Call[]> {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  return [...readme.matchAll(/^\| `(GET|POST|DELETE) (\/\S+)`\s+\| (yes|part|no)(?:: ([^|]*?))?\s*\|$/gm)].map(
    ([, method = "", path = "", imitated = "", how = ""]) => ({ method, path, imitated, how }),
  );
}

describe("the coverage", () => {
  it("of calls is what the README says", async () => {
    const given = await givenSandbox();
    const { endpoints } = (await given.control("GET", "/coverage")).body;
    expect(await readmeRows()).toEqual(endpoints);
  });

  it("says of every call whether it is there", async () => {
    const given = await givenSandbox();
    const world = (await given.control("GET", "")).body;
    const [template] = (await given.control("GET", "/templates")).body.items;
    await given.personWrites({ type: "image" });
    const media = given.subscriber.values()[0]?.messages[0].image.id;
    const ids: Record<string, string> = {
      number: given.number.id,
      account: given.accountId,
      app: given.sandbox.app.id,
      portfolio: world.accounts[0].portfolioId,
      template: template.id,
      media,
      ...(await givenFeatures(given)),
    };
    const snapshot = (await given.control("GET", "/snapshot")).body;
    const calls: Call[] = (await given.control("GET", "/coverage")).body.endpoints;
    expect(calls.length).toBeGreaterThan(80);
    for (const { method, path, imitated } of calls) {
      const url = path.replace(/\{(\w+)\}/g, (whole, noun: string) => ids[noun] ?? whole);
      const body = method === "GET" ? undefined : {};
      const { error } = (await given.graph(method, `/v25.0${url}`, body, ids.token)).body;
      const absent =
        error?.error_subcode === 33 || error?.code === 2500 || /nonexisting field/.test(error?.message ?? "");
      expect([method, path, absent]).toEqual([method, path, imitated === "no"]);
      // What this call took away is there again for the next.
      if (method === "DELETE") await given.control("PUT", "/snapshot", snapshot);
    }
  });

  it("knows each webhook field and error code once, and its page is there", async () => {
    const given = await givenSandbox();
    const { webhooks, errors } = (await given.control("GET", "/coverage")).body;
    const fields = webhooks.map(({ field }: { field: string }) => field);
    expect(new Set(fields).size).toBe(fields.length);
    const codes = errors.map(({ code, subcodeOf }: { code: number; subcodeOf: number }) => `${subcodeOf}/${code}`);
    expect(new Set(codes).size).toBe(codes.length);
    const page = await fetch(`${given.sandbox.url}/coverage`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("/_page/coverage.ts")]);
  });
});
