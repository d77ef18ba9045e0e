/**
 * Everything that can be put on record. The list is closed: a new kind of entry is a decision, written here with what
 * it tells. Verifiers do not know the list, so that an old verifier reads a younger log.
 */
export const entryTypes = {
  "wording.published": "A text people agree to: language, full text by hash, page and its version.",
  "consent.requested": "A person was asked, with which wording and where.",
  "consent.granted": "A person agreed.",
  "consent.confirmed": "A person agreed a second time, to the message sent for that purpose.",
  "consent.withdrawn": "A person took agreement back.",
  "consent.imported": "Agreement taken over from elsewhere: hash of the file, and which member vouches for it.",
  "preference.changed": "A person asked the platform or us for more or less of a kind of message.",
  "suppression.added": "An address is no longer written to, for which purpose and why.",
  "suppression.lifted": "An address may be written to again, and on what ground.",
  "identity.linked": "An address was found to belong to a subject.",
  "identity.merged": "Two subjects were found to be one; the chain of the other ends here.",
  "identity.split": "A subject was found to be two; the chain of the other begins here.",
  "ruleset.published": "A terms book came into force: version and hash of its rules.",
  "decision.allow": "A verdict: send it.",
  "decision.change": "A verdict: send it changed.",
  "decision.hold": "A verdict: not yet.",
  "decision.refuse": "A verdict: do not send it.",
  "attempt.intent": "A message is about to be handed to the platform.",
  "attempt.accepted": "The platform took it, under this id.",
  "attempt.refused": "The platform refused it, with this reason.",
  "attempt.uncertain": "The line broke after we spoke; nobody knows whether it was taken.",
  "attempt.resolved": "What became of an uncertain attempt, and how we know.",
  "status.received": "The platform told what became of a message; with the raw body.",
  "campaign.started": "One message to many was let go: template, how many people, who approved it.",
  "campaign.stopped": "It was paused or cancelled: by whom, or by which brake and why.",
  "campaign.resumed": "It was let go on.",
  "campaign.ended": "It is through: what became of how many.",
  "override.requested": "A member asked to send against a verdict.",
  "override.decided": "A second member said whether that may be.",
  "override.used": "A second member agreed, and it was sent.",
  "erasure.executed": "Contents of entries were destroyed on request; their commitments stay.",
  "restriction.set": "Data may be kept and not used.",
  "restriction.lifted": "Data may be used again.",
  "template.changed": "A template was submitted, approved, recategorised, paused, disabled or changed in quality.",
  "account.changed": "The account was warned, restricted, released, or its limits or quality changed.",
  "sender.connected": "A number, bot, mailbox or site was connected, over which transport.",
  "sender.disconnected": "It was disconnected.",
  "agreement.recorded": "A contract or the terms of a platform or partner were accepted: which version, when, by whom.",
  "configuration.changed": "A setting others may ask about was changed: retention, scope of a bot, responsible people.",
  "claims.checked": "Our public pages were searched for claims we may not make, with what was found.",
  "correction.noted": "A mistake of ours found by ourselves: since when, who was affected, what changed.",
  "demand.received": "Somebody demanded information, erasure or that we stop, with the deadline.",
  "demand.answered": "What was answered, with the hash of the answer.",
  "export.issued": "An evidence pack was made: for what purpose, by whom, hash of its manifest.",
  "key.rotated": "The log is signed with another key from here on.",
  "signer.refused": "The signer did not sign: the log is not the one it signed before.",
  "map.root": "Root of the map from subjects to the heads of their chains.",
  "clock.anomaly": "The clock jumped; times before and after do not compare.",
  "retention.pruned": "Contents of entries were destroyed because their time was over.",
} as const;

export type EntryType = keyof typeof entryTypes;

/** How well an agreement is evidenced. Which class a message needs is for the policy to say. */
export const evidenceClasses = {
  A: "The person wrote to us on the same channel, and the platform's webhook was verified.",
  B: "Confirmed twice, the second time over another channel (double opt-in).",
  C: "Given once, with a record of the page on which it was given.",
  D: "Taken over from elsewhere; a named member vouches for it.",
} as const;

export type EvidenceClass = keyof typeof evidenceClasses;
