/**
 * Where Meta's own description (v23.0, of 2025) is at odds with the platform, with the evidence. `answers`: what the sandbox answers
 * is right and the description is not. Everything else the description says is held against the sandbox.
 */
export interface Slip {
  /** Method and path of the operation, as in the description. */
  readonly operation: string;
  /** Where in the answer, as a JSON pointer; `*` for any position in a list. Whole answer: "". */
  readonly at: string;
  readonly evidence: string;
}

export const slips: readonly Slip[] = [
  {
    operation: "GET /{Version}/{Phone-Number-ID}/call_permissions",
    at: "/permission/status",
    evidence: 'The page "Get call permission state" has no_permission, temporary and permanent.',
  },
  {
    operation: "POST /{Version}/{Phone-Number-ID}/calls",
    at: "",
    evidence: "Both answers it offers have no required member, so that each fits either and `oneOf` can not hold.",
  },
  {
    operation: "GET /{Version}/{Phone-Number-ID}/message_qrdls/{QR-Code-ID}",
    at: "/code",
    evidence: 'The page "QR codes and short links" answers `{ data: [ … ] }` for one code too.',
  },
  {
    operation: "GET /{Version}/{Phone-Number-ID}/message_qrdls/{QR-Code-ID}",
    at: "/prefilled_message",
    evidence: "As above.",
  },
  {
    operation: "GET /{Version}/{Phone-Number-ID}/message_qrdls/{QR-Code-ID}",
    at: "/deep_link_url",
    evidence: "As above.",
  },
  {
    operation: "GET /{Version}/{Phone-Number-ID}/settings",
    at: "/calling/status",
    evidence: 'The page "Calling API settings" writes ENABLED and DISABLED.',
  },
  {
    operation: "GET /{Version}/{Phone-Number-ID}/settings",
    at: "/calling/call_icon_visibility",
    evidence: "As above: DEFAULT and DISABLE_ALL.",
  },
  {
    operation: "GET /{Version}/{Phone-Number-ID}/settings",
    at: "/calling/callback_permission_status",
    evidence: "As above.",
  },
  {
    operation: "GET /{Version}/{Phone-Number-ID}/settings",
    at: "/storage_configuration/status",
    evidence: 'The page "Local storage" writes DEFAULT and IN_COUNTRY_STORAGE_ENABLED.',
  },
  {
    operation: "DELETE /{Version}/{group_id}/invite_link",
    at: "/success",
    evidence: 'A string here; a boolean on every other edge and on the page "Group management".',
  },
  {
    operation: "GET /{Version}/{Media-ID}",
    at: "/file_size",
    evidence: "A string here; pages show it both ways, and clients in use read a number.",
  },
  {
    operation: "GET /{Version}/{WABA-ID}/phone_numbers",
    at: "/data/*/status",
    evidence: "Required here; not among the default fields of the list.",
  },
];

/** Operations described that the platform's own pages do not have, or describe as done otherwise. */
export const notOffered: Readonly<Record<string, string>> = {
  "POST /{Version}/{group_id}/participants": "people join by invite link only (Groups API, participants)",
  "POST /{Version}/{Phone-Number-ID}/official_business_account":
    "decided on the control face; the request here differs from the page of the endpoint",
};
