import type { Activity } from "./activities.ts";
import type { AssignedUser } from "./assigned-users.ts";
import type { Catalogue } from "./catalogue.ts";
import type { SignupCode } from "./embedded-signup.ts";
import type { MediaLinks } from "./media-links.ts";
import type { PreverifiedNumber } from "./preverified.ts";
import type { Schedule } from "./schedules.ts";
import type { SignupLink } from "./signup-links.ts";

/** What surrounds accounts and most of them never have. Plain data; a snapshot of an earlier version has less of it. */
export interface Records {
  /** By account, oldest first. */
  readonly activities: Map<string, Activity[]>;
  readonly schedules: Map<string, Schedule>;
  /** Links by which people subscribe, by id. */
  readonly signupLinks: Map<string, SignupLink>;
  /** Codes of the embedded sign-up, by themselves. */
  readonly signupCodes: Map<string, SignupCode>;
  /** Numbers a partner verified beforehand, by id. */
  readonly preverified: Map<string, PreverifiedNumber>;
  readonly mediaLinks: MediaLinks;
  /** By account. */
  readonly catalogues: Map<string, Catalogue>;
  readonly users: Map<string, AssignedUser[]>;
}

export const emptyRecords = (): Records => ({
  activities: new Map(),
  schedules: new Map(),
  signupLinks: new Map(),
  signupCodes: new Map(),
  preverified: new Map(),
  catalogues: new Map(),
  users: new Map(),
  mediaLinks: { mode: "trust", cache: new Map(), waiting: new Map() },
});
