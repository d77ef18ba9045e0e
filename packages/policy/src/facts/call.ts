import { flag, object } from "../reading.ts";

/** How a call is made, by telephone or in a channel's app. */
export interface CallMessage {
  /** The person does not see the caller's number. Absent: the author says that they do. */
  readonly numberWithheld?: boolean;
  /** An artificial or recorded voice speaks. Absent: the author says that a person does. */
  readonly recordedVoice?: boolean;
}

export const readCallMessage = object<CallMessage>({ numberWithheld: flag, recordedVoice: flag });
