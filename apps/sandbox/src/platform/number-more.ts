import type { Instant } from "@loket/kit";
import type { Routing } from "./routing.ts";
import type { Body, BusinessNumber } from "./state.ts";

/** What only some numbers have or ever need; a number that was always there begins verified, named and registered. */
export interface NumberMore {
  nameStatus: "APPROVED" | "PENDING_REVIEW" | "DECLINED";
  /** A display name under review; `null` when there is none. */
  newName: string | null;
  codeStatus: "VERIFIED" | "NOT_VERIFIED";
  /** The six digits last sent by SMS or voice; the control face tells them. */
  code: string | null;
  /** When a code was asked for, and when the number was registered or deregistered: limits count them over 72 hours. */
  codeRequests: Instant[];
  registrations: Instant[];
  wrongPins: Instant[];
  username: string | null;
  usernameStatus: "approved" | "reserved" | "none";
  prompts: string[];
  commands: Body[];
  /** Official business account; only these may have groups. */
  official: boolean;
  /** Of a test number: the only people it may write to. `null` for everybody. */
  allowedRecipients: string[] | null;
  /** On a phone with the WhatsApp Business app as well (coexistence): since when, and what was synchronized. */
  businessApp: {
    since: Instant;
    /** When the business last used it. */
    openedAt?: Instant;
    sharesHistory: boolean;
    synced: string[];
    /** Contacts put in the phone's address book by name, or taken out of it (`null`). */
    contacts?: Record<string, string | null>;
  } | null;
  /** Who else answers on this number; `null` or left out where one app alone does. */
  routing?: Routing | null;
  settings: Body;
  encryptionKey: string | null;
  commerce: { cart: boolean; catalog: boolean };
  compliance: Body | null;
  onboardedAt: Instant;
  /** The number of another account it takes the place of once it is registered; see number-migration.ts. */
  migratesFrom?: string;
}

const marchFirst = Date.UTC(2026, 2, 1, 9) as Instant;

/** The extra facts of a number, made when first needed. */
export function moreOf(number: BusinessNumber): NumberMore {
  number.more ??= {
    nameStatus: "APPROVED",
    newName: null,
    codeStatus: "VERIFIED",
    code: null,
    codeRequests: [],
    registrations: [],
    wrongPins: [],
    username: null,
    usernameStatus: "none",
    prompts: [],
    commands: [],
    official: false,
    allowedRecipients: null,
    businessApp: null,
    settings: {},
    encryptionKey: null,
    commerce: { cart: true, catalog: false },
    compliance: null,
    onboardedAt: marchFirst,
  };
  return number.more;
}
