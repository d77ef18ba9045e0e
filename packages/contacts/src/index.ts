export {
  awaitClarification,
  type ConsentChange,
  type ContactPorts,
  clarify,
  liftSuppressions,
  purposes,
  putHistoryOnRecord,
  recordConsent,
  type SuppressionChange,
  suppress,
} from "./consent.ts";
export {
  type Address,
  agreements,
  type Contact,
  changeContact,
  createContact,
  listContacts,
  readContact,
  readContacts,
} from "./contact.ts";
export { type Identified, identify, moveIdentity, type PlatformIdentity } from "./identify.ts";
export { phoneVariants, readPhone, regionOfPhone } from "./phone.ts";
