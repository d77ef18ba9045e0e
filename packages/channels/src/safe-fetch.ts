import { lookup as systemLookup } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import { type Dispatcher, Pool } from "undici";
import { isPublicAddress } from "./addresses.ts";
import type { Network, NetworkAnswer, NetworkFailure, NetworkRequest } from "./whatsapp/network.ts";

/**
 * The server's only road out. It keeps one pool of connections per origin, and guards three things:
 *
 * - *Where to.* https only, no credentials in addresses, and never to an address that is not public: a literal is
 *   checked as it stands, a name when it is looked up for the connection that will be used, so that a name which
 *   answers differently the second time gains nothing. Only origins named in `allow` are exempt.
 * - *How much and how long.* Every request has a time limit and every answer a size limit.
 * - *How far it got.* `mayHaveLeft: false` promises that no byte of the request left, so that sending again is safe.
 *   undici calls `onRequestStart` on a connected socket directly before it writes; a request aborted there, or before,
 *   never leaves. Pipelining stays at 1 and HTTP/2 off, so that nothing is written ahead of that call.
 *
 * Redirects are not followed unless asked for, at most three times, only for GET and HEAD, each new address checked
 * like the first; on the way to another origin the token stays behind.
 */
export interface SafeFetch extends Network {
  /** Waits for what is under way, then closes every connection. */
  close(): Promise<void>;
}

export interface SafeFetchOptions {
  /** Origins (`http://127.0.0.1:4401`) that may be reached although they are loopback, private, or not https. */
  readonly allow?: readonly string[];
  /** For requests that name none. Default 30 s. */
  readonly timeoutMs?: number;
  /** Default 5 s. */
  readonly connectTimeoutMs?: number;
  /** For requests that name none. Default 10 MB. */
  readonly maxResponseBytes?: number;
  /** Default 128. */
  readonly maxConnectionsPerOrigin?: number;
  /** How names become addresses; the system's resolver unless given. Every address is checked, whoever gave it. */
  readonly resolve?: (hostname: string) => Promise<readonly ResolvedAddress[]>;
}

interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

const maxRedirects = 3;
/** Connections to origins not used lately are given up beyond this many. */
const maxOrigins = 200;

export function createSafeFetch(options: SafeFetchOptions = {}): SafeFetch {
  const allowed = new Set((options.allow ?? []).map((origin) => new URL(origin).origin));
  const resolve = options.resolve ?? ((hostname) => systemLookup(hostname, { all: true, order: "verbatim" }));
  const pools = new Map<string, Pool>();
  let isClosed = false;

  return {
    async request(request) {
      let url = request.url;
      let headers = request.headers ?? {};
      const redirects = Math.min(Math.max(request.redirects ?? 0, 0), maxRedirects);
      const isRepeatable = request.method === "GET" || request.method === "HEAD";
      for (let hop = 0; ; hop++) {
        const target = checkUrl(url, allowed);
        // A later hop is refused although the first one was answered: something did leave.
        if (typeof target === "string") return failed("blocked", hop > 0, target);
        if (isClosed) return failed("aborted", hop > 0, "The road out is closed.");
        const answer = await exchange(poolFor(target), target, { ...request, headers }, options);
        if (answer.kind === "failed") return hop > 0 ? { ...answer, mayHaveLeft: true } : answer;
        const location = isRedirect(answer.status) ? answer.headers.location : undefined;
        if (location === undefined || redirects === 0 || !isRepeatable) return answer;
        if (hop >= redirects) return failed("blocked", true, `More than ${redirects} redirects.`);
        const next = URL.canParse(location, target.href) ? new URL(location, target.href) : null;
        if (next === null) return failed("blocked", true, "A redirect to something that is no address.");
        if (next.origin !== target.origin) headers = withoutSecrets(headers);
        url = next.href;
      }
    },
    async close() {
      isClosed = true;
      const open = [...pools.values()];
      pools.clear();
      await Promise.all(open.map((pool) => pool.close()));
    },
  };

  function poolFor(target: URL): Pool {
    const known = pools.get(target.origin);
    pools.delete(target.origin);
    const pool =
      known ??
      new Pool(target.origin, {
        connections: options.maxConnectionsPerOrigin ?? 128,
        pipelining: 1,
        allowH2: false,
        connect: {
          timeout: options.connectTimeoutMs ?? 5_000,
          ...(allowed.has(target.origin) ? {} : { lookup: checkedLookup(resolve) }),
        },
      });
    pools.set(target.origin, pool); // last in the map is last used
    if (pools.size > maxOrigins) {
      const [oldest] = pools.entries();
      if (oldest) {
        pools.delete(oldest[0]);
        void oldest[1].close();
      }
    }
    return pool;
  }
}

/** The address to go to, or why not. */
function checkUrl(text: string, allowed: ReadonlySet<string>): URL | string {
  // The parser would silently drop tabs and line ends, and trim the rest: whoever wrote them meant mischief or erred.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u0020\u007f\\]/.test(text)) return "The address holds spaces, control characters or backslashes.";
  if (!URL.canParse(text)) return "This is not an address.";
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") return `The scheme ${url.protocol} is not for us.`;
  if (url.username !== "" || url.password !== "") return "The address holds credentials.";
  if (allowed.has(url.origin)) return url;
  if (url.protocol !== "https:") return "Only https leaves this machine.";
  const hostname = url.hostname.replace(/^\[|\]$/g, "");
  // The URL parser has already turned octal, hexadecimal and single-number spellings of IPv4 into four decimals.
  if (isIP(hostname) !== 0 && !isPublicAddress(hostname)) return `${hostname} is not a public address.`;
  if (/(^|\.)(localhost|local|internal|localdomain)\.?$/.test(hostname)) return `${hostname} is not a public name.`;
  return url;
}

class NotPublicError extends Error {}

function checkedLookup(resolve: (hostname: string) => Promise<readonly ResolvedAddress[]>): LookupFunction {
  return (hostname, lookupOptions, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        const forbidden = addresses.find(({ address }) => !isPublicAddress(address));
        if (forbidden)
          callback(new NotPublicError(`${hostname} leads to ${forbidden.address}, not a public address.`), "");
        else if (!first) callback(Object.assign(new Error(`${hostname} has no address.`), { code: "ENOTFOUND" }), "");
        else if (lookupOptions.all) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, ""),
    );
  };
}

function exchange(pool: Pool, target: URL, request: NetworkRequest, options: SafeFetchOptions): Promise<NetworkAnswer> {
  const maxResponseBytes = request.maxResponseBytes ?? options.maxResponseBytes ?? 10_000_000;
  const timeoutMs = request.timeoutMs ?? options.timeoutMs ?? 30_000;
  return new Promise((resolve) => {
    if (request.signal?.aborted) return resolve(failed("aborted", false, "Called off before it began."));
    let mayHaveLeft = false;
    let isDone = false;
    let controller: Dispatcher.DispatchController | undefined;
    let status = 0;
    let headers: Record<string, string> = {};
    const chunks: Buffer[] = [];
    let received = 0;

    const timer = setTimeout(() => stop("timedOut", `No complete answer within ${timeoutMs} ms.`), timeoutMs);
    const onAbort = () => stop("aborted", "Called off.");
    request.signal?.addEventListener("abort", onAbort, { once: true });

    function finish(answer: NetworkAnswer): void {
      if (isDone) return;
      isDone = true;
      clearTimeout(timer);
      request.signal?.removeEventListener("abort", onAbort);
      resolve(answer);
    }
    function stop(reason: NetworkFailure, detail: string): void {
      finish(failed(reason, mayHaveLeft, detail));
      controller?.abort(new Error(detail)); // without a controller it still waits for a connection: see onRequestStart
    }

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        controller = started;
        if (isDone) started.abort(new Error("Called off while it waited for a connection."));
        else mayHaveLeft = true;
      },
      onResponseStart(_controller, statusCode, incoming) {
        status = statusCode;
        headers = flatten(incoming);
        if (Number(headers["content-length"] ?? 0) > maxResponseBytes && request.method !== "HEAD") {
          stop("tooLarge", `The answer is larger than ${maxResponseBytes} bytes.`);
        }
      },
      onResponseData(_controller, chunk) {
        received += chunk.byteLength;
        if (received > maxResponseBytes) stop("tooLarge", `The answer is larger than ${maxResponseBytes} bytes.`);
        else chunks.push(chunk);
      },
      onResponseEnd() {
        finish({ kind: "answered", status, headers, body: Buffer.concat(chunks), url: target.href });
      },
      onResponseError(_controller, error) {
        finish(failed(classify(error, mayHaveLeft, target), mayHaveLeft, describe(error)));
      },
    };
    try {
      pool.dispatch(
        {
          path: `${target.pathname}${target.search}`,
          method: request.method,
          headers: { "user-agent": "loket", ...request.headers },
          body: request.body ?? null,
          headersTimeout: 0, // our own timer covers everything, waiting for a connection included
          bodyTimeout: 0,
        },
        handler,
      );
    } catch (error) {
      finish(failed("other", mayHaveLeft, describe(error)));
    }
  });
}

function classify(error: Error & { code?: string }, mayHaveLeft: boolean, target: URL): NetworkFailure {
  if (error instanceof NotPublicError) return "blocked";
  const code = error.code ?? "";
  if (mayHaveLeft) return code === "ETIMEDOUT" ? "timedOut" : "connectionLost";
  if (code === "ENOTFOUND" || code.startsWith("EAI_") || code === "ENODATA") return "nameNotFound";
  if (code === "UND_ERR_CONNECT_TIMEOUT" || code === "ETIMEDOUT") return "connectTimedOut";
  if (code === "ECONNREFUSED" || code === "EHOSTUNREACH" || code === "ENETUNREACH" || code === "EADDRNOTAVAIL") {
    return "connectionRefused";
  }
  if (code.startsWith("UND_ERR_INVALID")) return "other";
  // Whatever else goes wrong before the first byte goes wrong in TLS, where there is TLS.
  return target.protocol === "https:" ? "tlsFailed" : "connectionLost";
}

function describe(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.map(describe).join("; ");
  return error instanceof Error ? error.message || error.name : String(error);
}

function failed(reason: NetworkFailure, mayHaveLeft: boolean, detail: string): NetworkAnswer {
  return { kind: "failed", reason, mayHaveLeft, detail };
}

function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

function withoutSecrets(headers: Readonly<Record<string, string>>): Record<string, string> {
  const secret = new Set(["authorization", "cookie", "proxy-authorization"]);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !secret.has(name.toLowerCase())));
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(", ") : value;
  }
  return flat;
}
