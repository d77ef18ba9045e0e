/**
 * Conversations: what was said and who cares for it.
 *
 *   arrive    receive, editMessage, deleteMessage, react, echo, followIdentity, changePreference
 *   answer    reply, startConversation, askConsent, confirmOptOut, recordProgress
 *   care      claim, assign, close, reopen, snooze, wake, markRead, labels, notes
 *   look      conversations, timeline, messages
 *   forget    filesOf, forgetConversations
 *   files     MediaStore, addMedia, markMedia, offered, notOffered
 *   templates listTemplates, storeTemplates, followTemplate
 */
export {
  type ActOutcome,
  addNote,
  assign,
  claim,
  close,
  createLabel,
  type Label,
  listLabels,
  markRead,
  markUnread,
  type Note,
  reopen,
  setLabels,
  snooze,
  wake,
} from "./acts.ts";
export { type AskOutcome, askConsent, askingText } from "./ask-consent.ts";
export { confirmOptOut } from "./confirm-opt-out.ts";
export {
  type Actor,
  type Conversation,
  type ConversationFilter,
  type ConversationState,
  countConversations,
  listConversations,
  type Ports,
  readConversation,
  readConversations,
  recordActivity,
} from "./conversation.ts";
export { type ForgottenConversations, filesOf, forgetConversations } from "./forget.ts";
export {
  addMedia,
  inboxOfMedia,
  type MediaRow,
  type MediaStore,
  markMedia,
  notOffered,
  offered,
  readMedia,
} from "./media.ts";
export {
  failureInWords,
  type Locale,
  type Message,
  type OutboundStatus,
  readMessage,
  readMessages,
  statusOrder,
  strongerStatus,
} from "./message.ts";
export { recordProgress } from "./progress.ts";
export {
  changePreference,
  deleteMessage,
  echo,
  editMessage,
  followIdentity,
  type Inlet,
  react,
  receive,
} from "./receive.ts";
export { type Reply, type ReplyOutcome, reply, startConversation } from "./reply.ts";
export {
  followTemplate,
  listTemplates,
  type PlatformTemplate,
  type StoredTemplate,
  storeTemplates,
} from "./templates.ts";
export {
  type Activity,
  listMessages,
  listNotes,
  readActivities,
  readNotes,
  readTimeline,
  type TimelineItem,
} from "./timeline.ts";
export type { KeywordContext, KeywordReading, ReadKeyword } from "./wishes.ts";
