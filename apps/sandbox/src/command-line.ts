import { parseArgs } from "node:util";
import { parseInstant } from "@loket/kit";

/** What the program was asked to do: by its arguments, and where they are silent by the environment. */
export type Command =
  | { readonly do: "serve"; readonly settings: Settings }
  | { readonly do: "crowd"; readonly url: string; readonly crowd: Record<string, unknown> }
  | { readonly do: "say"; readonly text: string; readonly code: 0 | 2 };

export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly seed: number;
  readonly logLimit: number;
  readonly state: string | null;
  readonly callbackUrl: string | null;
  readonly verifyToken: string | null;
  readonly rulesAsOf: string | null;
  readonly mediaLinks: "trust" | "fetch" | null;
}

export const help = `The sandbox: WhatsApp's Business Platform on your own machine.

  sandbox [options]                  starts it
  sandbox crowd --size n [options]   loads a crowd of simulated people into a sandbox that runs

Options of the sandbox, and the variables that stand in for them:
  --port n              port, 0 for any free one (SANDBOX_PORT; 4401)
  --host address        address to listen on (LOKET_HOST; 127.0.0.1)
  --seed n              ids, tokens and chance follow from it (SANDBOX_SEED; 1)
  --state file          goes on from this file and keeps it (SANDBOX_STATE)
  --callback-url url    where your software listens, without a handshake (SANDBOX_CALLBACK_URL)
  --verify-token text   what the handshake asks for (SANDBOX_VERIFY_TOKEN)
  --rules-as-of day     the rules of that day, such as 2024-06-01 (SANDBOX_RULES_AS_OF)
  --media-links how     trust judges links in messages by their names, fetch downloads them (SANDBOX_MEDIA_LINKS; trust)
  --log-limit n         log entries kept (SANDBOX_LOG_LIMIT; 5000)

Options of the crowd:
  --size n              1 to 1000000 people
  --profile name        news, shop, strangers or eager (news)
  --prefix digits       what their numbers begin with, such as +3197
  --seed n              who they are and what they do follows from it (that of the sandbox)
  --url url             the sandbox (http://127.0.0.1:4401)

  --help, --version
`;

const serveOptions = {
  port: { type: "string" },
  host: { type: "string" },
  seed: { type: "string" },
  state: { type: "string" },
  "callback-url": { type: "string" },
  "verify-token": { type: "string" },
  "rules-as-of": { type: "string" },
  "log-limit": { type: "string" },
  "media-links": { type: "string" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
} as const;

const crowdOptions = {
  size: { type: "string" },
  profile: { type: "string" },
  prefix: { type: "string" },
  seed: { type: "string" },
  url: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** Reads the arguments after the program's name. Mistakes come back as something to say, with the code to end with. */
export function readCommandLine(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  version: string,
): Command {
  try {
    return args[0] === "crowd" ? readCrowd(args.slice(1)) : readServe(args, env, version);
  } catch (error) {
    return { do: "say", text: `${error instanceof Error ? error.message : error}\nSee --help.`, code: 2 };
  }
}

function readServe(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  version: string,
): Command {
  const { values } = parseArgs({ args: [...args], options: serveOptions });
  if (values.help) return { do: "say", text: help, code: 0 };
  if (values.version) return { do: "say", text: version, code: 0 };
  return {
    do: "serve",
    settings: {
      port: wholeNumber("--port", values.port ?? env.SANDBOX_PORT, 4_401, 65_535),
      host: values.host || env.LOKET_HOST || "127.0.0.1",
      seed: wholeNumber("--seed", values.seed ?? env.SANDBOX_SEED, 1),
      logLimit: wholeNumber("--log-limit", values["log-limit"] ?? env.SANDBOX_LOG_LIMIT, 5_000),
      state: values.state || env.SANDBOX_STATE || null,
      callbackUrl: webUrl("--callback-url", values["callback-url"] || env.SANDBOX_CALLBACK_URL),
      verifyToken: values["verify-token"] || env.SANDBOX_VERIFY_TOKEN || null,
      mediaLinks: linksMode(values["media-links"] || env.SANDBOX_MEDIA_LINKS),
      rulesAsOf: day("--rules-as-of", values["rules-as-of"] || env.SANDBOX_RULES_AS_OF),
    },
  };
}

function readCrowd(args: readonly string[]): Command {
  const { values } = parseArgs({ args: [...args], options: crowdOptions });
  if (values.help) return { do: "say", text: help, code: 0 };
  if (!values.size) throw new TypeError("crowd needs --size, such as --size 100000.");
  return {
    do: "crowd",
    url: (values.url ?? "http://127.0.0.1:4401").replace(/\/$/, ""),
    crowd: {
      size: wholeNumber("--size", values.size, 0),
      profile: values.profile ?? "news",
      ...(values.prefix === undefined ? {} : { prefix: values.prefix }),
      ...(values.seed === undefined ? {} : { seed: wholeNumber("--seed", values.seed, 1) }),
    },
  };
}

function linksMode(text: string | undefined): Settings["mediaLinks"] {
  if (text === undefined || text === "") return null;
  if (text === "trust" || text === "fetch") return text;
  throw new TypeError("--media-links must be trust or fetch.");
}

function webUrl(name: string, text: string | undefined): string | null {
  if (!text) return null;
  if (!/^https?:$/.test(URL.parse(text)?.protocol ?? "")) throw new TypeError(`${name} must be an http(s) URL.`);
  return text;
}

function day(name: string, text: string | undefined): string | null {
  if (!text) return null;
  if (parseInstant(text.length === 10 ? `${text}T00:00:00Z` : text) === null)
    throw new TypeError(`${name} must be a day, such as 2024-06-01.`);
  return text;
}

/** Why the sandbox did not start, for whoever can do something about it; `null` for what only its makers can. */
export function whyNotStarted(error: unknown, { port, host, state }: Settings): string | null {
  if (!(error instanceof Error)) return null;
  const code = "code" in error ? error.code : null;
  if (code === "EADDRINUSE") return `Port ${port} is taken. Choose another with --port, or 0 for any free one.`;
  if (code === "EACCES" && "port" in error) return `Port ${port} may not be listened on. Choose another with --port.`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") return `${host} is no address of this machine (--host).`;
  if (state !== null && (error instanceof SyntaxError || error instanceof TypeError || code !== null))
    return `${state} can not be gone on from: ${error.message}`;
  return null;
}

function wholeNumber(
  name: string,
  text: string | undefined,
  otherwise: number,
  atMost = Number.MAX_SAFE_INTEGER,
): number {
  if (text === undefined || text === "") return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > atMost)
    throw new TypeError(
      `${name} must be a whole number${atMost === Number.MAX_SAFE_INTEGER ? "" : ` up to ${atMost}`}.`,
    );
  return value;
}
