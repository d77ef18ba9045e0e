import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { isPublicAddress } from "./addresses.ts";
import { createSafeFetch, type SafeFetch, type SafeFetchOptions } from "./safe-fetch.ts";

const open: { close(): Promise<unknown> | unknown }[] = [];
afterEach(async () => {
  for (const item of open.splice(0).reverse()) await item.close();
});

function given(options: SafeFetchOptions = {}): SafeFetch {
  const network = createSafeFetch(options);
  open.push(network);
  return network;
}

async function server(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const http: Server = createServer(handle);
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  open.push({
    close: () => {
      http.closeAllConnections();
      http.close();
    },
  });
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
}

async function rawServer(handle: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const tcp = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    handle(socket);
  });
  tcp.listen(0, "127.0.0.1");
  await once(tcp, "listening");
  open.push({
    close: () => {
      for (const socket of sockets) socket.destroy();
      tcp.close();
    },
  });
  return `http://127.0.0.1:${(tcp.address() as AddressInfo).port}`;
}

// Every way we know to write an address that is not public.

/** IPv4 in the spellings that browsers and C libraries understand. */
function spellings(address: string): readonly string[] {
  const parts = address.split(".").map(Number);
  const [a = 0, b = 0, c = 0, d = 0] = parts;
  const whole = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  const hex = (n: number) => `0x${n.toString(16)}`;
  const octal = (n: number) => `0${n.toString(8)}`;
  return [
    address,
    `${address}.`,
    String(whole),
    hex(whole),
    octal(whole),
    parts.map(hex).join("."),
    parts.map(octal).join("."),
    `${a}.${(b << 16) | (c << 8) | d}`,
    `${a}.${b}.${(c << 8) | d}`,
    `${hex(a)}.${octal(b)}.${(c << 8) | d}`,
    `${octal(a)}.${hex((b << 16) | (c << 8) | d)}`,
    address.replaceAll(".", "%2e"),
    address.replaceAll(".", "。"),
    [...address]
      .map((sign) => (/\d/.test(sign) ? String.fromCodePoint((sign.codePointAt(0) ?? 0) - 48 + 0xff10) : sign))
      .join(""),
  ];
}

function embedded(address: string): readonly string[] {
  const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
  const high = ((a << 8) | b).toString(16);
  const low = ((c << 8) | d).toString(16);
  const inverted = `${(~((a << 8) | b) & 0xffff).toString(16)}:${(~((c << 8) | d) & 0xffff).toString(16)}`;
  return [
    `[::ffff:${address}]`,
    `[::ffff:${high}:${low}]`,
    `[0:0:0:0:0:ffff:${high}:${low}]`,
    `[::${address}]`,
    `[64:ff9b::${address}]`,
    `[64:ff9b::${high}:${low}]`,
    `[64:ff9b:1::${high}:${low}]`,
    `[2002:${high}:${low}::1]`,
    `[2001:0:4136:e378:8000:63bf:${inverted}]`,
    `[::ffff:0:${high}:${low}]`,
  ];
}

const privateIPv4 = ["127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1", "172.16.0.1", "100.100.100.200"];
const otherLiterals = [
  "0.0.0.0",
  "0",
  "127.1",
  "127.0.1",
  "127.255.255.254",
  "10.255.255.255",
  "100.64.0.1",
  "100.127.255.254",
  "168.63.129.16",
  "169.254.170.2",
  "172.31.255.255",
  "192.0.0.170",
  "192.0.2.1",
  "192.31.196.1",
  "192.52.193.1",
  "192.88.99.1",
  "192.175.48.1",
  "198.18.0.1",
  "198.19.255.255",
  "198.51.100.1",
  "203.0.113.1",
  "224.0.0.1",
  "239.255.255.255",
  "240.0.0.1",
  "255.255.255.255",
  "[::]",
  "[::1]",
  "[0:0:0:0:0:0:0:1]",
  "[0000::0001]",
  "[fe80::1]",
  "[febf::1]",
  "[fec0::1]",
  "[fc00::1]",
  "[fd00:ec2::254]",
  "[fdff::1]",
  "[ff02::1]",
  "[ff0e::1]",
  "[100::1]",
  "[2001::1]",
  "[2001:2::1]",
  "[2001:10::1]",
  "[2001:20::1]",
  "[2001:db8::1]",
  "[2620:4f:8000::1]",
  "[3fff::1]",
  "[3ffe::1]",
  "[5f00::1]",
  "[4000::1]",
  "[fe80::1%25lo]",
];
const names = [
  "localhost",
  "LOCALHOST",
  "localhost.",
  "a.localhost",
  "metadata.google.internal",
  "printer.local",
  "x.localdomain",
  "ｌocalhost",
  "loca\u00adlhost",
];
const forms = [
  "http://example.com/",
  "http://1.1.1.1/",
  "ftp://example.com/",
  "file:///etc/passwd",
  "gopher://127.0.0.1:70/_x",
  "data:text/plain,x",
  "javascript:alert(1)",
  "dict://127.0.0.1:11211/",
  "ldap://127.0.0.1/",
  "blob:https://example.com/x",
  "about:blank",
  "ws://example.com/",
  "jar:https://example.com!/",
  "//127.0.0.1/",
  "/etc/passwd",
  "",
  " ",
  "https://",
  "https:///",
  "https://user@example.com/",
  "https://user:secret@example.com/",
  "https://example.com@127.0.0.1/",
  "https://127.0.0.1#@example.com/",
  "https://127.0.0.1\\@example.com/",
  "https://exa mple.com/",
  "https://example.com\t/",
  "\thttps://127.0.0.1/",
  "https://127.0.0.1\n.example.com/",
  "https://[::1/",
  "https://[::1]:99999/",
  "https://256.256.256.256/",
  "https://0x7f.1/",
  "https://example.com:0x50/",
  "https:\\\\127.0.0.1\\",
  "https:127.0.0.1",
  "https:/127.0.0.1",
  "HTTPS://127.0.0.1/",
  "hTTp://169.254.169.254/latest/meta-data/",
  "https://%31%32%37.0.0.1/",
  "https://①②⑦.⓪.⓪.①/",
];

const hostile = [
  ...privateIPv4.flatMap((address) => [...spellings(address), ...embedded(address)]).map((host) => `https://${host}/`),
  ...[...otherLiterals, ...names].flatMap((host) => [`https://${host}/`, `https://${host}:8443/a?b=c`]),
  ...forms,
];

describe("hostile addresses", () => {
  it("are many", () => expect(new Set(hostile).size).toBeGreaterThanOrEqual(200));

  it("lead nowhere, and no name in them is even looked up", async () => {
    const looked: string[] = [];
    const network = given({
      resolve: async (hostname) => {
        looked.push(hostname);
        return [{ address: "127.0.0.1", family: 4 }];
      },
    });
    for (const url of hostile) {
      const answer = await network.request({ method: "GET", url });
      expect(answer, url).toMatchObject({ kind: "failed", reason: "blocked", mayHaveLeft: false });
    }
    expect(looked).toEqual([]);
  });

  it.each([
    [["127.0.0.1"]],
    [["93.184.215.14", "10.0.0.1"]],
    [["2606:4700::1111", "::1"]],
    [["::ffff:10.0.0.1"]],
    [["169.254.169.254"]],
    [["64:ff9b::a00:1"]],
    [["fe80::1%eth0"]],
    [["not an address"]],
  ])("behind a public name are found when it is looked up: %j", async (addresses) => {
    const network = given({
      resolve: async () => addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    });
    const answer = await network.request({ method: "POST", url: "https://innocent.example/", body: "x" });
    expect(answer).toMatchObject({ kind: "failed", reason: "blocked", mayHaveLeft: false });
  });

  it("may be allowed by origin, and then only that origin", async () => {
    const origin = await server((_request, response) => response.end("hello"));
    const network = given({ allow: [origin] });
    expect(await network.request({ method: "GET", url: `${origin}/x` })).toMatchObject({
      kind: "answered",
      status: 200,
    });
    const { port } = new URL(origin);
    for (const other of [
      `https://127.0.0.1:${port}/`,
      `http://localhost:${port}/`,
      `http://127.0.0.1:${Number(port) + 1}/`,
      `http://127.0.0.2:${port}/`,
    ]) {
      expect(await network.request({ method: "GET", url: other }), other).toMatchObject({ reason: "blocked" });
    }
  });

  it.each(["1.1.1.1", "93.184.215.14", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450:4001::1"])(
    "are not the public ones: %s",
    (address) => expect(isPublicAddress(address)).toBe(true),
  );
});

describe("redirects", () => {
  it("are not followed unless asked for, never for a POST, and each is checked", async () => {
    const seen: IncomingMessage[] = [];
    const elsewhere = await server((request, response) => {
      seen.push(request);
      response.end("there");
    });
    const origin: string = await server((request, response) => {
      const to: Record<string, string> = {
        "/once": "/end",
        "/away": `${elsewhere}/`,
        "/inside": "http://10.0.0.1/",
        "/file": "file:///etc/passwd",
        "/loop": "/loop",
        "/broken": "http://[",
      };
      const location = to[request.url ?? ""];
      response.writeHead(location === undefined ? 200 : 302, location === undefined ? {} : { location }).end("body");
    });
    const network = given({ allow: [origin, elsewhere] });
    const go = (path: string, redirects: number, method: "GET" | "POST" = "GET") =>
      network.request({
        method,
        url: `${origin}${path}`,
        redirects,
        headers: { Authorization: "Bearer t", accept: "a/b" },
      });

    expect(await go("/once", 0)).toMatchObject({ status: 302 });
    expect(await go("/once", 1)).toMatchObject({ status: 200, url: `${origin}/end` });
    expect(await go("/once", 3, "POST")).toMatchObject({ status: 302 });
    expect(await go("/inside", 3)).toMatchObject({ reason: "blocked", mayHaveLeft: true });
    expect(await go("/file", 3)).toMatchObject({ reason: "blocked" });
    expect(await go("/broken", 3)).toMatchObject({ reason: "blocked" });
    expect(await go("/loop", 99)).toMatchObject({ reason: "blocked", detail: "More than 3 redirects." });
    expect(await go("/away", 3)).toMatchObject({ status: 200 });
    expect(seen[0]?.headers.authorization).toBeUndefined();
    expect(seen[0]?.headers.accept).toBe("a/b");
  });
});

describe("how far a request got", () => {
  it("redirected to where nobody answers: the first part did leave", async () => {
    const closed = await rawServer(() => {});
    await open.pop()?.close();
    const origin = await server((_request, response) => response.writeHead(302, { location: closed }).end());
    const network = given({ allow: [origin, closed] });
    const answer = await network.request({ method: "GET", url: origin, redirects: 1 });
    expect(answer).toMatchObject({ kind: "failed", reason: "connectionRefused", mayHaveLeft: true });
  });

  it("refused connection: nothing left", async () => {
    const origin = await rawServer(() => {});
    await open.pop()?.close();
    const answer = await given({ allow: [origin] }).request({ method: "POST", url: origin, body: "x" });
    expect(answer).toMatchObject({ kind: "failed", reason: "connectionRefused", mayHaveLeft: false });
  });

  it("unknown name: nothing left", async () => {
    const network = given({
      resolve: () => Promise.reject(Object.assign(new Error("no such name"), { code: "ENOTFOUND" })),
    });
    const answer = await network.request({ method: "POST", url: "https://nowhere.example/", body: "x" });
    expect(answer).toMatchObject({ kind: "failed", reason: "nameNotFound", mayHaveLeft: false });
  });

  it("TLS that is none: nothing left", async () => {
    const origin = (await rawServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"))).replace(
      "http:",
      "https:",
    );
    const answer = await given({ allow: [origin] }).request({ method: "POST", url: origin, body: "x" });
    expect(answer).toMatchObject({ kind: "failed", reason: "tlsFailed", mayHaveLeft: false });
  });

  it("called off before it began, or while it waited for a connection: nothing left", async () => {
    const bodies: string[] = [];
    const origin = await server((request, response) => {
      bodies.push(request.url ?? "");
      setTimeout(() => response.end("x"), 100);
    });
    const network = given({ allow: [origin], maxConnectionsPerOrigin: 1 });
    const early = await network.request({ method: "POST", url: `${origin}/early`, signal: AbortSignal.abort() });
    expect(early).toMatchObject({ reason: "aborted", mayHaveLeft: false });

    const first = network.request({ method: "POST", url: `${origin}/first` });
    const calledOff = new AbortController();
    const waiting = network.request({ method: "POST", url: `${origin}/waiting`, signal: calledOff.signal });
    calledOff.abort();
    expect(await waiting).toMatchObject({ reason: "aborted", mayHaveLeft: false });
    expect(await first).toMatchObject({ kind: "answered" });
    expect(await network.request({ method: "POST", url: `${origin}/last` })).toMatchObject({ kind: "answered" });
    expect(bodies).toEqual(["/first", "/last"]);
  });

  it("called off after it left, reset, silence: may have left", async () => {
    const reset = await rawServer((socket) => socket.once("data", () => socket.resetAndDestroy()));
    const silent = await rawServer(() => {});
    const half = await rawServer((socket) =>
      socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nhalf")),
    );
    const network = given({ allow: [reset, silent, half] });
    const post = (url: string, signal?: AbortSignal) =>
      network.request({ method: "POST", url, body: "x", timeoutMs: 300, ...(signal ? { signal } : {}) });
    expect(await post(reset)).toMatchObject({ reason: "connectionLost", mayHaveLeft: true });
    expect(await post(half)).toMatchObject({ reason: "connectionLost", mayHaveLeft: true });
    expect(await post(silent)).toMatchObject({ reason: "timedOut", mayHaveLeft: true });
    expect(await post(silent, AbortSignal.timeout(100))).toMatchObject({ reason: "aborted", mayHaveLeft: true });
  });
});

describe("what comes back", () => {
  it("is limited in size, whether announced or not", async () => {
    const origin = await server((request, response) => {
      if (request.url === "/announced") response.writeHead(200, { "content-length": "5000" });
      response.end("x".repeat(5000));
    });
    const network = given({ allow: [origin] });
    for (const path of ["/announced", "/chunked"]) {
      const answer = await network.request({ method: "GET", url: origin + path, maxResponseBytes: 4999 });
      expect(answer).toMatchObject({ kind: "failed", reason: "tooLarge" });
    }
    expect(await network.request({ method: "GET", url: origin, maxResponseBytes: 5000 })).toMatchObject({
      status: 200,
    });
  });

  it("has its headers in lower case and its body in bytes; a header that is none is not sent", async () => {
    const origin = await server((request, response) => {
      response.writeHead(201, { "X-Some": "a", "set-cookie": ["a=1", "b=2"] }).end(request.headers["user-agent"]);
    });
    const network = given({ allow: [origin] });
    const answer = await network.request({ method: "PUT", url: origin, body: "x" });
    expect(answer).toMatchObject({ status: 201, headers: { "x-some": "a", "set-cookie": "a=1, b=2" } });
    expect(answer.kind === "answered" && new TextDecoder().decode(answer.body)).toBe("loket");
    const injected = await network.request({ method: "GET", url: origin, headers: { "x-a": "b\r\nx-c: d" } });
    expect(injected).toMatchObject({ kind: "failed", reason: "other", mayHaveLeft: false });
  });

  it("is nothing once the road is closed", async () => {
    const origin = await server((_request, response) => response.end());
    const network = createSafeFetch({ allow: [origin] });
    await network.request({ method: "GET", url: origin });
    await network.close();
    expect(await network.request({ method: "GET", url: origin })).toMatchObject({
      reason: "aborted",
      mayHaveLeft: false,
    });
  });
});
