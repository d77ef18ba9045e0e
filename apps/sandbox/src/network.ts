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
    async exchange(url, headers, body, timeoutMs) {
      const answer = await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(timeoutMs) });
      return { status: answer.status, text: await answer.text() };
    },
    async download(url, { maxBytes, timeoutMs }) {
      const answer = await fetch(url, {
        headers: { "user-agent": "facebookexternalua", accept: "*/*" },
        signal: AbortSignal.timeout(timeoutMs),
      });
      const chunks: Uint8Array[] = [];
      let size = 0;
      for await (const chunk of answer.body ?? []) {
        size += chunk.length;
        if (size > maxBytes) break;
        chunks.push(chunk);
      }
      return {
        status: answer.status,
        statusText: answer.statusText,
        type: answer.headers.get("content-type") ?? "application/octet-stream",
        size,
        bytes: new Uint8Array(Buffer.concat(chunks)),
      };
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
      pools.clear();
    },
  };
}
