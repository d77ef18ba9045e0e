import { flag, object, oneOf } from "../reading.ts";

export const listSources = ["own-records", "channel-followers", "harvested"] as const;
export type ListSource = (typeof listSources)[number];

/** A list that is to be taken in, or that a contact came from. */
export interface ImportedList {
  /** Each row comes with the evidence of its consent. */
  readonly evidenceAttached?: boolean;
  /** `harvested`: read off groups, profiles or maps. `channel-followers`: people who follow a public channel. */
  readonly source?: ListSource;
}

export const readImportedList = object<ImportedList>({ evidenceAttached: flag, source: oneOf(listSources) });
