import type { SafeFetch } from "@loket/channels";
import type { MediaStore } from "@loket/conversations";
import type { Database, DatabaseAddress } from "@loket/database";
import type { Edition } from "@loket/delivery";
import type { Clock, Ids, Keys, Random } from "@loket/kit";
import type { Vault } from "@loket/organisations";
import type { Logger } from "pino";
import type { Auth } from "./auth.ts";
import type { Mail } from "./mail.ts";

/** Everything the server touches outside itself, made once at the start and passed to whatever needs it. */
export interface Ports {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly random: Random;
  readonly address: DatabaseAddress;
  readonly app: Database;
  readonly worker: Database;
  readonly auth: Auth;
  readonly vault: Vault;
  /** Keys made from the installation's secret, per purpose and organisation. */
  readonly keys: Keys;
  readonly network: SafeFetch;
  readonly store: MediaStore;
  readonly publicUrl: string;
  readonly log: Logger;
  /** Letters to members; `null` where no mail server is configured. */
  readonly mail: Mail | null;
  /** A time stamp service (RFC 3161) that stamps checkpoints; `null` for none. */
  readonly timestampUrl: string | null;
  /** Another edition of the terms book, which watches what goes out and decides nothing. */
  readonly shadowEdition: Edition | null;
}
