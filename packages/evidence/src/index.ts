// What goes on record
export { canonical, type Json, type JsonObject, parseCanonical } from "./canonical.ts";
export { type Checkpoint, parseCheckpoint, type TreeHead } from "./checkpoint.ts";
export { type Entry, type EntryDraft, hashOfLeaf, type Leaf, makeEntry, newSubject } from "./entry.ts";
export { type EntryType, type EvidenceClass, entryTypes, evidenceClasses } from "./entry-types.ts";
// Packs
export { makePack, type Pack, type PackEntry, type PackInput, type PackPorts } from "./pack.ts";
export { verifierPage } from "./page.ts";
// Bodies at rest
export { newKey, openBody, type SealedBody, sealBody, unwrapKey, wrapKey } from "./sealed.ts";
export type { ReadTile, Tile, TreeState } from "./tiles.ts";
// The log
export { append, consistencyProof, emptyTree, inclusionProof, loadTree, rootOf } from "./tiles.ts";
