import type { OrganisationId, PersonId } from "@loket/kit";
import { addMember, createOrganisation, createToken, permissionsOf, type Role, roles } from "@loket/organisations";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createHttp } from "./http/server.ts";
import { signIn, startTestLoket, type TestLoket } from "./testing.ts";

/**
 * Every route for every role, in one's own organisation, in another, and for nobody. A refusal must come before
 * anything else is looked at, so ids that exist nowhere and empty bodies serve for all of them: whoever may pass gets
 * 2xx, or 400/404/409/422 from the handler; whoever may not gets 401 or 403.
 */
let at: TestLoket;
let ours: OrganisationId;
let theirs: OrganisationId;
const headersOf = new Map<Role, Record<string, string>>();
const password = "correct horse battery";

beforeAll(async () => {
  at = await startTestLoket();
  const { ports } = at.loket;
  ours = ports.ids.next<"organisation">();
  theirs = ports.ids.next<"organisation">();
  for (const id of [ours, theirs]) {
    await createOrganisation(ports.app, ports.clock, {
      id,
      name: "An organisation",
      kind: "business",
      locale: "en",
      timeZone: "Europe/Amsterdam",
      homeCountry: "NL",
    });
  }
  for (const role of roles) {
    const email = `${role}@ours.example`;
    const personId = (await ports.auth.ensurePerson({ name: role, email, password })) as PersonId;
    await ports.app.inOrganisation(ours, (tx) => addMember(tx, ports, { personId, role }));
    headersOf.set(role, await signIn(at.url, { email, password }, ours));
  }
});
afterAll(() => at.close());

const nowhere = "01990000-0000-7000-8000-000000000000";

async function attempt(method: string, path: string, headers: Record<string, string>): Promise<number> {
  const url = `${at.url}/api/v1/${path.replaceAll(/\{\w+\}/g, nowhere)}`;
  const isGet = method === "GET" || method === "DELETE";
  const answer = await fetch(url, {
    method,
    headers: { ...headers, ...(isGet ? {} : { "content-type": "application/json" }) },
    ...(isGet ? {} : { body: "{}" }),
  });
  await answer.body?.cancel();
  return answer.status;
}

describe("route × role", () => {
  it("lets pass whoever has the permission, and nobody else", async () => {
    const wrong: string[] = [];
    let cells = 0;
    for (const route of at.loket.routes) {
      const { access, method, path } = route;
      if (typeof access !== "string") continue;
      for (const role of roles) {
        const own = headersOf.get(role) ?? {};
        const allowed = access === "signed-in" || permissionsOf(role).has(access);
        const inOwn = await attempt(method, path, own);
        if (allowed ? inOwn === 401 || inOwn === 403 || inOwn >= 500 : inOwn !== 403)
          wrong.push(`${method} ${path} as ${role} in their own: ${inOwn}`);
        if (access !== "signed-in") {
          const inOther = await attempt(method, path, { ...own, "loket-organisation": theirs });
          if (inOther !== 403) wrong.push(`${method} ${path} as ${role} in another: ${inOther}`);
        }
        cells += 2;
      }
      const nobody = await attempt(method, path, {});
      if (nobody !== 401) wrong.push(`${method} ${path} as nobody: ${nobody}`);
      const stranger = await attempt(method, path, { authorization: "Bearer loket_not-a-token" });
      if (stranger !== 401) wrong.push(`${method} ${path} with a made-up token: ${stranger}`);
      cells += 2;
    }
    expect(wrong).toEqual([]);
    expect(cells).toBeGreaterThan(400);
  });

  it("gives a token what its scopes name, and no more, in its own organisation alone", async () => {
    const { ports } = at.loket;
    const secret = "loket_test-token-of-narrow-scope";
    await ports.app.inOrganisation(theirs, (tx) =>
      createToken(tx, ports, { name: "narrow", scopes: ["contacts:read"], secret, createdBy: null }),
    );
    const headers = { authorization: `Bearer ${secret}`, "loket-organisation": ours };
    expect(await attempt("GET", "contacts", headers)).toBe(200);
    expect(await attempt("GET", "conversations", headers)).toBe(403);
    const answer = await fetch(`${at.url}/api/v1/me`, { headers });
    expect(((await answer.json()) as { organisation: { id: string } }).organisation.id).toBe(theirs);
  });

  it("lets nobody give a token more than they have themselves", async () => {
    const { ports } = at.loket;
    const secret = "loket_test-token-that-makes-tokens";
    await ports.app.inOrganisation(ours, (tx) =>
      createToken(tx, ports, { name: "maker", scopes: ["tokens:manage", "members:manage"], secret, createdBy: null }),
    );
    const headers = { authorization: `Bearer ${secret}`, "content-type": "application/json" };
    const make = async (scopes: string[]) =>
      (
        await fetch(`${at.url}/api/v1/tokens`, {
          method: "POST",
          headers,
          body: JSON.stringify({ name: "made", scopes }),
        })
      ).status;
    expect([await make(["*"]), await make(["contacts:read"]), await make(["tokens:manage"])]).toEqual([403, 403, 201]);
    const members = (await (
      await fetch(`${at.url}/api/v1/members`, { headers: headersOf.get("owner") ?? {} })
    ).json()) as { items: { id: string; role: string }[] };
    const owner = members.items.find(({ role }) => role === "owner")?.id;
    const demote = await fetch(`${at.url}/api/v1/members/${owner}`, {
      method: "PATCH",
      headers,
      body: JSON.stringify({ role: "agent" }),
    });
    expect(demote.status).toBe(403);
  });

  it("refuses to start with a route that does not say what it needs", async () => {
    const server = await createHttp({ ports: at.loket.ports, routes: [], webDir: null });
    expect(() => server.get("/api/v1/forgotten", () => "open to all")).toThrow(/does not declare what it needs/);
    await server.close();
  });

  it("has no open route but those listed here", () => {
    const open = at.loket.routes.filter((route) => typeof route.access !== "string").map((route) => route.path);
    expect(open).toEqual(["demo", "witness", "witness/cosign"]);
  });
});

describe("sessions", () => {
  it("are listed, and revoked at once", async () => {
    const { ports } = at.loket;
    const email = "leaver@ours.example";
    const personId = (await ports.auth.ensurePerson({ name: "Leaver", email, password })) as PersonId;
    await ports.app.inOrganisation(ours, (tx) => addMember(tx, ports, { personId, role: "agent" }));
    const phone = await signIn(at.url, { email, password }, ours);
    const laptop = await signIn(at.url, { email, password }, ours);
    const listed = await fetch(`${at.url}/api/auth/list-sessions`, { headers: laptop });
    const sessions = (await listed.json()) as { token: string }[];
    expect(sessions).toHaveLength(2);
    await fetch(`${at.url}/api/auth/revoke-other-sessions`, {
      method: "POST",
      headers: { ...laptop, "content-type": "application/json" },
      body: "{}",
    });
    expect(await attempt("GET", "conversations", phone)).toBe(401);
    expect(await attempt("GET", "conversations", laptop)).toBe(200);
  });

  it("are not opened by a wrong password, and say no more than that", async () => {
    const known = await fetch(`${at.url}/api/auth/sign-in/email`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: at.url },
      body: JSON.stringify({ email: "agent@ours.example", password: "wrong wrong" }),
    });
    const unknown = await fetch(`${at.url}/api/auth/sign-in/email`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: at.url },
      body: JSON.stringify({ email: "nobody@ours.example", password: "wrong wrong" }),
    });
    expect([known.status, unknown.status]).toEqual([401, 401]);
    expect(await known.text()).toBe(await unknown.text());
  });

  it("keep passwords as argon2id", async () => {
    const { rows } = await at.database.admin.query<{ password: string }>("select password from auth.account");
    expect(rows.length).toBeGreaterThan(0);
    for (const { password: kept } of rows) expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it("change nothing on a call that another site's page makes", async () => {
    const headers = { ...headersOf.get("owner"), origin: "https://elsewhere.example" };
    expect(await attempt("POST", "labels", headers)).toBe(403);
  });

  it("with a one-time code turned on ask for it before they open", async () => {
    const { ports } = at.loket;
    const email = "careful@ours.example";
    const personId = (await ports.auth.ensurePerson({ name: "Careful", email, password })) as PersonId;
    await ports.app.inOrganisation(ours, (tx) => addMember(tx, ports, { personId, role: "agent" }));
    const headers = { ...(await signIn(at.url, { email, password }, ours)), "content-type": "application/json" };
    const enabled = await fetch(`${at.url}/api/auth/two-factor/enable`, {
      method: "POST",
      headers,
      body: JSON.stringify({ password }),
    });
    const { totpURI } = (await enabled.json()) as { totpURI: string };
    const code = await totp(totpURI);
    const verified = await fetch(`${at.url}/api/auth/two-factor/verify-totp`, {
      method: "POST",
      headers,
      body: JSON.stringify({ code }),
    });
    expect(verified.status).toBe(200);

    const again = await fetch(`${at.url}/api/auth/sign-in/email`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: at.url },
      body: JSON.stringify({ email, password }),
    });
    expect(await again.json()).toMatchObject({ twoFactorRedirect: true });
    const halfCookie = again.headers
      .getSetCookie()
      .map((each) => each.split(";")[0])
      .join("; ");
    expect(await attempt("GET", "conversations", { cookie: halfCookie, "loket-organisation": ours })).toBe(401);
    const wrong = await fetch(`${at.url}/api/auth/two-factor/verify-totp`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: at.url, cookie: halfCookie },
      body: JSON.stringify({ code: code === "000000" ? "111111" : "000000" }),
    });
    expect(wrong.status).toBe(401);
    const right = await fetch(`${at.url}/api/auth/two-factor/verify-totp`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: at.url, cookie: halfCookie },
      body: JSON.stringify({ code: await totp(totpURI) }),
    });
    expect(right.status).toBe(200);
  });
});

/** RFC 6238 with the otpauth URI's secret, SHA-1, 30 s, six digits. */
async function totp(uri: string): Promise<string> {
  const secret = new URL(uri).searchParams.get("secret") ?? "";
  const bits = [...secret.replace(/=+$/, "")]
    .map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const { createHmac } = await import("node:crypto");
  const mac = createHmac("sha1", key).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
