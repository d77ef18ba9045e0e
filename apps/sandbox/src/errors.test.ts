import { secondMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, givenSandbox, orderUpdate } from "./given.ts";
import { type ErrorCode, errorCodes } from "./platform/error-codes.ts";
import { provocations } from "./provocations.ts";

afterEach(closeAll);

const keyOf = ({ code, under }: ErrorCode) => (under === undefined ? String(code) : `${under}/${code}`);
const byRule = errorCodes.filter(({ provoke }) => provoke !== null);
const byFault = errorCodes.filter(({ provoke }) => provoke === null);
const inAnswer = ({ where }: ErrorCode) => where === "answer" || where === "both";

describe("every error code of the platform", () => {
  it("that says how it is provoked has a provocation here, and no other", () => {
    expect(Object.keys(provocations).sort()).toEqual(byRule.map(keyOf).sort());
  });

  it.each(byRule.map((error) => [keyOf(error), error.provoke, error] as const))("%s: %s", async (key, _, error) => {
    const given = await givenSandbox();
    const provoked = await provocations[key]?.(given);
    expect(provoked?.code).toBe(error.under ?? error.code);
    if (error.under !== undefined) expect(provoked?.subcode).toBe(error.code);
    if (provoked?.http !== undefined) {
      expect([provoked.http, inAnswer(error)]).toEqual([error.status, true]);
    } else expect(error.where).not.toBe("answer");
  });

  it("that no rule brings about is brought about by a fault, in the platform's envelope and with its headers", async () => {
    const given = await givenSandbox();
    for (const error of byFault.filter(inAnswer)) {
      const subcode = error.under === undefined ? {} : { subcode: error.code };
      await given.control("POST", "/faults", { graph: [{ code: error.under ?? error.code, ...subcode, next: 1 }] });
      const { status, headers, body } = await given.graph("GET", `/${given.accountId}`);
      expect([error.code, status]).toEqual([error.code, error.status]);
      expect(body.error).toMatchObject({
        message: expect.any(String),
        type: "OAuthException",
        code: error.under ?? error.code,
        ...(error.under === undefined ? {} : { error_subcode: error.code }),
        fbtrace_id: expect.any(String),
      });
      const isClients = status >= 400 && status < 500;
      expect(headers.has("www-authenticate")).toBe(isClients);
      expect(headers.get("x-fb-trace-id")).toBeTruthy();
      expect(headers.get("x-business-use-case-usage")).toContain(given.accountId);
    }
  });

  it("that is told later can be told of any message", async () => {
    const given = await givenSandbox();
    await given.control("PUT", `/numbers/${given.number.id}`, { pairBurst: 1_000 });
    for (const { code, title } of errorCodes.filter(({ where, under }) => where !== "answer" && under === undefined)) {
      await given.control("POST", "/faults", { messages: [{ code, next: 1 }] });
      const id = await given.send(orderUpdate);
      await given.sandbox.advance(secondMs);
      expect(given.statusesOf(id)).toMatchObject([{ status: "failed", errors: [{ code, title, message: title }] }]);
    }
  });
});
