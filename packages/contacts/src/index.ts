export { type Agreement, standingConsents, standingNow } from "./agreement.ts";
export { contactsCalled, patternsOf } from "./called.ts";
export { awaitClarification, clarify } from "./clarification.ts";
export {
  type ConsentChange,
  type ContactPorts,
  liftSuppressions,
  noteConfirmation,
  type Purpose,
  purposes,
  putHistoryOnRecord,
  recordConsent,
  type SuppressionChange,
  suppress,
} from "./consent.ts";
export {
  type Address,
  agreements,
  type ConsentEntry,
  type Contact,
  changeContact,
  createContact,
  listContacts,
  readContact,
  readContacts,
  type SuppressionEntry,
} from "./contact.ts";
export { type Erasure, latestErasure, requestErasure } from "./erasure.ts";
export { finishErasure, forgetPerson, holdWholePerson, type WholePerson } from "./forget.ts";
export { type Identified, identify, moveIdentity, type PlatformIdentity } from "./identify.ts";
export { phoneVariants, readPhone, regionOfPhone } from "./phone.ts";
export {
  currentWordings,
  listWordings,
  type NewWording,
  publishWording,
  readWording,
  type Wording,
} from "./wordings.ts";
