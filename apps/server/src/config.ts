import { homedir } from "node:os";
import { join } from "node:path";

/** What the environment decides. Read once, at the start. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly sandboxPort: number;
  /** A sandbox that runs elsewhere; unset, one is started beside Loket. */
  readonly sandboxUrl: string | null;
  /** False: no sandbox at all, and no other clock than the machine's. For an installation that serves real customers. */
  readonly sandbox: boolean;
  /** Where the platform reaches us; webhooks are registered under it. */
  readonly publicUrl: string;
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  /** What the place Loket runs at is called, where its directory cannot tell: in containers that are made anew each time. */
  readonly place: string | null;
  /** Where the signer of the evidence ledger keeps its keys and what it signed. */
  readonly signerDir: string;
  readonly apiToken: string | null;
  readonly demo: boolean;
  readonly role: "all" | "web" | "worker";
  /** The mail server letters leave by (`smtp://…`), and in whose name. */
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** A time stamp service by RFC 3161 that stamps checkpoints of the evidence ledger. */
  readonly timestampUrl: string | null;
  /** Another edition of the terms book (a module with `decide` and `bookVersion`), which watches and decides nothing. */
  readonly shadowBook: string | null;
  readonly mediaBucket: { readonly bucket: string; readonly endpoint: string | null; readonly region: string } | null;
}

export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

export function readConfig(env: NodeJS.ProcessEnv, repositoryDir: string): Config {
  const host = env.LOKET_HOST || "127.0.0.1";
  const port = readPort(env.LOKET_PORT, 4400, "LOKET_PORT");
  const role = env.LOKET_ROLE || "all";
  if (role !== "all" && role !== "web" && role !== "worker")
    throw new ConfigError(`LOKET_ROLE is ${role}; it can be all, web or worker.`);
  const dataDir = env.LOKET_DATA_DIR || join(repositoryDir, ".loket");
  return {
    host,
    port,
    sandboxPort: readPort(env.SANDBOX_PORT, 4401, "SANDBOX_PORT"),
    sandboxUrl: env.LOKET_SANDBOX_URL || null,
    sandbox: env.LOKET_SANDBOX !== "0",
    publicUrl: (env.LOKET_PUBLIC_URL || `http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${port}`).replace(
      /\/+$/,
      "",
    ),
    databaseUrl: env.DATABASE_URL || null,
    dataDir: atHome(dataDir),
    place: env.LOKET_PLACE || null,
    signerDir: atHome(env.LOKET_SIGNER_DIR || join(dataDir, "signer")),
    apiToken: env.LOKET_API_TOKEN || null,
    demo: env.LOKET_DEMO !== "0",
    role,
    smtpUrl: readUrl(env.LOKET_SMTP_URL, ["smtp:", "smtps:"], "LOKET_SMTP_URL"),
    mailFrom: env.LOKET_MAIL_FROM || "Loket <loket@localhost>",
    timestampUrl: readUrl(env.LOKET_TSA_URL, ["https:", "http:"], "LOKET_TSA_URL"),
    shadowBook: env.LOKET_SHADOW_BOOK || null,
    mediaBucket: env.LOKET_MEDIA_BUCKET
      ? {
          bucket: env.LOKET_MEDIA_BUCKET,
          endpoint: env.LOKET_MEDIA_ENDPOINT || null,
          region: env.LOKET_MEDIA_REGION || "auto",
        }
      : null,
  };
}

function readUrl(text: string | undefined, schemes: readonly string[], name: string): string | null {
  if (!text) return null;
  if (!URL.canParse(text) || !schemes.includes(new URL(text).protocol))
    throw new ConfigError(`${name} is not an address that begins with ${schemes.join("// or ")}//.`);
  return text;
}

function atHome(path: string): string {
  return path.startsWith("~/") ? join(homedir(), path.slice(2)) : path;
}

function readPort(text: string | undefined, fallback: number, name: string): number {
  if (!text) return fallback;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new ConfigError(`${name} is ${text}; it must be a port number.`);
  return port;
}
