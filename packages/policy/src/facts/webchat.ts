import type { Instant } from "@loket/kit";
import { amount, flag, instantText, known, listOf, object, oneOf, orNone } from "../reading.ts";

/** What is known about a visitor, the visit, and the widget on the page. */
export interface WebchatFacts {
  /** The person saw a line with a link to who processes what, why and how long, before saying anything personal. */
  readonly noticeShown?: boolean;
  /** What the widget keeps on the device. `session`: only what the opened chat needs. */
  readonly deviceStorage?: readonly ("session" | "analytics" | "marketing")[];
  readonly storageConsent?: boolean;
  readonly pageOpen?: boolean;
  /** The person's latest sign of life on the page. `null`: none. A message is said by `lastInboundAt`. */
  readonly lastActivityAt?: Instant | null;
  /** By which ways the person wants the answer to this question after leaving. */
  readonly followUpBy?: readonly ("email" | "push" | "messenger")[];
  /** The e-mail address was given to receive a chat or its answer, and for nothing else. */
  readonly addressForTranscript?: boolean;
  /** The browser's leave to notify. `null`: not given, or withdrawn. */
  readonly pushPermission?: PushPermission | null;
  /** The widget always shows how to reach a person or leave a message. */
  readonly contactShown?: boolean;
  /** People are there to answer at this moment. */
  readonly staffed?: boolean;
  readonly authenticated?: boolean;
  /** The stored transcript that is to be used. `null`: none. */
  readonly transcript?: Transcript | null;
  /** How long this organisation keeps transcripts. `null`: as is usual, 24 months and 6 for nameless ones. */
  readonly keepTranscriptsMonths?: number | null;
  /** Works by keyboard and with a screen reader. */
  readonly accessible?: boolean;
}

export interface PushPermission {
  /** Asked for after a click of the person's own, not when the page loaded. */
  readonly askedAfterAction?: boolean;
}

export interface Transcript {
  readonly endedAt: Instant;
  readonly anonymous?: boolean;
}

/** What a message in a web chat does. */
export interface WebchatMessage {
  /** A bubble that opens by itself to offer help. */
  readonly invite?: WebchatInvite;
  /** Says that a person answers now. */
  readonly promisesPersonNow?: boolean;
  /** Tells something from the person's account. */
  readonly showsAccountData?: boolean;
}

export interface WebchatInvite {
  /** How often it was shown in this visit already. */
  readonly shownBefore?: number;
  /** The person closed it in this session. */
  readonly closedBefore?: boolean;
  readonly coversContent?: boolean;
}

export const readWebchatFacts = object<WebchatFacts>({
  noticeShown: flag,
  deviceStorage: listOf(oneOf(["session", "analytics", "marketing"])),
  storageConsent: flag,
  pageOpen: flag,
  lastActivityAt: orNone(instantText),
  followUpBy: listOf(oneOf(["email", "push", "messenger"])),
  addressForTranscript: flag,
  pushPermission: orNone(object<PushPermission>({ askedAfterAction: flag })),
  contactShown: flag,
  staffed: flag,
  authenticated: flag,
  transcript: orNone(object<Transcript>({ endedAt: instantText, anonymous: flag }, { required: ["endedAt"] })),
  keepTranscriptsMonths: orNone(amount),
  accessible: flag,
});

export const readWebchatMessage = object<WebchatMessage>({
  invite: known(object<WebchatInvite>({ shownBefore: amount, closedBefore: flag, coversContent: flag })),
  promisesPersonNow: flag,
  showsAccountData: flag,
});
