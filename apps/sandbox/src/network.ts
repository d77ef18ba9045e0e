import { Pool } from "undici";
import type { Network } from "./platform/callbacks.ts";

/** The real way out: one pool of kept-alive connections per origin, and nowhere but to the URLs it is given. */
export function createNetwork(): Network & { close(): Promise<void> } {
  const pools = new Map<string, Pool>();
  function poolFor(url: URL): Pool {
    let pool = pools.get(url.origin);
    if (!pool) {
      pool = new Pool(url.origin, { connections: 16, pipelining: 1, connectTimeout: 5_000 });
      pools.set(url.origin, pool);
    }
    return pool;
  }
  return {
    async post(text, headers, body, timeoutMs) {
      const url = new URL(text);
      const answer = await poolFor(url).request({
        method: "POST",
        path: url.pathname + url.search,
        headers,
        body,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
      });
      await answer.body.dump();
      return { status: answer.statusCode };
    },
    async get(text, timeoutMs) {
      const url = new URL(text);
      const answer = await poolFor(url).request({
        method: "GET",
        path: url.pathname + url.search,
        headers: { "user-agent": "facebookplatform/1.0 (+http://developers.facebook.com)", accept: "*/*" },
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
      });
      return { status: answer.statusCode, text: await answer.body.text() };
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
      pools.clear();
    },
  };
}
