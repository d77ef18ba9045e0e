import { type Instant, type Random, toIso } from "@loket/kit";
import { concat, fromBase64url, sha256, toBase64url, utf8 } from "./bytes.ts";
import { canonical, type JsonObject } from "./canonical.ts";
import { type EntryType, entryTypes, evidenceClasses } from "./entry-types.ts";
import { hashLeaf } from "./tree.ts";

/**
 * What the log holds of an entry. No personal data: who and what stay in the body, of which the log knows only a salted
 * commitment that says nothing once body and salt are gone.
 */
export type Leaf = {
  readonly v: 1;
  readonly type: EntryType;
  /** RFC 3339 in UTC with milliseconds, by the operator's clock. */
  readonly at: string;
  /** Origin of the log, so that an entry cannot be shown as one of another organisation. */
  readonly log: string;
  /** base64url of 16 random bytes that stand for a person; `null` where the entry is about nobody. */
  readonly subject: string | null;
  /** base64url of the leaf hash of the same subject's previous entry; `null` at the first, or without a subject. */
  readonly previous: string | null;
  /** base64url of the 32 bytes of `commitBody`. */
  readonly commitment: string;
  /** base64url of the leaf hashes of entries this one rests on: the rule set, the wording, the intent. */
  readonly refs: readonly string[];
};

export interface EntryDraft {
  readonly type: EntryType;
  readonly at: Instant;
  readonly log: string;
  readonly subject: string | null;
  readonly previous: Uint8Array | null;
  readonly refs?: readonly Uint8Array[];
  /** consent.granted, consent.confirmed and consent.imported name their evidence class: `{ evidence: "A", … }`. */
  readonly body: JsonObject;
}

export interface Entry {
  readonly leaf: Leaf;
  /** What goes into the tree, and into `previous` and `refs` of later entries. */
  readonly leafHash: Uint8Array;
  /** 32 bytes, as secret as the body and erased with it. */
  readonly salt: Uint8Array;
  readonly body: JsonObject;
}

const bodyDomain = utf8("loket:evidence:body:v1");
const needEvidence: readonly EntryType[] = ["consent.granted", "consent.confirmed", "consent.imported"];
/** A URL without its scheme. Nothing in it separates fields of a signed note or needs an escape in JSON. */
const originShape = /^[\w.~:/@-]{1,200}$/;
const mostRefs = 64;

/** Whether a text may name a log: 1 to 200 ASCII letters, digits and `. _ ~ : / @ -`. */
export function isOrigin(text: string): boolean {
  return originShape.test(text);
}

/** A handle for a person: 128 random bits, derived from nothing. */
export function newSubject(random: Pick<Random, "fill">): string {
  return toBase64url(random.fill(new Uint8Array(16)));
}

/** SHA-256("loket:evidence:body:v1" ‖ salt ‖ JCS(body)). The salt is 32 bytes, new for every entry. */
export function commitBody(salt: Uint8Array, body: JsonObject): Uint8Array {
  if (salt.length !== 32) throw new RangeError(`A salt has 32 bytes, this one ${salt.length}.`);
  // Written as it will stand in its line of a pack, so that nothing is committed to that is nested too deep to be packed.
  const text = canonical({ body }).slice('{"body":'.length, -1);
  return sha256(concat(bodyDomain, salt, utf8(text)));
}

/** Leaf hash by RFC 6962 §2.1: SHA-256(0x00 ‖ JCS(leaf)). */
export function hashOfLeaf(leaf: Leaf): Uint8Array {
  return hashLeaf(utf8(canonical(leaf)));
}

/**
 * Makes an entry ready to be stored and appended. Throws a `TypeError` for a draft that would put something on record
 * that no verifier accepts; that is a bug of the caller, not an outcome.
 */
export function makeEntry(draft: EntryDraft, random: Pick<Random, "fill">): Entry {
  if (!Object.hasOwn(entryTypes, draft.type)) throw new TypeError(`There is no entry type ${draft.type}.`);
  if (!isOrigin(draft.log)) throw new TypeError(`"${draft.log}" cannot name a log.`);
  if (draft.subject !== null && fromBase64url(draft.subject, 16) === null) {
    throw new TypeError("A subject is 16 random bytes in base64url; make it with newSubject.");
  }
  if (draft.subject === null && draft.previous !== null) {
    throw new TypeError("An entry without a subject follows on no other.");
  }
  const refs = draft.refs ?? [];
  if (refs.length > mostRefs) throw new TypeError(`An entry refers to at most ${mostRefs} others.`);
  for (const hash of draft.previous === null ? refs : [...refs, draft.previous]) {
    if (hash.length !== 32) throw new TypeError("A leaf hash has 32 bytes.");
  }
  if (needEvidence.includes(draft.type)) {
    const given = draft.body.evidence;
    if (typeof given !== "string" || !Object.hasOwn(evidenceClasses, given)) {
      throw new TypeError(`${draft.type} names its evidence class: evidence is one of A, B, C, D.`);
    }
  }
  const salt = random.fill(new Uint8Array(32));
  const leaf: Leaf = {
    v: 1,
    type: draft.type,
    at: toIso(draft.at),
    log: draft.log,
    subject: draft.subject,
    previous: draft.previous === null ? null : toBase64url(draft.previous),
    commitment: toBase64url(commitBody(salt, draft.body)),
    refs: refs.map(toBase64url),
  };
  return { leaf, leafHash: hashOfLeaf(leaf), salt, body: draft.body };
}
